"""The lists and groupings that clients read, as pieces of JSON text straight from PostgreSQL.

Each function yields one JSON document in pieces, of which a table that is not there makes an empty
one. No Python object is made for a row, and no more than a page of rows is held at a time.
"""

from collections.abc import Callable, Generator

from psycopg2.errors import UndefinedTable

from db.database import Connection, Database
from db.queries import customers, products, schema

PAGE_SIZE = 5000

Pages = Callable[..., tuple[str | None, int | None]]


def list_customers(database: Database) -> Generator[str]:
    """Every customer, by id."""
    return _list(database, customers.lock_for_reading, customers.page_of_customers, cluster=None)


def list_products(database: Database) -> Generator[str]:
    """Every product, by product_id."""
    return _list(database, products.lock_for_reading, products.page_of_products, product_id=None)


def customers_by_cluster(database: Database) -> Generator[str]:
    """Every customer that has a cluster, by cluster and id."""
    return _grouping(database, customers.page_of_customers)


def income_and_loan_by_cluster(database: Database) -> Generator[str]:
    """Income and loan balance of every customer that has a cluster, by cluster and id."""
    return _grouping(database, customers.page_of_income_and_loan)


def products_by_cluster(database: Database) -> Generator[str]:
    """The products offered to each cluster, best score first."""
    return _grouping(database, products.page_of_matches)


def count_clusters(database: Database) -> str:
    """The number of customers in each cluster, as one JSON object."""
    with database.reading() as conn:
        try:
            customers.lock_for_reading(conn)
        except UndefinedTable:
            return "{}"
        return customers.count_clusters(conn)


def select_product(database: Database, product_id: int) -> str | None:
    """The product with this product_id as a JSON object, None if there is none."""
    with database.reading() as conn:
        try:
            products.lock_for_reading(conn)
        except UndefinedTable:
            return None
        return products.page_of_products(conn, after=None, product_id=product_id, size=1)[0]


def _list(database: Database, lock: Callable, pages: Pages, **chosen: object) -> Generator[str]:
    with database.reading() as conn:
        try:
            lock(conn)
        except UndefinedTable:
            yield "[]"
            return
        yield from _array(conn, pages, **chosen)


def lock_clusters_and_matches(conn: Connection) -> Pages:
    """Lock what products by cluster are read from; return their pages, of no rows without products.

    Raises UndefinedTable without customers.
    """
    try:
        schema.lock_both_for_reading(conn)
    except UndefinedTable:
        conn.rollback()
        customers.lock_for_reading(conn)
        return _no_rows
    return products.page_of_matches


def _grouping(database: Database, pages: Pages) -> Generator[str]:
    with database.reading() as conn:
        try:
            if pages is products.page_of_matches:
                pages = lock_clusters_and_matches(conn)
            else:
                customers.lock_for_reading(conn)
        except UndefinedTable:
            yield "{}"
            return
        parting = "{"
        for (cluster,) in list(customers.list_clusters(conn)):
            yield f'{parting}"{cluster}":'
            yield from _array(conn, pages, cluster=cluster)
            parting = ","
        yield "{}" if parting == "{" else "}"


def _no_rows(_conn: Connection, **_chosen: object) -> tuple[None, None]:
    return None, None


def _array(conn: Connection, pages: Pages, **chosen: object) -> Generator[str]:
    """Yield one JSON array, a page of rows at a time."""
    parting, after = "[", None
    while True:
        rows, after = pages(conn, after=after, size=PAGE_SIZE, **chosen)
        if rows:
            yield parting + rows
            parting = ","
        if after is None:
            break
    yield "[]" if parting == "[" else "]"
