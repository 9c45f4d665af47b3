"""Read a CSV file of customers or products: every row is checked, in one pass and flat memory."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO

import numpy as np
import pandas as pd

from datasets.checking import Checker
from datasets.columns import Chunk, Table
from datasets.header import read_header
from datasets.ids import Ids
from datasets.problems import BrokenFile, Problem, Problems
from schema import Column

__all__ = ["BrokenFile", "read_chunks", "read_frame"]

ROWS_PER_BATCH = 500  # so that a batch stays in the processor's cache
LONGEST_LINE = 1 << 20  # characters; a longer one counts as several, which are refused
_TOO_MANY = "The file has more than {} rows, the most that a dataset may have."
# What may be meant by what the csv module says of a row.
BROKEN_ROWS = {
    "unexpected end": "A quote in this row is not closed, or the file is cut off.",
    "field larger": "A cell of this row is very long; perhaps a quote is not closed.",
    "expected after": "A cell of this row goes on behind its closing quote; perhaps a quote is not"
    " closed, or one within the cell is not written twice.",
}


def read_frame(file: BinaryIO, table: Table) -> pd.DataFrame:
    """Return the rows of a file with every column of the table.

    Numbers are float64 with NaN for a missing value, ids int64, the rest objects with None. Raises
    BrokenFile.
    """
    arrays = {column: [] for column in table.columns}
    for chunk in read_chunks(file, table):
        for column, parts in arrays.items():
            parts.append(_array(chunk[column.name], column))
    return pd.DataFrame({column.name: _series(parts) for column, parts in arrays.items()})


def read_chunks(file: BinaryIO, table: Table, most_rows: int | None = None) -> Iterator[Chunk]:
    """Yield the rows of a file, in chunks that have every column of the table in its order.

    From the first problem on nothing more is yielded; the rest is checked all the same, and then
    BrokenFile is raised.
    """
    problems = Problems()
    with _lines(file) as lines:
        rows, names = read_header(lines, table)
        columns = {column.name: Checker(column) for column in table.columns}
        ids = Ids(table.id_name, table.first_id, in_file=table.id_name in names)
        seen = set()
        for batch in _batches(rows, len(names), problems, most_rows):
            numbers, cells = batch
            chunk = dict.fromkeys(columns, ("",) * len(cells))
            for name, column in zip(names, zip(*cells, strict=True), strict=True):
                if name in columns:
                    chunk[name] = columns[name].read(column, numbers, problems)
            if {table.repeating, table.id_name} <= set(names):
                chunk, numbers = _first_times(chunk, numbers, seen)
            chunk[table.id_name] = ids.note(chunk[table.id_name], numbers)
            for i, name, message in table.complete(chunk):
                problems.add(Problem(numbers[i], name, None, message))
            if numbers and not problems.count:
                yield chunk
    for problem in ids.repeated():
        problems.add(problem)
    problems.check()


@contextmanager
def _lines(file: BinaryIO) -> Iterator[Iterator[str]]:
    """Give the lines of a file; bytes that are no UTF-8 become surrogates."""
    text = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")
    try:
        yield iter(partial(text.readline, LONGEST_LINE), "")
    finally:
        text.detach()


def _batches(
    rows: Iterator[list[str]], width: int, problems: Problems, most_rows: int | None
) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Yield rows that have `width` cells, and the line of each; empty rows are passed over."""
    first = line = rows.line_num + 1
    lines, batch, found = [], [], 0
    try:
        for row in rows:
            if any(row):
                found += 1
                if found - 1 == most_rows:
                    problems.add(Problem(line, None, None, _TOO_MANY.format(most_rows)))
                    break
                if len(row) != width:
                    problems.add(Problem(line, None, None, _ragged(len(row), width)))
                else:
                    lines.append(line)
                    batch.append(row)
            if len(batch) == ROWS_PER_BATCH:
                yield lines, batch
                lines, batch = [], []
            line = rows.line_num + 1
    except csv.Error as error:
        problems.add(Problem(line, None, None, _broken(str(error))))
    if batch:
        yield lines, batch
    if not found and not problems.count:
        problems.add(Problem(first, None, None, "There is no row below the header."))


def _first_times(chunk: Chunk, lines: Sequence[int], seen: set[int]) -> tuple[Chunk, Sequence[int]]:
    """Return the rows, and their lines, that are no repetition of a row seen before."""
    first = []
    for i, row in enumerate(map(hash, zip(*chunk.values(), strict=True))):
        if row not in seen:
            seen.add(row)
            first.append(i)
    kept = {name: [cells[i] for i in first] for name, cells in chunk.items()}
    return kept, [lines[i] for i in first]


def _ragged(cells: int, width: int) -> str:
    hint = "the file is cut off" if cells < width else "a cell with a comma is not in quotes"
    counted = "1 cell" if cells == 1 else f"{cells} cells"
    return f"This row has {counted}, but the header has {width}; perhaps {hint}."


def _broken(said: str) -> str:
    return next((meant for part, meant in BROKEN_ROWS.items() if part in said), f"{said}.")


def _array(cells: Sequence[str], column: Column) -> np.ndarray:
    if not column.is_number:
        return np.array([cell or None for cell in cells], dtype=object)
    if column.nullable:
        return np.array([float(cell or "nan") for cell in cells])
    return np.array([int(cell) for cell in cells])


def _series(parts: list[np.ndarray]) -> pd.Series:
    return pd.Series(np.concatenate(parts), dtype=parts[0].dtype)  # texts stay objects
