"""The makings of one operation of the document: what a GET, a list and a POST have in common."""

from api.imports import FORM
from api.openapi.errors import BROKEN_FILE, errors
from api.openapi.examples import ANSWERS, BODIES, FILES
from api.openapi.files import CSV_FILE, ONE_FILE, OWN_FILE
from api.openapi.headers import ALWAYS, CONTENT_DISPOSITION, ETAG, LINK
from api.openapi.parameters import AFTER, FORMAT, IF_NONE_MATCH, LIMIT
from api.requests import CSV, JSON

SHOWING_ERRORS = (405, 500)
LISTING_ERRORS = (405, 429, 500, 503)
WRITING_ERRORS = (400, 401, 405, 413, 415, 422, 429, 500, 503)
KEY_IF_THERE_IS_ONE = [{}, {"apiKey": []}]
NOT_MODIFIED = {
    "304": {
        "description": "The client has this answer already.",
        "headers": ALWAYS | {"ETag": ETAG},
    }
}


def get(view: str, tag: str, summary: str, answer: dict, **more: object) -> dict:
    """Return a path whose GET shows something; `more` goes into the operation as it is."""
    operation = _operation(view, tag, summary, answer)
    operation["responses"] |= errors(*SHOWING_ERRORS)
    return {"get": _with(operation, more)}


def get_list(view: str, tag: str, summary: str, answer: dict, *, paged: bool = False) -> dict:
    """Return a path whose GET lists rows: clients may keep the answer, and ask if it holds.

    Where there is an example of a CSV file, the rows can be had as one.
    """
    is_file = view in FILES
    headers = {"ETag": ETAG} | ({"Link": LINK} if paged else {})
    headers |= {"Content-Disposition": CONTENT_DISPOSITION} if is_file else {}
    operation = _operation(view, tag, summary, answer, headers)
    if is_file:
        operation["responses"]["200"]["content"] |= _content(CSV, CSV_FILE, FILES[view])
    options = [*([LIMIT, AFTER] if paged else []), *([FORMAT] if is_file else [])]
    operation["parameters"] = [*options, IF_NONE_MATCH]
    invalid = errors(422) if options else {}
    operation["responses"] |= NOT_MODIFIED | errors(*LISTING_ERRORS) | invalid
    return {"get": operation}


def post(
    view: str, tag: str, summary: str, answer: dict, options: dict[str, dict], **more: object
) -> dict:
    """Return a path whose POST does something; `options` has a schema for each field it knows.

    `more` goes into the operation as it is.
    """
    operation = _operation(view, tag, summary, answer)
    operation["security"] = KEY_IF_THERE_IS_ONE
    operation["requestBody"] = {"content": _content(JSON, _body(options), BODIES[view])}
    operation["responses"] |= errors(*WRITING_ERRORS)
    return {"post": _with(operation, more)}


def post_file(view: str, tag: str, summary: str, answer: dict, **more: object) -> dict:
    """Return a path whose POST takes a CSV file; `more` goes into the operation as it is."""
    operation = _operation(view, tag, summary, answer)
    operation["security"] = KEY_IF_THERE_IS_ONE
    operation["requestBody"] = {
        "required": True,
        "content": _content(CSV, OWN_FILE, FILES[view])
        | _content(FORM, ONE_FILE, {"file": FILES[view]}),
    }
    operation["responses"] |= errors(*WRITING_ERRORS) | BROKEN_FILE
    return {"post": _with(operation, more)}


def _operation(
    view: str, tag: str, summary: str, answer: dict, headers: dict[str, dict] | None = None
) -> dict:
    response = {"description": "Success.", "content": _content(JSON, answer, ANSWERS[view])}
    return {
        "operationId": view,
        "tags": [tag],
        "summary": summary,
        "responses": {"200": response | {"headers": ALWAYS | (headers or {})}},
    }


def _with(operation: dict, more: dict) -> dict:
    return {**operation, **more, "responses": operation["responses"] | more.get("responses", {})}


def _body(options: dict[str, dict]) -> dict:
    return {"type": "object", "properties": options, "additionalProperties": False}


def _content(mimetype: str, schema: dict, example: object) -> dict:
    return {mimetype: {"schema": schema, "example": example}}
