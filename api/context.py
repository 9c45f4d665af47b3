"""What a view needs from the application that serves it, and from the request's headers."""

import contextlib

from flask import Flask, Response, current_app, g, request

from config import Config
from db.database import Database
from db.errors import DatabaseError

WORKSPACE = "X-Workspace"
KEPT_UNTIL = "X-Kept-Until"


def register(app: Flask) -> None:
    """Refuse a workspace that can't be one, and say after each write until when it is kept."""
    app.before_request(_check_workspace)
    app.after_request(_say_kept_until)


def database() -> Database:
    """Return the database of the application, bound to the workspace that this request is about.

    It writes only to the versions of the data that the request names (If-Match).
    """
    if "database" not in g:
        shared = current_app.extensions["database"]
        g.database = shared.workspace(request.headers.get(WORKSPACE), _versions())
    return g.database


def config() -> Config:
    """Return the settings of the application that serves this request."""
    return current_app.extensions["config"]


def kept_until() -> str | None:
    """Return until when this request's workspace is kept, in RFC 3339; None: for ever."""
    return database().kept_until(config().cleanup_interval_seconds)


def _versions() -> frozenset[str]:
    """Return the versions in If-Match: what lists' ETags begin with, weak ones of a proxy too.

    What can't be read as a tag is one that no data has.
    """
    tags = request.if_match.as_set(include_weak=True)
    return frozenset((tag or "").split(":")[0] for tag in tags)


def _check_workspace() -> None:
    if WORKSPACE in request.headers:
        database()


def _say_kept_until(response: Response) -> Response:
    if "database" in g and g.database.has_written:
        with contextlib.suppress(DatabaseError):  # it was written all the same
            if moment := kept_until():
                response.headers[KEPT_UNTIL] = moment
    return response
