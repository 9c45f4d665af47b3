"""The service as its users start it: processes of its own on a port of its own.

Tests and benchmarks start it in this way.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import requests

from config import Config

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
APP = [sys.executable, "app.py"]
GUNICORN = [sys.executable, "-m", "gunicorn"]
# Every setting as if it were not there: neither the shell's nor those of a file .env count.
DEFAULTS = dict.fromkeys(map(str.upper, Config.__dataclass_fields__), "")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """A running service; `url` is where it listens, `port` its port on this machine."""

    def __init__(self, command, log, **settings):
        port = settings.setdefault("PORT", str(free_port()))
        self.port, self.url = int(port), f"http://127.0.0.1:{port}"
        self.log = Path(log)
        with self.log.open("ab") as output:
            self.process = psutil.Popen(
                command,
                cwd=ROOT,
                env=os.environ | DEFAULTS | settings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until_it_answers(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(self.url, timeout=5)
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def get(self, path):
        return requests.get(self.url + path, timeout=60)

    def post(self, path, **options):
        return requests.post(self.url + path, timeout=60, **options)

    def stop(self, number=signal.SIGINT):
        """Stop it as Ctrl-C does: the signal goes to all its processes. Give the exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        return self.process.wait(timeout=30)


@contextlib.contextmanager
def running(command, log, **settings):
    """A service that answers; killed at the end if it still runs."""
    service = Service(command, log, **settings)
    try:
        service.wait_until_it_answers()
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()
