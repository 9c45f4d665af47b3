"""A PostgreSQL as an administrator runs one: started apart from the service, reached over TCP."""

import contextlib
import os
import subprocess
import time

import psutil
import psycopg2

from db import embedded
from db.embedded.binaries import usable_install
from db.embedded.directory import owner
from tests.processes import runs, wait_for
from tests.runner import free_port

START_SECONDS = 60
AS_REPLICA = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]


class SeparatePostgres:
    """A server of the package's binaries in a directory, run by an ordinary user.

    It is a new one, or the streaming replica of another.
    """

    def __init__(self, directory, primary=None):
        directory.mkdir()
        self._account = owner(directory)
        self._bin = usable_install(embedded.find_install(), directory, self._account) / "bin"
        self._data, self._log = directory / "pgdata", directory / "log"
        if os.geteuid() == 0:
            os.chown(directory, self._account.pw_uid, self._account.pw_gid)
        port = free_port()
        self.dsn = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        self._options = [f"--port={port}", "--listen_addresses=127.0.0.1"]
        self._options += ["--unix_socket_directories="]
        if primary:
            self._run("pg_basebackup", "-D", self._data, "-d", primary.dsn, *AS_REPLICA).wait()
        else:
            self._run("initdb", "--username=postgres", "--auth=trust", "-D", self._data).wait()

    def start(self):
        """Start it and wait until it answers; it refuses while old sessions are still ending."""
        deadline = time.monotonic() + START_SECONDS
        self.process = self._run("postgres", "-D", self._data, *self._options)
        while not self.answers():
            assert time.monotonic() < deadline, self._log.read_text()
            if self.process.poll() is not None:
                self.process = self._run("postgres", "-D", self._data, *self._options)
            time.sleep(0.05)

    def answers(self):
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(self.dsn, connect_timeout=5).close()
            return True
        return False

    def kill(self):
        """Kill -9 the postmaster, and wait until the sessions have noticed."""
        sessions = psutil.Process(self.process.pid).children()
        self.process.kill()
        self.process.wait()
        wait_for(lambda: not any(map(runs, sessions)))

    def stop(self):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)
        self.process.kill()
        self.process.wait()

    def _run(self, program, *arguments):
        identity = {}
        if os.geteuid() == 0:
            identity = {"user": self._account.pw_uid, "group": self._account.pw_gid}
            identity["extra_groups"] = []
        with self._log.open("ab") as output:
            return subprocess.Popen(
                [self._bin / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                **identity,
            )


@contextlib.contextmanager
def separate_postgres(directory, primary=None):
    """A running server of its own, or the streaming replica of another."""
    server = SeparatePostgres(directory, primary)
    server.start()
    try:
        yield server
    finally:
        server.stop()
