"""The lists and groupings that clients read, as JSON text straight from PostgreSQL.

Each function that yields gives the version of the data first (see Database.version) and then one
JSON document in pieces; a table that is not there makes it an empty one. No Python object is made
for a row, and no more than a page of rows is held at a time.
"""

from collections.abc import Callable, Generator
from functools import partial
from typing import NamedTuple

from psycopg2.errors import UndefinedTable

from db.database import Connection, Database
from db.queries import customers, products, schema

PAGE_SIZE = 5000

# A statement that reads a page: it gives the rows as text, and what to go on after (None: the end).
ReadPage = Callable[..., tuple[str | None, int | None]]


def _no_rows(_conn: Connection, **_chosen: object) -> tuple[None, None]:
    return None, None


class Rows(NamedTuple):
    """Rows to read: how to lock their tables (it gives the version), and how to read a page."""

    lock: Callable[[Connection], str | None]
    read_page: ReadPage


CUSTOMERS = Rows(customers.lock_for_reading, partial(customers.page_of_customers, cluster=None))
PRODUCTS = Rows(products.lock_for_reading, partial(products.page_of_products, product_id=None))
MEMBERS = Rows(customers.lock_for_reading, customers.page_of_customers)
INCOME_AND_LOAN = Rows(customers.lock_for_reading, customers.page_of_income_and_loan)
MATCHES = Rows(schema.lock_both_for_reading, products.page_of_matches)
NO_MATCHES = Rows(customers.lock_for_reading, _no_rows)  # clusters, but not a product


class Page(NamedTuple):
    """One page of a list: the version of the data, a JSON array, and the id to go on after."""

    version: str | None
    document: str
    next_after: int | None


def list_all(database: Database, rows: Rows) -> Generator[str]:
    """All customers or products, by id."""
    with database.reading() as conn:
        version, read_page = first_there(conn, rows)
        yield version
        yield from _array(conn, read_page or _no_rows)


def list_page(database: Database, rows: Rows, after: int | None, limit: int) -> Page:
    """At most `limit` customers or products, whose ids follow `after`."""
    with database.reading() as conn:
        version, read_page = first_there(conn, rows)
        text, next_after = (read_page or _no_rows)(conn, after=after, size=limit)
    return Page(version, f"[{text or ''}]", next_after)


def list_by_cluster(database: Database, *choices: Rows) -> Generator[str]:
    """Rows for each cluster that has customers; of the choices, the first whose tables exist."""
    with database.reading() as conn:
        version, read_page = first_there(conn, *choices)
        yield version
        parting = "{"
        for (cluster,) in list(customers.list_clusters(conn)) if read_page else ():
            yield f'{parting}"{cluster}":'
            yield from _array(conn, partial(read_page, cluster=cluster))
            parting = ","
        yield "{}" if parting == "{" else "}"


def count_clusters(database: Database) -> Generator[str]:
    """The number of customers in each cluster."""
    with database.reading() as conn:
        version, found = first_there(conn, CUSTOMERS)
        yield version
        yield customers.count_clusters(conn) if found else "{}"


def select_product(database: Database, product_id: int) -> str | None:
    """The product with this product_id as a JSON object, None if there is none."""
    with database.reading() as conn:
        _, read_page = first_there(conn, PRODUCTS)
        return (read_page or _no_rows)(conn, after=None, product_id=product_id, size=1)[0]


def first_there(conn: Connection, *choices: Rows) -> tuple[str | None, ReadPage | None]:
    """Lock the tables of the first choice that exist; return the version and how to read a page."""
    for rows in choices:
        try:
            return rows.lock(conn), rows.read_page
        except UndefinedTable:
            conn.rollback()
    return schema.current_version(conn), None


def _array(conn: Connection, read_page: ReadPage) -> Generator[str]:
    """Yield one JSON array, a page of rows at a time."""
    parting, after = "[", None
    while True:
        rows, after = read_page(conn, after=after, size=PAGE_SIZE)
        if rows:
            yield parting + rows
            parting = ","
        if after is None:
            break
    yield "[]" if parting == "[" else "]"
