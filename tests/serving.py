"""The service as its users start it: processes of its own on a port of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from config import Config
from tests.support import run_sql

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
    """A running service; `url` is where it listens."""

    def __init__(self, command, log, **settings):
        port = settings.setdefault("PORT", str(free_port()))
        self.url = f"http://127.0.0.1:{port}"
        self.log = Path(log)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | DEFAULTS | settings,
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


def break_a_stream(service, dsn, path="/getCustomers"):
    """Read a long list, take the database away meanwhile, see the transfer break; the answer."""
    assert service.post("/generateDataset", json={"size": 300_000}).status_code == 200
    with requests.get(service.url + path, stream=True, timeout=60) as answer:
        pieces = answer.iter_content(1000)
        next(pieces)
        run_sql(
            dsn,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            list(pieces)
    return answer
