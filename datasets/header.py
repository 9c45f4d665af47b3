"""The beginning of a CSV file: what separates its cells, and what its columns are."""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import NoReturn

from datasets.columns import Table
from datasets.problems import BrokenFile, Problem, Problems, shortened
from datasets.spelling import nearest

# How files begin that are no CSV.
OTHER_FILES = {
    b"PK\x03\x04": "is a workbook or an archive: save it as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "is an Excel workbook: save it as CSV UTF-8",
    b"\x1f\x8b": "is compressed: unpack it first",
    b"\xff\xfe": "is in UTF-16: save it as CSV UTF-8",
    b"\xfe\xff": "is in UTF-16: save it as CSV UTF-8",
    b"%PDF": "is a PDF: save it as CSV UTF-8",
    b"{": "is JSON: save it as CSV UTF-8",
    b"[": "is JSON: save it as CSV UTF-8",
    b"<": "is a page or XML: save it as CSV UTF-8",
}
SEPARATORS = (",", ";")
MOST_COLUMNS = 1000  # that are looked at one by one
LONG_NAME = "A name in the header is very long."
OPEN_QUOTE = "A quote in the header is not closed."
EXCEL = "sep="  # so Excel may begin a line before the header, to say what separates the cells


def read_header(lines: Iterator[str], table: Table) -> tuple[Iterator[list[str]], list[str]]:
    """Return a CSV reader that has come to the rows, and the names of the columns.

    Columns that are not kept have their name too. Raises BrokenFile.
    """
    begun = [next(lines, "")]
    _check_beginning(begun[0], table)
    separator = _told_separator(begun[0])
    if separator:
        begun.append(next(lines, ""))
    rows = csv.reader(
        chain(begun, lines), delimiter=separator or _usual_separator(begun[0]), strict=True
    )
    try:
        header = [next(rows, []) for _ in begun][-1]
    except csv.Error as error:
        _refuse(len(begun), LONG_NAME if "field larger" in str(error) else OPEN_QUOTE)
    return rows, _names(header, table, rows.line_num)


def _check_beginning(first: str, table: Table) -> None:
    if not first.strip():
        example = ",".join(column.name for column in table.columns)
        what = "The first line is empty" if first else "The file is empty"
        _refuse(1, f"{what}: it must name the columns, such as {example}.")
    for beginning, fault in OTHER_FILES.items():
        if first.encode("utf-8", "surrogateescape").startswith(beginning):
            _refuse(1, f"The file {fault}.")
    if "\x00" in first:
        _refuse(1, "The first line has null bytes: save the file as CSV UTF-8.")


def _told_separator(first: str) -> str | None:
    told = first.strip("\r\n").strip('"').lower()
    if not told.startswith(EXCEL):
        return None
    separator = told.removeprefix(EXCEL)
    if separator not in SEPARATORS:
        _refuse(1, "The cells must be separated by commas or semicolons.")
    return separator


def _usual_separator(header: str) -> str:
    found = max(SEPARATORS, key=header.count)
    if found not in header and "\t" in header:
        _refuse(1, "The cells must be separated by commas or semicolons, not by tabs.")
    return found


def _names(header: list[str], table: Table, line: int) -> list[str]:
    """Return the names of the columns, once they are known, different and enough."""
    if len(header) > MOST_COLUMNS:
        _refuse(line, f"The header has {len(header)} columns; {_possible(table)}.")
    problems = Problems()
    known = [*(column.name for column in table.columns), *table.aliases, *table.computed]
    names = []
    for cell in header:
        said = "_".join(re.split(r"[\s_-]+", cell.strip().lower()))
        name = table.aliases.get(said, said)
        shown = shortened(cell)
        if said not in known:
            problems.add(Problem(line, shown, shown, _unknown(cell.strip(), table)))
        elif name in names:
            problems.add(Problem(line, shown, shown, f"The column {name} is there twice."))
        names.append(name)
    for column in table.columns:
        if column.required and column.name not in names:
            problems.add(Problem(line, column.name, None, f"The column {column.name} is missing."))
    problems.check()
    return names


def _unknown(said: str, table: Table) -> str:
    if not said:
        return "A column has no name."
    near = nearest(said, [column.name for column in table.columns])
    hint = f"did you mean {near}?" if near else _possible(table)
    return f"Unknown column {shortened(said)!r} ({hint})."


def _possible(table: Table) -> str:
    *first, last = (column.name for column in table.columns)
    return f"there can be {', '.join(first)} and {last}"


def _refuse(line: int, message: str) -> NoReturn:
    raise BrokenFile([Problem(line, None, None, message)], 1)
