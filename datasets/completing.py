"""What is filled in from other columns, and what of several columns does not go together."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datasets.columns import Table
from datasets.plans import Understanding
from datasets.problems import MOST_SHOWN
from datasets.rows import Block
from schema import ACTIVE, REFERENCE, Decimal

CUSTOMER = "Customer"  # the first name of who has none
_TYPES = {"number": pa.float64(), "text": pa.string()}


class Completing:
    """Fills in the chunks of one file, in its order; `counts` notes how often.

    Rows without ids are numbered from `next_id`.
    """

    def __init__(self, table: Table, found: Understanding, counts: dict[str, Counter]):
        self._table, self._found, self._counts = table, found, counts
        self.next_id = table.first_id
        self._seen: set[int] = set()
        self._ids: list[np.ndarray] = []
        self._rows: list[np.ndarray] = []
        self.repeated_count = 0

    def complete(self, chunk: dict, rows: np.ndarray) -> Iterator[tuple[int, str, str]]:
        """Give a chunk every column, in order; yield each row that lacks something, and what."""
        whole = {
            column.name: self._column(chunk, column, len(rows)) for column in self._table.columns
        }
        for name in [REFERENCE, *(column.name for column in self._found.own_columns)]:
            if name in chunk:
                whole[name] = chunk[name]
        chunk.clear()
        chunk.update(whole)
        self._number(chunk, rows)
        if self._table.name == "customers":
            self._name_customers(chunk)
        else:
            yield from self._complete_products(chunk, rows)

    def first_times(self, block: Block, chunk: dict) -> tuple[Block, dict]:
        """Return the rows that are no repetition of a row seen before."""
        first = np.zeros(len(block), bool)
        for i, row in enumerate(
            map(hash, zip(*(v.to_pylist() for v in chunk.values()), strict=True))
        ):
            first[i] = row not in self._seen
            self._seen.add(row)
        if again := int((~first).sum()):
            self._counts["repeated"][self._table.id_name] += again
        return block.take(first), {name: v.filter(pa.array(first)) for name, v in chunk.items()}

    def repeated_ids(self) -> list[tuple[int, int, int]]:
        """Return the first ids that are there twice, with the earlier row and the later."""
        if self._table.own_columns or not self._ids:
            return []
        ids, rows = np.concatenate(self._ids), np.concatenate(self._rows)
        order = np.argsort(ids, kind="stable")
        ids, rows = ids[order], rows[order]
        twice = np.flatnonzero((ids[1:] == ids[:-1]) & (ids[1:] > 0))
        self.repeated_count = len(twice)
        twice = twice[np.argsort(rows[twice + 1], kind="stable")][:MOST_SHOWN]
        return [(int(ids[i + 1]), int(rows[i]), int(rows[i + 1])) for i in twice]

    def _column(self, chunk: dict, column, length: int) -> pa.Array:
        if column.name in chunk:
            return chunk[column.name]
        is_text = not column.is_number or isinstance(column.type, Decimal)
        return pa.nulls(length, pa.string() if is_text else pa.int32())

    def _number(self, chunk: dict, rows: np.ndarray) -> None:
        name = self._table.id_name
        if self._found.has_ids:
            ids = pc.fill_null(pc.cast(chunk[name], pa.int64()), 0)
        else:
            ids = pa.array(np.arange(self.next_id, self.next_id + len(rows)))
            self.next_id += len(rows)
        chunk[name] = ids
        if not self._table.own_columns:
            self._ids.append(ids.to_numpy())
            self._rows.append(rows)

    def _name_customers(self, chunk: dict) -> None:
        for name, filler in (
            ("first_name", CUSTOMER),
            ("last_name", pc.cast(chunk["customer_id"], pa.string())),
        ):
            if missing := chunk[name].null_count:
                chunk[name] = pc.coalesce(chunk[name], filler)
                self._counts["unnamed"][name] += missing

    def _complete_products(self, chunk: dict, rows: np.ndarray) -> Iterator[tuple[int, str, str]]:
        names, kinds = chunk["product_name"], chunk["product_type"]
        if missing := chunk["product_status"].null_count:
            chunk["product_status"] = pc.fill_null(chunk["product_status"], ACTIVE)
            self._counts["filled"]["product_status"] += missing
        if names.null_count:
            self._counts["filled"]["product_name"] += names.null_count
            ids = pc.cast(chunk["product_id"], pa.string())
            chunk["product_name"] = pc.coalesce(names, pc.binary_join_element_wise(kinds, ids, "_"))
            lacking = pc.is_null(chunk["product_name"]).to_numpy(zero_copy_only=False)
            for row in rows[lacking].tolist():
                yield row, "product_name", "A product needs a product_name or a product_type."
        for least, most in (("min_age", "max_age"), ("min_income", "max_income")):
            yield from _crossed(chunk, rows, least, most)


def _crossed(
    chunk: dict, rows: np.ndarray, least: str, most: str
) -> Iterator[tuple[int, str, str]]:
    low, high = (pc.cast(chunk[name], pa.float64()) for name in (least, most))
    crossed = pc.fill_null(pc.greater(low, high), False).to_numpy(zero_copy_only=False)
    for i in np.flatnonzero(crossed):
        yield (
            int(rows[i]),
            least,
            f"The {least} {chunk[least][i]} is above the {most} {chunk[most][i]}.",
        )
