"""Find the clusters of the stored customers, store them, and tell what they are like."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

from clustering.features import DEFAULT_FEATURES, FeatureSpace, complete_rows, feature_matrix
from clustering.kmeans import cluster_centers, cluster_customers, distances
from clustering.profiles import profiles, summarise
from clustering.quality import choose_n_clusters, quality
from db.copy import copy_out_doubles
from db.database import Connection, Database
from db.errors import SpeakingError
from db.queries import customers, schema

DEFAULT_N_CLUSTERS = 3
FIGURES = (
    "age",
    "occupation",
    "city",
    "annual_income",
    "annual_spending",
    "loan_balance",
    "credit_score",
    "cluster",
)
NO_CLUSTER = 255  # in the labels that are sent to the database, a byte each


class NoCustomers(SpeakingError):
    """There are no customers yet: generate them with POST /generateDataset."""


class NoClusters(SpeakingError):
    """The customers have no clusters yet: find them with POST /conductClustering."""


class MissingFigures(Exception):
    """A customer lacks figures that the clusters were found by."""


class Clusters(NamedTuple):
    """The stored clusters: their members' figures, and each member's cluster.

    `labels` counts the clusters from 0 without gaps; `numbers` has the number that each is stored
    under. `features` is what they were found by.
    """

    members: pd.DataFrame
    labels: np.ndarray
    numbers: list[int]
    features: tuple[str, ...]

    def by_number(self, of_clusters: Sequence) -> dict[str, object]:
        """Return one thing for each cluster under the number that it is stored under."""
        return {str(number): of_clusters[i] for i, number in enumerate(self.numbers)}


def conduct_clustering(
    database: Database,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] = DEFAULT_FEATURES,
) -> dict[str, dict]:
    """Give every customer a cluster and return what the clusters are like.

    `n_clusters` is a number or "auto". Customers who lack a value in one of the features get none.
    Raises NoCustomers, and TooFewCustomers when there are fewer different ones than clusters.
    """
    with database.writing("customers", "products") as conn:
        figures = cluster_stored_customers(
            conn, lock_and_read_customers(conn), n_clusters, features
        )
    clusters = _clusters(figures, features)
    return clusters.by_number(summarise(clusters.members, clusters.labels))


def cluster_quality(database: Database) -> dict:
    """Return how good the stored clusters are; raises NoClusters."""
    clusters = _read_clusters(database)
    measures = quality(feature_matrix(clusters.members, clusters.features), clusters.labels)
    return measures | {"sizes": clusters.by_number(measures["sizes"])}


def cluster_profiles(database: Database) -> dict[str, dict]:
    """Return name, size, share and features of each stored cluster; raises NoClusters."""
    clusters = _read_clusters(database)
    return clusters.by_number(profiles(clusters.members, clusters.labels))


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


def lock_and_read_customers(conn: Connection) -> pd.DataFrame:
    """Return every customer's figures and cluster, by id; NaN stands for a missing value.

    Other writers wait until the transaction ends. Raises NoCustomers.
    """
    try:
        customers.lock_for_writing(conn)
    except UndefinedTable:
        raise NoCustomers from None
    figures = _read_figures(conn)
    if figures.empty:
        raise NoCustomers
    return figures


def cluster_stored_customers(
    conn: Connection,
    figures: pd.DataFrame,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] = DEFAULT_FEATURES,
) -> pd.DataFrame:
    """Find the clusters of the customers just read and store them; return them with clusters."""
    complete = complete_rows(figures, features)
    matrix = feature_matrix(figures[complete], features)
    if n_clusters == "auto":
        n_clusters = choose_n_clusters(matrix)
    incomes = figures["annual_income"].to_numpy()[complete]
    labels = np.full(len(figures), NO_CLUSTER, dtype=np.uint8)
    labels[complete] = cluster_customers(matrix, n_clusters, incomes)
    _store(conn, labels, features)
    return figures.assign(cluster=np.where(complete, labels, np.nan))


def read_clusters(conn: Connection, figures: pd.DataFrame | None = None) -> Clusters:
    """Return the stored clusters, of customers already read or not; raises NoClusters."""
    figures = _read_figures(conn) if figures is None else figures
    return _clusters(figures, schema.recall_features(conn) or DEFAULT_FEATURES)


def _read_clusters(database: Database) -> Clusters:
    with database.reading() as conn:
        try:
            customers.lock_for_reading(conn)
        except UndefinedTable:
            raise NoClusters from None
        return read_clusters(conn)


def _read_figures(conn: Connection) -> pd.DataFrame:
    return copy_out_doubles(conn, customers.copy_figures.sql, FIGURES)


def _clusters(figures: pd.DataFrame, features: Sequence[str]) -> Clusters:
    members = figures[complete_rows(figures, [*features, "cluster"])]
    if members.empty:
        raise NoClusters
    numbers, labels = np.unique(members["cluster"].to_numpy(), return_inverse=True)
    return Clusters(members, labels, numbers.astype(int).tolist(), tuple(features))


def _store(conn: Connection, labels: np.ndarray, features: Sequence[str]) -> None:
    customers.create_new_customers(conn)
    customers.fill_new_customers_with_labels(conn, labels=labels.tobytes())
    customers.swap_in_new_customers(conn)
    schema.remember_features(conn, features=list(features))
