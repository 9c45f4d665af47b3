"""The customers' own columns: what their file had beyond the documented ones.

A customer's values stand in two arrays, one of numbers and one of texts, each parallel to the own
columns of its kind. Whoever reads them has locked the customers first (see sql/customers.sql).
"""

import io
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from db.database import Connection
from db.queries import own


class OwnColumn(NamedTuple):
    """A column of the customers' own: its name, as their file has it, and what its values are."""

    name: str
    kind: Literal["number", "text"]


def list_own_columns(conn: Connection) -> list[OwnColumn]:
    """Return the own columns in the order of their file; none where there are no customers."""
    return [OwnColumn(*row) for row in own.list_own_columns(conn)]


def read_own(conn: Connection, names: Sequence[str]) -> pd.DataFrame:
    """Return these own columns, a row for each customer by id.

    Numbers are float64 with NaN for a missing one, texts objects with None. Raises KeyError for a
    name that no own column has.
    """
    columns = list_own_columns(conn)
    of_kind = {kind: [name for name, k in columns if k == kind] for kind in ("number", "text")}
    numbers = _read_numbers(conn, of_kind["number"]) if set(names) & set(of_kind["number"]) else {}
    return pd.DataFrame(
        {
            name: numbers[name]
            if name in numbers
            else _read_text(conn, _position(name, of_kind["text"]))
            for name in names
        }
    )


def read_references(conn: Connection) -> pd.Series:
    """Return each customer's reference by id, objects with None for who has none."""
    return _objects(own.select_references(conn))


def own_header(conn: Connection) -> str:
    """Return the names that CSV has behind the documented ones: the reference, numbers, texts.

    Each follows a comma.
    """
    return own.own_header(conn)


def own_fields(conn: Connection) -> list[pa.Field]:
    """Return the same columns, with the types of their values."""
    types = {"reference": pa.string(), "number": pa.float64(), "text": pa.string()}
    return [pa.field(name, types[kind]) for name, kind in own.list_own_in_csv(conn)]


def _position(name: str, names: Sequence[str]) -> int:
    if name not in names:
        raise KeyError(name)
    return names.index(name) + 1  # PostgreSQL counts from 1


def _read_numbers(conn: Connection, names: Sequence[str]) -> dict[str, np.ndarray]:
    buffer = io.BytesIO()
    with conn.cursor() as cursor:
        cursor.copy_expert(own.copy_own_numbers.sql, buffer)
    buffer.seek(0)
    frame = pd.read_csv(buffer, names=range(len(names)), dtype="float64", skip_blank_lines=False)
    return {name: frame[i].to_numpy() for i, name in enumerate(names)}


def _read_text(conn: Connection, position: int) -> pd.Series:
    return _objects(own.select_own_text(conn, position=position))


def _objects(rows) -> pd.Series:
    return pd.Series([value for (value,) in rows], dtype=object)
