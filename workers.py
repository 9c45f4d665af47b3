"""What the service does otherwise than gunicorn: how requests arrive, and how bad ones are refused.

gunicorn's worker with threads gives a connection a thread as soon as its first bytes are there. So
many clients that send a byte now and then would hold all threads; here a request gets one when it
is whole.
"""

import contextlib
import enum
import errno
import json
import re
import select
import socket
import struct
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ

from gunicorn import util
from gunicorn.http.body import Body
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.http.message import Request
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

REQUEST_SECONDS = 10  # in which a head and a body of at most BUFFER bytes must arrive
BUFFER = 64 * 1024  # bytes of a body that is awaited before the request is given to a thread
SLOWEST = 10 * 1024  # bytes in a second, of a larger body
STALL_SECONDS = 10
LINGER_MILLISECONDS = 1
MOST_IN_A_ROW = 20  # requests of a connection, then others get the thread
UPLOADS = 8  # threads for bodies that still arrive, apart from the others
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*(?:\r\n|$)", re.IGNORECASE)
STATUSES = {  # the first class that fits counts
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    ParseException: HTTPStatus.BAD_REQUEST,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}
OPEN_ENDED = re.compile(rb"\r\n(?:content-length|transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


class Arrival(enum.Enum):
    """How much of a request has arrived."""

    PART = enum.auto()
    WHOLE = enum.auto()
    UPLOAD = enum.auto()  # the head, of a request whose body is large or of unknown length


def arrival(received: bytes) -> Arrival:
    """Tell how much of a request these bytes are; what is malformed counts as whole."""
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        malformed = head.count(b"\n") != head.count(b"\r\n") or len(head) > BUFFER
        return Arrival.WHOLE if malformed else Arrival.PART
    length = LENGTH.search(head)
    if len(OPEN_ENDED.findall(head)) > bool(length):
        return Arrival.UPLOAD
    expected = int(length[1]) if length else 0
    if len(body) >= expected:
        return Arrival.WHOLE
    return Arrival.PART if expected <= BUFFER else Arrival.UPLOAD


class BufferingWorker(ThreadWorker):
    """A worker with threads, each of which gets a request that has arrived.

    Until then the request waits in the worker's event loop, at most REQUEST_SECONDS. A large body
    is read by threads of its own kind, so that slow uploads hold up none but uploads.
    """

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """Return the threads for requests that are whole; beside them are those for uploads."""
        self.upload_pool = ThreadPoolExecutor(UPLOADS)
        return super().get_thread_pool()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread if a request has arrived, else go on waiting for it."""
        if self.cfg.is_ssl:  # only OpenSSL knows what has arrived
            super().enqueue_req(conn)
            return
        if not hasattr(conn, "received"):
            conn.received, conn.deadline = b"", None
        conn.deadline = conn.deadline or time.monotonic() + REQUEST_SECONDS
        ended = _receive(conn)
        state = arrival(conn.received)
        if state is Arrival.PART and not ended:
            self._wait_for_more(conn)
        elif state is Arrival.PART and b"\r\n\r\n" not in conn.received:
            self._drop(conn)
        else:
            conn.deadline = None
            pool = self.upload_pool if state is Arrival.UPLOAD else self.tpool
            done = pool.submit(self.handle, conn)
            done.add_done_callback(partial(self.method_queue.defer, self.finish_request, conn))

    def _wait_for_more(self, conn: TConn) -> None:
        conn.timeout = conn.deadline
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def _drop(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Refuse requests that did not arrive in time; when the worker stops, all that did not."""
        now = time.monotonic()
        late = [conn for conn in self.pending_conns if conn.timeout <= now or not self.alive]
        for conn in late:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            if conn.received:
                refuse(conn.sock, HTTPStatus.REQUEST_TIMEOUT)
            self._drop(conn)

    def handle(self, conn: TConn) -> object:
        """Answer the request that has arrived, and those that follow it closely.

        Tell whether the connection can be kept. A client that asks again at once finds the thread
        still there, which spares a third of what a small answer costs.
        """
        if self.cfg.is_ssl:
            return super().handle(conn)
        kept = self._handle_one(conn)
        for _ in range(MOST_IN_A_ROW):
            if kept is not True or not self.alive or not _is_next_whole(conn):
                break
            kept = self._handle_one(conn)
        return kept

    def _handle_one(self, conn: TConn) -> object:
        conn.data_ready = True
        conn.init()
        conn.parser.unreader = TimedUnreader(conn.sock, conn.received)
        conn.received = b""
        return super().handle(conn)

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer a request; tell whether the connection can be kept."""
        req.body = RequestBody(req.body.reader)
        return super().handle_request(req, conn)

    def handle_error(
        self, _request: Request | None, client: socket.socket, addr: tuple, exc: Exception
    ) -> None:
        """Refuse what is no HTTP, or made the application fail, and log only what kind it is."""
        status = next(status for kind, status in STATUSES.items() if isinstance(exc, kind))
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.exception("Error handling request")
        else:
            self.log.warning("Invalid request from ip=%s: %s", addr[0], type(exc).__name__)
        refuse(client, status)


def _is_next_whole(conn: TConn) -> bool:
    """Wait a moment for the next request; tell whether it has arrived.

    What has arrived of it otherwise is put back, for the event loop to find.
    """
    poll = select.poll()
    poll.register(conn.sock, select.POLLIN)
    if not poll.poll(LINGER_MILLISECONDS):
        return False
    _receive(conn)
    if arrival(conn.received) is Arrival.WHOLE:
        return True
    conn.parser.unreader.unread(conn.received)
    conn.received = b""
    return False


def _receive(conn: TConn) -> bool:
    """Add what has arrived to `conn.received`; tell whether no more will come."""
    if conn.parser:
        conn.received += conn.parser.unreader.take_buffered()
    conn.sock.setblocking(False)
    try:
        data = conn.sock.recv(2 * BUFFER)
    except BlockingIOError:
        return False
    except OSError:
        return True
    conn.received += data
    return not data


class TimedUnreader(SocketUnreader):
    """What comes from a socket after `received`, for as long as it comes fast enough.

    A client that is too slow ends like one that closes the connection.
    """

    def __init__(self, sock: socket.socket, received: bytes):
        super().__init__(sock)
        self.unread(received)
        self._end = time.monotonic() + REQUEST_SECONDS

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece; raises ConnectionResetError when it is too slow."""
        with contextlib.suppress(BlockingIOError):  # what SO_RCVTIMEO makes of a stall
            data = super().chunk(size_hint)
            self._end += len(data) / SLOWEST
            if time.monotonic() <= self._end:
                return data
        raise ConnectionResetError(errno.ECONNRESET, "The client is too slow")


class RequestBody(Body):
    """A request's body, which fails like a broken connection when its pieces are malformed.

    That is an error which the application knows, whatever serves it.
    """

    def _read_reader(self, size: int) -> bytes:
        try:
            return super()._read_reader(size)
        except ParseException as error:
            raise ConnectionResetError(errno.ECONNRESET, "The body is malformed") from error


def limit_stalls(listeners: Iterable[socket.socket]) -> None:
    """Let no client hold a thread that neither sends nor takes anything for STALL_SECONDS.

    The connections that come from these sockets inherit the limit, which makes an OSError.
    """
    limit = struct.pack("ll", STALL_SECONDS, 0)
    for listener in listeners:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


def refuse(client: socket.socket, status: int) -> None:
    """Answer what never gets to the application, such as malformed HTTP, as the application does.

    gunicorn's own answer is a page of HTML.
    """
    reason = HTTPStatus(status).phrase
    body = json.dumps({"error": f"The service can't answer this request: {reason}."})
    head = (
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
    )
    with contextlib.suppress(OSError):
        util.write_nonblock(client, "\r\n".join([*head, "", body]).encode("latin-1"))
