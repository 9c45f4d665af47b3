"""The workspaces: a schema each, found by name, made at the first write, dropped when idle.

What a client calls a workspace is only ever a value in the table of workspaces. Its schema has a
number, and whoever reads or writes in it holds its table `datasets`, so that it is not dropped
meanwhile.
"""

import contextlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from psycopg2.errors import InsufficientPrivilege, UndefinedFunction, UndefinedTable

from db.connections import Connection, Connections
from db.errors import DatabaseBusy, DatabaseError, UserError
from db.jobs import enlisted
from db.migrate import migrate
from db.queries import workspaces as statements

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
RESERVED = re.compile(r"pg_.*|information_schema", re.IGNORECASE)  # nobody means a workspace
NOTE_SECONDS = 60  # a workspace's last call is noted no more often than that,
NOTES_WHILE_IDLE = 10  # or so many times until it is dropped, where that is more often
ATTEMPTS = 3
MOST_KNOWN = 10_000  # schemas that a process remembers


class InvalidWorkspace(UserError):
    """No workspace can have this name."""

    message = (
        "A workspace's name (X-Workspace) must be 1 to 64 of the characters A-Z, a-z, 0-9, _ and -,"
        " and not start with pg_."
    )


class TooManyWorkspaces(UserError):
    """There are MAX_WORKSPACES already."""

    message = (
        "There are as many workspaces as this service keeps (MAX_WORKSPACES): use one that there"
        " is, or try again when an idle one has been dropped."
    )


class WorkspacesForbidden(DatabaseError):
    """The database's role may not create schemas."""

    message = (
        "The service's role may not create schemas in its database, and a workspace needs one;"
        " docs/role.sql has the statement that allows it."
    )


class Known(NamedTuple):
    """A workspace's schema, and when its last call was noted, in seconds of the process's clock."""

    schema: str
    noted: float


def check_name(name: str) -> str:
    """Return the name of a workspace as it is; raises InvalidWorkspace for what can't be one."""
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        raise InvalidWorkspace
    return name


class Workspaces:
    """The named workspaces of a database: at most `most`, each kept while it is called.

    A last call is noted late, but never by more than what idle workspaces are kept beyond
    `idle_seconds` (0: they are never dropped).
    """

    def __init__(self, connections: Connections, most: int, idle_seconds: int):
        self._connections = connections
        self._most = most
        self._note_seconds = min(NOTE_SECONDS, idle_seconds / NOTES_WHILE_IDLE or NOTE_SECONDS)
        self.idle_seconds = idle_seconds
        self._known: dict[str, Known] = {}
        self._empty: str | None = None

    @contextmanager
    def reading(
        self, name: str, isolation_level: int, on: Connections | None = None
    ) -> Iterator[Connection]:
        """One transaction that reads; a workspace that does not exist is read as an empty one.

        Its snapshot is not yet taken. `on`: the connections to a replica.
        """
        for _ in range(ATTEMPTS):  # it may be dropped before it is entered
            schema = self._find(name) or self._empty_schema()
            with (on or self._connections).transaction(
                isolation_level, readonly=True, within=enlisted
            ) as conn:
                if _enter(conn, schema):
                    yield conn
                    return
            self._forget(name)
        raise DatabaseBusy

    @contextmanager
    def writing(self, name: str) -> Iterator[Connection]:
        """One transaction that writes; a workspace that does not exist is made.

        It is there no more when the transaction fails.
        """
        for _ in range(ATTEMPTS):
            schema, is_new = self._find(name), False
            if schema is None:
                schema, is_new = self._create(name), True
            try:
                with self._connections.transaction(within=enlisted) as conn:
                    if _enter(conn, schema):
                        yield conn
                        return
            except BaseException:
                if is_new:
                    with contextlib.suppress(DatabaseError):
                        self._drop_unused(name)
                raise
            self._forget(name)
        raise DatabaseBusy

    def version(self, name: str, on: Connections | None = None) -> str | None:
        """What the data of a workspace is at (see Database.version); `on` a replica, if given."""
        for _ in range(ATTEMPTS):
            schema = self._find(name) or self._empty_schema()
            with (on or self._connections).single_statement() as conn:
                try:
                    conn.schemas.add(schema)
                    return statements.version_in(conn, schema=schema)
                except (UndefinedFunction, UndefinedTable):  # it was dropped
                    self._forget(name)
        raise DatabaseBusy

    def drop_idle(self) -> int:
        """Drop each workspace that nobody called for too long; return how many they were.

        Each has a transaction of its own, and one process drops it however many try.
        """
        dropped = 0
        while self.idle_seconds and (found := self._drop_one_idle()) is not None:
            dropped += found
        return dropped

    def _drop_one_idle(self) -> bool | None:
        with self._connections.transaction() as conn:
            return statements.drop_idle_workspace(
                conn, idle_seconds=self.idle_seconds + self._note_seconds
            )

    def _find(self, name: str) -> str | None:
        """Return a workspace's schema, None if there is none; note the call."""
        known = self._known.get(name)
        if known is None:
            return self._look_up(name)
        if time.monotonic() - known.noted > self._note_seconds:
            self._note_call(name, known.schema)
        return known.schema

    def _look_up(self, name: str) -> str | None:
        with self._connections.transaction() as conn:
            schema = statements.find_workspace(conn, name=name)
            if schema is None or not _enter(conn, schema):
                return None
            migrate(conn, shared=False)
        self._note_call(name, schema)
        return schema

    def _note_call(self, name: str, schema: str) -> None:
        with self._connections.single_statement() as conn:
            statements.note_call(conn, name=name)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[name] = Known(schema, time.monotonic())

    def _create(self, name: str) -> str:
        with _creating_schemas(), self._connections.transaction() as conn:
            amount = statements.begin_creating(conn)
            schema = statements.find_workspace(conn, name=name)
            if schema is None:
                if amount >= self._most:
                    raise TooManyWorkspaces
                schema = statements.create_workspace(conn, name=name)
                _fill(conn, schema)
        return schema

    def _drop_unused(self, name: str) -> None:
        with self._connections.transaction() as conn:
            statements.drop_unused_workspace(conn, name=name)

    def _empty_schema(self) -> str:
        if self._empty is None:
            with _creating_schemas(), self._connections.transaction() as conn:
                schema = statements.create_empty_workspace(conn)
                _fill(conn, schema)
            self._empty = schema
        return self._empty

    def _forget(self, name: str) -> None:
        self._known.pop(name, None)
        self._empty = None


def _enter(conn: Connection, schema: str) -> bool:
    """Be in a schema until the transaction ends; tell whether it is there."""
    try:
        conn.schemas.add(schema)
        statements.enter(conn, schema=schema)
    except UndefinedTable:
        conn.rollback()
        return False
    return True


def _fill(conn: Connection, schema: str) -> None:
    """Make the service's tables and functions in a schema, as far as they are missing."""
    conn.schemas.add(schema)
    statements.use_schema(conn, schema=schema)
    migrate(conn, shared=False)


@contextmanager
def _creating_schemas() -> Iterator[None]:
    try:
        yield
    except InsufficientPrivilege as error:
        raise WorkspacesForbidden from error
