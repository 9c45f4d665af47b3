"""The files that a crash leaves: rows of tables that were never committed, which nothing names.

PostgreSQL deletes its temporary files when it starts, but not the tables of transactions that were
under way when it was killed.
"""

import re
from collections.abc import Callable
from pathlib import Path

from db.embedded.directory import log_event
from db.queries import embedded

FIRST_OWN = 16384  # the least number of a file that is not PostgreSQL's own (FirstNormalObjectId)
FILE = re.compile(r"([0-9]+)(_fsm|_vm|_init)?(\.[0-9]+)?")


def delete_unnamed(run: Callable[[str, str], str], data: Path) -> None:
    """Delete the table files of a PostgreSQL's data directory that no table of it names.

    `run` runs a statement in a database while nobody else can be connected, and returns its output.
    Where that is not whole, nothing is deleted.
    """
    databases = run("postgres", embedded.list_databases.sql)
    for oid, database in re.findall(r"database ([0-9]+) (.+)", databases):
        answer = run(database, embedded.list_relation_files.sql)
        named = set(re.findall(r"file ([0-9]+)", answer))
        if re.findall(r"count ([0-9]+)", answer) == [str(len(named))]:
            _delete(data / "base" / oid, named)


def _delete(directory: Path, named: set[str]) -> None:
    unnamed = [path for path in directory.iterdir() if _is_unnamed(path.name, named)]
    size = sum(path.stat().st_size for path in unnamed)
    for path in unnamed:
        path.unlink()
    if unnamed:
        log_event(f"deleted {len(unnamed)} files of {size} bytes that a crash left")


def _is_unnamed(file: str, named: set[str]) -> bool:
    found = FILE.fullmatch(file)
    return found is not None and int(found[1]) >= FIRST_OWN and found[1] not in named
