"""What the routes answer when they can't do what they are asked, shared by all of them."""

from typing import NamedTuple

from api.media_types import JSON
from api.openapi import examples
from api.openapi.headers import ALLOW, ALWAYS, RETRY_AFTER, WWW_AUTHENTICATE
from api.openapi.schemas import errors as schemas


class Error(NamedTuple):
    """A status that is an error: its name in the document, when it comes, its own headers."""

    name: str
    description: str
    headers: dict[str, dict] = {}  # noqa: RUF012 - a tuple's default, never changed


ERRORS = {
    400: Error(
        "Malformed",
        "The body is not valid JSON, or not a whole file; or the Host is not one of the service's.",
    ),
    401: Error(
        "KeyNeeded",
        "The service has a key, and the call did not come with it.",
        {"WWW-Authenticate": WWW_AUTHENTICATE},
    ),
    403: Error("ForeignPage", "The call comes from a page whose origin is not allowed."),
    404: Error("NotFound", "There is no such product, table or route."),
    405: Error("WrongMethod", "The route takes another method.", {"Allow": ALLOW}),
    409: Error(
        "DataMissing",
        "The data that the call needs is not there yet, or there are too many workspaces.",
    ),
    412: Error("VersionChanged", "The data is not at the version that `If-Match` names."),
    413: Error("TooLarge", "The body is larger than 64 KiB, or than the service takes files."),
    415: Error("WrongType", "The body does not say that it is JSON, or CSV where that is taken."),
    422: Error("Invalid", "A field or parameter is unknown or has a value that can't be."),
    429: Error(
        "TooManyRequests",
        "The service limits how often a client may call, and this was once too often.",
        {"Retry-After": RETRY_AFTER},
    ),
    500: Error("Unexpected", "Something went wrong that should not have; the log has the details."),
    503: Error(
        "Unavailable",
        "The database is away, busy, full or too slow. Nothing was changed.",
        {"Retry-After": RETRY_AFTER},
    ),
}
# How a file is refused: a 422 that says more.
_BROKEN_FILE = {
    "description": "The file is broken, or a parameter can't be. Nothing was changed.",
    "headers": ALWAYS,
    "content": {
        JSON: {
            "schema": {"oneOf": [schemas.BROKEN_FILE, schemas.ERROR]},
            "example": examples.response("broken_file"),
        }
    },
}
BROKEN_FILE = {"422": {"$ref": "#/components/responses/BrokenFile"}}


def error_responses() -> dict[str, dict]:
    """Return every error's response, to be referred to by name."""
    shared = {error.name: _response(status, error) for status, error in ERRORS.items()}
    return shared | {"BrokenFile": _BROKEN_FILE}


def errors(*statuses: int) -> dict[str, dict]:
    """Return an operation's responses for these statuses."""
    return {
        str(status): {"$ref": f"#/components/responses/{ERRORS[status].name}"}
        for status in statuses
    }


def _response(status: int, error: Error) -> dict:
    sentences = examples.ERRORS[str(status)].items()
    return {
        "description": error.description,
        "headers": ALWAYS | error.headers,
        "content": {
            JSON: {
                "schema": schemas.ERROR,
                "examples": {name: {"value": {"error": text}} for name, text in sentences},
            }
        },
    }
