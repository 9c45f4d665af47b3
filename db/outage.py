"""Whether a server can be reached: said once when it is lost, and once when it is back."""

import logging
import os

logger = logging.getLogger(__name__)


class Outage:
    """A token that lies in one of two pipes, `here` or `away`, for all processes forked from here.

    Whoever moves it says so: taking it is atomic, so that only one thread of one process does.
    There is none before the `server` was reached for the first time.
    """

    def __init__(self, server: str = "The database"):
        self._server = server
        self._here, self._away = os.pipe(), os.pipe()
        for reading, _ in (self._here, self._away):
            os.set_blocking(reading, False)
        self._was_reached = False

    def begin(self, reason: str) -> None:
        """Log that the server is away and why, unless that was said."""
        if _move(self._here, self._away):
            logger.warning("%s is away: %s", self._server, reason)

    def end(self) -> None:
        """Log that the server is back, if it was away."""
        if _move(self._away, self._here):
            logger.warning("%s is back.", self._server)
        elif not self._was_reached:
            self._was_reached = True
            os.write(self._here[1], b".")


def _move(source: tuple[int, int], target: tuple[int, int]) -> bool:
    try:
        token = os.read(source[0], 1)
    except BlockingIOError:
        return False
    os.write(target[1], token)
    return True


outage = Outage()
replica_outage = Outage("The database's replica")
