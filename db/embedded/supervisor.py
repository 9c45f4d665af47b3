"""The process that keeps one data directory's PostgreSQL running while anybody uses it.

Run as ``python supervisor.py <directory> <install>``, one per directory: it makes the database if
there is none, starts the server or takes over one that runs already, starts it again should it die,
and stops it once no process uses it, however that process ended.

Two files in the directory say who is there, each by a ``flock``, which even kill -9 gives back:
``supervisor.lock`` is the supervisor's, exclusively, for all its life; ``users.lock`` is shared by
the processes that use the server. A supervisor that gets the latter exclusively knows that all have
gone, and holds newcomers off until the server has stopped.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import traceback
from collections import deque
from pathlib import Path

import psutil

try:
    import fcntl
    import pwd
except ImportError:  # Windows, where start() says that there is no built-in server
    fcntl = pwd = None

SUPERVISOR_LOCK, USERS_LOCK, LOG = "supervisor.lock", "users.lock", "postgresql.log"
PORT = 5432  # of the socket's name only: no TCP port is opened
MAX_SOCKET_PATH = 103  # bytes on macOS; Linux allows 107
WAY_OUT = "set DATA_DIR to another directory, or DATABASE_URL to a PostgreSQL of your own"
TICK = 0.1  # seconds between two looks at the server and its users
STOP_TIMEOUT = 60  # seconds for a fast shutdown, which writes all of shared_buffers to the disk
MAX_STARTS, STARTS_WITHIN = 5, 30  # so many failed starts in so many seconds are enough

SETTINGS = {
    "listen_addresses": "",  # the socket in a private directory is the only way in
    "max_connections": "100",
    "timezone": "UTC",  # the same instants on every machine
    "log_timezone": "UTC",
    "shared_buffers": "256MB",  # a million customers with their indexes fit
    "work_mem": "32MB",  # sorts and groupings of a whole dataset stay in memory
    "maintenance_work_mem": "128MB",  # so do index builds after a load
    "dynamic_shared_memory_type": "mmap",  # a container's /dev/shm has 64 MB
    "wal_level": "minimal",  # a COPY into a table of the same transaction writes no log
    "max_wal_senders": "0",  # which wal_level=minimal asks for
    "max_wal_size": "4GB",  # no checkpoint in the middle of a load
    "checkpoint_timeout": "15min",
    "log_checkpoints": "off",  # the log is for what a person has to know
    "log_min_error_statement": "panic",  # and a statement may hold a customer's data
    "jit": "off",  # it costs more than it gains on short statements
}


class EmbeddedServerError(Exception):
    """The built-in server cannot serve; the message is a sentence a person can act on."""


# --- names and locks, shared with db.embedded ------------------------------------------------


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


# --- the binaries and the user who runs them --------------------------------------------------


def _version(install: Path, **identity: object) -> bytes:
    """Ask the binaries for their version as this user; empty when they do not run."""
    command = [install / "bin" / "postgres", "--version"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.check_output(command, stderr=sys.stderr, **identity)  # noqa: S603 - fixed
    return b""


def usable_install(install: Path, directory: Path, account: "pwd.struct_passwd") -> Path:
    """Find binaries that this account may run: the package's own, else a copy in the directory.

    The copy keeps their place beside the shared libraries, which they find by a relative path.
    """
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    if os.geteuid() or _version(install, **identity):
        return install
    site, package = install.parents[1], install.parent.name
    copy = directory / "binaries"
    if _version(copy / package / install.name, **identity) != _version(install):
        shutil.rmtree(copy, ignore_errors=True)
        for part in (f"{package}/{install.name}", f"{package}/.dylibs", f"{package}.libs"):
            if (site / part).is_dir():
                shutil.copytree(site / part, copy / part, ignore=shutil.ignore_patterns("include"))
        for path in (copy, *copy.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    return copy / package / install.name


def become(account: "pwd.struct_passwd") -> None:
    """Give up root's rights for good."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


# --- the database and its server ---------------------------------------------------------------


class Server:
    """The PostgreSQL of one directory, which the current user owns."""

    def __init__(self, directory: Path, install: Path):
        self.directory, self.bin = directory, install / "bin"
        self.data = directory / "pgdata"
        self.pid_file = self.data / "postmaster.pid"
        self.sockets = socket_directory(directory)
        self.starts = deque(maxlen=MAX_STARTS)
        self.process = self._running()

    def is_alive(self) -> bool:
        """Tell whether the server's process runs, be it our child or not."""
        if self.process is None:
            return False
        with contextlib.suppress(psutil.TimeoutExpired):
            self.process.wait(timeout=0)
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            return self.process.status() != psutil.STATUS_ZOMBIE
        return False

    def start(self) -> None:
        """Start the server, on a new database if there is none; never waits until it answers."""
        self._check()
        self._count_start()
        self._end_orphans()
        if not (self.data / "global" / "pg_control").exists():
            self._create()
        for stale in (self.pid_file, self.sockets / f".s.PGSQL.{PORT}.lock"):
            stale.unlink(missing_ok=True)
        places = {"unix_socket_directories": self.sockets, "cluster_name": self._name}
        options = [f"--{name}={value}" for name, value in (SETTINGS | places).items()]
        say("starting the server")
        self.process = psutil.Popen(
            [self.bin / "postgres", "-D", self.data, *options], **self._surroundings
        )

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has stopped; sessions are ended."""
        if not self.is_alive():
            return
        say("stopping the server")
        self._signal(signal.SIGINT)
        deadline = time.monotonic() + STOP_TIMEOUT
        while self.is_alive():
            if time.monotonic() > deadline:
                self._signal(signal.SIGQUIT)  # at once: the next start recovers
            time.sleep(TICK / 5)
        if self.sockets != self.directory:
            with contextlib.suppress(OSError):  # somebody left a file there
                self.sockets.rmdir()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self.process.send_signal(number)

    @property
    def _name(self) -> str:
        return cluster_name(self.directory)

    @property
    def _surroundings(self) -> dict:
        """No input, output to the log, nothing of the caller's locale or PostgreSQL settings."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return {
            "stdin": subprocess.DEVNULL,
            "stdout": sys.stderr,
            "stderr": sys.stderr,
            "cwd": "/",
            "env": env | {"LC_ALL": "C"},
        }

    def _own_processes(self) -> list[tuple[psutil.Process, str]]:
        """List the PostgreSQL processes of this user, with their command lines."""
        found = psutil.process_iter(["cmdline", "uids"])
        commands = [(p, " ".join(p.info["cmdline"] or [])) for p in found if p.info["uids"]]
        return [(p, line) for p, line in commands if p.info["uids"].real == os.geteuid()]

    def _running(self) -> psutil.Process | None:
        """Find the server by its command line: a pid file may name anybody's process."""
        command = f"/bin/postgres -D {self.data} "
        found = [p for p, line in self._own_processes() if command in line]
        return min(found, key=psutil.Process.create_time, default=None)

    def _end_orphans(self) -> None:
        """End the sessions of a server that was killed: they hold its memory until they end."""
        title = f"postgres: {self._name}: "
        orphans = [p for p, line in self._own_processes() if line.startswith(title)]
        for orphan in orphans:
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.kill()
        psutil.wait_procs(orphans, timeout=5)

    def _count_start(self) -> None:
        """Give up on a server that keeps dying before it is ready, with its own last words."""
        now = time.monotonic()
        if self.pid_file.exists() and "ready" in self.pid_file.read_text():
            self.starts.clear()
        if len(self.starts) == MAX_STARTS and now - self.starts[0] < STARTS_WITHIN:
            raise EmbeddedServerError(
                f"The built-in PostgreSQL does not start ({last_words(self.directory / LOG)}): "
                f"see {self.directory / LOG}, or {WAY_OUT}."
            )
        self.starts.append(now)

    def _check(self) -> None:
        """Refuse what the server's user may not enter, run, or trust."""
        if not os.access(self.directory, os.W_OK | os.X_OK):
            name = pwd.getpwuid(os.geteuid()).pw_name
            raise EmbeddedServerError(
                f"The data directory {self.directory} is closed to the user {name}, who runs the "
                f"built-in PostgreSQL: {WAY_OUT}."
            )
        if not _version(self.bin.parent):
            raise EmbeddedServerError(
                f"The built-in PostgreSQL does not run on this machine ({self.bin / 'postgres'}): "
                f"set DATABASE_URL to a PostgreSQL of your own."
            )
        with contextlib.suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
        if not is_private(self.sockets, self.directory):
            raise EmbeddedServerError(
                f"The directory {self.sockets} for the built-in PostgreSQL's socket belongs to "
                f"somebody else or is open to others: {WAY_OUT}."
            )

    def _create(self) -> None:
        """Make a database beside and rename it, so that a half made one is never taken for one."""
        for leftover in self.directory.glob("initdb-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if self.data.exists():  # never complete, but perhaps somebody's: kept aside
            self.data.rename(self.directory / f"interrupted-{time.time_ns()}")
        say("making a new database")
        new = self.directory / f"initdb-{os.getpid()}"
        options = [
            "--username=postgres",
            "--auth-local=trust",  # the directory lets nobody else in
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        made = subprocess.run(  # noqa: S603 - a fixed program
            [self.bin / "initdb", "-D", new, *options], check=False, **self._surroundings
        )
        if made.returncode:
            raise EmbeddedServerError(
                f"The built-in PostgreSQL cannot make its database in {self.directory} "
                f"({last_words(self.directory / LOG)}): see {self.directory / LOG}, or {WAY_OUT}."
            )
        new.rename(self.data)


# --- the supervisor -------------------------------------------------------------------------------


def say(event: str) -> None:
    """Write a line to the log."""
    print(f"supervisor: {event}", file=sys.stderr, flush=True)


def last_words(log: Path) -> str:
    """Find the last reason for failure in the log."""
    lines = log.read_text(errors="replace")[-20_000:].splitlines()
    marks = re.compile(r"(?:FATAL|PANIC|error):\s+(?!the database system is )(.*)")
    reasons = [found[1] for line in lines if (found := marks.search(line))]
    return (reasons or lines or ["no reason given"])[-1]


def keep(server: Server, users: int) -> None:
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
        keep(Server(directory, install), users)
    except EmbeddedServerError as error:
        say(error)
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
