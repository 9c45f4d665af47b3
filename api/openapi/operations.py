"""The makings of one operation of the document: what a GET, a list and a POST have in common."""

from api.openapi.errors import errors
from api.openapi.examples import ANSWERS, BODIES
from api.queries import LARGEST_PAGE
from config import LARGEST_INT

SHOWING_ERRORS = (405, 500)
LISTING_ERRORS = (405, 500, 503)
WRITING_ERRORS = (400, 401, 405, 413, 415, 422, 500, 503)
KEY_IF_THERE_IS_ONE = [{}, {"apiKey": []}]
A_VERSION = '"167b04bbc03f72d18990aeb67ee6739f"'

IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an earlier answer: 304 when that one still holds.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "Answer one page of so many rows; the `Link` header has the next one's address.",
    "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
    "example": 100,
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "Begin after the row with this id. Without `limit`, pages are the largest.",
    "schema": {"type": "integer", "minimum": 0, "maximum": LARGEST_INT},
    "example": 100,
}
ETAG = {
    "description": "The version of the answer, to be sent as `If-None-Match` next time.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
LINK = {
    "description": "The next page's address; none on the last page.",
    "schema": {"type": "string"},
    "example": '</getCustomers?limit=100&after=200>; rel="next"',
}
NOT_MODIFIED = {
    "304": {"description": "The client has this answer already.", "headers": {"ETag": ETAG}}
}


def get(view: str, tag: str, summary: str, answer: dict, **more: object) -> dict:
    """Return a path whose GET shows something; `more` goes into the operation as it is."""
    operation = _operation(view, tag, summary, answer)
    operation["responses"] |= errors(*SHOWING_ERRORS)
    return {"get": _with(operation, more)}


def get_list(view: str, tag: str, summary: str, answer: dict, *, paged: bool = False) -> dict:
    """Return a path whose GET lists rows: clients may keep the answer, and ask if it holds."""
    headers = {"ETag": ETAG} | ({"Link": LINK} if paged else {})
    operation = _operation(view, tag, summary, answer, headers)
    operation["parameters"] = [*([LIMIT, AFTER] if paged else []), IF_NONE_MATCH]
    invalid = errors(422) if paged else {}
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
    operation["requestBody"] = {"content": _json(_body(options), BODIES[view])}
    operation["responses"] |= errors(*WRITING_ERRORS)
    return {"post": _with(operation, more)}


def _operation(
    view: str, tag: str, summary: str, answer: dict, headers: dict[str, dict] | None = None
) -> dict:
    response = {"description": "Success.", "content": _json(answer, ANSWERS[view])}
    return {
        "operationId": view,
        "tags": [tag],
        "summary": summary,
        "responses": {"200": response | ({"headers": headers} if headers else {})},
    }


def _with(operation: dict, more: dict) -> dict:
    return {**operation, **more, "responses": operation["responses"] | more.get("responses", {})}


def _body(options: dict[str, dict]) -> dict:
    return {"type": "object", "properties": options, "additionalProperties": False}


def _json(schema: dict, example: object) -> dict:
    return {"application/json": {"schema": schema, "example": example}}
