"""Samples taken in pairs, the limits they are held to, and what they come to."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Sample(NamedTuple):
    """One round of one row: the work, and right after it what it is held against.

    Both have the row's unit: seconds, bytes, or requests a second.
    """

    work: float
    against: float

    @property
    def ratio(self) -> float:
        """Return how many times the other the work is."""
        return self.work / self.against


class Ratios(NamedTuple):
    """The ratios of a row's rounds."""

    lowest: float
    median: float
    highest: float


@dataclass(frozen=True)
class Limit:
    """At most (or at least) `factor` times what the work is held against, `plus` some more."""

    factor: float
    plus: float = 0.0
    at_least: bool = False

    def is_met(self, samples: Sequence[Sample]) -> bool:
        """Tell whether the median of the rounds, compared pair by pair, is within the limit."""
        factor = statistics.median((s.work - self.plus) / s.against for s in samples)
        return factor >= self.factor if self.at_least else factor <= self.factor


def medians(samples: Sequence[Sample]) -> Sample:
    """Return the median of the work and that of what it is held against."""
    return Sample(*map(statistics.median, zip(*samples, strict=True)))


def ratios(samples: Sequence[Sample]) -> Ratios:
    """Return the lowest, median and highest ratio, each within one round."""
    found = [sample.ratio for sample in samples]
    return Ratios(min(found), statistics.median(found), max(found))


def growth(smaller: Sequence[Sample], larger: Sequence[Sample]) -> list[Sample]:
    """Return the work on more rows against that on fewer, round by round."""
    return [Sample(more.work, less.work) for less, more in zip(smaller, larger, strict=True)]


def seconds(work: Callable[[], object]) -> float:
    """Return how long this takes, by the clock on the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median_seconds(
    work: Callable[[], object], times: int, before: Callable[[], object] = lambda: None
) -> float:
    """Return the median time of a piece of work; what goes before each does not count."""
    taken = []
    for _ in range(times):
        before()
        taken.append(seconds(work))
    return statistics.median(taken)
