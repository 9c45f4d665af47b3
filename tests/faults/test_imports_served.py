"""Imports as a running service receives them, from clients that behave and that do not."""

import json
import socket

import pytest

from tests.files import CSV, HEADER, OLD, ROW
from tests.runner import GUNICORN, running

MIB = 1 << 20
CONTINUE = 100


@pytest.fixture(scope="module")
def service(new_database, tmp_path_factory):
    with running(
        GUNICORN,
        tmp_path_factory.mktemp("service") / "log",
        DATABASE_URL=new_database(),
        CLEANUP_INTERVAL_SECONDS="0",
        MAX_IMPORT_MIB="2",
    ) as service:
        service.post("/importCustomers", data=OLD, headers={"Content-Type": CSV}).raise_for_status()
        yield service


def connect(service, *headers, kind=CSV, path="/importCustomers"):
    """Send the head of a call on a connection of its own."""
    host, port = service.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=20)
    head = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Type: {kind}", *headers, "", ""]
    connection.sendall("\r\n".join(head).encode())
    return connection


def answer_on(connection):
    """The status and the body of the answer that comes on a connection."""
    with connection, connection.makefile("rb") as file:
        status = int(file.readline().split()[1])
        if status == CONTINUE:
            file.readline()
            status = int(file.readline().split()[1])
        length = 0
        for line in iter(file.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return status, json.loads(file.read(length))


def ids(service):
    return [customer["customer_id"] for customer in service.get("/getCustomers").json()]


@pytest.mark.parametrize("expect", [[], ["Expect: 100-continue"]], ids=["", "asking first"])
def test_two_gigabytes_are_refused_before_they_are_sent(service, expect):
    connection = connect(service, f"Content-Length: {2 * 1024 * MIB}", *expect)
    assert answer_on(connection) == (413, {"error": "Send one file of at most 2 MiB."})
    assert ids(service) == [3, 7]


def test_a_body_without_a_length_is_limited_too(service):
    connection = connect(service, "Transfer-Encoding: chunked")
    piece = b"10000\r\n" + b"\n" * 0x10000 + b"\r\n"
    connection.sendall(piece * (2 * MIB // 0x10000 + 1) + b"0\r\n\r\n")
    assert answer_on(connection) == (413, {"error": "Send one file of at most 2 MiB."})
    assert ids(service) == [3, 7]


def test_a_body_without_a_length_is_imported(service):
    try:
        rows = (f"{line}\n".encode() for line in [HEADER, ROW, ROW, ROW])
        response = service.post("/importCustomers", data=rows, headers={"Content-Type": CSV})
        assert response.json()["message"] == "3 customers imported successfully."
        assert ids(service) == [1, 2, 3]
    finally:
        service.post("/importCustomers", data=OLD, headers={"Content-Type": CSV})


def test_a_body_without_a_length_may_be_as_large_as_any(service):
    whole = OLD.encode() + b"\n" * (2 * MIB - len(OLD))
    response = service.post("/importCustomers", data=iter([whole]), headers={"Content-Type": CSV})
    assert response.json()["message"] == "2 customers imported successfully."


@pytest.mark.parametrize(
    "head",
    ["Content-Length: 5000", "Transfer-Encoding: chunked"],
    ids=["with a length", "in pieces"],
)
def test_a_file_whose_sender_goes_away_is_not_imported(service, head):
    connection = connect(service, head)
    whole_rows = f"{HEADER}\n{ROW}\n".encode()
    if "chunked" in head:
        whole_rows = b"%x\r\n%s\r\n" % (len(whole_rows), whole_rows)
    connection.sendall(whole_rows)
    connection.shutdown(socket.SHUT_WR)
    status, answer = answer_on(connection)
    assert (status, answer) == (400, {"error": "Only a part of the file has come; send it again."})
    assert ids(service) == [3, 7]


def test_who_sends_slowly_keeps_nobody_waiting(service):
    with connect(service, "Content-Length: 5000") as connection:
        connection.sendall(f"{HEADER}\n{ROW}\n".encode())
        response = service.post("/importCustomers", data=OLD, headers={"Content-Type": CSV})
        assert response.status_code == 200
    assert ids(service) == [3, 7]


def test_a_form_is_limited_too(service):
    response = service.post("/importCustomers", files={"file": b"\n" * 2 * MIB})
    assert (response.status_code, response.json()) == (
        413,
        {"error": "Send one file of at most 2 MiB."},
    )
    response = service.post("/importCustomers", files={"file": OLD.encode()})
    assert response.json()["message"] == "2 customers imported successfully."


WHOLE_ROWS = f"{HEADER}\n{ROW}\n".encode()
FORM_PART = (
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n' + WHOLE_ROWS
)


@pytest.mark.parametrize(
    "end",
    [b"zz\r\n", b"-5\r\n\r\n", b"5\r\nAnn,LXX", b"0\r\n", b"0\r\nTrailer: x\r\n\r\n"],
    ids=["no size", "a negative size", "no end of a piece", "no end", "a bad trailer"],
)
@pytest.mark.parametrize("kind", [CSV, "multipart/form-data; boundary=b"], ids=["body", "form"])
def test_a_file_in_malformed_pieces_is_not_imported(service, kind, end):
    connection = connect(service, "Transfer-Encoding: chunked", kind=kind)
    piece = WHOLE_ROWS if kind == CSV else FORM_PART
    connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) + end)
    connection.shutdown(socket.SHUT_WR)
    status, answer = answer_on(connection)
    assert (status, answer) == (400, {"error": "Only a part of the file has come; send it again."})
    assert ids(service) == [3, 7]


@pytest.mark.parametrize("path", ["/generateDataset", "/conductProductMatch", "/assignCustomer"])
def test_options_in_malformed_pieces_change_nothing(service, path):
    kept = ids(service)
    connection = connect(service, "Transfer-Encoding: chunked", kind="application/json", path=path)
    connection.sendall(b"zz\r\n")
    assert answer_on(connection) == (400, {"error": "The request is malformed."})
    assert ids(service) == kept
