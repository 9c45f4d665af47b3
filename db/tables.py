"""What is done to a dataset as a whole: it is replaced, or it is dropped."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.database import Connection, Database
from db.errors import UserError
from db.queries import customers, own, products


def _drop_customers(conn: Connection) -> None:
    customers.drop_customers(conn)
    own.forget_own(conn)


DROPS = {"customers": _drop_customers, "products": products.drop_products}


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
        customers.swap_in_new_customers(conn)
        own.swap_in_new_own_values(conn)


@contextmanager
def replacing_products(database: Database) -> Iterator[Connection]:
    """Give an empty table new_products to fill; afterwards it is the products, all at once."""
    with database.writing("products") as conn:
        products.create_new_products(conn)
        yield conn
        products.swap_in_new_products(conn)


def drop_table(database: Database, name: str) -> None:
    """Drop a dataset's table, if it is there; raises UnknownTable for any other name."""
    if name not in DROPS:
        raise UnknownTable
    with database.writing("customers", "products") as conn:
        drop_tables(conn, name)


def drop_tables(conn: Connection, *names: str) -> None:
    """Drop datasets within a transaction that writes both."""
    for name in names:
        DROPS[name](conn)
