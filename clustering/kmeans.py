"""K-Means over customers: the same customers always give the same clusters."""

import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import ThreadpoolController

RANDOM_STATE = 0
N_INIT = 10
START_SAMPLE = 20_000  # rows on which the starts are chosen; the iterations then run on all rows
THREADS = ThreadpoolController()


class TooFewCustomers(Exception):
    """There are fewer different customers than clusters; `fact` says so without advice."""

    def __init__(self, found: int, n_clusters: int):
        self.fact = (
            f"{n_clusters} clusters need at least {n_clusters} different customers who have every"
            f" feature, but there {'is' if found == 1 else 'are'} {found}"
        )
        super().__init__(
            f"{self.fact}: ask for fewer clusters or other features, or get more customers with"
            " POST /generateDataset or POST /importCustomers."
        )


def cluster_customers(matrix: np.ndarray, n_clusters: int, incomes: np.ndarray) -> np.ndarray:
    """Return each customer's cluster, int8 of shape (n,); 0 has the lowest mean income.

    Raises TooFewCustomers when the matrix has fewer different rows than `n_clusters`.
    """
    check_enough(distinct_rows(matrix, n_clusters), n_clusters)
    labels = fit(matrix, n_clusters).labels_
    check_enough(np.count_nonzero(np.bincount(labels)), n_clusters)  # some may differ too little
    return by_income(labels, n_clusters, incomes)


def fit(matrix: np.ndarray, n_clusters: int, random_state: int = RANDOM_STATE) -> KMeans:
    """Return scikit-learn's K-Means, fitted until no customer changes cluster.

    One thread: several would add up their parts in whatever order they finish, and 32-bit sums
    depend on the order. On a few columns one thread is no slower.
    """
    with THREADS.limit(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # check_enough says it better
        start = KMeans(n_clusters, n_init=N_INIT, random_state=random_state, tol=0)
        start.fit(matrix[sample_rows(len(matrix), START_SAMPLE)])
        if len(matrix) <= START_SAMPLE:
            return start
        return KMeans(n_clusters, init=start.cluster_centers_, n_init=1, tol=0).fit(matrix)


def sample_rows(n: int, size: int) -> np.ndarray:
    """Return the positions of `size` of n rows, always the same ones, or of all n if fewer."""
    if n <= size:
        return np.arange(n)
    return np.random.default_rng(RANDOM_STATE).choice(n, size, replace=False)


def by_income(labels: np.ndarray, n_clusters: int, incomes: np.ndarray) -> np.ndarray:
    """Renumber the clusters by their mean income, upwards; unknown incomes do not count.

    Equal means are ordered by the clusters' first members, clusters without incomes come last.
    """
    known = ~np.isnan(incomes)
    counts = np.bincount(labels[known], minlength=n_clusters)
    sums = np.bincount(labels[known], incomes[known], minlength=n_clusters)
    means = np.divide(sums, counts, out=np.full(n_clusters, np.inf), where=counts > 0)
    first = [np.argmax(labels == label) for label in range(n_clusters)]
    rank = np.empty(n_clusters, dtype=np.int8)
    rank[np.lexsort((first, means))] = np.arange(n_clusters)
    return rank[labels]


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
    """Return each cluster's mean point, shape (n_clusters, n_columns)."""
    sizes = np.bincount(labels)
    return np.column_stack([np.bincount(labels, column) for column in matrix.T]) / sizes[:, None]


def distances(matrix: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """Return each customer's Euclidean distance to each centre, shape (n, n_clusters)."""
    return np.linalg.norm(matrix[:, None, :] - centers[None, :, :], axis=2)
