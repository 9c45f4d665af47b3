"""What the document says of one route: `@operation` beside its view, the rest from the route."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from werkzeug.routing import Rule

from api.media_types import CSV, FORM, JSON, TYPED
from api.openapi import examples
from api.openapi.errors import BROKEN_FILE, errors
from api.openapi.files import CSV_FILE, ONE_FILE, OWN_FILE
from api.openapi.forms import object_of, options_of
from api.openapi.headers import (
    ALWAYS,
    CONTENT_DISPOSITION,
    ETAG,
    KEPT_UNTIL,
    LINK,
    LOCATION,
    PREFERENCE_APPLIED,
    RETRY_AFTER,
)
from api.openapi.parameters import FORMAT, IF_NONE_MATCH, LIMIT, TEXT_FORMAT, parameter
from api.openapi.schemas.jobs import JOB
from config import Config

AUTOMATIC = {"HEAD", "OPTIONS"}  # Flask's own methods on every route
SERVICE = "service"  # the tag of the routes that answer without data, key and database
KEY_IF_THERE_IS_ONE = [{}, {"apiKey": []}]
SHOWING_ERRORS = (400, 405, 500)
READING_ERRORS = (400, 401, 405, 422, 429, 500, 503)
WRITING_ERRORS = (400, 401, 403, 405, 409, 412, 413, 415, 422, 429, 500, 503)
NOT_MODIFIED = {
    "304": {
        "description": "The client has this answer already.",
        "headers": ALWAYS | {"ETag": ETAG},
    }
}

Fields = dict[str, dict]


@dataclass(frozen=True)
class Operation:
    """What a route says of itself beyond its address and its docstring.

    `response` is the schema of what it answers with 200. `body` has a schema for each field that an
    opt-in JSON body may have; where that depends on the settings, it is a function of them.
    `needs_all`: it must have all of them. `takes_file`: the body is a CSV file. `versioned`: the
    answer has an ETag. `parameters` are those of the path, in its order, then those of the query.
    `errors` are the statuses beyond those that every such route may answer with. `tag` is the
    blueprint's name unless it is given.
    """

    response: dict
    body: Fields | Callable[[Config], Fields] | None = None
    needs_all: bool = False
    takes_file: bool = False
    versioned: bool = False
    parameters: tuple[dict, ...] = ()
    errors: tuple[int, ...] = ()
    tag: str | None = None


def operation(response: dict, **about: object) -> Callable:
    """Describe a view for the document; the arguments are the fields of `Operation`."""

    def describe(view: Callable) -> Callable:
        view.operation = Operation(response, **about)
        return view

    return describe


def describe(rule: Rule, view: Callable, config: Config) -> tuple[str, dict[str, dict]]:
    """Return a route's path and its operation by method, as the document has them."""
    about: Operation = view.operation
    names = (parameter["name"] for parameter in about.parameters)
    path = re.sub("<.*?>", lambda _: f"{{{next(names)}}}", rule.rule)
    method = next(iter(rule.methods - AUTOMATIC))
    tag = about.tag or rule.endpoint.split(".")[0]
    operation = {
        "operationId": re.sub("_(.)", lambda match: match[1].upper(), view.__name__),
        "tags": [tag],
        **_words(view),
        "parameters": list(_parameters(about, method, tag)),
        "requestBody": _request_body(about, view.__name__, config),
        "security": [] if tag == SERVICE else KEY_IF_THERE_IS_ONE,
        "responses": dict(_responses(about, view.__name__, method, tag)),
    }
    return path, {method.lower(): {key: value for key, value in operation.items() if value}}


def _words(view: Callable) -> dict[str, str]:
    """Return the summary and the description, which are the view's docstring."""
    summary, *paragraphs = (inspect.getdoc(view) or view.__name__).split("\n\n")
    return {
        "summary": summary,
        "description": "\n\n".join(" ".join(lines.split()) for lines in paragraphs),
    }


def _parameters(about: Operation, method: str, tag: str) -> Iterator[dict]:
    yield from about.parameters
    if about.versioned:
        yield IF_NONE_MATCH
    if tag != SERVICE:
        yield parameter("Workspace")
    if method == "POST":
        yield parameter("IfMatch")
        yield parameter("Prefer")


def _request_body(about: Operation, name: str, config: Config) -> dict | None:
    if about.takes_file:
        file = examples.file(name)
        form = _content(FORM, ONE_FILE, {"file": file})
        return {"required": True, "content": _content(CSV, OWN_FILE, file) | form}
    if about.body is None:
        return None
    fields = about.body(config) if callable(about.body) else about.body
    schema = object_of(**fields) if about.needs_all else options_of(fields)
    return {"required": about.needs_all, "content": _content(JSON, schema, examples.body(name))}


def _responses(about: Operation, name: str, method: str, tag: str) -> Iterator[tuple[str, dict]]:
    yield "200", _success(about, name, written=method == "POST")
    if method == "POST":
        yield from _accepted().items()
    if about.versioned:
        yield from NOT_MODIFIED.items()
    usual = WRITING_ERRORS if method != "GET" else READING_ERRORS
    if tag == SERVICE:
        usual = SHOWING_ERRORS
    yield from errors(*sorted({*usual, *about.errors})).items()
    if about.takes_file:
        yield from BROKEN_FILE.items()


def _success(about: Operation, name: str, written: bool) -> dict:
    headers = ALWAYS | ({"ETag": ETAG} if about.versioned else {})
    headers |= {"X-Kept-Until": KEPT_UNTIL} if written else {}
    content = _content(JSON, about.response, examples.response(name))
    if LIMIT in about.parameters:
        headers |= {"Link": LINK}
    if FORMAT in about.parameters:
        headers |= {"Content-Disposition": CONTENT_DISPOSITION}
        content |= {mimetype: {} for mimetype in TYPED}  # as OpenAPI has what is no text
    if FORMAT in about.parameters or TEXT_FORMAT in about.parameters:
        content |= _content(CSV, CSV_FILE, examples.file(name))
    return {"description": "Success.", "headers": headers, "content": content}


def _accepted() -> dict[str, dict]:
    """Return how a call is answered that is done as a job."""
    return {
        "202": {
            "description": "The call, which prefers to be answered later, is a job now.",
            "headers": ALWAYS
            | {
                "Location": LOCATION,
                "Preference-Applied": PREFERENCE_APPLIED,
                "Retry-After": RETRY_AFTER,
            },
            "content": _content(JSON, JOB, examples.response("job_accepted")),
        }
    }


def _content(mimetype: str, schema: dict, example: object) -> dict:
    return {mimetype: {"schema": schema, "example": example}}
