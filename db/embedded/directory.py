"""One data directory: its names, its locks, and who owns it.

Two files in it say who is there, each by a ``flock``, which even kill -9 gives back:
``supervisor.lock`` is the supervisor's, exclusively, for all its life; ``users.lock`` is shared by
the processes that use the server. A supervisor that gets the latter exclusively knows that all have
gone, and holds newcomers off until the server has stopped.
"""

import contextlib
import hashlib
import os
import re
import stat
import sys
from pathlib import Path

try:
    import fcntl
    import pwd
except ImportError:  # Windows, where start() says that there is no built-in server
    fcntl = pwd = None

SUPERVISOR_LOCK, USERS_LOCK, LOG = "supervisor.lock", "users.lock", "postgresql.log"
BINARIES, DATABASE = "binaries", "pgdata"
PORT = 5432  # of the socket's name only: no TCP port is opened
MAX_SOCKET_PATH = 103  # bytes on macOS; Linux allows 107
WAY_OUT = "set DATA_DIR to another directory, or DATABASE_URL to a PostgreSQL of your own"
# What supervisor and server get of the environment: not the service's key, nor its settings.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "TMPDIR")


class EmbeddedServerError(Exception):
    """The built-in server cannot serve; the message is a sentence a person can act on."""


def cluster_name(directory: Path) -> str:
    """Name the directory's server, for the process list: the same name for the same directory."""
    return f"segmentation-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]}"


def socket_directory(directory: Path) -> Path:
    """Where the socket of this directory's server is: inside it, or below /tmp.

    A socket's path has a longest length, and to libpq a comma parts two hosts.
    """
    path = os.fsencode(directory / f".s.PGSQL.{PORT}")
    if len(path) <= MAX_SOCKET_PATH and b"," not in path:
        return directory
    name = f"{cluster_name(directory)}-{directory.stat().st_uid}"
    return Path("/tmp") / name  # noqa: S108 - its owner and mode are checked by is_private


def is_private(sockets: Path, directory: Path) -> bool:
    """Tell whether ``sockets`` is a directory that only the owner of ``directory`` can enter."""
    with contextlib.suppress(FileNotFoundError):
        found = sockets.lstat()
        is_ours = found.st_uid == directory.stat().st_uid and not found.st_mode & 0o077
        return is_ours and stat.S_ISDIR(found.st_mode)
    return False


def open_own(path: Path) -> int:
    """Open a file of ours to append to or to lock, made if need be; never through a link."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock without waiting; False when others hold it."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def owner(directory: Path) -> "pwd.struct_passwd":
    """Who runs the server: we, or for root (whom PostgreSQL refuses) the owner, else nobody."""
    uid = os.geteuid() or directory.stat().st_uid
    try:
        return pwd.getpwuid(uid) if uid else pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedServerError(
            f"The built-in PostgreSQL needs a user with an entry in the password database, and "
            f"user {uid or 'nobody'} has none: set DATABASE_URL to a PostgreSQL of your own."
        ) from None


def refuse_links(directory: Path) -> None:
    """Raise EmbeddedServerError when the directory, or what is used in it, is a symbolic link.

    Root follows none: the server's user could have it write to another's file.
    """
    entries = (SUPERVISOR_LOCK, USERS_LOCK, LOG, BINARIES, DATABASE)
    for path in (directory, *(directory / name for name in entries)):
        if path.is_symlink():
            raise EmbeddedServerError(
                f"{path} is a symbolic link, which the built-in PostgreSQL does not follow for "
                f"root: put the data in its place, or {WAY_OUT}."
            )


def give(descriptor: int, account: "pwd.struct_passwd") -> None:
    """Make the account the owner of an open file or directory, unless it has other names."""
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode) or found.st_nlink == 1:
        os.fchown(descriptor, account.pw_uid, account.pw_gid)


def short_environment() -> dict[str, str]:
    """Return what supervisor and server need of this process's environment."""
    return {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}


def log_event(event: object) -> None:
    """Write a line to the log, which is the supervisor's standard error."""
    print(f"supervisor: {event}", file=sys.stderr, flush=True)


def last_error(log: Path) -> str:
    """Find the last reason for failure in the log."""
    lines = log.read_text(errors="replace")[-20_000:].splitlines()
    marks = re.compile(r"(?:FATAL|PANIC|error):\s+(?!the database system is )(.*)")
    reasons = [found[1] for line in lines if (found := marks.search(line))]
    return (reasons or lines or ["no reason given"])[-1]
