"""The kind of gunicorn worker that serves the API."""

import select
import socket

from gunicorn.workers.gthread import TConn, ThreadWorker

LINGER_MILLISECONDS = 1
MOST_IN_A_ROW = 20  # then others get the thread


class LingeringWorker(ThreadWorker):
    """A worker with threads, each of which waits a moment for its client's next request.

    A client that asks again at once finds the thread still there; gunicorn's own worker hands every
    request over from the main thread, which takes a third longer.
    """

    def handle(self, conn: TConn) -> object:
        """Answer a request, and those that follow it closely; tell what to do with the rest."""
        kept = super().handle(conn)
        for _ in range(MOST_IN_A_ROW):
            if kept is not True or not self.alive or not _is_readable(conn.sock):
                break
            kept = super().handle(conn)
        return kept


def _is_readable(connection: socket.socket) -> bool:
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(LINGER_MILLISECONDS))
