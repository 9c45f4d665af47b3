"""The service's own tables and functions, brought up to date by the files of sql/migrations.

A file is named NNN_subject.sql, or NNN_subject.shared.sql when only the shared workspace has it.
Its statements name no schema, so that they do the same in each. It is never changed once it is
released: what comes later is a file with a higher number.
"""

from pathlib import Path
from typing import NamedTuple

from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from db.queries import SQL, schema


class Migration(NamedTuple):
    """One file of sql/migrations."""

    number: int
    shared_only: bool
    statements: str


def _read(path: Path) -> Migration:
    number, _, _subject = path.stem.partition("_")
    shared_only = ".shared" in path.suffixes
    return Migration(int(number), shared_only, path.read_text(encoding="utf-8"))


MIGRATIONS = sorted(map(_read, (SQL / "migrations").glob("*.sql")))


def migrate(conn: Connection, *, shared: bool) -> None:
    """Apply what was not applied yet to the schema that is first in the search_path.

    It is done by the end of the connection's transaction or not at all, in one process at a time.
    `shared` says that it is the shared workspace.
    """
    schema.begin_migrating(conn)
    applied = {number for (number,) in schema.list_applied_migrations(conn)}
    with conn.cursor() as cursor:
        for migration in MIGRATIONS:
            if migration.number not in applied and (shared or not migration.shared_only):
                cursor.execute(migration.statements)
                schema.remember_migration(conn, number=migration.number)
