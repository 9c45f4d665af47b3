"""What is done to a dataset as a whole: it is replaced, or it is dropped."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.database import Connection, Database
from db.errors import UserError
from db.queries import customers, offers, own, products, schema
from progress import advance

INDEXING = "indexing"  # the last stage of replacing a dataset


def _drop_customers(conn: Connection) -> None:
    customers.drop_customers(conn)
    own.forget_own(conn)
    offers.forget_offers(conn)


DROPS = {"customers": _drop_customers, "products": products.drop_products}


# What makes each dataset: an import, and the generator.
SOURCES = {
    "customers": ("POST /importCustomers", "POST /generateDataset"),
    "products": ("POST /importProducts", "POST /generateProductDataset"),
}


class MissingData(UserError):
    """There is no such `dataset`, or nothing of what is made from it."""

    dataset = "customers"


class NoCustomers(MissingData):
    """There are no customers."""

    message = (
        "There are no customers yet: import yours with POST /importCustomers, or generate them with"
        " POST /generateDataset."
    )


class NoProducts(MissingData):
    """There are no products."""

    dataset = "products"
    message = (
        "There are no products yet: import yours with POST /importProducts, or generate them with"
        " POST /generateProductDataset."
    )


class UnknownTable(UserError):
    """There is no such table, or it is not one that a client may drop."""

    message = "Only the tables customers and products can be dropped."


@contextmanager
def replacing_customers(database: Database) -> Iterator[Connection]:
    """Give empty tables new_customers and new_own_values to fill; afterwards they are the current.

    What was matched for the earlier customers is forgotten: a trigger sees to that.
    """
    with database.writing("customers", "products") as conn:
        customers.create_new_customers(conn)
        own.create_new_own_values(conn)
        yield conn
        advance(INDEXING)
        customers.swap_in_new_customers(conn)
        own.swap_in_new_own_values(conn)
        offers.forget_offers(conn)


@contextmanager
def replacing_products(database: Database) -> Iterator[Connection]:
    """Give an empty table new_products to fill; afterwards it is the products, all at once."""
    with database.writing("products") as conn:
        products.create_new_products(conn)
        yield conn
        advance(INDEXING)
        products.swap_in_new_products(conn)


def drop_table(database: Database, name: str) -> None:
    """Drop a dataset's table, if it is there; raises UnknownTable for any other name."""
    if name not in DROPS:
        raise UnknownTable
    with database.writing("customers", "products") as conn:
        DROPS[name](conn)
        schema.forget_clean_up(conn, name=name)


def clean_up(conn: Connection) -> None:
    """Drop all datasets within a transaction that writes them, and remember why they are gone."""
    schema.remember_clean_up(conn)
    for drop in DROPS.values():
        drop(conn)


def explain(database: Database, error: MissingData) -> str:
    """Return the sentence of an error; another one if what is missing went with the clean-up."""
    with database.reading() as conn:
        dropped = schema.cleaned_up(conn, name=error.dataset)
    if dropped is None:
        return str(error)
    importing, generating = SOURCES[error.dataset]
    return (
        f"The clean-up dropped the {error.dataset} at {dropped}: import yours again with"
        f" {importing}, or generate others with {generating}."
    )
