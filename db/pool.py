"""A pool of connections whose users wait for one rather than fail."""

import queue
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg2.extensions import TRANSACTION_STATUS_IDLE, connection

from db.errors import DatabaseBusy


class Pool:
    """At most `size` connections, made when first needed, the one used last handed out first.

    One that `is_worn` is closed when it is given back, and made anew when it is needed.
    """

    def __init__(
        self,
        connect: Callable[[], connection],
        size: int,
        wait_seconds: float,
        is_worn: Callable[[connection], bool] = lambda _: False,
    ):
        self._connect = connect
        self._is_worn = is_worn
        self._wait_seconds = wait_seconds
        self._places: queue.LifoQueue[connection | None] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    @contextmanager
    def connection(self) -> Iterator[connection]:
        """Lend a live connection; raises DatabaseBusy when none became free in time."""
        try:
            conn = self._places.get(timeout=self._wait_seconds)
        except queue.Empty:
            raise DatabaseBusy from None
        try:
            if conn is None or was_ended(conn):
                conn = None
                conn = self._connect()
            yield conn
        finally:
            self._places.put(_as_new(conn, self._is_worn))

    def close(self) -> None:
        """Close the connections that are not lent at the moment."""
        for _ in range(self._places.qsize()):
            conn = self._places.get_nowait()
            if conn is not None:
                conn.close()
            self._places.put(None)


def was_ended(conn: connection) -> bool:
    """Tell whether the server has gone: to an idle connection it has nothing else to say."""
    poll = select.poll()
    poll.register(conn.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _as_new(conn: connection | None, is_worn: Callable[[connection], bool]) -> connection | None:
    """Give back a connection with nothing begun on it, or none if it can't be used again."""
    if conn is None or conn.closed:
        return None
    if conn.info.transaction_status != TRANSACTION_STATUS_IDLE or is_worn(conn):
        conn.close()
        return None
    return conn
