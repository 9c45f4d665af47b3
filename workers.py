"""What the service does otherwise than gunicorn: its workers, its log, its last resort."""

import json
import logging
import select
import socket
import struct
from collections.abc import Iterable

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

LINGER_MILLISECONDS = 1
MOST_IN_A_ROW = 20  # then others get the thread
STALL_SECONDS = 10


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


def limit_stalls(listeners: Iterable[socket.socket]) -> None:
    """Let no client hold a thread that neither sends nor takes anything for STALL_SECONDS.

    The connections that come from these sockets inherit the limit, which makes an OSError.
    """
    limit = struct.pack("ll", STALL_SECONDS, 0)
    for listener in listeners:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


class ServiceLogger(Logger):
    """Puts gunicorn's own messages into the service's log, unless they are sent elsewhere."""

    def _set_handler(
        self, logger: logging.Logger, output: str, *arguments: object, **options: object
    ) -> None:
        if output == "-":
            logger.propagate = True
        else:
            super()._set_handler(logger, output, *arguments, **options)


def write_error(client: socket.socket, status: int, reason: str, _message: str) -> None:
    """Answer what never gets to the application, such as malformed HTTP, as the application does.

    gunicorn's own answer is a page of HTML.
    """
    body = json.dumps({"error": f"The service can't answer this request: {reason}."})
    head = (
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
    )
    util.write_nonblock(client, "\r\n".join([*head, "", body]).encode("latin-1"))
