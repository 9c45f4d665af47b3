"""Bulk transfer by COPY, between frames of pandas and PostgreSQL."""

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from db.database import Connection

ROWS_PER_CHUNK = 20_000
READ_SIZE = 1 << 20
NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class _Stream:
    """Pieces of text as the file that the driver reads a COPY from."""

    def __init__(self, pieces: Iterator[str]):
        self._pieces = pieces

    def read(self, _size: int) -> str:
        return next(self._pieces, "")


def copy_in(conn: Connection, statement: str, frames: Iterable[pd.DataFrame]) -> None:
    """Send the rows of frames through a COPY ... FROM STDIN."""
    lines = (piece for frame in frames for piece in _lines(frame))
    with conn.cursor() as cursor:
        cursor.copy_expert(statement, _Stream(_one_ahead(lines)), READ_SIZE)


def copy_out(conn: Connection, statement: str, dtype: type | None = None) -> pd.DataFrame:
    """Read a COPY (...) TO STDOUT (FORMAT CSV, HEADER), all columns as `dtype` if there is one."""
    buffer = io.BytesIO()
    with conn.cursor() as cursor:
        cursor.copy_expert(statement, buffer)
    buffer.seek(0)
    return pd.read_csv(buffer, dtype=dtype)


def _one_ahead(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the pieces, each made by a thread while PostgreSQL is busy with the one before."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = maker.submit(next, pieces, None)
            yield piece


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
