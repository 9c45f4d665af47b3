"""K-Means over customers: the same customers always give the same clusters."""

import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import ThreadpoolController

import progress

RANDOM_STATE = 0
N_INIT = 20  # starts; 10 miss the best known clusters of some published tables, 20 find them
START_SAMPLE = 20_000  # rows on which the starts are chosen; the iterations then run on all rows
ROWS_AT_ONCE = 65_536
NO_CLUSTER = -1
THREADS = ThreadpoolController()


class TooFewCustomers(Exception):
    """There are fewer different customers than clusters; `fact` says so without advice."""

    def __init__(self, found: int, n_clusters: int):
        self.fact = (
            f"{n_clusters} clusters need at least {n_clusters} different customers"
            f", but there {'is' if found == 1 else 'are'} {found}"
        )
        super().__init__(
            f"{self.fact}: ask for fewer clusters or other features, or get more customers with"
            " POST /generateDataset or POST /importCustomers."
        )


def find_centers(
    points: np.ndarray, n_clusters: int, start: np.ndarray | None = None
) -> np.ndarray:
    """Return the clusters' centres, float64 of shape (n_clusters, n_columns), in any order.

    With centres to start from, each becomes the one in its place. Raises TooFewCustomers when the
    points have fewer different rows than `n_clusters`.
    """
    rows = learning_rows(points)
    check_enough(distinct_rows(rows, n_clusters), n_clusters)
    model = fit(rows, n_clusters) if start is None else refit(rows, start)
    check_enough(np.count_nonzero(np.bincount(model.labels_)), n_clusters)  # some differ too little
    return model.cluster_centers_.astype(np.float64)


def learning_rows(points: np.ndarray) -> np.ndarray:
    """Return the points to learn from, without a gap; see `is_learned_from`."""
    learned = is_learned_from(points)
    return np.nan_to_num(points if learned.all() else points[learned])


def is_learned_from(points: np.ndarray) -> np.ndarray:
    """Return whose points are learned from, bool of shape (n,).

    These are the complete ones, or all that have anything where fewer than half of those are
    complete; what these lack stands at the mean then.
    """
    missing = np.isnan(points)
    complete, known = ~missing.any(axis=1), ~missing.all(axis=1)
    enough = 2 * np.count_nonzero(complete) >= np.count_nonzero(known)
    return complete if enough else known


def fit(
    matrix: np.ndarray, n_clusters: int, random_state: int = RANDOM_STATE, n_init: int = N_INIT
) -> KMeans:
    """Return scikit-learn's K-Means, fitted until no customer changes cluster.

    One thread: several would add up their parts in whatever order they finish, and 32-bit sums
    depend on the order. On a few columns one thread is no slower.
    """
    with THREADS.limit(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # check_enough says it better
        start = KMeans(n_clusters, n_init=n_init, random_state=random_state, tol=0)
        start.fit(matrix[sample_rows(len(matrix), START_SAMPLE)])
    return start if len(matrix) <= START_SAMPLE else refit(matrix, start.cluster_centers_)


def refit(matrix: np.ndarray, start: np.ndarray) -> KMeans:
    """Return scikit-learn's K-Means, fitted from these centres on."""
    with THREADS.limit(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        start = start.astype(matrix.dtype)
        return KMeans(len(start), init=start, n_init=1, tol=0).fit(matrix)


def sample_rows(n: int, size: int) -> np.ndarray:
    """Return the positions of `size` of n rows, always the same ones, or of all n if fewer."""
    if n <= size:
        return np.arange(n)
    return np.random.default_rng(RANDOM_STATE).choice(n, size, replace=False)


def distances(points: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """Return each customer's Euclidean distance to each centre, float64 of shape (n, n_clusters).

    What a customer lacks does not count, and the rest is scaled up to all columns; NaN for who
    lacks everything.
    """
    away = np.empty((len(points), len(centers)))
    for start in range(0, len(points), ROWS_AT_ONCE):
        rows = points[start : start + ROWS_AT_ONCE]
        away[start : start + ROWS_AT_ONCE] = _distances(rows.astype(np.float64), centers)
        progress.advance("measuring distances", start + len(rows), len(points))
    return away


def _distances(rows: np.ndarray, centers: np.ndarray) -> np.ndarray:
    missing = np.isnan(rows)
    some = missing.any()
    squares = np.zeros((len(rows), len(centers)))
    for column, center in zip(rows.T, centers.T, strict=True):
        gaps = (column[:, None] - center) ** 2
        squares += np.nan_to_num(gaps, copy=False) if some else gaps
    if some:
        known = rows.shape[1] - np.count_nonzero(missing, axis=1)
        squares *= np.divide(rows.shape[1], known, out=np.full(len(rows), np.nan), where=known > 0)[
            :, None
        ]
    return np.sqrt(squares)


def nearest(away: np.ndarray) -> np.ndarray:
    """Return the nearest centre by these distances, int8 of shape (n,); NO_CLUSTER for none."""
    labels = away.argmin(axis=1).astype(np.int8)
    labels[np.isnan(away[:, 0])] = NO_CLUSTER
    return labels


def order_by(labels: np.ndarray, n_clusters: int, amounts: np.ndarray) -> np.ndarray:
    """Return the clusters in the order of their mean amounts, upwards; unknown ones do not count.

    Equal means are ordered by the clusters' first members, clusters without amounts come last.
    """
    known = ~np.isnan(amounts) & (labels != NO_CLUSTER)
    counts = np.bincount(labels[known], minlength=n_clusters)
    sums = np.bincount(labels[known], amounts[known], minlength=n_clusters)
    means = np.divide(sums, counts, out=np.full(n_clusters, np.inf), where=counts > 0)
    first = [np.argmax(labels == label) for label in range(n_clusters)]
    return np.lexsort((first, means))


def check_enough(found: int, n_clusters: int) -> None:
    """Raise TooFewCustomers unless as many different customers were found as clusters."""
    if found < n_clusters:
        raise TooFewCustomers(found, n_clusters)


def distinct_rows(matrix: np.ndarray, at_most: int) -> int:
    """Count the different rows of the matrix, no further than `at_most`."""
    found = 0
    while len(matrix) and found < at_most:
        matrix = matrix[(matrix != matrix[0]).any(axis=1)]
        found += 1
    return found


def cluster_centers(matrix: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the mean points, shape (n_clusters, n_columns); infinity for an empty cluster."""
    sizes = np.bincount(labels)[:, None]
    sums = np.column_stack([np.bincount(labels, column) for column in matrix.T])
    return np.divide(sums, sizes, out=np.full(sums.shape, np.inf), where=sizes > 0)
