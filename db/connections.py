"""Connections to PostgreSQL, shared by all workspaces; the service's own tables are there first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from db.errors import first_line, translate_driver_errors
from db.migrate import migrate
from db.outage import Outage, outage
from db.pool import Pool
from db.queries import schema

POOL_SIZE = 16
POOL_WAIT_SECONDS = 30
CONNECT_TIMEOUT_SECONDS = 5
MOST_SCHEMAS = 50  # that a connection is in before it is made anew
NAME = "customer-segmentation"


class Session(Connection):
    """A connection that remembers which schemas it was in.

    PostgreSQL keeps the plans of each schema's functions until a session ends, and compares every
    change of a table with all of them.
    """

    def __init__(self, *arguments: object, **options: object):
        super().__init__(*arguments, **options)
        self.schemas: set[str] = set()

    def is_worn(self) -> bool:
        """Tell whether it was in so many schemas that a new connection serves faster."""
        return len(self.schemas) > MOST_SCHEMAS


class Connections:
    """A pool of connections to the PostgreSQL that a connection string names.

    The shared workspace is migrated at the first one, so that the service can start before its
    database; not so where the server is `read_only`.
    """

    def __init__(
        self,
        dsn: str,
        statement_seconds: int,
        outage: Outage = outage,
        *,
        read_only: bool = False,
    ):
        self._dsn = dsn
        self._statement_milliseconds = statement_seconds * 1000
        self._pool = Pool(self._connect_migrated, POOL_SIZE, POOL_WAIT_SECONDS, Session.is_worn)
        self._migrating = threading.Lock()
        self._migrated = read_only
        self._outage = outage

    @contextmanager
    def transaction(
        self,
        isolation_level: int = ISOLATION_LEVEL_READ_COMMITTED,
        *,
        readonly: bool = False,
        within: Callable[[Connection], AbstractContextManager] = nullcontext,
    ) -> Iterator[Connection]:
        """One transaction in the shared workspace's schema, committed at the end.

        It begins and ends `within` what is given for its connection.
        """
        with translate_driver_errors(), self._pool.connection() as conn, within(conn):
            conn.autocommit = False
            conn.set_session(isolation_level=isolation_level, readonly=readonly)
            with conn:
                yield conn

    @contextmanager
    def single_statement(self) -> Iterator[Connection]:
        """A connection on which each execution is a transaction: one round trip."""
        with translate_driver_errors(), self._pool.connection() as conn:
            conn.autocommit = True
            yield conn

    def session(self, application_name: str) -> Session:
        """Return a new connection that is not the pool's, known to PostgreSQL by this name."""
        with translate_driver_errors():
            conn = self._connect(application_name=application_name)
            conn.autocommit = True
            return conn

    def disconnect(self) -> None:
        """Close the connections that are not in use; later ones are made anew."""
        self._pool.close()

    def _connect(self, **name: str) -> Session:
        try:
            conn = psycopg2.connect(
                self._dsn,
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                client_encoding="UTF8",
                connection_factory=Session,
                **name,
            )
        except psycopg2.OperationalError as error:
            self._outage.begin(first_line(error))
            raise
        self._outage.end()
        return conn

    def _connect_migrated(self) -> Session:
        conn = self._connect(fallback_application_name=NAME)
        with self._migrating, conn:
            schema.limit_session(conn, statement_milliseconds=self._statement_milliseconds)
            if not self._migrated:
                migrate(conn, shared=True)
                self._migrated = True
        return conn
