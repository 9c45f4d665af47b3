"""The lists and groupings that clients read, as JSON or CSV text straight from PostgreSQL.

Each function that yields gives the version of the data first (see Database.version) and then one
document in pieces; a table that is not there makes it an empty one, which as CSV is a line with the
names of the columns.
"""

from collections.abc import Generator
from functools import cache, partial
from typing import NamedTuple

import pyarrow as pa
from psycopg2.errors import UndefinedTable

from db.arrow import table_of
from db.database import Connection, Database
from db.lists import (
    Form,
    ReadPage,
    Rows,
    csv_file,
    json_array,
    json_object,
    no_rows,
    pages_of,
    rows_of,
)
from db.own import own_fields, own_header
from db.queries import customers, offers, products, schema
from schema import CITIES, CUSTOMER, OCCUPATIONS, OFFER_RANKS, OFFERED, PRODUCT


@cache
def customers_by_id(*, every_cluster: bool, names: bool = False, own: bool = False) -> Rows:
    """Return the customers, of every cluster or of one that the reader chooses.

    `names`: city and occupation by name. `own`: JSON has the own columns and the reference too, as
    CSV always has where there are any.
    """
    named = {"city": "hidden_city", "occupation": "hidden_occupation"}
    beyond = {"own": "hidden_own", "reference": "hidden_reference"}
    return rows_of(
        customers.lock_for_reading,
        customers.customers_by_id.sql,
        "customer_id",
        Form(
            shown=(named if names else {}) | (beyond if own else {}),
            csv_first=[column.name for column in CUSTOMER],
            csv_rest="hidden_own_csv",
            csv_rest_header=own_header,
            csv_rest_fields=own_fields,
        ),
        cities=list(CITIES),
        occupations=list(OCCUPATIONS),
        **({"cluster": None} if every_cluster else {}),
    )


CUSTOMERS = customers_by_id(every_cluster=True)
INCOME_AND_LOAN = rows_of(
    customers.lock_for_reading, customers.income_and_loan_by_id.sql, "customer_id"
)
PRODUCTS = rows_of(
    products.lock_for_reading,
    products.products_by_id.sql,
    "product_id",
    Form(csv_first=[column.name for column in PRODUCT]),
    product_id=None,
)
MATCHES = rows_of(schema.lock_both_for_reading, products.matches_by_rank.sql, after="hidden_rank")
NO_MATCHES = MATCHES._replace(  # clusters, but not a product
    lock=customers.lock_for_reading, read_page=no_rows, read_csv_page=no_rows
)


_OFFER = (pa.int32(), pa.string(), pa.decimal128(4, 3), pa.string())  # as OFFER_COLUMNS
_OFFERS = pa.schema(
    [
        pa.field("cluster", pa.int32()),
        pa.field("control", pa.bool_()),
        pa.field("customer_id", pa.int32()),
        *map(pa.field, OFFERED, (*_OFFER * len(OFFER_RANKS), pa.string())),
        pa.field("reference", pa.string()),
    ]
)


def offers_to_customers(control: float | None, seed: int) -> Rows:
    """The offers to each customer, and who is in a control group of this share (None: no group)."""
    chosen = {"control": control, "seed": seed}
    return Rows(
        schema.lock_both_for_reading,
        partial(offers.page_of_offers, **chosen),
        partial(offers.page_of_offers_csv, **chosen),
        offers.csv_header,
        lambda _conn: _OFFERS,
    )


class Page(NamedTuple):
    """One page of a list: the version of the data, its text, and the id to go on after."""

    version: str | None
    document: str
    next_after: int | None


class TypedPage(NamedTuple):
    """The same as tables of Arrow, of one schema."""

    version: str | None
    schema: pa.Schema
    tables: list[pa.Table]
    next_after: int | None


def list_all(database: Database, rows: Rows, *, csv: bool = False) -> Generator[str]:
    """All customers or products, by id."""
    with database.reading_versioned() as conn:
        version, read_page = lock_existing(conn, rows, csv=csv)
        yield version
        read_page = read_page or no_rows
        if csv:
            yield from csv_file(conn, rows.csv_header(conn), [read_page])
        else:
            yield from json_array(conn, read_page)


def list_page(
    database: Database, rows: Rows, after: int | None, limit: int, *, csv: bool = False
) -> Page:
    """At most `limit` customers or products, whose ids follow `after`."""
    with database.reading_versioned() as conn:
        version, read_page = lock_existing(conn, rows, csv=csv)
        text, next_after = (read_page or no_rows)(conn, after=after, size=limit)
        begin, end = (rows.csv_header(conn), "") if csv else ("[", "]")
    return Page(version, f"{begin}{text or ''}{end}", next_after)


def list_by_cluster(database: Database, *choices: Rows, csv: bool = False) -> Generator[str]:
    """Rows for each cluster that has customers; of the choices, the first whose tables exist."""
    with database.reading_versioned() as conn:
        version, read_page = lock_existing(conn, *choices, csv=csv)
        yield version
        clusters = [cluster for (cluster,) in customers.list_clusters(conn)] if read_page else []
        readers = {cluster: partial(read_page, cluster=cluster) for cluster in clusters}
        if csv:
            yield from csv_file(conn, choices[0].csv_header(conn), readers.values())
        else:
            yield from json_object(conn, readers)


def list_typed(database: Database, *choices: Rows, by_cluster: bool = False) -> Generator:
    """The same rows as tables of Arrow, with the cells that CSV has: the schema, then the tables.

    Where a table does not exist there are no types, and every column is one of texts.
    """
    with database.reading_versioned() as conn:
        version, read_page = lock_existing(conn, *choices, csv=True)
        yield version
        if read_page != choices[0].read_csv_page:
            yield _schema_of_texts(conn, choices[0])
            return
        schema = choices[0].csv_schema(conn)
        yield schema
        clusters = [cluster for (cluster,) in customers.list_clusters(conn)] if by_cluster else ()
        readers = [partial(read_page, cluster=c) for c in clusters] if by_cluster else [read_page]
        for reader in readers:
            for page in pages_of(conn, reader):
                yield table_of(page, schema)


def list_typed_page(database: Database, rows: Rows, after: int | None, limit: int) -> TypedPage:
    """At most `limit` rows, as `list_page`, with the cells and types that `list_typed` gives."""
    with database.reading_versioned() as conn:
        version, read_page = lock_existing(conn, rows, csv=True)
        if read_page is None:
            return TypedPage(version, _schema_of_texts(conn, rows), [], None)
        schema = rows.csv_schema(conn)
        text, next_after = read_page(conn, after=after, size=limit)
        tables = [table_of(text, schema)] if text else []
        return TypedPage(version, schema, tables, next_after)


def _schema_of_texts(conn: Connection, rows: Rows) -> pa.Schema:
    names = rows.csv_header(conn).rstrip().split(",")
    return pa.schema([pa.field(name, pa.string()) for name in names])


def of_cluster(rows: Rows, cluster: int) -> Rows:
    """Return how to read those rows that are one cluster's."""
    return rows._replace(
        read_page=partial(rows.read_page, cluster=cluster),
        read_csv_page=partial(rows.read_csv_page, cluster=cluster),
    )


def count_clusters(database: Database) -> Generator[str]:
    """The number of customers in each cluster."""
    with database.reading_versioned() as conn:
        version, found = lock_existing(conn, CUSTOMERS)
        yield version
        yield customers.count_clusters(conn) if found else "{}"


def match_report(database: Database) -> Generator[str]:
    """How many customers and products fell at each gate, by cluster."""
    with database.reading_versioned() as conn:
        version, found = lock_existing(conn, MATCHES)
        yield version
        yield offers.match_report(conn) if found else "{}"


def select_product(database: Database, product_id: int) -> str | None:
    """The product with this product_id as a JSON object, None if there is none."""
    with database.reading_versioned() as conn:
        _, read_page = lock_existing(conn, PRODUCTS)
        return (read_page or no_rows)(conn, after=None, product_id=product_id, size=1)[0]


def lock_existing(
    conn: Connection, *choices: Rows, csv: bool = False
) -> tuple[str | None, ReadPage | None]:
    """Lock the tables of the first choice that exist; return the version and how to read a page."""
    for rows in choices:
        try:
            return rows.lock(conn), rows.read_csv_page if csv else rows.read_page
        except UndefinedTable:
            schema.back_to_before_lock(conn)
    return schema.current_version(conn), None
