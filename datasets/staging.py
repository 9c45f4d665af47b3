"""Checked rows as PostgreSQL's COPY takes them: written out before any table is locked."""

from collections.abc import Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from datasets.reading import Chunk, Reading
from schema import REFERENCE

_NO_HEADER = pa.csv.WriteOptions(include_header=False)


class Stage:
    """Rows as CSV, in a temporary file."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self._writer: pa.csv.CSVWriter | None = None

    def write(self, columns: Sequence[pa.Array]) -> None:
        """Write the rows of some columns, the same ones every time."""
        batch = pa.RecordBatch.from_arrays([*columns], [str(i) for i in range(len(columns))])
        if not self._writer:
            sink = pa.PythonFile(self._file, mode="w")
            self._writer = pa.csv.CSVWriter(sink, batch.schema, write_options=_NO_HEADER)
        self._writer.write_batch(batch)

    def rewound(self) -> BinaryIO:
        """Return the file, to be read from its beginning."""
        if self._writer:
            self._writer.close()
        self._file.seek(0)
        return self._file


def stage_rows(reading: Reading) -> tuple[BinaryIO, BinaryIO]:
    """Return all rows: the documented columns, and what a customer has beside them.

    The second file stays empty without own columns and references. Raises BrokenFile.
    """
    rows, own = (Stage(reading.spaces.make()) for _ in range(2))
    names = [column.name for column in reading.table.columns]
    columns = reading.understanding.own_columns
    numbers = [column.name for column in columns if column.kind == "number"]
    texts = [column.name for column in columns if column.kind == "text"]
    for chunk in reading.chunks():
        rows.write([chunk[name] for name in names])
        if columns or REFERENCE in chunk:
            ids = chunk[names[0]]
            reference = chunk.get(REFERENCE, pa.nulls(len(ids), pa.string()))
            own.write([ids, reference, _numbers(chunk, numbers, ids), _texts(chunk, texts, ids)])
    return rows.rewound(), own.rewound()


def _numbers(chunk: Chunk, names: Sequence[str], ids: pa.Array) -> pa.Array:
    return _array([pc.cast(chunk[name], pa.string()) for name in names], ids)


def _texts(chunk: Chunk, names: Sequence[str], ids: pa.Array) -> pa.Array:
    quoted = []
    for name in names:
        escaped = pc.replace_substring_regex(chunk[name], r'(["\\])', r"\\\1")
        quoted.append(pc.binary_join_element_wise('"', escaped, '"', ""))
    return _array(quoted, ids)


def _array(columns: Sequence[pa.Array], ids: pa.Array) -> pa.Array:
    """Return each row of the columns as PostgreSQL writes an array."""
    if not columns:
        return pa.array(["{}"] * len(ids))
    joined = pc.binary_join_element_wise(
        *columns, ",", null_handling="replace", null_replacement="NULL"
    )
    return pc.binary_join_element_wise("{", joined, "}", "")
