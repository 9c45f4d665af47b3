"""The jobs of this process: each waits for its turn, then runs in a thread of its own."""

import logging
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, as it is used

from db import jobs
from db.database import Database
from db.errors import DatabaseAway, DatabaseError, UserError, translate_driver_errors
from db.jobs import Answer, Job, Work
from db.pool import was_ended
from db.queries import jobs as statements
from progress import Cancelled, reporting

LOOK_SECONDS = 0.5  # between two looks: how late a job notices that it was cancelled
STOP_SECONDS = 2  # for jobs to notice that the service stops

logger = logging.getLogger(__name__)


class TooManyJobs(UserError):
    """So many jobs have not ended yet that no other is taken."""

    message = "Too many jobs of this workspace wait already: wait for one to end, or cancel one."


class JobRunner:
    """Runs the jobs of this process, at most so many at once over all processes.

    From the first job on it has a session in the database, the sign that the process is alive, and
    a thread that looks after the jobs.
    """

    def __init__(self, database: Database, most_running: int):
        self._database = database
        self._most_running = most_running
        self._worker = str(uuid.uuid4())
        self._session: Connection | None = None
        self._jobs: dict[str, Job] = {}
        self._lock = threading.RLock()  # of the session and of the jobs
        self._wake = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, workspace: str, request: str, work: Work) -> str:
        """Put a call into the queue and return its id; raises TooManyJobs."""
        with self._lock:
            try:
                job_id = self._enqueue(workspace, request)
            except DatabaseAway:  # the session may have been ended unnoticed
                job_id = self._enqueue(workspace, request)
            self._jobs[job_id] = Job(job_id, work)
            self._thread = self._thread or _start(self._look_after)
        self._wake.set()
        return job_id

    def close(self) -> None:
        """Tell the jobs that have not ended as failed, and give up the session."""
        with self._lock:
            self._closed = True
            threads = [job.thread for job in self._jobs.values() if job.thread]
            with suppress(DatabaseError, psycopg2.Error):
                if self._jobs:
                    self._abandon()
        self._wake.set()
        for thread in threads:
            thread.join(STOP_SECONDS)
        if self._session:
            self._session.close()

    def _enqueue(self, workspace: str, request: str) -> str:
        with translate_driver_errors():
            conn = self._connected()
            jobs.bury(conn)
            statements.forget_oldest(conn, workspace=workspace, most=jobs.MOST_KEPT)
            job_id = statements.enqueue(
                conn,
                worker=self._worker,
                workspace=workspace,
                request=request,
                most=jobs.MOST_UNFINISHED,
                most_in_all=jobs.MOST_UNFINISHED_IN_ALL,
            )
        if job_id is None:
            raise TooManyJobs
        return job_id

    def _abandon(self) -> None:
        for (job_id,) in list(
            statements.abandon(self._connected(), worker=self._worker, answer=jobs.STOPPED)
        ):
            if job := self._jobs.get(job_id):
                self._stop(job)

    def _connected(self) -> Connection:
        """Return this process's session, a new one if the database was away."""
        if self._session is None or self._session.closed or was_ended(self._session):
            self._session = self._database.session(f"jobs of {self._worker}")
        return self._session

    def _look_after(self) -> None:
        while not self._closed:
            self._wake.wait(LOOK_SECONDS if self._jobs else None)
            self._wake.clear()
            try:
                with translate_driver_errors(), self._lock:
                    self._look()
            except DatabaseError as error:
                logger.warning("The jobs will be looked after again: %s", error)
                self._wake.wait(LOOK_SECONDS)

    def _look(self) -> None:
        """Note how far the jobs are, stop those that are over, start those whose turn has come."""
        if self._closed or not self._jobs:
            return
        unfinished = self._report()
        for job in list(self._jobs.values()):
            if job.id not in unfinished:
                self._stop(job)
        while self._may_start() and (job_id := self._claim()):
            job = self._jobs[job_id]
            job.thread = _start(self._run, job)

    def _report(self) -> set[str]:
        """Note how far each job is; return those that are not over."""
        own = self._jobs.values()
        rows = statements.report(
            self._connected(),
            ids=[job.id for job in own],
            stages=[job.stage for job in own],
            percentages=[job.percent for job in own],
        )
        return {job_id for (job_id,) in rows}

    def _may_start(self) -> bool:
        """Tell whether a job waits, and not too many threads work on jobs, be they over or not."""
        threads = [job.thread for job in self._jobs.values()]
        return None in threads and len(threads) - threads.count(None) < self._most_running

    def _claim(self) -> str | None:
        return statements.claim(self._connected(), worker=self._worker, most=self._most_running)

    def _stop(self, job: Job) -> None:
        """Let a job that is over end what it does; it leaves when it has."""
        job.over.set()
        if job.thread:
            statements.end_sessions(self._connected(), id=job.id)
        else:
            self._leave(job)

    def _run(self, job: Job) -> None:
        try:
            with jobs.working_on(job), reporting(job.note):
                answer = job.work()
            self._keep(job, answer)
        except Cancelled:
            logger.debug("A job was cancelled while it ran.")
        except Exception:
            logger.exception("Unexpected error in a job")
            self._keep(job, jobs.BROKEN)
        finally:
            self._leave(job)
            self._wake.set()

    def _keep(self, job: Job, answer: Answer) -> None:
        """Keep a job's answer, as soon as the database can be reached."""
        while not (job.over.is_set() or self._closed):
            try:
                with translate_driver_errors(), self._lock:
                    statements.finish(self._connected(), id=job.id, **answer._asdict())
            except DatabaseError:
                job.over.wait(LOOK_SECONDS)
            else:
                return

    def _leave(self, job: Job) -> None:
        with self._lock:
            del self._jobs[job.id]
        job.work.close()


def _start(work: Callable, *arguments: object) -> threading.Thread:
    """Start a thread that does not keep the process from ending."""
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread
