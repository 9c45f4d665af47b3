"""How many requests a client may make: counted by all processes of the service together.

A layer around the application, so that answers from memory count as well.
"""

import fcntl
import math
import mmap
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network
from time import monotonic

from werkzeug.exceptions import TooManyRequests

from api.access import REFUSAL
from config import RateLimit

PLACES = 1 << 18
PLACE_BYTES = 16
FREE_PATHS = ("/health",)
FREE_METHODS = ("OPTIONS",)
ADDRESS_AND_PORT = re.compile(r"(?:\[(?P<ipv6>[^]]+)\]|(?P<ipv4>[0-9.]+)):[0-9]+")


class RequestCounts:
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
        with self.alone():
            end, count = self._places[place : place + 2]
            now = monotonic()
            if end <= now:
                end, count = now + seconds, 0
            self._places[place], self._places[place + 1] = end, count + 1
        return int(count) + 1, end - now

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep out other threads and processes; the system sees to it when one of them dies."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def client_at(address: str) -> str:
    """Return who has this address: of IPv6, everybody has a network of 64 bits.

    A port, and the IPv6 form of an IPv4 address, make no other client of it.
    """
    if found := ADDRESS_AND_PORT.fullmatch(address):
        address = found["ipv6"] or found["ipv4"]
    try:
        parsed = ip_address(address)
    except ValueError:  # not from a proxy that does what it should
        return address
    if parsed.version == 6 and not parsed.ipv4_mapped:  # noqa: PLR2004 - IPv6
        return str(ip_network((parsed.packed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


class RateLimiter:
    """A WSGI application that counts the requests to another, and has refused what is over.

    ``counts`` gives the RequestCounts to use; what refuses finds the reason in REFUSAL.
    """

    def __init__(
        self,
        application: Callable,
        refuse: Callable,
        limit: RateLimit,
        counts: Callable[[], RequestCounts],
    ):
        self._application = application
        self._refuse = refuse
        self._limit = limit
        self._counts = counts

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Let a request through, or note in REFUSAL that it is one too many."""
        if environ["REQUEST_METHOD"] in FREE_METHODS or environ["PATH_INFO"] in FREE_PATHS:
            return self._application(environ, start_response)
        client = client_at(environ.get("REMOTE_ADDR", ""))
        count, seconds_left = self._counts().add(client, self._limit.seconds)
        if count <= self._limit.requests:
            return self._application(environ, start_response)
        seconds = math.ceil(seconds_left)
        environ[REFUSAL] = TooManyRequests(
            f"Too many requests from your address; try again in {seconds} s.", retry_after=seconds
        )
        return self._refuse(environ, start_response)
