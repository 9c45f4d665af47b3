"""What the routes answer when they can't do what they are asked, shared by all of them."""

from typing import NamedTuple

from api.openapi.examples import ERRORS as EXAMPLES
from api.openapi.forms import ref


class Error(NamedTuple):
    """A status that is an error: its name in the document, when it comes, its own headers."""

    name: str
    description: str
    headers: dict[str, dict] = {}  # noqa: RUF012 - a tuple's default, never changed


ALLOW = {
    "description": "The methods that the route takes.",
    "required": True,
    "schema": {"type": "string"},
    "example": "GET, HEAD, OPTIONS",
}
RETRY_AFTER = {
    "description": "How many seconds to wait before the next try.",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
    "example": 5,
}
ERRORS = {
    400: Error("Malformed", "The body is not valid JSON."),
    401: Error("KeyNeeded", "The service has a key, and the call did not come with it."),
    404: Error("NotFound", "There is no such product, table or route."),
    405: Error("WrongMethod", "The route takes another method.", {"Allow": ALLOW}),
    409: Error("DataMissing", "The data that the call needs is not there yet."),
    413: Error("TooLarge", "The body is larger than 64 KiB."),
    415: Error("NotJson", "The body does not say that it is JSON."),
    422: Error("Invalid", "A field or parameter is unknown or has a value that can't be."),
    500: Error("Unexpected", "Something went wrong that should not have; the log has the details."),
    503: Error(
        "Unavailable",
        "The database is away, busy, full or too slow. Nothing was changed.",
        {"Retry-After": RETRY_AFTER},
    ),
}


def error_responses() -> dict[str, dict]:
    """Return every error's response, to be referred to by name."""
    return {error.name: _response(status, error) for status, error in ERRORS.items()}


def errors(*statuses: int) -> dict[str, dict]:
    """Return an operation's responses for these statuses."""
    return {
        str(status): {"$ref": f"#/components/responses/{ERRORS[status].name}"}
        for status in statuses
    }


def _response(status: int, error: Error) -> dict:
    examples = {name: {"value": {"error": text}} for name, text in EXAMPLES[str(status)].items()}
    response = {
        "description": error.description,
        "content": {"application/json": {"schema": ref("Error"), "examples": examples}},
    }
    return response | ({"headers": error.headers} if error.headers else {})
