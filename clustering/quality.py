"""How good clusters are: their measures, how far they can be trusted, and a verdict in words."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
)

from clustering import engine
from clustering.engine import THREADS, cluster_centers, sample_rows
from clustering.sweep import (
    AS_GOOD,
    FEWEST,
    MANY_INIT,
    MIN_STABILITY,
    N_SHUFFLES,
    NULL_SAMPLE,
    REFIT_SAMPLE,
    bootstraps,
    silhouette,
    sweep,
)

BORDER = 0.1  # how much further off, as a share, a second cluster is for those between
SUBSTANTIAL = 0.25  # silhouette (Kaufman & Rousseeuw, 1990: below, no substantial structure)
DISTINCT = 0.1  # silhouette above that of a bell-shaped cloud from which groups are natural
VERDICTS = {
    "natural groups": "These are natural groups: the customers lie in clumps with gaps between.",
    "useful slices": (
        "These are useful slices of a continuum: the features go together, but no gaps part the"
        " customers, so those near a border could as well be in the next cluster."
    ),
    "nothing to find": (
        "There is nothing to find: shuffled features give clusters that are as good, so what the"
        " features have to do with one another forms no groups."
    ),
}


def quality(matrix: np.ndarray, labels: np.ndarray, parts: Sequence[slice] | None = None) -> dict:
    """Return the measures of these clusters, a verdict, and a sweep over other numbers of clusters.

    Silhouette, stability and sweep are taken on a sample where there are more rows than
    `clustering.sweep` says, the others on all rows. None stands for a measure that does not exist
    here, as where every customer is a cluster. `parts` says which columns belong to one feature.
    """
    swept = sweep(matrix, parts)
    agreement, of_clusters = stabilities(matrix, labels)
    found = silhouette(matrix, labels)
    null = next((x.silhouette_null for x in swept.steps if x.n_clusters == labels.max() + 1), None)
    kind = verdict(found, null, swept.chance, bell_silhouette(matrix, labels), agreement)
    return {
        "border_share": border_share(matrix, labels),
        "calinski_harabasz": _measured(calinski_harabasz_score, matrix, labels),
        "davies_bouldin": _measured(davies_bouldin_score, matrix, labels),
        "inertia": inertia(matrix, labels),
        "silhouette": found,
        "silhouette_null": null,
        "sizes": dict(enumerate(np.bincount(labels).tolist())),
        "stability": agreement,
        "stability_by_cluster": dict(enumerate(of_clusters)),
        "sweep": [
            {
                "inertia": step.inertia,
                "n_clusters": step.n_clusters,
                "silhouette": step.silhouette,
                "silhouette_null": step.silhouette_null,
                "smallest_share": step.smallest_share,
            }
            for step in swept.steps
        ],
        "verdict": kind,
        "verdict_sentence": VERDICTS[kind],
    }


def verdict(
    found: float | None, null: float | None, chance: float, bell: float, agreement: float
) -> str:
    """Return which of VERDICTS holds for a silhouette.

    There is nothing to find unless it is further above its null than `chance` takes shuffled
    features. Groups are natural when it is also well above that of a bell-shaped cloud with the
    same spreads and correlations, not too low in itself, and samples agree on the clusters.
    """
    if found is None or null is None or found - null <= chance + AS_GOOD:
        return "nothing to find"
    distinct = found >= SUBSTANTIAL and found - bell >= DISTINCT
    if distinct and agreement >= MIN_STABILITY:
        return "natural groups"
    return "useful slices"


def border_share(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of customers to whom a second cluster is at most a tenth further off."""
    away = engine.distances(matrix, cluster_centers(matrix, labels))
    first, second = np.partition(away, 1, axis=1)[:, :2].T if away.shape[1] > 1 else (away, np.inf)
    return float(np.mean(second <= (1 + BORDER) * first))


def inertia(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the sum of the customers' squared distances to their clusters' centres."""
    gaps = matrix - cluster_centers(matrix, labels)[labels]
    return float((gaps**2).sum())


def stabilities(matrix: np.ndarray, labels: np.ndarray) -> tuple[float, list[float]]:
    """Return how well clusters of bootstrap samples agree with these, over all and for each.

    Over all: the mean adjusted Rand index, up to 1. For each cluster: the mean of the greatest
    Jaccard index that one of the bootstrapped clusters has with it, 0 to 1 (Hennig, 2007).
    """
    rows = sample_rows(len(matrix), REFIT_SAMPLE)
    points, expected = matrix[rows], labels[rows]
    again = list(bootstraps(points, labels.max() + 1))
    agreement = float(np.mean([adjusted_rand_score(expected, other) for other in again]))
    return agreement, np.mean([_jaccards(expected, other) for other in again], axis=0).tolist()


def _jaccards(expected: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the greatest Jaccard index of each expected cluster with one of the others."""
    n_clusters = max(expected.max(), other.max()) + 1
    shared = np.zeros((n_clusters, n_clusters))
    np.add.at(shared, (expected, other), 1)
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0) - shared
    return np.divide(shared, either, out=np.zeros_like(shared), where=either > 0).max(axis=1)


def bell_silhouette(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the silhouette of as many clusters in normal samples of the points' covariance.

    This is what SigClust (Liu et al., 2008) holds clusters against.
    """
    rows = matrix[sample_rows(len(matrix), NULL_SAMPLE)]
    covariance = np.atleast_2d(np.cov(rows, rowvar=False)) if len(rows) > 1 else np.eye(1)
    found = []
    for seed in range(N_SHUFFLES):
        rng = np.random.default_rng(seed)
        cloud = rng.multivariate_normal(np.zeros(len(covariance)), covariance, len(rows))
        again = engine.fit(cloud, labels.max() + 1, n_init=MANY_INIT).labels_
        found.append(silhouette(cloud, again) or 0.0)
    return float(np.mean(found))


def _measured(measure, matrix: np.ndarray, labels: np.ndarray) -> float | None:
    """Return scikit-learn's measure, None unless there are from 2 to n - 1 clusters."""
    if not FEWEST <= len(np.unique(labels)) < len(labels):
        return None
    with THREADS.limit(limits=1):
        return float(measure(matrix, labels))
