"""Calls that are answered later: any POST that prefers so becomes a job, which can be watched."""

import json
import shutil
import sys
import uuid
from collections.abc import Callable
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Blueprint, Flask, Response, current_app, request, url_for
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    Conflict,
    NotFound,
    RequestEntityTooLarge,
)

from api.context import config, database
from api.log import RequestLog, request_id
from api.media_types import JSON
from api.openapi.operations import operation
from api.openapi.parameters import JOB_ID
from api.openapi.schemas.jobs import JOB
from db import jobs
from db.database import Database
from db.jobs import Answer
from db.runner import JobRunner

PREFERENCE = "respond-async"
ASK_AGAIN_SECONDS = 1
MIB = 1 << 20  # also how much of a body is held in memory; the rest is on disk
PIECE_BYTES = 1 << 16
DONE_WITH = (  # headers of the request that are none of the call's
    "HTTP_ACCEPT_ENCODING",
    "HTTP_EXPECT",
    "HTTP_PREFER",
    "HTTP_TRANSFER_ENCODING",
)
KEPT = (  # headers of the answer that are a part of what it says
    "Allow",
    "Content-Disposition",
    "Content-Type",
    "ETag",
    "Retry-After",
    "X-Kept-Until",
)

blueprint = Blueprint("jobs", __name__)


def register(app: Flask) -> None:
    """Let every POST that all the other checks have passed become a job if it prefers to."""
    settings = app.extensions["config"]
    app.extensions["jobs"] = JobRunner(app.extensions["database"], settings.max_running_jobs)
    app.before_request(partial(_defer, RequestLog(app.wsgi_app)))


@blueprint.get("/jobs/<string:job_id>")
@operation(JOB, parameters=(JOB_ID,), errors=(404,))
def get_job(job_id: str):
    """Say how a job is doing and, once it has ended, what the call's answer is.

    Jobs can be asked about for an hour after they have ended. Those of another workspace are
    unknown.
    """
    return _shown(_valid(job_id))


@blueprint.delete("/jobs/<string:job_id>")
@operation(JOB, parameters=(JOB_ID,), errors=(404, 409))
def cancel_job(job_id: str):
    """Cancel a job; nothing has changed then.

    It holds at once. A job that has done its work already can't be cancelled any more.
    """
    job_id = _valid(job_id)
    with _shared_database().writing() as conn:
        cancelled = jobs.cancel(conn, job_id, _workspace())
    response = _shown(job_id)
    if not cancelled and response.get_json()["state"] != "cancelled":
        raise Conflict("This job can't be cancelled any more: GET it to see its answer.")
    return response


def _shown(job_id: str, status: int = 200) -> Response:
    with _shared_database().writing() as conn:
        found = jobs.show(conn, job_id, _workspace(), url_for("jobs.get_job", job_id=job_id))
    if found is None:
        raise _unknown()
    has_ended, document = found
    response = Response(document, status, mimetype=JSON)
    if not has_ended:
        response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return response


def _valid(job_id: str) -> str:
    try:
        return str(uuid.UUID(job_id))
    except ValueError:
        raise _unknown() from None


def _unknown() -> NotFound:
    return NotFound(
        "There is no such job in this workspace; jobs are forgotten an hour after they ended."
    )


def _defer(application: Callable) -> Response | None:
    """Take the request whole, put it into the queue, and say where its answer will be."""
    if request.method != "POST" or request.routing_exception or not _prefers_later():
        return None
    job_id = _submit(_Call(application, _received()))
    response = _shown(job_id, 202)
    response.headers["Location"] = response.json["location"]
    response.headers["Preference-Applied"] = PREFERENCE
    response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return response


def _prefers_later() -> bool:
    """Tell whether a header Prefer (RFC 7240) has respond-async among its preferences."""
    preferences = ",".join(request.headers.getlist("Prefer")).lower().split(",")
    return PREFERENCE in (preference.split(";")[0].strip() for preference in preferences)


def _submit(call: "_Call") -> str:
    try:
        return current_app.extensions["jobs"].submit(_workspace(), f"POST {request.path}", call)
    except Exception:
        call.close()
        raise


def _received() -> IO[bytes]:
    """Return the request's body, once it is here as a whole."""
    if current_app.view_functions[request.endpoint].operation.takes_file:
        request.max_content_length = config().max_import_mib * MIB
    body = SpooledTemporaryFile(MIB)  # noqa: SIM115 - it outlives the request
    try:
        shutil.copyfileobj(request.stream, body, PIECE_BYTES)
    except ClientDisconnected:
        body.close()
        raise BadRequest("Only a part of the body has come; send it again.") from None
    except RequestEntityTooLarge:
        body.close()
        raise
    return body


class _Call:
    """A call that is left to do when its request has been answered."""

    def __init__(self, application: Callable, body: IO[bytes]):
        self._application = application
        self._body = body
        self._environ = {
            name: value
            for name, value in request.environ.items()
            if name.isupper() and name not in DONE_WITH
        } | {
            "CONTENT_LENGTH": str(body.tell()),
            "HTTP_X_REQUEST_ID": request_id.get(),
            "wsgi.errors": sys.stderr,
            "wsgi.input": body,
            "wsgi.input_terminated": True,
            "wsgi.multiprocess": True,
            "wsgi.multithread": True,
            "wsgi.run_once": False,
            "wsgi.url_scheme": request.scheme,
            "wsgi.version": (1, 0),
        }

    def __call__(self) -> Answer:
        """Do the call through the whole application, and return its answer whatever it is."""
        self._body.seek(0)
        response = Response.from_app(self._application, self._environ, buffered=True)
        text = response.get_data(as_text=True).strip()
        about = {name: response.headers[name] for name in KEPT if name in response.headers}
        body = text if response.is_json else json.dumps(text)
        status = response.status_code
        answer = f'{{"body":{body},"headers":{json.dumps(about)},"status":{status}}}'
        return Answer(status < BadRequest.code, answer)

    def close(self) -> None:
        """Let go of the body."""
        self._body.close()


def _workspace() -> str:
    """Return the name of the request's workspace, "" for the shared one."""
    return database().name or ""


def _shared_database() -> Database:
    return current_app.extensions["database"]
