"""Who may call: pages of the configured origins, clients in due measure, writers with the key."""

import hmac

from flask import Flask, Response, request
from flask_cors import CORS
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from api.context import config
from api.limits import RETRY_AFTER

# What a page may read beyond the headers that it may read anyway.
EXPOSED = [
    "Content-Disposition",
    "ETag",
    "Link",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
]
KEY_NEEDED = WWWAuthenticate("apikey", {"header": "X-API-Key"})


def register(app: Flask) -> None:
    """Allow the configured origins, and ask every POST for the key if there is one."""
    CORS(app, origins=list(app.extensions["config"].cors_origins), expose_headers=EXPOSED)
    app.before_request(_check_rate)
    app.before_request(_check_key)
    app.after_request(_protect)


def _check_rate() -> None:
    if seconds := request.environ.get(RETRY_AFTER):
        raise TooManyRequests(
            f"Too many requests from your address; try again in {seconds} s.",
            retry_after=seconds,
        )


def _check_key() -> None:
    key = config().api_key
    given = request.headers.get("X-API-Key", "").encode("latin-1")  # as the bytes that were sent
    if key and request.method == "POST" and not hmac.compare_digest(given, key.encode()):
        raise Unauthorized(
            "This call needs the service's key in the header X-API-Key.",
            www_authenticate=KEY_NEEDED,
        )


def _protect(response: Response) -> Response:
    """Let no browser guess what an answer is, and no cache keep what does not say that it may."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
