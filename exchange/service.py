"""Replace the stored customers and products by those of a file."""

from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from typing import BinaryIO

from db import queries, tables
from db.copy import copy_in_texts
from db.database import Database
from exchange.columns import CUSTOMERS, PRODUCTS, Chunk
from exchange.reading import read_chunks


def import_customers(database: Database, file: BinaryIO, most_rows: int) -> int:
    """Replace the customers by those of a CSV file; return how many they are.

    Raises BrokenFile, and nothing has changed then.
    """
    with closing(read_chunks(file, CUSTOMERS, most_rows)) as chunks:
        rows = _once_begun(chunks)
        with tables.replacing_customers(database) as conn:
            return copy_in_texts(conn, queries.customers.copy_imported_customers.sql, rows)


def import_products(database: Database, file: BinaryIO, most_rows: int) -> int:
    """Replace the products by those of a CSV file; return how many they are.

    Raises BrokenFile, and nothing has changed then.
    """
    with closing(read_chunks(file, PRODUCTS, most_rows)) as chunks:
        rows = _once_begun(chunks)
        with tables.replacing_products(database) as conn:
            return copy_in_texts(conn, queries.products.copy_imported_products.sql, rows)


def _once_begun(chunks: Iterator[Chunk]) -> Iterator[list]:
    """Return the columns of each chunk, once the first is read.

    So a file that is broken from the start is refused before it makes other writers wait.
    """
    first = next(chunks)
    return (list(chunk.values()) for chunk in chain([first], chunks))
