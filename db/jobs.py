"""The calls that are answered later, as the database knows them.

A job's row decides. The transaction that does a job's work ends by noting so there, and fails when
the job was cancelled or told as failed meanwhile. So what is told is what happened, whoever dies.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, Protocol

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from db.queries import jobs, workspaces
from progress import Cancelled, Step

KEPT_SECONDS = 3600  # for which a job that has ended can be asked about
MOST_KEPT = 100  # of a workspace's jobs that have ended
MOST_UNFINISHED = 10  # of a workspace's jobs
MOST_UNFINISHED_IN_ALL = 100


class Answer(NamedTuple):
    """A call's own answer: whether it did what was asked, and all of it as a JSON object."""

    succeeded: bool
    answer: str


def _answer(status: int, **body: str) -> str:
    return json.dumps({"body": body, "headers": {}, "status": status})


LOST = _answer(503, error="The process that did this has died; nothing has changed: call again.")
STOPPED = _answer(503, error="The service was stopped; nothing has changed: call again.")
BROKEN = Answer(
    False, _answer(500, error="Something went wrong; the service's log has the details.")
)
UNANSWERED = _answer(200, message="Done, but the process died before it could say more.")


class Work(Protocol):
    """What a job is to do, once; closed when the job has ended, be it done or not."""

    def __call__(self) -> Answer:
        """Do it."""

    def close(self) -> None:
        """Let go of what it needed."""


class Job:
    """A job of this process: what is to be done, and how far it is."""

    def __init__(self, job_id: str, work: Work):
        self.id = job_id
        self.work = work
        self.stage: str | None = None
        self.percent = 0
        self.over = threading.Event()  # set once it was cancelled, or told as failed
        self.thread: threading.Thread | None = None

    def note(self, step: Step) -> None:
        """Note how far the job is; raises Cancelled when it is over."""
        if self.over.is_set():
            raise Cancelled
        self.stage, self.percent = step.stage, int(step.percent)


_job: ContextVar[Job | None] = ContextVar("job", default=None)


@contextmanager
def working_on(job: Job) -> Iterator[None]:
    """Let every transaction within be a part of the job."""
    token = _job.set(job)
    try:
        yield
    finally:
        _job.reset(token)


@contextmanager
def enlisted(conn: Connection) -> Iterator[None]:
    """Let what is done on this connection be known as a part of the thread's job, if it has one.

    The connection is closed afterwards, so that nothing of another request can be ended with it.
    """
    job = _job.get()
    if job is None:
        yield
        return
    try:
        conn.autocommit = True
        jobs.name_session(conn, id=job.id)
        if job.over.is_set():
            raise Cancelled
        yield
    except psycopg2.Error:
        if job.over.is_set():
            raise Cancelled from None
        raise
    finally:
        conn.close()


def confirm(conn: Connection) -> None:
    """Note, as the last thing in a transaction that writes, that it does the job's work.

    Raises Cancelled when the job is over.
    """
    job = _job.get()
    if job is None:
        return
    jobs.leave_workspace(conn)
    if not jobs.confirm(conn, id=job.id):
        raise Cancelled


def bury(conn: Connection) -> None:
    """Tell the jobs of dead processes as failed, and end what they have under way and begun."""
    for job_id, workspace, written in list(jobs.bury(conn, lost=LOST, unanswered=UNANSWERED)):
        jobs.end_sessions(conn, id=job_id)
        if workspace and not written:
            workspaces.drop_unused_workspace(conn, name=workspace)


def show(conn: Connection, job_id: str, workspace: str, location: str) -> tuple[bool, str] | None:
    """Return whether a workspace's job has ended, and all about it as JSON; None if unknown."""
    bury(conn)
    return jobs.show(conn, id=job_id, workspace=workspace, location=location)


def cancel(conn: Connection, job_id: str, workspace: str) -> bool:
    """Cancel a job of the workspace; False when there is none that could be."""
    bury(conn)
    return bool(jobs.cancel(conn, id=job_id, workspace=workspace))


def forget(conn: Connection) -> None:
    """Forget the jobs that ended long ago."""
    bury(conn)
    jobs.forget(conn, kept_seconds=KEPT_SECONDS)
