"""The service's own tables and functions, brought up to date by the files of sql/migrations.

A file is named NNN_subject.sql and its statements name nothing but what is in the search_path, so
that they do the same in every schema. It is never changed once it is released: what comes later is
a file with a higher number.
"""

from pathlib import Path
from typing import NamedTuple

from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from db.queries import SQL, schema


class Migration(NamedTuple):
    """One file of sql/migrations."""

    number: int
    statements: str


def _read(path: Path) -> Migration:
    number, _, _subject = path.stem.partition("_")
    return Migration(int(number), path.read_text(encoding="utf-8"))


MIGRATIONS = sorted(map(_read, (SQL / "migrations").glob("*.sql")))


def migrate(conn: Connection) -> None:
    """Apply what was not applied yet to the schema that is first in the search_path.

    It is done by the end of the connection's transaction or not at all, in one process at a time.
    """
    schema.begin_migrating(conn)
    applied = {number for (number,) in schema.list_applied_migrations(conn)}
    with conn.cursor() as cursor:
        for migration in MIGRATIONS:
            if migration.number not in applied:
                cursor.execute(migration.statements)
                schema.remember_migration(conn, number=migration.number)
