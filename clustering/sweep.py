"""How many clusters there should be, and whether there is anything to find at all.

A silhouette means little on its own: any cloud of points can be cut into compact pieces. So each
stands beside its null, the silhouette of the same customers with every feature shuffled on its own:
that keeps each feature as it is and takes away what they have to do with one another. A single
feature has nothing to be shuffled against, and is drawn anew, evenly between its ends.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_score

import progress
from clustering.engine import THREADS, check_enough, distinct_rows, fit, sample_rows

FEWEST, MOST = 2, 10  # clusters in a sweep
SILHOUETTE_SAMPLE = 2_000  # compares each row with each; over such samples it varies by 0.006
REFIT_SAMPLE = 5_000  # for the sweep and the bootstraps, which cluster the rows dozens of times
NULL_SAMPLE = 500
N_BOOTSTRAPS = 20
SWEEP_INIT = 10
N_SHUFFLES = 5
BOOTSTRAP_INIT = 5
MANY_INIT = 3  # starts of a fit that is one of many
MIN_SHARE = 0.02  # of all customers, in the smallest cluster
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

    `chance` is the highest gain that shuffled features come to, whatever the number of clusters.
    """

    rows: np.ndarray
    steps: list[Step]
    chance: float

    def is_real(self, step: Step) -> bool:
        """Tell whether a silhouette is further above its null than chance takes it."""
        return step.gain > self.chance + AS_GOOD


class Choice(NamedTuple):
    """A number of clusters, and the sentences that say why."""

    n_clusters: int
    reasons: list[str]


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
        model = fit(rows, n_clusters, n_init=SWEEP_INIT)
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
    return Sweep(rows, steps, float(chance))


def choose_n_clusters(swept: Sweep, min_share: float = MIN_SHARE) -> Choice:
    """Return the fewest clusters whose silhouette is as good as the best, and why.

    Only those count whose silhouette is clearly above its null, which are stable and whose smallest
    cluster has at least `min_share` of the customers. Where there are none, all count that come
    nearest to this. Raises TooFewCustomers when all rows are the same.
    """
    check_enough(distinct_rows(swept.rows, FEWEST), FEWEST)
    if not swept.steps:
        return Choice(FEWEST, [])
    large = [step for step in swept.steps if step.smallest_share >= min_share]
    if not large:
        large = [max(swept.steps, key=lambda step: step.smallest_share)]
    real = [step for step in large if swept.is_real(step)] or large
    stabilities: dict[int, float] = {}
    chosen = _best(real, swept.rows, stabilities) or _fewest_as_good(real)
    return Choice(chosen.n_clusters, list(_reasons(swept, chosen, stabilities, min_share)))


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
        fitted = {k: fit(points, k, n_init=MANY_INIT).labels_ for k in numbers}
        nulls.append({k: silhouette(points, labels) or 0.0 for k, labels in fitted.items()})
        progress.advance("shuffling features", seed + 1, N_SHUFFLES)
    return nulls


def _best(large: list[Step], rows: np.ndarray, stabilities: dict[int, float]) -> Step | None:
    """Return the fewest clusters as good as the best of the stable ones; fill in stabilities."""
    stable = list(large)
    while stable:
        step = _fewest_as_good(stable)
        stabilities[step.n_clusters] = stability(rows, step.labels)
        if stabilities[step.n_clusters] >= MIN_STABILITY:
            return step
        stable.remove(step)
    return None


def _fewest_as_good(steps: list[Step]) -> Step:
    best = max(step.silhouette or -1.0 for step in steps)
    return next(step for step in steps if (step.silhouette or -1.0) >= best - AS_GOOD)


def _reasons(
    swept: Sweep, chosen: Step, stabilities: dict[int, float], min_share: float
) -> Iterator[str]:
    """Yield the sentences that say why this number of clusters was chosen, and no other."""
    if chosen.silhouette is None:
        return
    yield (
        f"{chosen.n_clusters} clusters have a silhouette of {chosen.silhouette:.2f};"
        f" with every feature shuffled it is {chosen.silhouette_null:.2f}."
    )
    if not swept.is_real(chosen):
        yield "No number of clusters is clearly better than chance would be."
    found = stabilities[chosen.n_clusters]
    yield (
        f"Clusters of samples agree with them at {found:.2f} (adjusted Rand index;"
        f" {MIN_STABILITY} is asked for)."
    )
    yield (
        f"The smallest cluster has {chosen.smallest_share:.1%} of the customers"
        f" ({min_share:.1%} is asked for)."
    )
    for step in swept.steps:
        if step is not chosen:
            yield from _why_not(step, stabilities.get(step.n_clusters, 1.0), min_share)


def _why_not(step: Step, found: float, min_share: float) -> Iterator[str]:
    if step.smallest_share < min_share:
        yield (
            f"{step.n_clusters} clusters were passed over: the smallest would have"
            f" {step.smallest_share:.1%} of the customers."
        )
    elif found < MIN_STABILITY:
        yield (
            f"{step.n_clusters} clusters were passed over: clusters of samples agree with them"
            f" at {found:.2f} only."
        )
