"""How far a long piece of work has come, told to whoever wants to know, and how it is stopped.

The work says which stages it has (`plan`) and how much of one is done (`advance`); who runs it may
listen (`reporting`). While nobody does, these calls cost next to nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

Batch = TypeVar("Batch", bound=Sized)


class Cancelled(Exception):
    """Raised by a report: the work is no longer wanted, and undoes what it has begun."""

    def __init__(
        self, message: str = "The work was cancelled before it was done; nothing has changed."
    ):
        super().__init__(message)


class Step(NamedTuple):
    """How much of a stage is done, and (0 to 100) of all stages together.

    `total` is None where nobody knows how much there is to do; `unit` is what is counted, such as
    rows, where that says something to people. `percent` never goes back.
    """

    stage: str
    done: float
    total: float | None
    percent: float
    unit: str = ""


Report = Callable[[Step], object]


class _Progress:
    """What one piece of work has come to."""

    def __init__(self, report: Report):
        self._report = report
        self._weights: dict[str, float] = {}
        self._percent = 0.0

    def plan(self, weights: Mapping[str, float]) -> None:
        self._weights = self._weights or dict(weights)

    def advance(self, stage: str, done: float, total: float | None, unit: str) -> None:
        share = min(done / total, 1) if total else 0
        self._percent = max(self._percent, self._percent_at(stage, share))
        self._report(Step(stage, done, total, self._percent, unit))

    def _percent_at(self, stage: str, share: float) -> float:
        """Return the percentage at this share of a stage; 0 for a stage that is not planned."""
        if stage not in self._weights:
            return 0
        stages = list(self._weights)
        before = sum(self._weights[earlier] for earlier in stages[: stages.index(stage)])
        return 100 * (before + share * self._weights[stage]) / sum(self._weights.values())


_progress: ContextVar[_Progress | None] = ContextVar("progress", default=None)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """Let the work within report its progress; what the report raises ends the work."""
    token = _progress.set(_Progress(report))
    try:
        yield
    finally:
        _progress.reset(token)


def plan(weights: Mapping[str, float]) -> None:
    """Say which stages will follow one another, and how long each takes in relation to the others.

    The first plan counts: work that is a part of other work has its stages in the other's plan.
    """
    if progress := _progress.get():
        progress.plan(weights)


def is_wanted() -> bool:
    """Tell whether somebody listens, where it costs something to find out how far the work is."""
    return _progress.get() is not None


def advance(stage: str, done: float = 0, total: float | None = None, unit: str = "") -> None:
    """Say how much of a stage is done; raises Cancelled when the work is no longer wanted."""
    if progress := _progress.get():
        progress.advance(stage, done, total, unit)


def counted(batches: Iterable[Batch], stage: str, total: int | None = None) -> Iterator[Batch]:
    """Yield batches of rows; when a next one is wanted, say how many rows are done of all."""
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        advance(stage, done, total, "rows")
