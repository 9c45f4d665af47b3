"""Errors that a client reads, and what can go wrong with the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import errors


class UserError(Exception):
    """An error whose message a client reads as it stands: a sentence that a person can act on."""

    message = ""  # when none is given

    def __init__(self, message: str | None = None):
        super().__init__(message or self.message)


class DatabaseError(UserError):
    """The database could not do what it was asked."""

    message = "The database could not do this; try again in a moment."


class DatabaseAway(DatabaseError):
    """There is no connection to the database."""

    message = "The database can't be reached at the moment; try again in a few seconds."


class DatabaseBusy(DatabaseError):
    """Others hold what this needs."""

    message = "The database is busy with other requests; try again in a few seconds."


class DatabaseFull(DatabaseError):
    """The database's disk or memory is full."""

    message = (
        "The database has no room left for this; free some space or ask for a smaller dataset."
    )


class StatementTooLong(DatabaseError):
    """A statement took longer than STATEMENT_TIMEOUT_SECONDS."""

    message = "The database took too long over this; try again later or ask for a smaller dataset."


class VersionChanged(UserError):
    """The data is not at the version that a write is for."""

    message = (
        "The data has changed since you read it (If-Match names another version); read it again."
    )


# The first class that fits counts; OperationalError is the parent of most others.
_TRANSLATIONS = {
    errors.LockNotAvailable: DatabaseBusy,
    errors.DeadlockDetected: DatabaseBusy,
    errors.SerializationFailure: DatabaseBusy,
    errors.TooManyConnections: DatabaseBusy,
    errors.DiskFull: DatabaseFull,
    errors.OutOfMemory: DatabaseFull,
    errors.ConfigurationLimitExceeded: DatabaseFull,
    errors.QueryCanceled: StatementTooLong,
    psycopg2.OperationalError: DatabaseAway,
    psycopg2.InterfaceError: DatabaseAway,
}


def first_line(error: BaseException | None) -> str:
    """Return what a driver's error says in its first line."""
    return str(error).strip().partition("\n")[0]


@contextmanager
def translate_driver_errors() -> Iterator[None]:
    """Turn the driver's errors that a client can do something about into the service's own."""
    try:
        yield
    except tuple(_TRANSLATIONS) as error:
        raise next(own for its, own in _TRANSLATIONS.items() if isinstance(error, its)) from error
