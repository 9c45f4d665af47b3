"""The beginning of a table: what parts its cells, which row names its columns, where rows begin."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from datasets.dates import read_day
from datasets.formats import LONGEST_LINE, SEPARATORS, Text, refuse
from datasets.formulas import MISSING, unguard
from datasets.numbers import shapes_of
from datasets.problems import shortened

MOST_COLUMNS = 5000
SAMPLE_ROWS = 100
LONGEST_BEGINNING = 64 << 10  # blank lines and titles, in lines
EXCEL = "sep="  # so Excel may begin a line before the header, to say what separates the cells
_FULL = 0.6  # of the cells that the fullest row has, so many make a row of names
_NAMELESS = re.compile(
    r"(?i)unnamed: ?\d+(\.\d+)*(_level_\d+)?"
)  # as pandas names a column without name
_MISSING = {word.lower() for word in MISSING}
MUST_NAME = "The first line must name the columns, such as first_name,last_name,age,annual_income"


class Layout(NamedTuple):
    """Where the rows of a table begin (a position in the file), and what their columns are.

    `names` has a name for each column, "" for one without. `row` is how many rows come before,
    blank ones included; `passed_over` says what they were.
    """

    separator: str
    names: list[str]
    start: int
    line: int
    row: int
    passed_over: list[str]


class _Lines:
    """The lines of a file as csv wants them, and how far they have come."""

    def __init__(self, file: BinaryIO, start: int = 0):
        file.seek(start)
        self._file = file
        self.position = start

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST_LINE):
            self.position += len(line)
            yield line.decode("utf-8", "replace")


def rows_of(file: BinaryIO, separator: str, start: int = 0) -> tuple["csv._reader", _Lines]:
    """Return a strict reader of the rows from a position on, and the lines that it reads."""
    lines = _Lines(file, start)
    return csv.reader(iter(lines), delimiter=separator, strict=True), lines


def find_layout(text: Text) -> Layout:
    """Return how a table is laid out; raises BrokenFile when no row names the columns."""
    skipped, separator = _excel_line(text.file)
    separator = text.separator or separator or _separator(text.file, skipped)
    sample = _sample(text.file, separator, skipped)
    if not any(any(cell.strip() for cell in cells) for cells, *_ in sample):
        what = "is empty" if not sample else "has nothing but blank lines"
        refuse(f"The file {what}. {MUST_NAME}.")
    for cells, _, line in sample:
        if len(cells) > MOST_COLUMNS:
            refuse(
                f"The file has {len(cells):,} columns; at most {MOST_COLUMNS:,} can be read.", line
            )
    first = index = _header_index([cells for cells, *_ in sample])
    names, start, line = sample[index]
    if _is_second_row_of_names(names, [cells for cells, *_ in sample[index + 1 :]]):
        index += 1
        under, start, line = sample[index]
        names = _joined(names, under)
    width = _width([cells for cells, *_ in sample[index + 1 :]]) or len(names)
    names = [unguard(_without_mark(name).strip()) for name in names]
    names = _fitted(names, width, sample[index + 1 :])
    passed_over = text.passed_over + [
        f"{text.unit} {before + 1}: {shortened(' '.join(' '.join(cells).split()))!r}"
        for before, (cells, *_) in enumerate(sample[:first])
        if any(cell.strip() for cell in cells)
    ]
    return Layout(separator, names, start, line, index + 1, passed_over)


def _excel_line(file: BinaryIO) -> tuple[int, str | None]:
    """Return where a line like sep=; ends, and the separator that it names."""
    file.seek(0)
    first = file.readline(LONGEST_LINE)
    told = first.decode("utf-8", "replace").strip("\r\n").strip('"').lower()
    separator = told.removeprefix(EXCEL)
    if not told.startswith(EXCEL) or len(separator) != 1:
        return 0, None
    if separator not in SEPARATORS:
        refuse("The cells must be parted by commas, semicolons, tabs or pipes.")
    return len(first), separator


def _separator(file: BinaryIO, start: int) -> str:
    """Return what parts the cells of most rows into as many cells as the others have."""

    def regularity(separator: str) -> tuple[float, int]:
        widths = [len(cells) for cells, *_ in _sample(file, separator, start, strict=False)]
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            return 0, 0
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        return times / len(widths), width

    return max(SEPARATORS, key=regularity)


def _sample(
    file: BinaryIO, separator: str, start: int, *, strict: bool = True
) -> list[tuple[list[str], int, int]]:
    """Return the first rows that are not blank: the cells, where each ends, and its last line."""
    rows, lines = rows_of(file, separator, start)
    before = 1 if start else 0
    found = []
    try:
        for cells in islice(rows, LONGEST_BEGINNING):
            if cells or found:
                found.append((cells, lines.position, rows.line_num + before))
            if len(found) == SAMPLE_ROWS:
                break
    except csv.Error as error:
        if strict and not found:
            refuse(_broken_header(str(error)), before + 1)
    return found


def _broken_header(said: str) -> str:
    if "field larger" in said:
        return "A name in the header is very long."
    return "A quote in the header is not closed."


def _header_index(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the first full row, once it is sure that it has names."""
    widest = max(map(len, rows))
    filled = [_filled(cells, widest) for cells in rows]
    full = max(2, _FULL * max(filled))
    for index, (cells, number) in enumerate(zip(rows, filled, strict=True)):
        if number < full or (cells[0].startswith("#") and _is_header_later(rows, index, full)):
            continue
        if _is_data(cells, rows[index + 1 :]):
            refuse(
                f"{MUST_NAME}; this one looks like a row: {shortened(', '.join(cells))}.", index + 1
            )
        return index
    return next(i for i, number in enumerate(filled) if number)


def _filled(cells: Sequence[str], widest: int) -> int:
    """Return how many cells hold something; one for row numbers needs no name."""
    filled = sum(bool(cell.strip()) for cell in cells)
    return filled + (filled > 0 and len(cells) == widest and not cells[0].strip())


def _is_header_later(rows: Sequence[Sequence[str]], index: int, full: float) -> bool:
    """Whether the row after a comment has names too, so that the comment is none of them."""
    following = next((cells for cells in rows[index + 1 :] if any(cells)), [])
    numbered = any(_are_values(following))
    return (
        sum(map(bool, following)) >= full
        and bool(following)
        and not numbered
        and (len(following) != len(rows[index]) or rows[index][0].startswith("# "))
    )


def _is_data(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row has values where the rows below have them too, rather than names."""
    values = _are_values(cells)
    if not any(values) or _counts_on(cells):
        return False
    below = [row for row in rows if len(row) == len(cells)]
    if below and not cells[0].strip() and all(row[0].strip() for row in below):
        return False  # a table of figures by year, say
    if not below:
        return sum(values) * 2 > len(values)
    usual = _mostly_values(below)
    alike = sum(value == expected for value, expected in zip(values, usual, strict=True))
    return alike == len(cells) or (alike >= len(cells) - 1 and sum(values) * 2 >= sum(usual))


def _without_mark(name: str) -> str:
    """Leave out a byte order mark, also one that a program took for letters and saved again."""
    return name.removeprefix("\ufeff").removeprefix(codecs.BOM_UTF8.decode("cp1252"))


def _is_second_row_of_names(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the row below names columns that have no name yet, as under merged cells."""
    if len(rows) < 2 or len(rows[0]) != len(names):  # noqa: PLR2004 - a row and one below it
        return False
    under = [cell.strip() for cell in rows[0]]
    filled = [i for i, cell in enumerate(under) if cell]
    below = [row for row in rows[1:] if len(row) == len(names)]
    if not below:
        return False
    mostly = _mostly_values(below)
    numbered = [i for i in filled if mostly[i]]
    return (
        any(not names[i].strip() for i in filled)
        and any(name.strip() and not cell for name, cell in zip(names, under, strict=True))
        and not any(_are_values(under))
        and len(numbered) * 2 >= len(filled)
        and bool(numbered)
    )


def _joined(names: Sequence[str], under: Sequence[str]) -> list[str]:
    """Return the names of two rows: the lower one's, after the upper one's where it is repeated."""
    upper, group = [], ""
    for name, lower in zip(names, under, strict=True):
        group = name.strip() or (group if lower.strip() else "")
        upper.append(group)
    times = Counter(cell.strip() for cell in under)
    return [
        (f"{name} {lower}" if times[lower] > 1 else lower) if (lower := cell.strip()) else name
        for name, cell in zip(upper, under, strict=True)
    ]


def _counts_on(cells: Sequence[str]) -> bool:
    """Whether cells are 0, 1, 2, ... or 1, 2, 3, ..., as a program counts rows or columns."""
    numbers = [cell.strip() for cell in cells if cell.strip()]
    return len(numbers) > 1 and any(
        numbers == [str(first + i) for i in range(len(numbers))] for first in (0, 1)
    )


def _are_values(cells: Sequence[str]) -> list[bool]:
    """Whether each cell is a number or a day, which no column is called."""
    cells = [cell.strip() for cell in cells]
    _, others = shapes_of(pa.array(cells, pa.string()))
    return [
        bool(cell) and cell.lower() not in _MISSING and (not other or read_day(cell) is not None)
        for cell, other in zip(cells, others.to_pylist(), strict=True)
    ]


def _mostly_values(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Whether most cells of each column are values; all rows have as many."""
    values = zip(*map(_are_values, rows), strict=True)
    return [sum(column) * 2 > len(rows) for column in values]


def _width(rows: Sequence[Sequence[str]]) -> int | None:
    """Return how many cells most rows have, None without rows."""
    widths = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
    return widths.most_common(1)[0][0] if widths else None


def _fitted(names: list[str], width: int, below: Sequence[tuple[list[str], int, int]]) -> list[str]:
    """Return the names with those that a header leaves out: of R's row names, of empty cells."""
    if len(names) == width - 1:
        rows = [cells for cells, *_ in below if len(cells) == width]
        if not any(cells[-1].strip() for cells in rows):
            names = [*names, ""]
        elif _counts_on([cells[0] for cells in rows]):
            names = ["", *names]
    while len(names) > width and not names[-1]:
        names = names[:-1]
    return ["" if _NAMELESS.fullmatch(name) else name for name in names]
