"""PostgreSQL's own tools: psql and pgbench, on a server made for the measurements."""

import contextlib
import importlib.util
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from db import embedded

SELECT = Path(__file__).with_name("select_customers.sql")
MICROSECONDS = 1e-6
LATENCY_COLUMN = 2  # of pgbench's log of transactions


class PostgreSQL:
    """A running server; `dsn` is its address, `directory` is for files beside it."""

    def __init__(self, dsn: str, directory: Path):
        self.dsn, self.directory = dsn, directory
        install = importlib.util.find_spec(embedded.PACKAGE).submodule_search_locations[0]
        self._bin = Path(install, embedded.INSTALL, "bin")

    def psql(self, *commands: str) -> str:
        """Run SQL and psql's own commands, all in one transaction; return what they print."""
        options = [f"--command={command}" for command in commands]
        mode = ["--no-psqlrc", "--quiet", "--tuples-only", "--set=ON_ERROR_STOP=1"]
        single = ["--single-transaction"] if len(commands) > 1 else []
        return self._run("psql", *mode, *single, f"--dbname={self.dsn}", *options)

    def rate(self, connections: int, seconds: int) -> float:
        """Return how often a second so many connections get the list of customers."""
        said = self._pgbench(f"--client={connections}", f"--time={seconds}")
        return float(re.search(r"tps = ([\d.]+)", said)[1])

    def latency(self, reads: int) -> float:
        """Return how long one connection waits for the list of customers, the median in s."""
        with tempfile.TemporaryDirectory(dir=self.directory) as logs:
            self._pgbench(f"--transactions={reads}", "--log", f"--log-prefix={logs}/log")
            (log,) = Path(logs).iterdir()
            return float(np.median(np.loadtxt(log, usecols=LATENCY_COLUMN))) * MICROSECONDS

    def _pgbench(self, *options: str) -> str:
        return self._run("pgbench", "--no-vacuum", f"--file={SELECT}", *options, self.dsn)

    def _run(self, program: str, *arguments: str) -> str:
        run = subprocess.run(  # noqa: S603 - the server's own programs
            [self._bin / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
        )
        if run.returncode:
            raise RuntimeError(f"{program}: {run.stderr}")
        return run.stdout


@contextlib.contextmanager
def running(dsn: str | None = None) -> Iterator[PostgreSQL]:
    """Give the server at this address, or start one; files lie in the temporary directory.

    Its database is for the measurements alone.
    """
    with tempfile.TemporaryDirectory(
        prefix="customer-segmentation-benchmarks-", ignore_cleanup_errors=True
    ) as name:
        directory = Path(name)
        directory.chmod(0o755)  # for root, whose server is another user's
        if dsn:
            yield PostgreSQL(dsn, directory)
            return
        with embedded.start(directory / "data") as server:
            yield PostgreSQL(server.dsn, directory)
