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

    def cells(self, line: str) -> list[str]:
        """Return the cells of a line; raises csv.Error."""
        line = line.rstrip("\r\n")
        if self.delimiter == " ":
            line = line.replace("\t", " ").rstrip()
        rows = csv.reader(
            [line],
            delimiter=self.delimiter,
            quotechar=self.quotechar,
            skipinitialspace=True,
            strict=True,
        )
        return next(rows, [])


BLANKS = Dialect(" ", "The cells of the file are parted by blanks.")
_OTHERS = [Dialect(mark, f"The cells of the file are parted by {mark!r}.") for mark in "^~:"]
_QUOTED = [
    Dialect(separator, said, quote)
    for separator in SEPARATORS
    for quote, said in (
        ('"', "Blanks before quotes were left out."),
        ("'", "The apostrophes around cells were read as quotes."),
    )
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
    for dialect in _QUOTED:
        if _is_quoted_by(dialect, lines):
            return dialect
    if sum(map(_has_separator, lines)) * 2 > len(lines):
        return None
    if _is_regular(BLANKS, lines) or _is_regular(BLANKS, lines, fewer=1):
        return BLANKS
    return next((dialect for dialect in _OTHERS if _is_regular(dialect, lines)), None)


def _has_separator(line: str) -> bool:
    line = _DECIMAL_COMMA.sub("", line)
    return any(separator in line for separator in SEPARATORS)


def _is_quoted_by(dialect: Dialect, lines: Sequence[str]) -> bool:
    """Whether lines have the same cells only if quotes may follow blanks, or are apostrophes."""
    if dialect.quotechar == '"':
        apart = f'{dialect.delimiter} "'
        return any(apart in line for line in lines) and _is_regular(dialect, lines)
    names = [name.strip() for name in lines[0].split(dialect.delimiter)]
    quoted = all(name[:1] == name[-1:] == "'" and len(name) > 1 for name in names)
    return quoted and _is_regular(dialect, lines)


def _is_regular(dialect: Dialect, lines: Sequence[str], fewer: int = 0) -> bool:
    """Whether all lines have as many cells, more than one; the first may have some fewer."""
    try:
        first, *widths = [len(dialect.cells(line)) for line in lines]
    except csv.Error:
        return False
    return first > 1 and set(widths) == {first + fewer}


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
