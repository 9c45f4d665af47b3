"""The database as the services see it: one workspace, transactions that read or write in it."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from config import Config
from db import embedded, jobs
from db.connections import Connection, Connections
from db.embedded import EmbeddedServer
from db.errors import VersionChanged
from db.queries import schema
from db.replica import Replica
from db.workspaces import Workspaces, check_name

LOCK_WAIT_SECONDS = 30
DATASETS = ("customers", "products")


def open_database(config: Config) -> "Database":
    """Return the database of the settings; where they name none, start the built-in server."""
    server = None if config.database_url else embedded.start(config.data_dir)
    return Database(server.dsn if server else config.database_url, server, config)


def lock_datasets(conn: Connection, *names: str) -> None:
    """Be the only one that writes these datasets until the transaction ends."""
    schema.lock_datasets(conn, names=list(names))


class Database:
    """A workspace of the PostgreSQL that a connection string names: the shared one, at first.

    `name` is the workspace's, None for the shared one. `if_match` has the versions that a write is
    for, none for whatever the data is at. `has_written` tells whether this object was written
    through.
    """

    def __init__(
        self, dsn: str, server: EmbeddedServer | None = None, config: Config | None = None
    ):
        config = config or Config()
        limit = config.statement_timeout_seconds
        replica = config.read_database_url
        self._server = server
        self._connections = Connections(dsn, limit)
        self._replica = Replica(replica, limit) if replica else None
        self._workspaces = Workspaces(
            self._connections, config.max_workspaces, config.workspace_idle_seconds
        )
        self.name: str | None = None
        self.if_match: frozenset[str] = frozenset()
        self.has_written = False

    def workspace(self, name: str | None, if_match: frozenset[str] = frozenset()) -> "Database":
        """Return the workspace of this name (None: the shared one), on the same connections.

        One that does not exist reads as an empty one, and is made by the first write. Raises
        InvalidWorkspace for what can't be a name.
        """
        bound = copy.copy(self)
        bound.name = None if name is None else check_name(name)
        bound.if_match = if_match
        bound.has_written = False
        return bound

    @contextmanager
    def reading(self, on: Connections | None = None) -> Iterator[Connection]:
        """One snapshot, read only. A table must be locked before the first query (see sql/).

        `on`: the connections to a replica.
        """
        if self.name is None:
            transaction = (on or self._connections).transaction(
                ISOLATION_LEVEL_REPEATABLE_READ, readonly=True, within=jobs.enlisted
            )
        else:
            transaction = self._workspaces.reading(self.name, ISOLATION_LEVEL_REPEATABLE_READ, on)
        with transaction as conn:
            yield conn

    @contextmanager
    def reading_versioned(self) -> Iterator[Connection]:
        """One snapshot of what has a version, from the replica if that is at the primary's.

        So nothing is older than what anybody had written when it was asked for.
        """
        replica = self._replica and self._replica.at(self.version(), self.version)
        with self.reading(replica) as conn:
            yield conn

    @contextmanager
    def writing(self, *datasets: str) -> Iterator[Connection]:
        """One transaction, the only one that writes the named datasets; committed at the end.

        It waits for other writers, and raises DatabaseBusy when they take too long, VersionChanged
        when the data is at none of the versions that it is for.
        """
        if self.name is None:
            transaction = self._connections.transaction(within=jobs.enlisted)
        else:
            transaction = self._workspaces.writing(self.name)
        with transaction as conn:
            schema.limit_lock_waits(conn, milliseconds=LOCK_WAIT_SECONDS * 1000)
            if datasets:
                self._lock(conn, datasets)
            yield conn
            jobs.confirm(conn)
        self.has_written = True

    def version(self, on: Connections | None = None) -> str | None:
        """What the data is at: the same as before means that nothing has changed since.

        None while that can't be told. This is what every repeated read costs. `on`: the connections
        to a replica.
        """
        if self.name is not None:
            return self._workspaces.version(self.name, on)
        with (on or self._connections).single_statement() as conn:
            return schema.current_version(conn)

    def describe(self, cleanup_interval_seconds: int) -> str:
        """What the service stands on, as a JSON object: database, datasets, how long they stay."""
        kept_until = self.kept_until(cleanup_interval_seconds)
        with self.reading() as conn:
            return schema.describe(conn, kept_until=kept_until)

    def kept_until(self, cleanup_interval_seconds: int) -> str | None:
        """Until when the data is kept, in RFC 3339; None: until somebody drops it.

        That of the shared workspace until the next clean-up, others while they are called.
        """
        with self._connections.single_statement() as conn:
            if self.name is None:
                return schema.next_clean_up(conn, interval_seconds=cleanup_interval_seconds)
            return schema.time_in(conn, seconds=self._workspaces.idle_seconds)

    @property
    def drops_workspaces(self) -> bool:
        """Whether workspaces are dropped when they are idle."""
        return bool(self._workspaces.idle_seconds)

    def drop_idle_workspaces(self) -> int:
        """Drop the workspaces that nobody called for too long; return how many they were."""
        return self._workspaces.drop_idle()

    def session(self, application_name: str) -> Connection:
        """Return a new connection to the shared workspace, each statement of which is committed.

        It is not the pool's. PostgreSQL knows it by this name.
        """
        return self._connections.session(application_name)

    def disconnect(self) -> None:
        """Close the connections that are not in use; later ones are made anew."""
        self._connections.disconnect()
        if self._replica:
            self._replica.disconnect()

    def close(self) -> None:
        """Close the connections, and give up the built-in server if there is one."""
        self.disconnect()
        if self._server:
            self._server.close()

    def _lock(self, conn: Connection, datasets: tuple[str, ...]) -> None:
        """Lock the datasets; those of a version are all of them."""
        lock_datasets(conn, *(DATASETS if self.if_match else datasets))
        if self.if_match and schema.current_version(conn) not in self.if_match:
            raise VersionChanged
        self.if_match = frozenset()  # what follows is this call's own doing
