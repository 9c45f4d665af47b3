"""Find the clusters of the stored customers, store them, and tell what they are like."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

from clustering.features import DEFAULT_FEATURES, feature_matrix
from clustering.profiles import profiles, summarise
from clustering.quality import quality
from clustering.segments import (
    DEFAULT_N_CLUSTERS,
    Clusters,
    clusters_of,
    find_clusters,
    nearest_cluster,
)
from db.copy import copy_out
from db.database import Connection, Database
from db.queries import customers, schema
from db.tables import MissingData, NoCustomers

FEW = 2_000  # customers up to which it is quicker to label them in place
NO_CLUSTER = 255  # in the labels that are sent to the database, a byte each


class NoClusters(MissingData):
    """No customer has a cluster."""

    message = "The customers have no clusters yet: find them with POST /conductClustering."


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
    clusters = clusters_of(figures, features)
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
    found = find_clusters(figures, n_clusters, features)
    _store(conn, found, features)
    return figures.assign(cluster=found)


def read_clusters(conn: Connection, figures: pd.DataFrame | None = None) -> Clusters:
    """Return the stored clusters, of customers already read or not; raises NoClusters."""
    figures = _read_figures(conn) if figures is None else figures
    clusters = clusters_of(figures, schema.recall_features(conn) or DEFAULT_FEATURES)
    if not clusters.numbers:
        raise NoClusters
    return clusters


def locate_customer(conn: Connection, customer: dict) -> tuple[int, dict[str, float]]:
    """Return the number of the stored cluster nearest to a customer, and the distance to each.

    Raises NoClusters, and MissingFigures when the customer lacks one that they were found by.
    """
    return nearest_cluster(read_clusters(conn), customer)


def _read_clusters(database: Database) -> Clusters:
    with database.reading() as conn:
        try:
            customers.lock_for_reading(conn)
        except UndefinedTable:
            raise NoClusters from None
        return read_clusters(conn)


def _read_figures(conn: Connection) -> pd.DataFrame:
    return copy_out(conn, customers.copy_figures.sql, float)


def _store(conn: Connection, found: np.ndarray, features: Sequence[str]) -> None:
    labels = np.where(np.isnan(found), NO_CLUSTER, found).astype(np.uint8).tobytes()
    few = len(labels) <= FEW
    if not (few and customers.label_in_place(conn, labels=labels, amount=len(labels))):
        _rewrite(conn, labels)
    schema.remember_features(conn, features=list(features))


def _rewrite(conn: Connection, labels: bytes) -> None:
    customers.create_new_customers(conn)
    first = customers.first_id_without_gaps(conn, amount=len(labels))
    if first is None:
        customers.fill_new_customers_by_row(conn, labels=labels)
    else:
        customers.fill_new_customers_by_id(conn, labels=labels, first=first)
    customers.swap_in_new_customers(conn)
