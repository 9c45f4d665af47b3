"""What different numbers of clusters come to, and what chance alone would.

A silhouette means little on its own: any cloud of points can be cut into compact pieces. So each
stands beside its null, the silhouette of the same customers with every feature shuffled on its own:
that keeps each feature as it is and takes away what they have to do with one another. A single
feature has nothing to be shuffled against, and is drawn anew, evenly between its ends.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_score

import progress
from clustering.engine import THREADS, distinct_rows, fit, sample_rows

FEWEST, MOST = 2, 10  # clusters in a sweep
SILHOUETTE_SAMPLE = 2_000  # compares each row with each; over such samples it varies by 0.006
REFIT_SAMPLE = 5_000  # for the sweep and the bootstraps, which cluster the rows dozens of times
NULL_SAMPLE = 1_000
N_BOOTSTRAPS = 20
N_SHUFFLES = 5
BOOTSTRAP_INIT = 5
MANY_INIT = 3  # starts of a fit that is one of many, at least
NULL_INIT = 20  # by the number of clusters: a null that misses the best two would be too low
MIN_STABILITY = 0.8
AS_GOOD = 0.02  # silhouettes that differ by less are as good as equal


class Step(NamedTuple):
    """One number of clusters in a sweep; the silhouettes are None where there is none."""

    n_clusters: int
    inertia: float
    silhouette: float | None
    silhouette_null: float | None
    smallest_share: float
    labels: np.ndarray

    @property
    def gain(self) -> float:
        """How far the silhouette is above its null."""
        return (self.silhouette or -1.0) - (self.silhouette_null or 0.0)


class Sweep(NamedTuple):
    """A sweep over numbers of clusters; `rows` are the customers it was made on.

    `chance` is the highest gain that shuffled features come to, whatever the number of clusters;
    `stabilities` are those found so far, by number of clusters.
    """

    rows: np.ndarray
    steps: list[Step]
    chance: float
    stabilities: dict[int, float]

    def is_real(self, step: Step) -> bool:
        """Tell whether a silhouette is further above its null than chance takes it."""
        return step.gain > self.chance + AS_GOOD

    def stability(self, step: Step) -> float:
        """Return how stable the clusters of a step are."""
        if step.n_clusters not in self.stabilities:
            self.stabilities[step.n_clusters] = stability(self.rows, step.labels)
        return self.stabilities[step.n_clusters]

    def with_smallest(self, n_clusters: int, share: float) -> Self:
        """Return the sweep with the share of the smallest of so many clusters among everybody."""
        steps = [
            step._replace(smallest_share=share) if step.n_clusters == n_clusters else step
            for step in self.steps
        ]
        return self._replace(steps=steps)


def sweep(matrix: np.ndarray, parts: Sequence[slice] | None = None) -> Sweep:
    """Return what 2 to 10 clusters come to, as far as there are different rows.

    `parts` says which columns belong to one feature. The inertia of a sample is scaled up.
    """
    rows = matrix[sample_rows(len(matrix), REFIT_SAMPLE)]
    numbers = range(FEWEST, distinct_rows(rows, MOST) + 1)
    parts = parts or [slice(i, i + 1) for i in range(matrix.shape[1])]
    nulls = null_silhouettes(matrix, parts, numbers)
    means = {k: np.mean([null[k] for null in nulls]) for k in numbers}
    chance = max((null[k] - means[k] for null in nulls for k in numbers), default=0.0)
    steps = []
    for n_clusters in numbers:
        model = fit(rows, n_clusters)
        steps.append(
            Step(
                n_clusters,
                model.inertia_ * len(matrix) / len(rows),
                silhouette(rows, model.labels_),
                float(means[n_clusters]),
                float(np.bincount(model.labels_, minlength=n_clusters).min() / len(rows)),
                model.labels_,
            )
        )
        progress.advance("comparing numbers of clusters", len(steps), len(numbers))
    return Sweep(rows, steps, float(chance), {})


def shuffled(matrix: np.ndarray, parts: Sequence[slice], seed: int) -> np.ndarray:
    """Return the points with each feature shuffled on its own, or drawn evenly if it is alone."""
    rng = np.random.default_rng(seed)
    if len(parts) == 1 and matrix.shape[1] == 1:
        return rng.uniform(matrix.min(), matrix.max(), matrix.shape).astype(matrix.dtype)
    return np.hstack([matrix[rng.permutation(len(matrix)), part] for part in parts])


def silhouette(matrix: np.ndarray, labels: np.ndarray) -> float | None:
    """Return the mean silhouette, -1 to 1; None unless there are from 2 to n - 1 clusters."""
    rows = sample_rows(len(matrix), SILHOUETTE_SAMPLE)
    matrix, labels = matrix[rows], labels[rows]
    if not FEWEST <= len(np.unique(labels)) < len(labels):
        return None
    with THREADS.limit(limits=1):
        return float(silhouette_score(matrix, labels))


def bootstraps(matrix: np.ndarray, n_clusters: int) -> Iterator[np.ndarray]:
    """Yield these rows' labels by clusters of as many of them, drawn with replacement."""
    rng = np.random.default_rng(0)
    for i in range(N_BOOTSTRAPS):
        drawn = matrix[rng.integers(len(matrix), size=len(matrix))]
        model = fit(drawn, n_clusters, n_init=BOOTSTRAP_INIT)
        with THREADS.limit(limits=1):
            yield model.predict(matrix)
        progress.advance("clustering samples", i + 1, N_BOOTSTRAPS)


def stability(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean adjusted Rand index between these clusters and bootstrapped ones, up to 1."""
    rows = sample_rows(len(matrix), REFIT_SAMPLE)
    again = bootstraps(matrix[rows], labels.max() + 1)
    return float(np.mean([adjusted_rand_score(labels[rows], other) for other in again]))


def null_silhouettes(
    matrix: np.ndarray, parts: Sequence[slice], numbers: Sequence[int]
) -> list[dict[int, float]]:
    """Return the silhouettes of some shuffles of the points, each by number of clusters."""
    rows = matrix[sample_rows(len(matrix), NULL_SAMPLE)]
    nulls = []
    for seed in range(N_SHUFFLES):
        points = shuffled(rows, parts, seed)
        fitted = {k: fit(points, k, n_init=max(MANY_INIT, NULL_INIT // k)).labels_ for k in numbers}
        nulls.append({k: silhouette(points, labels) or 0.0 for k, labels in fitted.items()})
        progress.advance("shuffling features", seed + 1, N_SHUFFLES)
    return nulls
