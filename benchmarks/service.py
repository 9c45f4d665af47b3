"""The service as its users start it, and a bare view served in the same way."""

import contextlib
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.client import Address, Connection
from tests import runner

HOST = "127.0.0.1"
CALM_SECONDS = 0.3  # a process that is still starting gets more memory in this time
LONGEST_START_SECONDS = 10
LOG_CHARACTERS = 2000
KIB = 1024
RESET_PEAK = "5"  # to clear_refs: https://docs.kernel.org/filesystems/proc.html

APP = runner.APP


def bare_view(size: int) -> list[str]:
    """Return the command that serves a constant of so many bytes with the service's settings."""
    view = f"benchmarks.bare:create_app({size})"
    return [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", view]


class Service:
    """A running server of HTTP at `address`, with its processes."""

    def __init__(self, address: Address, process: psutil.Popen):
        self.address, self._process = address, process

    def get(self, path: str) -> int:
        """Get something on a connection of its own; return its size in bytes."""
        with Connection(self.address) as connection:
            return connection.get(path)

    def post(self, path: str, **options: object) -> None:
        """Post something on a connection of its own."""
        with Connection(self.address) as connection:
            connection.post(path, **options)

    def upload(self, path: str, file: Path) -> None:
        """Post a CSV file on a connection of its own."""
        with Connection(self.address) as connection:
            connection.upload(path, file)

    def memory(self) -> int:
        """Return the bytes of memory that all its processes hold now."""
        return self._sum("VmRSS")

    def is_calm(self) -> bool:
        """Tell whether its memory stays as it is for a moment."""
        before = self.memory()
        time.sleep(CALM_SECONDS)
        return self.memory() == before

    def reset_peak_memory(self) -> None:
        """Let the kernel count the peak from here."""
        for process in self._processes():
            Path(f"/proc/{process.pid}/clear_refs").write_text(RESET_PEAK)

    def peak_memory(self) -> int:
        """Return the sum of its processes' peaks, in bytes."""
        return self._sum("VmHWM")

    def _processes(self) -> list[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]

    def _sum(self, field: str) -> int:
        statuses = [
            Path(f"/proc/{process.pid}/status").read_text() for process in self._processes()
        ]
        return sum(int(re.search(rf"{field}:\s*(\d+)", status)[1]) * KIB for status in statuses)


@contextlib.contextmanager
def running(command: list[str], dsn: str, log: Path, **more: str) -> Iterator[Service]:
    """Start a command that serves HTTP, wait until it answers and is calm, and stop it at last.

    `more` are further settings.
    """
    usual = {"DATABASE_URL": dsn, "CLEANUP_INTERVAL_SECONDS": "0", "LOG_LEVEL": "WARNING"}
    settings = usual | more
    try:
        with runner.running(command, log, **settings) as started:
            service = Service((HOST, started.port), started.process)
            deadline = time.monotonic() + LONGEST_START_SECONDS
            while not service.is_calm() and time.monotonic() < deadline:
                pass
            yield service
    except Exception as error:
        error.add_note(f"The service's log ends with: {log.read_text()[-LOG_CHARACTERS:]}")
        raise
