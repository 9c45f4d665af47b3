"""Every error that a client can get, made in one place."""

import errno
import logging

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from api.context import database
from clustering.choice import UnknownFeature
from clustering.engine import TooFewCustomers
from clustering.model import MissingFigures
from clustering.service import TooManySegmentations, UnknownCluster, UnknownSegmentation
from datasets.problems import BrokenFile
from db import errors as db
from db import tables
from db.runner import TooManyJobs
from db.tables import MissingData, UnknownTable
from db.workspaces import InvalidWorkspace, TooManyWorkspaces, WorkspacesForbidden
from progress import Cancelled

TOO_MANY = 429
UNAVAILABLE = 503
RETRY_AFTER_SECONDS = 5

STATUSES: dict[type[Exception], int] = {
    UnknownTable: 404,
    UnknownSegmentation: 404,
    UnknownCluster: 404,
    TooManySegmentations: 409,
    MissingData: 409,
    TooFewCustomers: 409,
    TooManyWorkspaces: 409,
    db.VersionChanged: 412,
    InvalidWorkspace: 422,
    MissingFigures: 422,
    Cancelled: 409,
    TooManyJobs: TOO_MANY,
    UnknownFeature: 422,
    db.DatabaseAway: UNAVAILABLE,
    db.DatabaseBusy: UNAVAILABLE,
    db.DatabaseFull: UNAVAILABLE,
    db.StatementTooLong: UNAVAILABLE,
    WorkspacesForbidden: UNAVAILABLE,
}

# What Werkzeug finds wrong before a view has its say; its own texts are about browsers.
SENTENCES = {
    400: "The request is malformed.",
    404: "There is no such route; GET /openapi.json lists those there are.",
    413: "The body is too large for this call.",
}

FULL = (errno.ENOSPC, errno.EDQUOT)
NO_ROOM = "The service has no room left for a file; free some space on its machine and try again."

logger = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Answer every error with the one envelope."""
    for exception in STATUSES:
        app.register_error_handler(exception, _answer_own)
    app.register_error_handler(MissingData, _answer_missing)
    app.register_error_handler(BrokenFile, _answer_broken_file)
    app.register_error_handler(OSError, _answer_system)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def _envelope(status: int, sentence: str, **more: object) -> Response:
    response = jsonify(error=sentence, **more)
    response.status_code = status
    if status in (TOO_MANY, UNAVAILABLE):
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _answer_own(error: Exception) -> Response:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    if status == UNAVAILABLE and not isinstance(error, db.DatabaseAway):  # which is said once
        logger.warning("%s (%s)", error, type(error).__name__)
    return _envelope(status, str(error))


def _answer_missing(error: MissingData) -> Response:
    """Answer what became of the data, which the error itself does not know."""
    return _envelope(STATUSES[MissingData], tables.explain(database(), error))


def _answer_broken_file(error: BrokenFile) -> Response:
    """Answer with the first problems in full, too."""
    return _envelope(422, str(error), problems=[one.to_dict() for one in error.problems])


def _answer_system(error: OSError) -> Response:
    """Answer that there is no room for a file that comes in; what else the system says is a fault.

    Without any room, Python finds no temporary directory.
    """
    if error.errno in FULL or (error.errno == errno.ENOENT and error.filename is None):
        logger.warning("The temporary directory is full (%s).", errno.errorcode[error.errno])
        return _envelope(UNAVAILABLE, NO_ROOM)
    return _answer_unexpected(error)


def _answer_http(error: HTTPException) -> Response:
    """Answer an error of HTTP itself, keeping its headers (Allow, for one)."""
    response = _envelope(error.code, _sentence(error))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _sentence(error: HTTPException) -> str:
    if isinstance(error, MethodNotAllowed):
        return f"This route takes {' or '.join(sorted(error.valid_methods))}, not {request.method}."
    if type(error).description != error.description:  # our own words
        return error.description
    return SENTENCES.get(error.code, error.description)


def _answer_unexpected(_error: Exception) -> Response:
    logger.exception("Unexpected error")
    return _envelope(500, "Something went wrong in the service; its log has the details.")
