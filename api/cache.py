"""Repeated reads from memory: what was answered before is answered again, if nothing has changed.

A layer around the application. Whether anything has changed, the database says at every request
(Database.version), so an answer is never stale, whoever changed the data.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Response

from api.requests import preferred
from db.database import Database
from db.errors import UserError

WORKSPACE = "HTTP_X_WORKSPACE"
# What an answer depends on, beside the data and the format that is preferred.
REQUEST = ("PATH_INFO", "QUERY_STRING", "HTTP_ORIGIN", "HTTP_ACCEPT_ENCODING", WORKSPACE)
MIB = 1 << 20
OVERHEAD = 2000  # bytes of an answer's headers and of Python's objects
LARGEST_PART = 4  # no answer takes more than this part of the memory


class Answer(NamedTuple):
    """An answer that was given, ready to be given again."""

    version: str
    headers: list[tuple[str, str]]
    body: bytes


class ResponseCache:
    """A WSGI application that remembers another's versioned answers, as many as fit."""

    def __init__(self, application: Callable, database: Database, mebibytes: int):
        self._application = application
        self._database = database
        self._room = mebibytes * MIB
        self._most = self._room // LARGEST_PART
        self._answers: OrderedDict[tuple, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer from memory if possible, otherwise from the application."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._application(environ, start_response)
        key = (
            *(environ.get(name, "") for name in REQUEST),
            preferred(environ.get("HTTP_ACCEPT", "")),
        )
        answer = self._recall(key, environ.get(WORKSPACE))
        if answer is None:
            return self._ask(key, environ)(environ, start_response)
        if _is_known(environ, answer.headers):
            return _not_modified(answer.headers)(environ, start_response)
        start_response("200 OK", answer.headers.copy())
        return [answer.body]

    def sizes(self) -> list[int]:
        """Return about how many bytes each answer takes that is kept now."""
        with self._lock:
            return [_size(key, answer) for key, answer in self._answers.items()]

    def _recall(self, key: tuple, workspace: str | None) -> Answer | None:
        answer = self._answers.get(key)
        if answer is None:
            return None
        try:
            if answer.version != self._database.workspace(workspace).version():
                return None
        except UserError:  # the application answers with it
            return None
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
        return answer

    def _ask(self, key: tuple, environ: dict) -> Response:
        response = Response.from_app(self._application, environ)
        etag, _ = response.get_etag()
        if etag is None:
            return response
        headers = response.headers.to_wsgi_list()
        length = response.content_length
        if length is not None and length <= self._most:
            version, *_form = etag.split(":")
            self._keep(key, Answer(version, headers, response.get_data()))
        if _is_known(environ, headers):
            response.close()
            return _not_modified(headers)
        return response

    def _keep(self, key: tuple, answer: Answer) -> None:
        with self._lock:
            if replaced := self._answers.pop(key, None):
                self._room += _size(key, replaced)
            self._answers[key] = answer
            self._room -= _size(key, answer)
            while self._room < 0:
                self._room += _size(*self._answers.popitem(last=False))


def _size(key: tuple, answer: Answer) -> int:
    """Return about how many bytes an answer takes; a key is as long as its request made it."""
    return len(answer.body) + sum(map(len, key)) + OVERHEAD


def _is_known(environ: dict, headers: list[tuple[str, str]]) -> bool:
    """Tell whether the client has this very answer already."""
    return "HTTP_IF_NONE_MATCH" in environ and not is_resource_modified(
        environ, dict(headers)["ETag"]
    )


def _not_modified(headers: list[tuple[str, str]]) -> Response:
    kept = [(name, value) for name, value in headers if not name.startswith("Content-")]
    return Response(status=304, headers=kept)
