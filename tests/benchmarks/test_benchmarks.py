import re
import shutil
import socket
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks import client, postgres, report
from benchmarks.client import Connection
from benchmarks.measure import Limit, Sample, growth, median_seconds, medians, ratios
from benchmarks.rows import Row
from db.queries import customers

ROOT = Path(__file__).resolve().parents[2]
UNEVEN = [Sample(2.0, 1.0), Sample(9.0, 3.0), Sample(4.0, 4.0)]


def test_ratios_are_taken_within_a_round():
    assert ratios(UNEVEN) == (1.0, 2.0, 3.0)
    assert medians(UNEVEN) == (4.0, 3.0)


@pytest.mark.parametrize(
    ("limit", "is_met"),
    [
        (Limit(2.0), True),
        (Limit(1.9), False),
        (Limit(1.0, plus=1.0), True),
        (Limit(1.0, plus=0.9), False),
        (Limit(2.0, at_least=True), True),
        (Limit(2.1, at_least=True), False),
    ],
)
def test_the_median_ratio_decides(limit, is_met):
    assert limit.is_met(UNEVEN) == is_met


def test_growth_compares_the_work_of_two_sizes_round_by_round():
    assert growth([Sample(1.0, 9.0), Sample(2.0, 9.0)], [Sample(10.0, 8.0), Sample(30.0, 8.0)]) == [
        (10.0, 1.0),
        (30.0, 2.0),
    ]


def test_what_goes_before_the_work_is_done_every_time():
    done = []
    median_seconds(lambda: done.append("work"), 2, before=lambda: done.append("before"))
    assert done == ["before", "work"] * 2


WRITE = Row("write", "copy", "s", Limit(2.0), None, is_write=True)
PEAK = Row("peak", "before", "MB", Limit(1.0, plus=5e6), None)
RATE = Row("rate", "other rate", "/s", Limit(3.0, at_least=True), None, any_size=False)
SAMPLES = {
    (RATE, 500): [Sample(900.0, 1200.0)],
    (WRITE, 100): [Sample(0.02, 0.01)],
    (PEAK, 100): [Sample(3e6, 1e6)],
    (WRITE, 1000): [Sample(3.0, 1.0)],
    (PEAK, 1000): [Sample(8e6, 2e6)],
}


def cells(table):
    """The table's lines without its head, each as a list of cells."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def test_the_limits_hold_at_the_largest_size_and_for_the_growth_of_writes():
    assert cells(report.limits_table(report.results(SAMPLES))) == [
        ["rate", "500", "other rate", "900/s", "1,200/s", "0.75 (0.75 to 0.75)", "≥ 3 x", "NO"],
        ["write", "1,000", "copy", "3.00 s", "1.00 s", "3.00 (3.00 to 3.00)", "≤ 2 x", "NO"],
        ["peak", "1,000", "before", "8 MB", "2 MB", "4.00 (4.00 to 4.00)", "≤ 1 x + 5 MB", "NO"],
        [
            "write, growth",
            "1,000",
            "100 rows",
            "3.00 s",
            "20 ms",
            "150.00 (150.00 to 150.00)",
            "≤ 11 x",
            "NO",
        ],
    ]


def test_the_table_of_sizes_tells_a_row_and_the_growth():
    assert cells(report.sizes_table(SAMPLES)) == [
        ["write", "20 ms, 200.00 µs a row", "3.00 s, 3000.00 µs a row", "150.00 x"],
        ["- copy", "10 ms, 100.00 µs a row", "1.00 s, 1000.00 µs a row", "100.00 x"],
        ["peak", "3 MB", "8 MB", "2.67 x"],
        ["- before", "1 MB", "2 MB", "2.00 x"],
    ]


@pytest.fixture
def answering(monkeypatch):
    """Serve one connection: give these answers, in pieces; return the connection."""
    monkeypatch.setattr(client, "TIMEOUT_SECONDS", 5)
    listener = socket.create_server(("127.0.0.1", 0))
    opened = []

    def serve(*pieces):
        def run():
            peer, _ = listener.accept()
            with peer:
                for piece in pieces:
                    peer.recv(1000)
                    for part in piece:
                        peer.sendall(part)
                        time.sleep(0.02)  # so that the parts arrive one by one

        threading.Thread(target=run, daemon=True).start()
        opened.append(Connection(listener.getsockname()))
        return opened[-1]

    yield serve
    for connection in opened:
        connection.__exit__()
    listener.close()


HEAD = b"HTTP/1.1 200 OK\r\n"


def test_the_client_reads_one_answer_after_another(answering):
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    connection = answering(
        [HEAD, b"content-length: 4\r\n\r", b"\n[1", b"]\n"],
        [chunked + b"2\r\n[1\r\n", b"1\r\n]\r", b"\n0\r\n\r", b"\n"],
        [chunked + b"2\r\n[]\r\n0\r\n\r\n"],
    )
    assert connection.get("/") == 4
    assert connection.get("/") == len(b"2\r\n[1\r\n1\r\n]\r\n0\r\n\r\n")
    assert connection.post("/", size=1) == len(b"2\r\n[]\r\n0\r\n\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 4\r\n\r\n[1",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n",
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_the_client_takes_no_broken_answer_and_no_error(answering, answer):
    with pytest.raises(ConnectionError):
        answering([answer]).get("/")


@pytest.fixture(params=["wrk", None])
def without_pause(request, monkeypatch):
    """Ask for a path again and again, with wrk where it is installed and without it."""
    if request.param and not shutil.which(request.param):
        pytest.skip("wrk is not installed")
    monkeypatch.setattr(client.shutil, "which", lambda _name: request.param)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield partial(client.rate, server.server_address, connections=2, seconds=1)
        server.shutdown()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_): ...


def test_a_rate_counts_answers(without_pause):
    assert without_pause("/") >= 2


def test_a_rate_counts_no_errors(without_pause):
    with pytest.raises(ConnectionError):
        without_pause("/nowhere")


def test_the_select_it_compares_with_is_the_one_of_the_service():
    def columns(statement):
        listed = re.search(r"SELECT\s+(age,.*?\boccupation)\b", statement, re.DOTALL)[1]
        return re.sub(r"::text AS \w+", "", listed).split()  # the service casts by type

    assert columns(postgres.SELECT.read_text()) == columns(customers.customers_by_id.sql)
