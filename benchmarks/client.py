"""An HTTP client so cheap that it is the server that is measured: it makes nothing of a body.

`python -m benchmarks.client HOST PORT PATH CONNECTIONS SECONDS` prints requests a second.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO

BUFFER_BYTES = 1 << 20
TIMEOUT_SECONDS = 600
END_OF_HEAD = b"\r\n\r\n"
LAST_CHUNK = b"\r\n0\r\n\r\n"  # JSON has no raw line ends, so no body holds this
OK = 200

Address = tuple[str, int]


class Connection:
    """A connection that is kept, for one request after another."""

    def __init__(self, address: Address):
        self._socket = socket.create_connection(address, TIMEOUT_SECONDS)
        self._buffer = memoryview(bytearray(BUFFER_BYTES))

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._socket.close()

    def get(self, path: str) -> int:
        """Read an answer to its end, return the size of its body as it was sent, in bytes.

        Raises ConnectionError for a broken answer, and for any but 200.
        """
        return self._exchange(_request("GET", path))

    def post(self, path: str, **options: object) -> int:
        """Post options as JSON, and read the answer as `get` does."""
        body = json.dumps(options).encode()
        return self._exchange(_request("POST", path, "application/json", len(body)) + body)

    def upload(self, path: str, file: Path) -> int:
        """Post a CSV file, and read the answer as `get` does."""
        request = _request("POST", path, "text/csv", file.stat().st_size)
        with file.open("rb") as content:
            return self._exchange(request, content)

    def _exchange(self, request: bytes, content: BinaryIO | None = None) -> int:
        self._socket.sendall(request)
        if content:
            self._socket.sendfile(content)
        head, beginning = self._read_head()
        if head.split(b" ", 2)[1] != b"%d" % OK:
            raise ConnectionError(f"{request.split(b' HTTP', 1)[0]!r} got {head!r} {beginning!r}")
        if length := re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE):
            self._read_bytes(int(length[1]) - len(beginning))
            return int(length[1])
        return self._read_chunks(beginning)

    def _receive(self) -> int:
        received = self._socket.recv_into(self._buffer)
        if not received:
            raise ConnectionError("The server broke off its answer.")
        return received

    def _read_head(self) -> tuple[bytes, bytes]:
        received = b""
        while END_OF_HEAD not in received:
            received += self._buffer[: self._receive()]
        head, _, beginning = received.partition(END_OF_HEAD)
        return head, beginning

    def _read_bytes(self, missing: int) -> None:
        while missing > 0:
            missing -= self._receive()

    def _read_chunks(self, beginning: bytes) -> int:
        size, end = len(beginning), beginning[-len(LAST_CHUNK) :]
        while end != LAST_CHUNK:
            received = self._receive()
            size += received
            end += self._buffer[max(0, received - len(LAST_CHUNK)) : received]
            end = end[-len(LAST_CHUNK) :]
        return size


def _request(method: str, path: str, content_type: str = "", length: int = 0) -> bytes:
    entity = f"Content-Type: {content_type}\r\nContent-Length: {length}\r\n" if length else ""
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{entity}\r\n".encode()


def name() -> str:
    """Name the program that `rate` measures with."""
    return "wrk" if shutil.which("wrk") else "benchmarks.client"


def rate(address: Address, path: str, connections: int, seconds: int) -> float:
    """Return how many requests a second are answered when so many connections never pause.

    Asked by a process of its own: wrk where it is installed, otherwise this module. Raises
    ConnectionError when an answer was none.
    """
    host, port = address
    if wrk := shutil.which("wrk"):
        url = f"http://{host}:{port}{path}"
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", url]
    else:
        command = [sys.executable, "-m", __name__, host, port, path, connections, seconds]
    run = subprocess.run(  # noqa: S603 - wrk or ourselves
        list(map(str, command)), check=False, capture_output=True, text=True
    )
    if run.returncode or "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        raise ConnectionError(run.stdout + run.stderr)
    return float(re.search(r"Requests/sec: *([\d.]+)", run.stdout)[1])


def _ask(address: Address, path: str, until: float) -> int:
    answered = 0
    with Connection(address) as connection:
        while time.monotonic() < until:
            connection.get(path)
            answered += 1
    return answered


def main(host: str, port: str, path: str, connections: str, seconds: str) -> None:
    """Print the rate at which a server answers."""
    counts: list[int] = []
    until = time.monotonic() + int(seconds)
    address = (host, int(port))
    threads = [
        threading.Thread(target=lambda: counts.append(_ask(address, path, until)))
        for _ in range(int(connections))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < len(threads):
        sys.exit(1)  # the thread has said why
    print(f"Requests/sec: {sum(counts) / int(seconds)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
