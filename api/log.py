"""The log: how its lines are written, and one for each request."""

import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import TextIO
from urllib.parse import quote

TEXT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"
WHOLE = "%(method)s %(path)s %(status)d %(ms).1f ms"
BROKEN = "%(method)s %(path)s %(status)d broken off after %(ms).1f ms"
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")

request_id = ContextVar("request_id", default="-")  # of the request that this thread works on
logger = logging.getLogger(__name__)


def set_up(level: str, form: str) -> None:
    """Log what is of this level or above to standard error, in the form of `writer`."""
    logging.basicConfig(level=level, handlers=[writer(form)], force=True)
    # It would tell of every look at the clock.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def writer(form: str, stream: TextIO | None = None) -> logging.Handler:
    """Return a handler that writes lines of text, or ("json") JSON objects, one a line."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_name_request)
    handler.setFormatter(_JsonFormatter() if form == "json" else logging.Formatter(TEXT))
    return handler


def _name_request(record: logging.LogRecord) -> bool:
    record.request_id = request_id.get()
    return True


class _JsonFormatter(logging.Formatter):
    """Writes a record as a JSON object; what a request's line says has keys of its own too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object, without a line break."""
        time = datetime.fromtimestamp(record.created, UTC)
        entry = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": record.request_id,
        }
        if isinstance(record.args, Mapping):
            entry |= record.args
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


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
