"""The process that keeps one data directory's PostgreSQL running while anybody uses it.

Run as ``python -m db.embedded.supervisor <directory> <install>``, one per directory: it makes the
database if there is none, starts the server or takes over one that runs already, starts it again
should it die, and stops it once no process uses it, however that process ended.
"""

import os
import signal
import sys
import time
import traceback
from pathlib import Path

from db.embedded.binaries import become, usable_install
from db.embedded.directory import (
    LOG,
    SUPERVISOR_LOCK,
    USERS_LOCK,
    WAY_OUT,
    EmbeddedServerError,
    log_event,
    open_own,
    owner,
    try_lock,
)
from db.embedded.server import TICK, Server


def supervise(server: Server, users: int) -> None:
    """Have the server run until nobody uses it, then stop it; ``users`` is held from then on."""
    try:
        while not try_lock(users):
            if not server.is_alive():
                server.start()
            time.sleep(TICK)
    finally:
        server.stop()


def main(directory: Path, install: Path) -> None:
    """Become the directory's supervisor, unless it has one; a failure's sentence goes to stdout."""
    lock, users = open_own(directory / SUPERVISOR_LOCK), open_own(directory / USERS_LOCK)
    if not try_lock(lock) or os.fork():
        os._exit(0)  # the lock, if it was taken, is the child's from here on
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        account = owner(directory)
        install = usable_install(install, directory, account)
        become(account)
        supervise(Server(directory, install), users)
    except EmbeddedServerError as error:
        log_event(error)
        print(error, flush=True)
    except Exception as error:
        traceback.print_exc()
        print(
            f"The built-in PostgreSQL cannot be started ({error}): see {directory / LOG}, "
            f"or {WAY_OUT}.",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
