"""Where the measurements happen: a PostgreSQL, the service on it, and a dataset of some size."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg2

from benchmarks import postgres, service
from benchmarks.postgres import PostgreSQL
from benchmarks.service import Service

FEW, PRODUCTS = 500, 200  # the documented datasets


class Stage:
    """The running service and its PostgreSQL; it knows which dataset they hold.

    `load` is how many seconds each measurement of a rate takes.
    """

    def __init__(self, server: PostgreSQL, served: Service, load: int):
        self.postgres, self.service, self.load = server, served, load
        self._sql = psycopg2.connect(server.dsn)
        self._sql.autocommit = True
        self._size = None
        self._has_clusters = self._has_products = False

    def start(self, command: list[str]) -> AbstractContextManager[Service]:
        """Start another server beside the service, on the same PostgreSQL."""
        return start(command, self.postgres)

    def generate(self, size: int) -> None:
        """Have the service generate a dataset."""
        self._size, self._has_clusters = size, False
        self.service.post("/generateDataset", size=size)

    def cluster(self) -> None:
        """Have the service cluster the dataset."""
        self._has_clusters = True
        self.service.post("/conductClustering")

    def upload(self, file: Path) -> None:
        """Have the service replace the dataset by that of a file."""
        self._has_clusters = False
        self.service.upload("/importCustomers", file)

    def hold(self, size: int, *, clustered: bool = False) -> None:
        """Have a dataset of this size at rest, and for one with clusters products as well."""
        if self._size != size:
            self.generate(size)
        if clustered and not self._has_clusters:
            self.cluster()
        if clustered and not self._has_products:
            self._has_products = True
            self.service.post("/generateProductDataset", size=PRODUCTS)
        self.settle()

    def settle(self) -> None:
        """Do now what PostgreSQL would do at a time of its own, so that no one pays for another.

        Whoever reads new rows first marks them as committed; who writes leaves the disk at work.
        """
        self.rows("VACUUM (ANALYZE) customers")
        self.rows("CHECKPOINT")

    def touch(self) -> None:
        """Change the dataset beside the service."""
        self.rows("UPDATE customers SET age = age + 1 WHERE id = 1")

    def rows(self, statement: str) -> list[tuple]:
        """Run a statement and return its rows."""
        with self._sql.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Let go of the database."""
        self._sql.close()


def start(command: list[str], server: PostgreSQL) -> AbstractContextManager[Service]:
    """Start a server of HTTP on a PostgreSQL; its log lies beside that."""
    return service.running(command, server.dsn, server.directory / "service.log")


@contextlib.contextmanager
def ready(load: int, dsn: str | None = None) -> Iterator[Stage]:
    """Start everything, and stop it in the end; `dsn` names a server that runs already."""
    with (
        postgres.running(dsn) as server,
        start(service.APP, server) as served,
        contextlib.closing(Stage(server, served, load)) as stage,
    ):
        yield stage
