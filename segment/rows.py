"""The rows that Spark writes: the customers of a chunk with their segments and offers, in Arrow."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from clustering.model import Model
from datasets.blocks import Chunk
from datasets.exporting import type_of
from datasets.formulas import guard
from datasets.reading import frame_of
from schema import (
    CUSTOMER,
    NO_OFFER_COLUMN,
    OFFER_COLUMNS,
    OFFER_RANKS,
    REFERENCE,
)
from segment.pipeline import segment_columns

OFFER_TYPES = (pa.int32(), pa.string(), pa.float64(), pa.string())
NAMES = {pa.int32(): "int", pa.float64(): "double", pa.string(): "string"}
NAMES[pa.bool_()] = "boolean"


class Written(NamedTuple):
    """What is written of each customer, and how.

    `own` are the own columns and their kinds. With `as_text`, for CSV, own numbers are written with
    all their digits. Nothing is a formula.
    """

    model: Model
    products: pd.DataFrame | None
    own: Sequence[tuple[str, str]]
    has_references: bool
    control: float | None
    seed: int
    as_text: bool

    @property
    def schema(self) -> pa.Schema:
        """The columns: the customer's, then the segment, the offers, the control group."""
        fields = [(column.name, type_of(column.type)) for column in CUSTOMER]
        if self.has_references:
            fields.append((REFERENCE, pa.string()))
        number = pa.string() if self.as_text else pa.float64()
        fields += [(name, number if kind == "number" else pa.string()) for name, kind in self.own]
        fields += [("cluster", pa.int32()), ("cluster_name", pa.string())]
        if self.products is not None:
            fields += [
                (column.format(rank), kind)
                for rank in OFFER_RANKS
                for column, kind in zip(OFFER_COLUMNS, OFFER_TYPES, strict=True)
            ]
            fields.append((NO_OFFER_COLUMN, pa.string()))
        if self.control is not None:
            fields.append(("control", pa.bool_()))
        return pa.schema(fields)

    @property
    def spark_schema(self) -> str:
        """The same as Spark writes it."""
        return ", ".join(
            f"`{field.name.replace('`', '``')}` {_spark_type(field.type)}" for field in self.schema
        )

    def function(self) -> Callable[[Iterator[Chunk]], Iterator[pa.RecordBatch]]:
        """Return what makes the rows of chunks."""
        return lambda chunks: map(self.rows, chunks)

    def rows(self, chunk: Chunk) -> pa.RecordBatch:
        """Return the rows of a chunk."""
        numbers = [name for name, kind in self.own if kind == "number"]
        frame = frame_of(chunk, numbers)
        added = segment_columns(frame, self.model, self.products, self.control, self.seed)
        columns = [
            pc.cast(chunk[field.name], field.type)
            if field.name in chunk
            else _from_pandas(added[field.name], field.type)
            for field in self.schema
        ]
        return pa.RecordBatch.from_arrays([*map(_guarded, columns)], schema=self.schema)


def _spark_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    return NAMES[kind]


def _from_pandas(column: pd.Series, kind: pa.DataType) -> pa.Array:
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = pa.array(column.cat.codes, pa.int32(), mask=column.cat.codes.to_numpy() < 0)
        return pa.array(column.cat.categories.to_list(), kind).take(codes)
    return pa.array(column, kind, from_pandas=True)


def _guarded(column: pa.Array) -> pa.Array:
    """Return texts that no spreadsheet runs; each different one is looked at once."""
    if column.type != pa.string():
        return column
    encoded = pc.dictionary_encode(column)
    texts = [None if text is None else guard(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(encoded.indices)
