"""Clients that begin a request and stall: others are served all the same, in the end."""

import contextlib
import socket

import pytest

from tests.processes import wait_for
from tests.runner import APP, running

CLIENTS = 34  # more than the service has threads
BEGINNINGS = {
    "a head": b"GET /getCustomers HTTP/1.1\r\nHost: ",
    "a body": b"POST /generateDataset HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\n"
    b'Content-Length: 5000\r\n\r\n{"s',
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_clients_that_stall_do_not_silence_the_service(new_database, log, beginning):
    with (
        running(APP, log, DATABASE_URL=new_database()) as service,
        contextlib.ExitStack() as clients,
    ):
        address = ("127.0.0.1", int(service.url.rsplit(":", 1)[1]))
        for _ in range(CLIENTS):
            client = clients.enter_context(socket.create_connection(address))
            client.sendall(BEGINNINGS[beginning])
        assert service.get("/health").status_code == 200
        assert service.stop() == 0


def test_a_client_that_takes_nothing_does_not_hold_the_data(new_database, log):
    with (
        running(APP, log, DATABASE_URL=new_database()) as service,
        contextlib.ExitStack() as clients,
    ):
        assert service.post("/generateDataset", json={"size": 300_000}).status_code == 200
        address = ("127.0.0.1", int(service.url.rsplit(":", 1)[1]))
        for _ in range(8):
            client = clients.enter_context(socket.create_connection(address))
            client.sendall(b"GET /getCustomers HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wait_for(lambda: service.post("/dropTable/customers").status_code == 200)
        assert service.stop() == 0
