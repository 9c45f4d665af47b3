"""Bulk transfer by COPY, between frames of pandas and PostgreSQL."""

import csv
import io
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from functools import partial
from typing import BinaryIO

import numpy as np
import pandas as pd
import psycopg2

from db.database import Connection
from progress import advance

ROWS_PER_CHUNK = 20_000
READ_SIZE = 1 << 20
NULL = ""  # as the statements say
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class _BrokenOff(Exception):
    """Ends a COPY; it says nothing, for the driver sends what it says to the server's log."""


class _Stream:
    """Pieces of text or bytes as the file that the driver reads a COPY from."""

    def __init__(self, pieces: Iterator[str | bytes]):
        self._pieces = pieces
        self.error: Exception | None = None  # of the pieces, which the driver makes one of its own

    def read(self, _size: int) -> str | bytes:
        try:
            return next(self._pieces, "")
        except Exception as error:
            self.error = error
            raise _BrokenOff from None


class _RowBuffer(io.BytesIO):
    """A file that tells how many rows of a COPY it was given: the driver writes each by itself."""

    def __init__(self, stage: str, total: int):
        super().__init__()
        self._stage, self._total, self._rows = stage, total, 0

    def write(self, row: bytes) -> int:
        self._rows += 1
        if self._rows % ROWS_PER_CHUNK == 0:
            advance(self._stage, self._rows, self._total, "rows")
        return super().write(row)


def copy_in(conn: Connection, statement: str, frames: Iterable[pd.DataFrame]) -> None:
    """Send the rows of frames through a COPY ... FROM STDIN (NULL '')."""
    _send(conn, statement, (piece for frame in frames for piece in _lines(frame)))


def copy_in_file(conn: Connection, statement: str, file: BinaryIO, stage: str) -> int:
    """Send a file through a COPY ... FROM STDIN of its format; return the number of rows.

    How much of it is sent is the progress of the `stage`.
    """
    return _send(conn, statement, _pieces(file, stage))


def copy_in_binary(conn: Connection, statement: str, rows: np.ndarray, stage: str) -> None:
    """Send whole numbers through a COPY ... FROM STDIN (FORMAT binary), at the speed of memory.

    `rows` has a field of big-endian integers for each column, as wide as the column; none is null.
    How many are sent is the progress of the `stage`.
    """
    _send(conn, statement, _binary(rows, stage))


def copy_out(
    conn: Connection,
    statement: str,
    dtype: type | None = None,
    stage: str = "",
    rows: int | None = None,
) -> pd.DataFrame:
    """Read a COPY (...) TO STDOUT (HEADER, NULL ''), all columns as `dtype` if there is one.

    The progress of the `stage` is how many of about so many rows have come.
    """
    buffer = _RowBuffer(stage, rows) if rows else io.BytesIO()
    with conn.cursor() as cursor:
        cursor.copy_expert(statement, buffer)
    buffer.seek(0)
    return pd.read_csv(buffer, sep="\t", quoting=csv.QUOTE_NONE, dtype=dtype)


def _pieces(file: BinaryIO, stage: str) -> Iterator[bytes]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    while piece := file.read(READ_SIZE):
        yield piece
        advance(stage, file.tell(), size)


def copy_out_csv(conn: Connection, statement: str, dtype: dict[str, type]) -> pd.DataFrame:
    """Read a COPY (...) TO STDOUT (FORMAT csv, HEADER), where an empty cell is a missing one."""
    buffer = io.BytesIO()
    with conn.cursor() as cursor:
        cursor.copy_expert(statement, buffer)
    buffer.seek(0)
    return pd.read_csv(buffer, dtype=dtype, keep_default_na=False, na_values=[NULL])


def _send(conn: Connection, statement: str, pieces: Iterator[str | bytes]) -> int:
    with conn.cursor() as cursor, closing(_one_ahead(pieces)) as pending:
        stream = _Stream(pending)
        try:
            cursor.copy_expert(statement, stream, READ_SIZE)
        except psycopg2.Error:
            if stream.error:
                raise stream.error from None
            raise
        return cursor.rowcount


def _one_ahead(pieces: Iterator[str | bytes]) -> Iterator[str | bytes]:
    """Yield the pieces, each made by a thread while PostgreSQL is busy with the one before."""
    make = partial(copy_context().run, next, pieces, None)  # what listens here, listens there too
    with ThreadPoolExecutor(1) as executor:
        pending = executor.submit(make)
        while (piece := pending.result()) is not None:
            pending = executor.submit(make)
            yield piece


def _binary(rows: np.ndarray, stage: str) -> Iterator[bytes]:
    """Yield rows in COPY's binary form: the number of fields, then each length and value."""
    names = rows.dtype.names
    fields = [
        field for name in names for field in ((f"{name} length", ">i4"), (name, rows.dtype[name]))
    ]
    yield b"PGCOPY\n\xff\r\n\0" + bytes(8)
    for start in range(0, len(rows), ROWS_PER_CHUNK):
        chunk = rows[start : start + ROWS_PER_CHUNK]
        tuples = np.empty(len(chunk), dtype=[("amount", ">i2"), *fields])
        tuples["amount"] = len(names)
        for name in names:
            tuples[f"{name} length"] = rows.dtype[name].itemsize
            tuples[name] = chunk[name]
        yield tuples.tobytes()
        advance(stage, start + len(chunk), len(rows), "rows")
    yield b"\xff\xff"


def _lines(frame: pd.DataFrame) -> Iterator[str]:
    line = "\t".join(["%s"] * frame.shape[1]) + "\n"
    for start in range(0, len(frame), ROWS_PER_CHUNK):
        chunk = frame.iloc[start : start + ROWS_PER_CHUNK]
        columns = [_cells(chunk[name]) for name in chunk]
        yield "".join(map(line.__mod__, zip(*columns, strict=True)))


def _cells(column: pd.Series) -> list:
    """Return a column's cells, ready to be put into a line of COPY's text form."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = [_text(category) for category in column.cat.categories]
        return [texts[code] for code in column.cat.codes.tolist()]
    if column.hasnans:
        return [NULL if pd.isna(cell) else _text(cell) for cell in column.tolist()]
    if column.dtype.kind in "fiub":
        return column.tolist()
    return [_text(cell) for cell in column.tolist()]


def _text(cell: object) -> str:
    if isinstance(cell, list):
        quoted = ('"' + item.replace("\\", r"\\").replace('"', r"\"") + '"' for item in cell)
        cell = "{" + ",".join(quoted) + "}"
    return str(cell).translate(_ESCAPES)
