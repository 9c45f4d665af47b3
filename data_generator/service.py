"""Fill the datasets with generated customers and products."""

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from data_generator import customers, products
from db import queries, tables
from db.copy import copy_in
from db.database import Database

DEFAULT_CUSTOMERS = 500
DEFAULT_PRODUCTS = 200


def generate_customers(
    database: Database,
    size: int = DEFAULT_CUSTOMERS,
    seed: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Replace the customers by generated ones with the ids 1 to size.

    The same seed and size give the same rows. `progress` is told the rows of each batch written.
    """
    batches = customers.customer_batches(size, seed)
    with tables.replacing_customers(database) as conn:
        copy_in(conn, queries.customers.copy_new_customers.sql, _told(batches, progress))


def generate_products(
    database: Database,
    size: int = DEFAULT_PRODUCTS,
    seed: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Replace the products by generated ones; the same seed and size give the same rows.

    `progress` is told the rows written.
    """
    generated = [products.generate_products(size, seed)]
    with tables.replacing_products(database) as conn:
        copy_in(conn, queries.products.copy_new_products.sql, _told(generated, progress))


def _told(
    batches: Iterable[pd.DataFrame], progress: Callable[[int], object] | None
) -> Iterator[pd.DataFrame]:
    for batch in batches:
        yield batch
        if progress:
            progress(len(batch))
