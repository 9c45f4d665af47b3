"""Text files that are tables but no CSV: parted by blanks, or quoted another way; made CSV here."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from datasets.formats import LONGEST_LINE, SEPARATORS, Spaces, Text, spooled

SAMPLE_LINES = 200
_FEWEST_LINES = 2  # a header and a row
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


class Dialect(NamedTuple):
    """How the cells of a line are parted and quoted, and how that is said."""

    delimiter: str
    said: str
    quotechar: str = '"'
    escapechar: str | None = None
    row_names: bool = False
    after_blanks: bool = True  # whether blanks before a cell are none of it

    def cells(self, line: str) -> list[str]:
        """Return the cells of a line; raises csv.Error."""
        line = line.rstrip("\r\n")
        if self.delimiter == " ":
            line = line.replace("\t", " ").rstrip()
        rows = csv.reader(
            [line],
            delimiter=self.delimiter,
            quotechar=self.quotechar,
            escapechar=self.escapechar,
            skipinitialspace=self.after_blanks,
            strict=True,
        )
        return next(rows, [])

    def width(self, line: str) -> int:
        """Return how many cells a line has, 0 for one that is none of the dialect."""
        try:
            return len(self.cells(line))
        except csv.Error:
            return 0


PLAIN = [Dialect(separator, "", after_blanks=False) for separator in SEPARATORS]
BLANKS = Dialect(" ", "The cells of the file are parted by blanks.")
WITH_ROW_NAMES = BLANKS._replace(row_names=True)  # as R and pandas print a table
_OTHERS = [Dialect(mark, f"The cells of the file are parted by {mark!r}.") for mark in "^~:"]
_APOSTROPHES = [
    Dialect(separator, "The apostrophes around cells were read as quotes.", "'")
    for separator in SEPARATORS
]
_AFTER_BLANKS = [
    Dialect(separator, "Blanks before quotes were left out.") for separator in SEPARATORS
]
_ESCAPED = [
    Dialect(separator, "Backslashes before quotes were left out.", escapechar="\\")
    for separator in SEPARATORS
]


def as_csv(text: Text, spaces: Spaces) -> Text:
    """Return a text as it is, or a copy with commas where all its first lines are none of CSV.

    Each line stays the line that it was.
    """
    if text.unit != "line":
        return text
    lines = [line for line in islice(_lines(text), SAMPLE_LINES) if line.strip()]
    dialect = _dialect(lines)
    if not dialect:
        return text
    file = spooled(_written(text, dialect), spaces)
    return Text(file, ",", notes=[*text.notes, dialect.said])


def _lines(text: Text) -> Iterator[str]:
    text.file.seek(0)
    while line := text.file.readline(LONGEST_LINE):
        yield line.decode("utf-8", "replace")


def _dialect(lines: Sequence[str]) -> Dialect | None:
    """Return the dialect of lines that are no CSV, None for those that may be."""
    if len(lines) < _FEWEST_LINES:
        return None
    return next((dialect for dialect in _possible(lines) if _is_regular(dialect, lines)), None)


def _possible(lines: Sequence[str]) -> Iterator[Dialect]:
    """Yield the dialects that lines show some sign of; what is CSV may only have apostrophes."""
    yield from (dialect for dialect in _APOSTROPHES if _is_in_apostrophes(dialect, lines))
    if any(_is_regular(dialect, lines) for dialect in PLAIN):
        return
    if any(r"\"" in line for line in lines):
        yield from _ESCAPED
    yield from (d for d in _AFTER_BLANKS if any(f'{d.delimiter} "' in line for line in lines))
    if not any(map(_is_by_tabs, lines[1:])):
        yield BLANKS
    if sum(map(_has_separator, lines)) * 2 <= len(lines):
        yield from (BLANKS, WITH_ROW_NAMES, *_OTHERS)


def _is_by_tabs(line: str) -> bool:
    """Whether the other separators part a line, rather than blanks with a tab here and there."""
    others = _has_separator(line.replace("\t", " "))
    return others or BLANKS.width(line) <= 2 * (line.count("\t") + 1)


def _has_separator(line: str) -> bool:
    line = _DECIMAL_COMMA.sub("", line)
    return any(separator in line for separator in SEPARATORS)


def _is_in_apostrophes(dialect: Dialect, lines: Sequence[str]) -> bool:
    """Whether every name has apostrophes around it."""
    names = [name.strip() for name in lines[0].split(dialect.delimiter)]
    return all(name[:1] == name[-1:] == "'" and len(name) > 1 for name in names)


def _is_regular(dialect: Dialect, lines: Sequence[str]) -> bool:
    """Whether all lines have as many cells, more than one; row names have no name themselves."""
    first, *widths = map(dialect.width, lines)
    return first > 1 and set(widths) == {first + dialect.row_names}


def _written(text: Text, dialect: Dialect) -> Iterator[bytes]:
    for line in _lines(text):
        try:
            cells = dialect.cells(line)
        except csv.Error:
            cells = [line.rstrip("\r\n")]
        yield ",".join(map(_quoted, cells)).encode() + b"\n"


def _quoted(cell: str) -> str:
    escaped = cell.replace('"', '""')
    return f'"{escaped}"' if re.search('[",\r\n]', cell) else cell
