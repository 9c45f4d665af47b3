"""What is wrong with a file, said so that its owner can mend it."""

from bisect import insort
from typing import NamedTuple

MOST_SHOWN = 20
LONGEST_VALUE = 100


class Problem(NamedTuple):
    """One thing that is wrong: where, and in a sentence what would be right.

    Without a column (None) it concerns the whole line, without a value (None) something missing.
    """

    line: int
    column: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        """The place and the sentence."""
        return f"Line {self.line}{f', {self.column}' if self.column else ''}: {self.message}"


class BrokenFile(Exception):
    """A file can't be taken: `problems` has the first of them in its order, `count` is how many."""

    def __init__(self, problems: list[Problem], count: int):
        self.problems, self.count = problems, count
        first = str(problems[0])
        if count > 1:
            first = f"{count} problems, the first in {first[0].lower()}{first[1:]}"
        super().__init__(first)


class Problems:
    """What was found wrong so far."""

    def __init__(self):
        self.count = 0
        self._first: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Note a problem; those of one line stay in the order in which they are noted."""
        self.count += 1
        insort(self._first, problem, key=lambda noted: noted.line)
        del self._first[MOST_SHOWN:]

    def add_cell(self, line: int, column: str, cell: str, fault: object) -> None:
        """Note what is wrong with a cell: the end of a sentence that begins with the cell."""
        value = shortened(cell)
        sentence = f"{value!r} {fault}." if cell.strip() else f"The {column} is missing."
        self.add(Problem(line, column, value, sentence))

    def check(self) -> None:
        """Raise BrokenFile if there are any."""
        if self.count:
            raise BrokenFile(self._first, self.count)


def shortened(value: str) -> str:
    """Return a value as it is shown: not too long, and what is no UTF-8 as it was likely meant."""
    if len(value) > LONGEST_VALUE:
        value = value[: LONGEST_VALUE - 1] + "…"
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return value
