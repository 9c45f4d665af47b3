"""A streaming replica that serves reads while it is as new as its primary."""

import logging
import time
from collections.abc import Callable

from psycopg2 import Error

from db.connections import Connections
from db.errors import DatabaseError
from db.outage import replica_outage

AWAY_SECONDS = 10  # how long it is left alone after it could not be asked

logger = logging.getLogger(__name__)


class Replica:
    """The replica that a connection string names; where it can't serve, its primary does."""

    def __init__(self, dsn: str, statement_seconds: int):
        self._connections = Connections(dsn, statement_seconds, replica_outage, read_only=True)
        self._away_until = 0.0  # of the process's clock

    def at(
        self, version: str | None, ask: Callable[[Connections], str | None]
    ) -> Connections | None:
        """Return its connections if it is at this version of the data, which `ask` asks it for.

        What it replays only ever goes forward, so whatever is read there later is as new.
        """
        if version is None or time.monotonic() < self._away_until:
            return None
        try:
            return self._connections if ask(self._connections) == version else None
        except (DatabaseError, Error) as error:
            logger.debug("The replica was not used: %s", error)
            self._away_until = time.monotonic() + AWAY_SECONDS
            return None

    def disconnect(self) -> None:
        """Close the connections that are not in use; later ones are made anew."""
        self._connections.disconnect()
