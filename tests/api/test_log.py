"""The log: a line for each request, and the request's id in all that is said about it."""

import contextlib
import functools
import io
import json
import logging
import re
import socket
from unittest.mock import Mock

import pytest

import db.reads
import logs
from api import log
from config import VERSION
from tests.runner import APP, GUNICORN, running
from tests.support import break_a_stream, error, ok

NEW_ID = re.compile(r"[0-9a-f]{16}")


@pytest.fixture
def client(client):
    """A client that closes each answer when it has read it, as a server does."""
    client.open = functools.partial(client.open, buffered=True)
    return client


@contextlib.contextmanager
def logging_to(form, level=logging.INFO):
    """Everything that is logged meanwhile, as text."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.addFilter(logs.RequestFilter())
    handler.setFormatter({"text": logs.TextFormatter, "json": logs.JsonFormatter}[form]())
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield stream
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


@pytest.fixture
def entries():
    """What has been logged so far, as the objects of the JSON log."""
    with logging_to("json") as stream:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def only(entries):
    (entry,) = entries()
    return entry


def test_a_request_is_one_line_with_the_documented_keys(client, entries):
    response = client.get("/getProducts?key=secret")
    entry = only(entries)
    assert list(entry) == [
        *("time", "level", "logger", "message", "request_id"),
        *("method", "path", "status", "ms"),
    ]
    assert entry["message"] == f"GET /getProducts 200 {entry['ms']:.1f} ms"
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/getProducts", 200)
    assert entry["ms"] > 0
    assert entry["request_id"] == response.headers["X-Request-ID"]
    assert entry["level"] == "INFO"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", entry["time"])


def test_a_line_of_text_has_the_same(client):
    with logging_to("text") as stream:
        response = client.post("/nothing")
    (line,) = stream.getvalue().splitlines()
    given = re.escape(response.headers["X-Request-ID"])
    assert re.fullmatch(rf"\S+ \S+ INFO api\.log \[{given}\]: POST /nothing 404 [\d.]+ ms", line)


def test_neither_the_query_nor_the_key_is_logged(client):
    with logging_to("text", logging.DEBUG) as stream:
        client.post("/generateDataset?key=s3cret", headers={"X-API-Key": "s3cret"})
    assert "s3cret" not in stream.getvalue()


@pytest.mark.parametrize("given", ["a", "A-z_0.9", "x" * 128])
def test_an_id_that_is_given_is_kept(client, entries, given):
    response = client.get("/", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] == given
    assert only(entries)["request_id"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "ä", "a;b", '"', "<b>", "a\t"])
def test_one_that_could_be_anything_is_replaced(client, given):
    response = client.get("/", headers={"X-Request-ID": given})
    assert NEW_ID.fullmatch(response.headers["X-Request-ID"])


def test_every_answer_has_an_id_of_its_own(client, entries):
    ok(client.post("/generateDataset", json={"size": 20}))
    etag = client.get("/getCustomers").headers["ETag"]
    answers = [
        client.get("/getCustomers"),
        client.get("/getCustomers", headers={"If-None-Match": etag}),
        client.head("/getCustomers"),
        client.options("/getCustomers"),
        client.post("/getCustomers"),
        client.get("/nothing"),
    ]
    statuses = [200, 304, 200, 200, 405, 404]
    assert [answer.status_code for answer in answers] == statuses
    ids = [answer.headers.getlist("X-Request-ID") for answer in answers]
    assert all(len(of_one) == 1 for of_one in ids)
    assert len({of_one[0] for of_one in ids}) == len(answers)
    lines = entries()[2:]
    assert [line["status"] for line in lines] == statuses
    assert [[line["request_id"]] for line in lines] == ids
    assert not any("broken" in line for line in lines)


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/%0aGET%20/%20200", "/%0AGET%20/%20200"),
        ("/a%0d%0a2026-01-01", "/a%0D%0A2026-01-01"),
        ("/%1b[31m", "/%1B%5B31m"),
        ("/%00%7f%c2%85", "/%00%7F%C2%85"),
        ("/é", "/%C3%A9"),
        ("/%e2%80%a8", "/%E2%80%A8"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_control_characters_in_a_path_never_reach_the_log(client, path, logged, form):
    with logging_to(form) as stream:
        client.get(path)
    text = stream.getvalue()
    assert f"GET {logged} 404" in text
    assert text.endswith("\n")
    assert text[:-1].isprintable()
    assert text.isascii()


def test_what_else_is_logged_has_the_requests_id_too(client, entries, monkeypatch):
    monkeypatch.setattr(db.reads, "list_all", Mock(side_effect=RuntimeError("secret detail")))
    response = client.get("/getCustomers")
    assert "secret" not in error(response, 500)
    failure, line = entries()
    assert failure["level"] == "ERROR"
    assert failure["traceback"].startswith("Traceback")
    assert "RuntimeError" in failure["traceback"]
    assert "secret detail" not in json.dumps(failure)  # it may be a customer's
    assert failure["request_id"] == line["request_id"] == response.headers["X-Request-ID"]
    assert line["status"] == 500


def test_after_a_request_its_id_is_no_longer_used(client, entries):
    client.get("/").close()
    logging.getLogger("scheduler").warning("something\nelse")
    assert [entry["request_id"] != "-" for entry in entries()] == [True, False]
    assert entries()[1]["message"] == "something\nelse"


def drive(application, **environ):
    """Call an application as a server does; give its answer and what it was started with."""
    started = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/list", **environ}
    answer = log.RequestLog(application)(environ, lambda *start: started.append(start))
    return answer, started


def streaming(*pieces, fail=False):
    def application(_environ, start_response):
        start_response("200 OK", [])
        yield from pieces
        if fail:
            raise RuntimeError("the database has gone")

    return application


def test_a_stream_is_logged_when_it_ends(entries):
    answer, _ = drive(streaming(b"a", b"b"))
    assert next(answer) == b"a"
    assert entries() == []
    assert list(answer) == [b"b"]
    answer.close()
    entry = only(entries)
    assert entry["status"] == 200
    assert "broken" not in entry


def test_the_time_is_the_whole_time(entries, monkeypatch):
    seconds = iter([10.0, 12.5])
    monkeypatch.setattr(log, "perf_counter", lambda: next(seconds))
    answer, _ = drive(streaming(b"a"))
    list(answer)
    answer.close()
    assert only(entries)["ms"] == 2500.0


def test_a_stream_that_the_client_leaves_is_told_apart(entries):
    answer, _ = drive(streaming(b"a", b"b"))
    next(answer)
    answer.close()
    entry = only(entries)
    assert entry["broken"] is True
    assert "GET /list 200 broken off after " in entry["message"]


def test_so_is_one_that_fails_and_who_reports_it_knows_its_id(entries):
    answer, started = drive(streaming(b"a", fail=True))
    assert next(answer) == b"a"
    with pytest.raises(RuntimeError):
        next(answer)
    answer.close()
    logging.getLogger("gunicorn.error").error("Error handling request")
    line, report = entries()
    assert line["broken"] is True
    ((_, headers, _),) = started
    assert line["request_id"] == report["request_id"] == dict(headers)["X-Request-ID"]


def test_an_application_that_fails_at_once_is_logged_as_500(entries):
    def application(_environ, _start_response):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        drive(application)
    assert only(entries)["status"] == 500


def test_the_answers_own_close_is_called(entries):
    class Pieces:
        closed = 0

        def __iter__(self):
            return iter([b"a"])

        def close(self):
            self.closed += 1

    pieces = Pieces()
    answer, _ = drive(lambda *_: pieces)
    assert list(answer) == [b"a"]
    answer.close()
    assert pieces.closed == 1
    assert len(entries()) == 1


def test_at_a_higher_level_requests_are_silent_but_named(client):
    with logging_to("json", logging.WARNING) as stream:
        response = client.get("/")
    assert stream.getvalue() == ""
    assert NEW_ID.fullmatch(response.headers["X-Request-ID"])


def send(service, request):
    """Send bytes that may be no HTTP; give the whole answer."""
    port = int(service.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("command", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_the_log_of_the_service_is_json_to_the_last_line(new_database, tmp_path, command):
    dsn = new_database()
    with running(command, tmp_path / "log", DATABASE_URL=dsn, LOG_FORMAT="json") as service:
        broken = break_a_stream(service, dsn).headers["X-Request-ID"]
        answer = send(service, b"GET / HTTP/9\x1b[31m\r\n\r\n")
        assert service.stop() == 0
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\nContent-Type: application/json\r\n" in head
    assert json.loads(body) == {"error": "The service can't answer this request: Bad Request."}
    entries = [json.loads(line) for line in service.log.read_text().splitlines()]
    start, database, clean_up, listening = (entry["message"] for entry in entries[:4])
    assert re.fullmatch(rf"Customer segmentation {VERSION}, process \d+", start)
    assert database.startswith("Database: test_")
    assert "password" not in database
    assert re.fullmatch(r"Next clean-up of customers and products: \S+", clean_up)
    assert listening == f"Listening on {service.url}"
    assert entries[-1]["message"] == "Stopped."
    of_it = [entry for entry in entries if entry["request_id"] == broken]
    (line,) = [entry for entry in of_it if "broken" in entry]
    assert (line["path"], line["status"]) == ("/getCustomers", 200)
    assert any("Traceback" in entry.get("traceback", "") for entry in of_it)
    assert any(entry["message"].startswith("Invalid request") for entry in entries)


def test_the_log_of_the_service_is_text_unless_it_is_told_otherwise(new_database, tmp_path):
    settings = {"DATABASE_URL": new_database(), "API_KEY": "s3cret"}
    with running(APP, tmp_path / "log", **settings) as service:
        given = service.get("/").headers["X-Request-ID"]
        service.post("/generateDataset", headers={"X-API-Key": "s3cret"}).raise_for_status()
        answer = send(service, b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n")
        send(service, b"GET /\x1b[31m HTTP/1.1\r\nA\x1b[31m: b\x1b\r\n\r\n")
        send(service, b"\x1b[31m\r\n\r\n")
        assert service.stop() == 0
    assert answer.startswith(b"HTTP/1.1 414 ")
    text = service.log.read_text()
    assert f"[{given}]: GET / 200 " in text
    assert "s3cret" not in text
    assert "\x1b" not in text
