"""Replace the stored customers and products by those of a file."""

from typing import BinaryIO, NamedTuple

import progress
from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.options import Options
from datasets.reading import Reading, open_reading
from datasets.rows_shown import shown_rows
from datasets.staging import stage_rows
from db import queries, tables
from db.copy import copy_in_file
from db.database import Database
from schema import REFERENCE

WRITING, WRITING_OWN = "writing", "writing own columns"
STAGES = {"checking": 2, "reading": 2, WRITING: 4, WRITING_OWN: 1, tables.INDEXING: 1}


class Imported(NamedTuple):
    """How many rows came in, and what was understood of the file."""

    count: int
    said: dict


def import_customers(
    database: Database,
    file: BinaryIO,
    most_rows: int,
    options: Options = Options(),  # noqa: B008
) -> Imported:
    """Replace the customers by those of a file, with what it has beside the documented columns.

    Every row is checked before any lock is taken. Raises BrokenFile, and nothing has changed then.
    """
    progress.plan(STAGES)
    with open_reading(file, CUSTOMERS, options, most_rows) as reading:
        rows, own = stage_rows(reading)
        progress.advance(WRITING)
        with tables.replacing_customers(database) as conn:
            count = copy_in_file(conn, queries.customers.copy_imported_customers.sql, rows, WRITING)
            copy_in_file(conn, queries.own.copy_new_own_values.sql, own, WRITING_OWN)
            queries.own.insert_own_columns(conn, **_by_field(reading))
        return Imported(count, reading.said())


def import_products(
    database: Database, file: BinaryIO, most_rows: int, options: Options | None = None
) -> Imported:
    """Replace the products by those of a file, every row checked before any lock is taken.

    Raises BrokenFile, and nothing has changed then.
    """
    progress.plan(STAGES)
    with open_reading(file, PRODUCTS, options, most_rows) as reading:
        rows, _ = stage_rows(reading)
        progress.advance(WRITING)
        with tables.replacing_products(database) as conn:
            count = copy_in_file(conn, queries.products.copy_imported_products.sql, rows, WRITING)
        return Imported(count, reading.said())


def preview_customers(file: BinaryIO, most_rows: int, options: Options) -> Imported:
    """Return what an import of the file would, with its first rows, and store nothing.

    Raises BrokenFile.
    """
    with open_reading(file, CUSTOMERS, options, most_rows) as reading:
        rows = shown_rows(reading)
        return Imported(reading.count, reading.said() | {"rows": rows})


def _by_field(reading: Reading) -> dict[str, list[str]]:
    columns = reading.understanding.own_columns
    reference = [REFERENCE] if reading.understanding.of(REFERENCE) else []
    return {
        "names": [*reference, *(column.name for column in columns)],
        "kinds": [*reference, *(column.kind for column in columns)],
    }
