"""How the log is written: lines of text or of JSON, on standard error, without anybody's data.

What an exception says may be a customer's: a driver's error quotes the row that it is about. So a
traceback has the places in the code and the exceptions' names, never their texts.
"""

import errno
import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

TEXT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"
SERVERS = "gunicorn.error"  # gunicorn's logger of all that isn't a request

request_id = ContextVar("request_id", default="-")  # of the request that this thread works on


def configuration(level: str, form: str) -> dict:
    """Return what logging.config.dictConfig takes: `form` is "text" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": RequestFilter}},
        "formatters": {"text": {"()": TextFormatter}, "json": {"()": JsonFormatter}},
        "handlers": {
            "log": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": form},
        },
        "root": {"level": level, "handlers": ["log"]},
        "loggers": {
            "apscheduler": {"level": "WARNING"},  # it would tell of every look at the clock
            SERVERS: {"level": "WARNING", "handlers": [], "propagate": True},
        },
    }


class RequestFilter(logging.Filter):
    """Lets every record pass, and names the request that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the request's id to the record."""
        record.request_id = request_id.get()
        return True


class TextFormatter(logging.Formatter):
    """Writes a record as a line of text, with a traceback below it if there is one."""

    def __init__(self):
        super().__init__(TEXT)

    def formatException(self, ei: tuple) -> str:  # noqa: N802 - the name that logging calls
        """Return the traceback, without what the exceptions say."""
        return describe(ei[1])


class JsonFormatter(logging.Formatter):
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
            entry["traceback"] = describe(record.exc_info[1])
        return json.dumps(entry, default=str)


def describe(error: BaseException) -> str:
    """Return an exception's traceback and name, after those of the one that caused it."""
    return "\nwhich led to:\n".join(reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        yield f"Traceback (most recent call last):\n{frames}{_name(error)}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _name(error: BaseException) -> str:
    """Return the exception's class, with PostgreSQL's or the system's code for what happened."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    code = getattr(error, "pgcode", None) or errno.errorcode.get(getattr(error, "errno", None))
    return f"{kind} ({code})" if code else kind
