"""How many requests a client may make: counted by all processes of the service together.

A layer around the application, so that answers from memory count as well.
"""

import fcntl
import math
import mmap
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from time import monotonic

from config import RateLimit

PLACES = 1 << 18
PLACE_BYTES = 16
FREE_PATHS = ("/health",)
FREE_METHODS = ("OPTIONS",)
RETRY_AFTER = "rate_limit.retry_after"  # in the environ of a request that is one too many: seconds


class Counts:
    """Each client's requests, in memory that this process shares with those forked from it.

    A client has one of many places, by its address; two that happen to have the same one share
    what they are allowed.
    """

    def __init__(self):
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())  # empty: it is only locked
        self._places = memoryview(mmap.mmap(-1, PLACES * PLACE_BYTES)).cast("d")
        self._threads = threading.Lock()

    def add(self, client: str, seconds: int) -> tuple[int, float]:
        """Count a request; return which one it is since the first, and the seconds that are left.

        So many seconds after the first request the count begins anew.
        """
        place = 2 * (hash(client) % PLACES)
        with self._alone():
            end, count = self._places[place : place + 2]
            now = monotonic()
            if end <= now:
                end, count = now + seconds, 0
            self._places[place], self._places[place + 1] = end, count + 1
        return int(count) + 1, end - now

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep out other threads and processes; the system sees to it when one of them dies."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


COUNTS = Counts()  # made by gunicorn's master, whose forks are the workers


def client_at(address: str) -> str:
    """Return who has this address: of IPv6, everybody has a network of 64 bits."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:  # from a proxy that says more than the address
        return address


class RateLimiter:
    """A WSGI application that counts the requests to another, and sends elsewhere what is over."""

    def __init__(self, application: Callable, refuse: Callable, limit: RateLimit):
        self._application = application
        self._refuse = refuse
        self._limit = limit

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Let a request through, or note RETRY_AFTER for who refuses it."""
        if environ["REQUEST_METHOD"] in FREE_METHODS or environ["PATH_INFO"] in FREE_PATHS:
            return self._application(environ, start_response)
        client = client_at(environ.get("REMOTE_ADDR", ""))
        count, seconds_left = COUNTS.add(client, self._limit.seconds)
        if count <= self._limit.requests:
            return self._application(environ, start_response)
        environ[RETRY_AFTER] = math.ceil(seconds_left)
        return self._refuse(environ, start_response)
