"""The clusters that customers fall into, as one thing: found, numbered, and searched."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from clustering.features import (
    DEFAULT_FEATURES,
    FeatureSpace,
    chosen_rows,
    complete_rows,
    feature_matrix,
)
from clustering.kmeans import cluster_centers, cluster_customers, distances
from clustering.quality import choose_n_clusters

DEFAULT_N_CLUSTERS = 3


class MissingFigures(Exception):
    """A customer lacks figures that the clusters were found by."""


class Clusters(NamedTuple):
    """Some clusters: their members' figures, and each member's cluster.

    `labels` counts the clusters from 0 without gaps; `numbers` has the number that each goes by.
    `features` is what they were found by.
    """

    members: pd.DataFrame
    labels: np.ndarray
    numbers: list[int]
    features: tuple[str, ...]

    def by_number(self, of_clusters: Sequence) -> dict[str, object]:
        """Return one thing for each cluster under the number that it goes by."""
        return {str(number): of_clusters[i] for i, number in enumerate(self.numbers)}


def find_clusters(
    figures: pd.DataFrame,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] = DEFAULT_FEATURES,
) -> np.ndarray:
    """Return each customer's cluster, float64 of shape (n,); NaN who lacks one of the features.

    `n_clusters` is a number or "auto". Raises TooFewCustomers when there are fewer different
    customers than clusters.
    """
    complete = complete_rows(figures, features)
    matrix = feature_matrix(chosen_rows(figures, complete), features)
    if n_clusters == "auto":
        n_clusters = choose_n_clusters(matrix)
    found = np.full(len(figures), np.nan)
    incomes = figures["annual_income"].to_numpy()[complete]
    found[complete] = cluster_customers(matrix, n_clusters, incomes)
    return found


def clusters_of(figures: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES) -> Clusters:
    """Return the clusters of customers whose column `cluster` has their number, NaN for none."""
    members = chosen_rows(figures, complete_rows(figures, [*features, "cluster"]))
    numbers, labels = np.unique(members["cluster"].to_numpy(), return_inverse=True)
    return Clusters(members, labels, numbers.astype(int).tolist(), tuple(features))


def nearest_cluster(clusters: Clusters, customer: dict) -> tuple[int, dict[str, float]]:
    """Return the number of the cluster nearest to a customer, and the distance to each.

    Distances are Euclidean, in the space that the clusters were found in. Raises MissingFigures.
    """
    missing = [name for name in clusters.features if customer.get(name) is None]
    if missing:
        raise MissingFigures(f"The customer needs a value for {' and '.join(missing)}.")
    figures = pd.DataFrame([{name: float(customer[name]) for name in clusters.features}])
    space = FeatureSpace.fit(clusters.members, clusters.features)
    centers = cluster_centers(space.transform(clusters.members), clusters.labels)
    (away,) = distances(space.transform(figures), centers).tolist()
    return clusters.numbers[int(np.argmin(away))], clusters.by_number(away)
