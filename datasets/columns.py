"""The documented columns of a file of customers and of one of products."""

from typing import NamedTuple

import schema
from datasets.spelling import normalised_header
from schema import Column


class Table(NamedTuple):
    """What a file of a kind has: its columns, first the id, in the order of the database's.

    A file without ids is numbered from `first_id`. `computed` are columns that exports have and
    the service finds anew, so they are accepted and not kept. Other columns are kept where there
    are `own_columns`. A file with the column `repeating` may have a row again.
    """

    name: str
    columns: tuple[Column, ...]
    first_id: int
    computed: frozenset[str]
    own_columns: bool = False
    repeating: str | None = None

    @property
    def id_name(self) -> str:
        """The name of the column that tells rows apart."""
        return self.columns[0].name

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> dict[str, str]:
        """The documented columns by their names in words."""
        return {normalised_header(column.name): column.name for column in self.columns}

    @property
    def synonyms(self) -> dict[str, str]:
        """The documented column that each other name stands for, in words."""
        return {synonym: column.name for column in self.columns for synonym in column.synonyms}


CUSTOMERS = Table(
    "customers",
    schema.CUSTOMER,
    first_id=schema.FIRST_CUSTOMER_ID,
    computed=frozenset(
        {"cluster", "cluster name", "control", *map(normalised_header, schema.OFFERED)}
    ),
    own_columns=True,
)
PRODUCTS = Table(
    "products",
    schema.PRODUCT,
    first_id=schema.FIRST_PRODUCT_ID,
    computed=frozenset(
        {"id", "cluster", "score", "cluster scores", "eligibility criteria"}
        | {"eligible share", "offered share", "offered index", "reasons"}
    ),
    repeating="eligible share",  # as in getProductsByCluster, where several clusters have a product
)
