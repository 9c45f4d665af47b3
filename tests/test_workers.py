"""How requests arrive: what gets a thread when, and what is refused before the application."""

import json
import select
import socket
import time
from contextlib import ExitStack

import pytest

from tests.runner import APP, running
from workers import BUFFER, Arrival, arrival

LINE = b"POST /generateDataset HTTP/1.1\r\nHost: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("received", "state"),
    [
        (b"", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: local", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: localhost\r", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", Arrival.WHOLE),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT", Arrival.WHOLE),
        (LINE + b"content-LENGTH:  5\r\n\r\n1234", Arrival.PART),
        (LINE + b"content-LENGTH:  5 \r\n\r\n12345", Arrival.WHOLE),
        (LINE + b"Content-Length: 0\r\n\r\n", Arrival.WHOLE),
        (LINE + b"Content-Length: %d\r\n\r\n" % BUFFER, Arrival.PART),
        (LINE + b"Content-Length: %d\r\n\r\n" % (BUFFER + 1), Arrival.UPLOAD),
        (LINE + b"Content-Length: %s\r\n\r\n" % (b"9" * 5000), Arrival.UPLOAD),
        (LINE + b"Content-Length: five\r\n\r\n", Arrival.UPLOAD),
        (LINE + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\n1", Arrival.UPLOAD),
        (LINE + b"Transfer-Encoding: chunked\r\n\r\n", Arrival.UPLOAD),
        (LINE + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", Arrival.UPLOAD),
        (b"GET / HTTP/1.1\nHost: localhost\n\n", Arrival.WHOLE),
        (b"a" * (BUFFER + 1), Arrival.WHOLE),
    ],
)
def test_a_request_gets_a_thread_when_it_is_whole_or_malformed(received, state):
    assert arrival(received) is state


@pytest.fixture(scope="module")
def service(new_database, tmp_path_factory):
    log = tmp_path_factory.mktemp("served") / "log"
    with running(APP, log, DATABASE_URL=new_database()) as service:
        yield service
        assert service.stop() == 0


def connect(service):
    port = int(service.url.rsplit(":", 1)[1])
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def send(service, *pieces):
    """Send bytes on a connection of their own; give the answer's status and its object."""
    with connect(service) as connection:
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def chunked(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))


MALFORMED = {
    "a bare LF": b"GET /getCustomers HTTP/1.1\nHost: localhost\n\n",
    "a bare LF in the head": b"GET /getCustomers HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n",
    "a folded header": b"GET /getCustomers HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n",
    "a folded length": LINE + b"Content-Length: 2\r\n 0\r\n\r\n{}",
    "a blank before the colon": LINE + b"Content-Length : 2\r\n\r\n{}",
    "a signed length": LINE + b"Content-Length: +2\r\n\r\n{}",
    "two lengths": LINE + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a length and chunks": LINE
    + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks, then something": LINE + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks that are none": LINE
    + JSON
    + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET /getCustomers HTTP/1.1\r\n\r\n",
    "an empty host": b"GET /getCustomers HTTP/1.1\r\nHost:\r\n\r\n",
    "an absolute target": b"GET http://localhost/getCustomers HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a target with a fragment": b"GET /getCustomers#a HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no target": b"GET getCustomers HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_what_two_servers_may_read_differently_is_refused(service, request_):
    status, answer = send(service, request_)
    assert status == 400
    assert list(answer) == ["error"]


@pytest.mark.parametrize("path", ["//getCustomers", "///getCustomers", "/%2fgetCustomers", "/.//"])
def test_no_other_spelling_of_a_path_is_a_route(service, path):
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert send(service, request.encode())[0] == 404


def test_json_in_pieces_over_the_limit_is_413(service):
    head = LINE + JSON + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    status, answer = send(service, head, chunked(*[b" " * 8000] * 20))
    assert status == 413
    assert list(answer) == ["error"]


def test_json_in_pieces_within_the_limit_is_taken(service):
    head = LINE + JSON + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert send(service, head, chunked(b'{"size"', b": 7}"))[0] == 200
    assert len(service.get("/getCustomers").json()) == 7


def test_requests_on_one_connection_are_answered_in_order(service):
    one = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = LINE + JSON + b'Content-Length: 10\r\n\r\n{"size":3}'
    last = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with connect(service) as connection:
        for byte in one + post[:-3]:
            connection.sendall(bytes([byte]))
        connection.sendall(post[-3:] + one + last)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    statuses = [part.split()[0] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"200", b"200", b"404"]
    assert len(service.get("/getCustomers").json()) == 3


def test_what_follows_closely_is_taken_whatever_has_arrived_of_it(service):
    """The thread lingers for it; a part of a request, or one that asks first, is waited for."""
    one = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    asking = LINE + JSON + b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"
    with connect(service) as connection:
        file = connection.makefile("rb")

        def answer():
            status = file.readline().split()[1]
            length = 0
            while (line := file.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            file.read(length)
            return status

        for _ in range(30):
            connection.sendall(one)
            assert answer() == b"200"
        connection.sendall(one[:20])
        time.sleep(0.01)
        connection.sendall(one[20:] + asking)
        assert [answer(), answer()] == [b"200", b"100"]
        connection.sendall(b'{"size":4}' + asking)
        assert [answer(), answer()] == [b"200", b"100"]
        connection.sendall(b'{"size":6}')
        assert answer() == b"200"
        connection.sendall(one)
        assert answer() == b"200"
    assert len(service.get("/getCustomers").json()) == 6


BEGINNINGS = {
    "nothing": b"",
    "a head": b"GET /getCustomers HTTP/1.1\r\nHost: ",
    "a body": LINE + JSON + b'Content-Length: 5000\r\n\r\n{"s',
    "a large body": b"POST /importCustomers HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: text/csv\r\nContent-Length: 500000\r\n\r\nage",
    "chunks": LINE + JSON + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
}


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_clients_that_are_slow_hold_up_nobody(service, beginning):
    """The others are served while the slow ones are still waited for."""
    with ExitStack() as clients:
        slow = [clients.enter_context(connect(service)) for _ in range(40)]
        for client in slow:
            client.sendall(beginning)
        for _ in range(3):
            assert service.get("/health").status_code == 200
            for client in slow:
                client.sendall(b"1")
        given_up, _, _ = select.select(slow, [], [], 0)
        assert given_up == []


def test_the_log_does_not_repeat_what_is_malformed(service):
    send(service, b"Ann,Lee,30,1,9,28000.50\r\n\r\n")
    send(service, b"GET / HTTP/1.1\r\nX-API-Key : s3cret\r\n\r\n")
    text = service.log.read_text()
    assert "Invalid request" in text
    assert "Ann" not in text
    assert "s3cret" not in text
