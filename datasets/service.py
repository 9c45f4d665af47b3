"""Replace the stored customers and products by those of a file."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from itertools import chain
from typing import BinaryIO

from datasets.columns import CUSTOMERS, PRODUCTS, Chunk, Table
from datasets.reading import read_chunks
from db import queries, tables
from db.copy import copy_in_texts
from db.database import Connection, Database


def import_customers(database: Database, file: BinaryIO, most_rows: int) -> int:
    """Replace the customers by those of a CSV file; return how many they are.

    Raises BrokenFile, and nothing has changed then.
    """
    statement = queries.customers.copy_imported_customers.sql
    return _replace(tables.replacing_customers(database), statement, CUSTOMERS, file, most_rows)


def import_products(database: Database, file: BinaryIO, most_rows: int) -> int:
    """Replace the products by those of a CSV file; return how many they are.

    Raises BrokenFile, and nothing has changed then.
    """
    statement = queries.products.copy_new_products.sql
    return _replace(tables.replacing_products(database), statement, PRODUCTS, file, most_rows)


def _replace(
    replacing: AbstractContextManager[Connection],
    statement: str,
    table: Table,
    file: BinaryIO,
    most_rows: int,
) -> int:
    with closing(read_chunks(file, table, most_rows)) as chunks:
        rows = _once_begun(chunks)
        with replacing as conn:
            return copy_in_texts(conn, statement, rows)


def _once_begun(chunks: Iterator[Chunk]) -> Iterator[list]:
    """Return the columns of each chunk, once the first is read.

    So a file that is broken from the start is refused before it makes other writers wait.
    """
    first = next(chunks)
    return (list(chunk.values()) for chunk in chain([first], chunks))
