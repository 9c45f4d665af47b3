"""The PostgreSQL of one data directory: made, started, recovered and stopped."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

import psutil

from db.embedded.binaries import version
from db.embedded.directory import (
    DATABASE,
    LOG,
    PORT,
    WAY_OUT,
    EmbeddedServerError,
    cluster_name,
    is_private,
    last_error,
    log_event,
    short_environment,
    socket_directory,
)
from db.embedded.unnamed import delete_unnamed

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
    "log_min_messages": "log",  # errors are for the client: their texts quote customers' data,
    "log_error_verbosity": "terse",  # so do details and contexts,
    "log_min_error_statement": "panic",  # and statements
    "restart_after_crash": "off",  # that is the supervisor's, which deletes what a crash leaves
    "jit": "off",  # it costs more than it gains on short statements
}


class Server:
    """The PostgreSQL of one directory, which the current user owns."""

    def __init__(self, directory: Path, install: Path):
        self.directory, self.bin = directory, install / "bin"
        self.data = directory / DATABASE
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
        if not self._was_shut_down():
            log_event("recovering after a crash")
            delete_unnamed(self._run_single, self.data)
        log_event("starting the server")
        self.process = psutil.Popen([self.bin / "postgres", *self._options], **self._streams)

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has stopped; sessions are ended."""
        if not self.is_alive():
            return
        log_event("stopping the server")
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
    def _options(self) -> list[object]:
        places = {"unix_socket_directories": self.sockets, "cluster_name": self._name}
        settings = (SETTINGS | places).items()
        return ["-D", self.data, *(f"--{name}={value}" for name, value in settings)]

    @property
    def _streams(self) -> dict:
        """No input, output to the log, nothing of the caller's locale or PostgreSQL settings."""
        return {
            "stdin": subprocess.DEVNULL,
            "stdout": sys.stderr,
            "stderr": sys.stderr,
            "cwd": "/",
            "env": short_environment() | {"LC_ALL": "C"},
        }

    def _was_shut_down(self) -> bool:
        """Tell whether the server was stopped in good order, so that nothing is to be recovered."""
        asked = subprocess.run(  # noqa: S603 - a fixed program
            [self.bin / "pg_controldata", "-D", self.data],
            check=False,
            **self._streams | {"stdout": subprocess.PIPE},
        )
        return re.search(rb"^Database cluster state: +shut down$", asked.stdout, re.M) is not None

    def _run_single(self, database: str, statement: str) -> str:
        """Run a statement while nobody else can connect, after a recovery if one is due."""
        streams = {key: value for key, value in self._streams.items() if key != "stdin"}
        ended = subprocess.run(  # noqa: S603 - a fixed program
            [self.bin / "postgres", "--single", *self._options, database],
            input=" ".join(statement.split()) + "\n",  # a line is a statement
            text=True,
            check=False,
            **streams | {"stdout": subprocess.PIPE},
        )
        return ended.stdout

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
                f"The built-in PostgreSQL does not start ({last_error(self.directory / LOG)}): "
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
        if not version(self.bin.parent):
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
        log_event("making a new database")
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
        initdb = subprocess.run(  # noqa: S603 - a fixed program
            [self.bin / "initdb", "-D", new, *options], check=False, **self._streams
        )
        if initdb.returncode:
            raise EmbeddedServerError(
                f"The built-in PostgreSQL cannot make its database in {self.directory} "
                f"({last_error(self.directory / LOG)}): see {self.directory / LOG}, or {WAY_OUT}."
            )
        new.rename(self.data)
