"""The database as the services see it: transactions that read, transactions that write."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED, ISOLATION_LEVEL_REPEATABLE_READ
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from config import Config
from db import embedded
from db.embedded import EmbeddedServer
from db.errors import translate_driver_errors
from db.migrate import migrate
from db.pool import Pool
from db.queries import schema

POOL_SIZE = 16
POOL_WAIT_SECONDS = 30
CONNECT_TIMEOUT_SECONDS = 5
LOCK_WAIT_SECONDS = 30


def open_database(config: Config) -> "Database":
    """Return the database of the settings; where they name none, start the built-in server."""
    if config.database_url:
        return Database(config.database_url, None, config.statement_timeout_seconds)
    server = embedded.start(config.data_dir)
    return Database(server.dsn, server, config.statement_timeout_seconds)


def lock_datasets(conn: Connection, *names: str) -> None:
    """Be the only one that writes these datasets until the transaction ends."""
    schema.lock_datasets(conn, names=list(names))


class Database:
    """A PostgreSQL, named by a connection string, with the service's own tables in it.

    They are made at the first connection, so that the service can start before its database.
    """

    def __init__(
        self,
        dsn: str,
        server: EmbeddedServer | None = None,
        statement_seconds: int = Config.statement_timeout_seconds,
    ):
        self._dsn = dsn
        self._server = server
        self._statement_milliseconds = statement_seconds * 1000
        self._pool = Pool(self._connect, POOL_SIZE, POOL_WAIT_SECONDS)
        self._preparing = threading.Lock()
        self._prepared = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot, read only. A table must be locked before the first query (see sql/)."""
        with self._transaction(ISOLATION_LEVEL_REPEATABLE_READ, readonly=True) as conn:
            yield conn

    @contextmanager
    def writing(self, *datasets: str) -> Iterator[Connection]:
        """One transaction, the only one that writes the named datasets; committed at the end.

        It waits for other writers, and raises DatabaseBusy when they take too long.
        """
        with self._transaction(ISOLATION_LEVEL_READ_COMMITTED, readonly=False) as conn:
            schema.limit_lock_waits(conn, milliseconds=LOCK_WAIT_SECONDS * 1000)
            if datasets:
                lock_datasets(conn, *datasets)
            yield conn

    def version(self) -> str | None:
        """What the data is at: the same as before means that nothing has changed since.

        None while that can't be told. This is what every repeated read costs.
        """
        with translate_driver_errors(), self._pool.connection() as conn:
            conn.autocommit = True
            return schema.current_version(conn)

    def describe(self, cleanup_interval_seconds: int) -> str:
        """What the service stands on, as a JSON object: database, datasets, the next clean-up."""
        with self.reading() as conn:
            return schema.describe(conn, interval_seconds=cleanup_interval_seconds)

    def disconnect(self) -> None:
        """Close the connections that are not in use; later ones are made anew."""
        self._pool.close()

    def close(self) -> None:
        """Close the connections, and give up the built-in server if there is one."""
        self.disconnect()
        if self._server:
            self._server.close()

    @contextmanager
    def _transaction(self, isolation_level: int, *, readonly: bool) -> Iterator[Connection]:
        with translate_driver_errors(), self._pool.connection() as conn:
            conn.autocommit = False
            conn.set_session(isolation_level=isolation_level, readonly=readonly)
            with conn:
                yield conn

    def _connect(self) -> Connection:
        conn = psycopg2.connect(
            self._dsn,
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            fallback_application_name="customer-segmentation",
            client_encoding="UTF8",
        )
        with self._preparing, conn:
            schema.limit_session(conn, statement_milliseconds=self._statement_milliseconds)
            if not self._prepared:
                migrate(conn)
                self._prepared = True
        return conn
