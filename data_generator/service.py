"""Fill the datasets with generated customers and products."""

from data_generator import customers, products
from db import queries, tables
from db.copy import copy_in
from db.database import Database
from progress import advance, counted, plan

DEFAULT_CUSTOMERS = 500
DEFAULT_PRODUCTS = 200
DRAWING_PRODUCTS = "drawing products"
WRITING_CUSTOMERS, WRITING_PRODUCTS = "writing customers", "writing products"


def generate_customers(
    database: Database,
    size: int = DEFAULT_CUSTOMERS,
    seed: int | None = None,
    missing: float = 0.0,
) -> None:
    """Replace the customers by generated ones with the ids 1 to size.

    The same seed and size give the same rows. A share of `missing` of every figure is missing.
    """
    plan({WRITING_CUSTOMERS: 9, tables.INDEXING: 1})
    batches = counted(customers.customer_batches(size, seed, missing), WRITING_CUSTOMERS, size)
    with tables.replacing_customers(database) as conn:
        copy_in(conn, queries.customers.copy_new_customers.sql, batches)


def generate_products(
    database: Database, size: int = DEFAULT_PRODUCTS, seed: int | None = None
) -> None:
    """Replace the products by generated ones; the same seed and size give the same rows."""
    plan({DRAWING_PRODUCTS: 3, WRITING_PRODUCTS: 3, tables.INDEXING: 1})
    advance(DRAWING_PRODUCTS)
    batches = counted([products.generate_products(size, seed)], WRITING_PRODUCTS, size)
    with tables.replacing_products(database) as conn:
        copy_in(conn, queries.products.copy_new_products.sql, batches)
