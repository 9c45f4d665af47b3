"""What is wrong with a file, said so that its owner can mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

MOST_SHOWN = 20
MOST_LINES = 3  # that are named of equal problems
LONGEST_VALUE = 100


class Problem(NamedTuple):
    """One thing that is wrong: where, and in a sentence what would be right.

    Without a column (None) it concerns the whole line, without a value (None) something missing.
    The same cell may be wrong `times` times: `lines` has the first of them.
    """

    line: int
    column: str | None
    value: str | None
    message: str
    times: int = 1
    lines: tuple[int, ...] = ()
    unit: str = "line"

    def __str__(self) -> str:
        """The place and the sentence."""
        place = f"{self.unit.capitalize()} {self.line}"
        return f"{place}{f', {self.column}' if self.column else ''}: {self.message}"

    def to_dict(self) -> dict:
        """Return the problem as it is answered."""
        lines = list(self.lines or [self.line])
        return {
            "column": self.column,
            "line": self.line,
            "lines": lines,
            "message": self.message,
            "times": self.times,
            "value": self.value,
        }


class BrokenFile(Exception):
    """A file can't be taken: `problems` has the first of them in its order, `count` is how many."""

    def __init__(self, problems: list[Problem], count: int):
        self.problems, self.count = problems, count
        first = str(problems[0])
        if count > 1:
            first = f"{count} problems, the first in {first[0].lower()}{first[1:]}"
        super().__init__(first)


@dataclass
class _Fault:
    """The same cell, wrong in some rows: the first of them, and how many they are."""

    rows: list[int]
    describe: Callable[[], str]
    times: int = 1


class Problems:
    """What was found wrong with the cells so far; rows are counted from 0.

    Equal cells of a column are one problem. Only the problems that are shown are described, since
    a description may look for the nearest of many names.
    """

    def __init__(self):
        self.count = 0
        self._faults: dict[tuple[str | None, str | None], _Fault] = {}

    def add(
        self,
        row: int,
        column: str | None,
        value: str | None,
        describe: Callable[[], str],
    ) -> None:
        """Note that a cell is wrong; batches are noted in the file's order."""
        self.count += 1
        fault = self._faults.get((column, value))
        if not fault:
            self._faults[column, value] = _Fault([row], describe)
            return
        fault.times += 1
        if len(fault.rows) < MOST_LINES:
            fault.rows.append(row)

    def forget_late(self) -> None:
        """Keep what can still be shown, now that all rows up to here are noted."""
        if len(self._faults) > MOST_SHOWN:
            first = sorted(self._faults, key=lambda key: self._faults[key].rows[0])[:MOST_SHOWN]
            self._faults = {key: self._faults[key] for key in first}

    @property
    def rows(self) -> set[int]:
        """The rows that are named when the problems are shown."""
        self.forget_late()
        return {row for fault in self._faults.values() for row in fault.rows}

    def check(
        self,
        lines: Mapping[int, int],
        unit: str = "line",
        others: Iterable[Problem] = (),
        others_count: int = 0,
    ) -> None:
        """Raise BrokenFile if there are any, with the line of each row, and others with them."""
        shown = [*others]
        for (column, value), fault in self._faults.items():
            where = tuple(lines[row] for row in fault.rows)
            message = fault.describe()
            if fault.times > 1:
                message = f"{message.removesuffix('.')}, {fault.times} times."
            text = None if value is None else shortened(value)
            shown.append(Problem(where[0], column, text, message, fault.times, where, unit))
        if shown:
            shown.sort(key=lambda problem: problem.line)
            raise BrokenFile(shown[:MOST_SHOWN], self.count + others_count)


def shortened(value: str) -> str:
    """Return a value as it is shown: not too long."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
