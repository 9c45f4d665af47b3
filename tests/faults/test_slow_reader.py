"""A client that reads a long list slowly: nobody who writes waits for it."""

import contextlib
import json
import socket
import threading

import pytest

from tests.runner import APP, running
from tests.support import run_sql

CUSTOMERS = 100_000
SIP_BYTES, SIP_SECONDS = 12_000, 1


@pytest.fixture
def service(new_database, log):
    dsn = new_database()
    with running(APP, log, DATABASE_URL=dsn, CLEANUP_INTERVAL_SECONDS="0") as service:
        service.dsn = dsn
        assert service.post("/generateDataset", json={"size": CUSTOMERS}).status_code == 200
        yield service


@contextlib.contextmanager
def slow_reader(service):
    """Somebody who sips at the list until told to read on; gives what ends the sipping."""
    port = int(service.url.rsplit(":", 1)[1])
    enough, read = threading.Event(), []

    def sip():
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SIP_BYTES)
            client.connect(("127.0.0.1", port))
            client.sendall(b"GET /getCustomers HTTP/1.0\r\nHost: localhost\r\n\r\n")
            while not enough.wait(SIP_SECONDS):
                read.append(client.recv(SIP_BYTES))
            while data := client.recv(1 << 20):
                read.append(data)

    thread = threading.Thread(target=sip)
    thread.start()
    try:
        yield read
    finally:
        enough.set()
        thread.join()


@pytest.mark.parametrize("path", ["/generateDataset", "/conductClustering", "/dropTable/customers"])
def test_writers_do_not_wait_for_it_and_it_reads_what_was_there(service, path):
    with slow_reader(service) as read:
        while not read:
            pass
        answer = service.post(path)
        assert answer.status_code == 200, answer.text
        assert sum(map(len, read)) < 5_000_000  # it is still at the beginning
    head, body = b"".join(read).split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.0 200")
    customers = json.loads(body)
    assert len(customers) == CUSTOMERS
    assert {customer["cluster"] for customer in customers} == {None}


def test_the_clean_up_does_not_wait_for_it(service):
    with slow_reader(service) as read:
        while not read:
            pass
        run_sql(service.dsn, "SET lock_timeout = '20s'; DROP TABLE customers")
    assert json.loads(b"".join(read).split(b"\r\n\r\n", 1)[1])[-1]["customer_id"] == CUSTOMERS
