"""Quantiles of values that lie in several places, by a few of each place's in their order.

Each place gives up to `STEPS` of its values, evenly spaced in rank, so that a quantile of all is
within 1 / STEPS of its rank. What the places say is joined in one order, so that the same values
give the same quantiles, whichever place answers first.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

STEPS = 1000
RANK_ERROR = 1 / STEPS  # as a share of the values


class Ranks(NamedTuple):
    """How many values a place has, and up to `STEPS` of them, in their order."""

    count: int
    values: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray) -> Self:
        """Return the ranks of the values of a place, none of them missing."""
        values = np.sort(values)
        if len(values) <= STEPS:
            return cls(len(values), values)
        middle = (np.arange(STEPS) + 0.5) / STEPS
        return cls(len(values), values[(middle * len(values)).astype(int)])


def quantiles(places: Sequence[Ranks], shares: Sequence[float]) -> list[float]:
    """Return these quantiles of all places' values; exact while no place has more than `STEPS`."""
    values = np.concatenate([place.values for place in places])
    if sum(place.count for place in places) == len(values):
        return np.quantile(values, shares).tolist()
    weights = np.concatenate(
        [np.full(len(p.values), p.count / max(len(p.values), 1)) for p in places]
    )
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order])
    middles = (ends - weights[order] / 2) / ends[-1]
    return np.interp(shares, middles, values[order]).tolist()


class Moments(NamedTuple):
    """How many values there are, their mean, and the sum of their squared distances to it."""

    count: int
    mean: float
    squares: float

    @classmethod
    def of(cls, values: np.ndarray) -> Self:
        """Return the moments of values; exact where all are equal."""
        if not len(values):
            return cls(0, 0.0, 0.0)
        if values.min() == values.max():
            return cls(len(values), float(values[0]), 0.0)
        mean = float(values.mean())
        return cls(len(values), mean, float(((values - mean) ** 2).sum()))

    def joined(self, other: Self) -> Self:
        """Return the moments of these values and others (Chan, Golub and LeVeque, 1979)."""
        if not (self.count and other.count):
            return self if self.count else other
        count = self.count + other.count
        gap = other.mean - self.mean
        mean = self.mean + gap * other.count / count
        between = gap**2 * self.count * other.count / count
        return type(self)(count, mean, self.squares + other.squares + between)
