"""What can go wrong with the database; each docstring is the sentence that a client reads."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import errors


class SpeakingError(Exception):
    """An error whose docstring is the sentence that a client reads."""

    def __str__(self) -> str:
        return self.__doc__


class DatabaseError(SpeakingError):
    """The database could not do this; try again in a moment."""


class DatabaseAway(DatabaseError):
    """The database can't be reached at the moment; try again in a few seconds."""


class DatabaseBusy(DatabaseError):
    """The database is busy with other requests; try again in a few seconds."""


class DatabaseFull(DatabaseError):
    """The database has no room left for this; free some space or ask for a smaller dataset."""


class StatementTooLong(DatabaseError):
    """The database took too long over this; try again later or ask for a smaller dataset."""


# The first class that fits counts; OperationalError is the parent of most others.
_MEANINGS = {
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


@contextmanager
def own_errors() -> Iterator[None]:
    """Turn the driver's errors that a client can do something about into the service's own."""
    try:
        yield
    except tuple(_MEANINGS) as error:
        meaning = next(own for theirs, own in _MEANINGS.items() if isinstance(error, theirs))
        raise meaning from error
