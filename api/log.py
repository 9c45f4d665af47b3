"""A line in the log for each request."""

import logging
import os
import re
from collections.abc import Callable, Iterable
from time import perf_counter
from urllib.parse import quote

from logs import request_id

WHOLE = "%(method)s %(path)s %(status)d %(ms).1f ms"
BROKEN = "%(method)s %(path)s %(status)d broken off after %(ms).1f ms"
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")

logger = logging.getLogger(__name__)


class RequestLog:
    """A WSGI application that logs the requests to another, and names each in X-Request-ID."""

    def __init__(self, application: Callable):
        self._application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer as the application does; the line is written when the answer is closed."""
        return _Answer(self._application, environ, start_response)


class _Answer:
    """An answer on its way to the client."""

    def __init__(self, application: Callable, environ: dict, start_response: Callable):
        self._begin = perf_counter()
        self._environ = environ
        self._start_response = start_response
        self._status = "500"
        self._whole = False
        given = environ.get("HTTP_X_REQUEST_ID", "")
        self._id = given if GIVEN_ID.fullmatch(given) else os.urandom(8).hex()
        request_id.set(self._id)
        self._pieces = ()
        try:
            self._pieces = application(environ, self._start)
        except BaseException:
            self.close()
            raise
        self._next = iter(self._pieces).__next__

    def _start(self, status: str, headers: list, exc_info: tuple | None = None) -> Callable:
        self._status = status
        return self._start_response(status, [*headers, ("X-Request-ID", self._id)], exc_info)

    def __iter__(self) -> "_Answer":
        return self

    def __next__(self) -> bytes:
        try:
            return self._next()
        except StopIteration:
            self._whole = True
            raise

    def close(self) -> None:
        """Close the application's answer and log the request."""
        try:
            if hasattr(self._pieces, "close"):
                self._pieces.close()
        finally:
            if logger.isEnabledFor(logging.INFO):
                logger.info(WHOLE if self._whole else BROKEN, self._facts())
            if self._whole:  # about a broken one the server has more to say
                request_id.set("-")

    def _facts(self) -> dict:
        """Return what the line says. The path has neither query nor control characters."""
        return {
            "method": self._environ["REQUEST_METHOD"],
            "path": quote(self._environ["PATH_INFO"], encoding="latin-1"),
            "status": int(self._status[:3]),
            "ms": round(1000 * (perf_counter() - self._begin), 3),
        } | ({} if self._whole else {"broken": True})
