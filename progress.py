"""How far a long piece of work has come, told to whoever wants to know, and how it is stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Takes the stage, how much of it is done, and how much there is to do (None: nobody knows).
Report = Callable[[str, int, int | None], None]


class Cancelled(Exception):
    """The work is no longer wanted; raised by a report, it undoes the transaction under way."""


_report: ContextVar[Report | None] = ContextVar("report", default=None)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """Let the work within report its progress; what the report raises ends the work."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


def advance(stage: str, done: int, total: int | None = None) -> None:
    """Say how much of a stage is done; costs next to nothing when nobody listens."""
    if report := _report.get():
        report(stage, done, total)
