"""Who may call: pages of the configured origins, and writers who know the key."""

import hmac

from flask import Flask, request
from flask_cors import CORS
from werkzeug.exceptions import Unauthorized

from api.context import config

EXPOSED = ["ETag", "Link", "Retry-After"]  # beyond the headers that a page may read anyway


def register(app: Flask) -> None:
    """Allow the configured origins, and ask every POST for the key if there is one."""
    CORS(app, origins=list(app.extensions["config"].cors_origins), expose_headers=EXPOSED)
    app.before_request(_check_key)


def _check_key() -> None:
    key = config().api_key
    given = request.headers.get("X-API-Key", "").encode("latin-1")  # as the bytes that were sent
    if key and request.method == "POST" and not hmac.compare_digest(given, key.encode()):
        raise Unauthorized("This call needs the service's key in the header X-API-Key.")
