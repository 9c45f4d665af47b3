"""The first rows of a file as JSON objects, as they would be listed."""

import pyarrow as pa

from datasets.reading import Chunk, Reading
from schema import CUSTOMER, REFERENCE, Decimal

MOST_ROWS = 10


def shown_rows(reading: Reading) -> list[dict]:
    """Return the first customers of a file, each as getCustomers?columns=all lists them.

    All of it is read, since any row may be wrong. Raises BrokenFile.
    """
    shown: list[dict] = []
    for chunk in reading.chunks():
        if len(shown) < MOST_ROWS:
            part = {name: values[: MOST_ROWS - len(shown)] for name, values in chunk.items()}
            shown += _objects(part, [column.name for column in reading.understanding.own_columns])
    return shown


def _objects(chunk: Chunk, own: list[str]) -> list[dict]:
    columns = {column.name: _values(chunk[column.name], column.type) for column in CUSTOMER}
    columns["cluster"] = [None] * len(chunk["customer_id"])
    columns[REFERENCE] = chunk[REFERENCE].to_pylist() if REFERENCE in chunk else columns["cluster"]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for i, row in enumerate(rows):
        row["own"] = {name: chunk[name][i].as_py() for name in own}
    return rows


def _values(values: pa.Array, kind: object) -> list:
    if isinstance(kind, Decimal):
        return [None if v is None else f"{float(v):.{kind.decimals}f}" for v in values.to_pylist()]
    return values.to_pylist()
