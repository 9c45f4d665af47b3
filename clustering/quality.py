"""How good clusters are, and how many there should be."""

import numpy as np
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
)

from clustering.kmeans import (
    THREADS,
    check_enough,
    cluster_centers,
    distinct_rows,
    fit,
    sample_rows,
)

SILHOUETTE_SAMPLE = 2_000  # compares each row with each; over such samples it varies by 0.006
REFIT_SAMPLE = 5_000  # for the sweep and the bootstraps, which cluster the rows dozens of times
N_BOOTSTRAPS = 20
FEWEST, MOST = 2, 10  # clusters in a sweep


def quality(matrix: np.ndarray, labels: np.ndarray) -> dict:
    """Return the measures of these clusters, and a sweep over other numbers of clusters.

    Silhouette, stability and sweep are taken on a sample where there are more rows than the
    constants above say, the others on all rows. None stands for a measure that does not exist
    here, as where every customer is a cluster.
    """
    return {
        "calinski_harabasz": _measured(calinski_harabasz_score, matrix, labels),
        "davies_bouldin": _measured(davies_bouldin_score, matrix, labels),
        "inertia": inertia(matrix, labels),
        "silhouette": silhouette(matrix, labels),
        "sizes": dict(enumerate(np.bincount(labels).tolist())),
        "stability": stability(matrix, labels),
        "sweep": sweep(matrix),
    }


def choose_n_clusters(matrix: np.ndarray) -> int:
    """Return the number of clusters, 2 to 10, that has the best silhouette; the lowest of equals.

    Raises TooFewCustomers when all rows are the same.
    """
    check_enough(distinct_rows(matrix, FEWEST), FEWEST)
    best = max(sweep(matrix), key=lambda step: step["silhouette"] or -1.0, default={})
    return best.get("n_clusters", FEWEST)


def sweep(matrix: np.ndarray) -> list[dict]:
    """Return inertia and silhouette for 2 to 10 clusters, as far as there are different rows.

    The inertia of a sample is scaled up to all rows.
    """
    rows = matrix[sample_rows(len(matrix), REFIT_SAMPLE)]
    steps = []
    for n_clusters in range(FEWEST, distinct_rows(rows, MOST) + 1):
        model = fit(rows, n_clusters)
        steps.append(
            {
                "inertia": model.inertia_ * len(matrix) / len(rows),
                "n_clusters": n_clusters,
                "silhouette": silhouette(rows, model.labels_),
            }
        )
    return steps


def silhouette(matrix: np.ndarray, labels: np.ndarray) -> float | None:
    """Return the mean silhouette coefficient, -1 to 1."""
    rows = sample_rows(len(matrix), SILHOUETTE_SAMPLE)
    return _measured(silhouette_score, matrix[rows], labels[rows])


def inertia(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the sum of the customers' squared distances to their clusters' centres."""
    gaps = matrix - cluster_centers(matrix, labels)[labels]
    return float((gaps**2).sum())


def stability(matrix: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean adjusted Rand index between these clusters and bootstrapped ones, up to 1.

    A bootstrap draws as many rows as there are, with replacement, clusters them, and says for
    every original row which of its clusters is the nearest.
    """
    rows = sample_rows(len(matrix), REFIT_SAMPLE)
    points, expected = matrix[rows], labels[rows]
    rng = np.random.default_rng(0)
    scores = []
    for _ in range(N_BOOTSTRAPS):
        model = fit(points[rng.integers(len(points), size=len(points))], labels.max() + 1)
        with THREADS.limit(limits=1):
            scores.append(adjusted_rand_score(expected, model.predict(points)))
    return float(np.mean(scores))


def _measured(measure, matrix: np.ndarray, labels: np.ndarray) -> float | None:
    """Return scikit-learn's measure, None unless there are from 2 to n - 1 clusters."""
    if not FEWEST <= len(np.unique(labels)) < len(labels):
        return None
    with THREADS.limit(limits=1):
        return float(measure(matrix, labels))
