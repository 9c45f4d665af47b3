"""The documented columns of a file of customers and of one of products."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import NamedTuple

import schema
from schema import Column

# The cells of each column, as PostgreSQL takes them; "" is a missing one.
Chunk = MutableMapping[str, Sequence[str]]


class Table(NamedTuple):
    """What a file of a kind has: its columns, first the id, in the order of the database's.

    A file without ids is numbered from `first_id`. `computed` are columns that exports have and
    the service finds anew, so they are accepted and not kept.
    `complete` fills in what follows from other columns, and yields the rows where that lacks, by
    number, with the column and a sentence. A file with the column `repeating` may have a row again.
    """

    name: str
    columns: tuple[Column, ...]
    first_id: int
    computed: frozenset[str]
    complete: Callable[[Chunk], Iterator[tuple[int, str, str]]]
    repeating: str | None = None

    @property
    def aliases(self) -> dict[str, str]:
        """The name of the column that each other name stands for."""
        return {synonym: column.name for column in self.columns for synonym in column.synonyms}

    @property
    def id_name(self) -> str:
        """The name of the column that tells rows apart."""
        return self.columns[0].name


def _nothing(_chunk: Chunk) -> Iterator[tuple[int, str, str]]:
    yield from ()


def _name_products(chunk: Chunk) -> Iterator[tuple[int, str, str]]:
    """Name products without a name by type and id."""
    names = chunk["product_name"]
    if all(names):
        return
    kinds = chunk["product_type"]
    chunk["product_name"] = [
        name or f"{kind}_{number}"
        for name, kind, number in zip(names, kinds, chunk["product_id"], strict=True)
    ]
    for i, name in enumerate(names):
        if not name and not kinds[i]:
            yield i, "product_name", "A product needs a product_name or a product_type."


CUSTOMERS = Table(
    "customers",
    schema.CUSTOMER,
    first_id=schema.FIRST_CUSTOMER_ID,
    computed=frozenset({"cluster", "cluster_name", "best_product_id", "best_product"}),
    complete=_nothing,
)
PRODUCTS = Table(
    "products",
    schema.PRODUCT,
    first_id=schema.FIRST_PRODUCT_ID,
    computed=frozenset(
        {"id", "cluster", "score", "cluster_scores", "eligibility_criteria"}
        | {"eligible_share", "reasons"}
    ),
    complete=_name_products,
    repeating="eligible_share",  # as in getProductsByCluster, where several clusters have a product
)
