"""Find the clusters of the stored customers, store them, and tell what they are like."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

import progress
from clustering.choice import usual_features
from clustering.clusters import (
    DEFAULT_N_CLUSTERS,
    Clusters,
    find_clusters,
    nearest_cluster,
    place_like,
)
from clustering.engine import NO_CLUSTER
from clustering.features import DEFAULT_FEATURES
from clustering.model import Model, model_of
from clustering.sweep import MIN_SHARE
from db.copy import copy_out
from db.database import Connection, Database
from db.errors import UserError
from db.own import list_own_columns, read_own
from db.queries import clustering as statements
from db.queries import customers, schema
from db.tables import MissingData, NoCustomers
from schema import FEATURES

FEW = 2_000  # customers up to which it is quicker to label them in place
STAGES = {"reading customers": 25, "finding clusters": 40, "storing clusters": 35}


class NoClusters(MissingData):
    """No customer has a cluster."""

    message = "The customers have no clusters yet: find them with POST /conductClustering."


class UnknownSegmentation(UserError):
    """No segmentation is kept by that name."""

    message = "There is no segmentation of that name: GET /getSegmentations lists those kept."


class Report(NamedTuple):
    """Something found out about the clusters, as JSON, and the version of the data it is about."""

    version: str | None
    document: str


def conduct_clustering(
    database: Database,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] | None = None,
    min_share: float = MIN_SHARE,
) -> Clusters:
    """Give every customer a cluster and return the clusters.

    `n_clusters` is a number or "auto". Who lacks some of the features is placed by the others.
    Raises NoCustomers, UnknownFeature, and TooFewCustomers when there are fewer different ones than
    clusters.
    """
    progress.plan(STAGES)
    with database.writing("customers", "products") as conn:
        progress.advance("reading customers")
        figures = _with_own(conn, lock_and_read_customers(conn), features)
        progress.advance("finding clusters")
        clusters = find_clusters(figures, n_clusters, features, min_share)
        return _store(conn, clusters)


def conduct_clustering_like(database: Database, like: str, *, refit: bool = False) -> Clusters:
    """Give every customer the cluster of a kept segmentation that is nearest; return the clusters.

    To refit is to find them again from there on. Raises NoCustomers, UnknownSegmentation, and
    UnknownFeature when the customers have not got its features.
    """
    progress.plan(STAGES)
    with database.writing("customers", "products") as conn:
        model = read_kept(conn, like)
        progress.advance("reading customers")
        figures = _with_own(conn, lock_and_read_customers(conn), model.features)
        progress.advance("finding clusters")
        return _store(conn, place_like(model, figures, refit=refit), origin=like)


def preview_clustering(
    database: Database,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] | None = None,
    min_share: float = MIN_SHARE,
) -> dict:
    """Return summary, profiles and quality of clusters that are not stored."""
    with database.reading() as conn:
        _lock_for_reading(conn, NoCustomers)
        figures = _with_own(conn, _read_figures(conn, NoCustomers), features)
    clusters = find_clusters(figures, n_clusters, features, min_share)
    return clusters.remarks() | {
        "cluster": clusters.summary(),
        "profiles": clusters.profiles(),
        "quality": clusters.quality(),
    }


def cluster_quality(database: Database) -> Report:
    """Return how good the stored clusters are, nothing where there are none.

    It is found out once, however many ask at a time.
    """
    return _report(database, "quality", _quality)


def cluster_profiles(database: Database) -> Report:
    """Return name, size, share and features of each stored cluster; see `cluster_quality`."""
    return _report(database, "profiles", _profiles)


def lock_and_read_customers(conn: Connection) -> pd.DataFrame:
    """Return every customer's figures and cluster, by id; NaN stands for a missing value.

    Other writers wait until the transaction ends. Raises NoCustomers.
    """
    try:
        customers.lock_for_writing(conn)
    except UndefinedTable:
        raise NoCustomers from None
    return _read_figures(conn, NoCustomers)


def cluster_stored_customers(conn: Connection, figures: pd.DataFrame) -> Clusters:
    """Find the clusters of the customers just read and store them."""
    return _store(conn, find_clusters(_with_own(conn, figures, None)))


def read_clusters(conn: Connection, figures: pd.DataFrame | None = None) -> Clusters:
    """Return the stored clusters, of customers already read or not; raises NoClusters."""
    if figures is None:
        figures = _read_figures(conn, NoClusters)
    labels = figures["cluster"].fillna(NO_CLUSTER).to_numpy().astype(int)
    if (labels == NO_CLUSTER).all():
        raise NoClusters
    model = read_model(conn)
    if model is None or model.n_clusters <= labels.max():  # somebody else's clusters
        model = _model_of(conn, figures, labels)
    figures = _with_own(conn, figures, model.features)
    return Clusters(figures, model, replace(model.assign(figures), labels=labels))


def read_model(conn: Connection) -> Model | None:
    """Return what the clusters of the stored customers are; None where nobody found out."""
    current = statements.select_current(conn)
    return Model.from_json(current[0]) if current else None


def read_kept(conn: Connection, name: str) -> Model:
    """Return what the clusters of a kept segmentation are; raises UnknownSegmentation."""
    kept = statements.select_kept(conn, name=name)
    if kept is None:
        raise UnknownSegmentation
    return Model.from_json(kept[0])


def locate_customer(conn: Connection, customer: dict) -> tuple[int, dict[str, float]]:
    """Return the number of the stored cluster nearest to a customer, and the distance to each.

    Raises NoClusters, and MissingFigures when the customer lacks one that they were found by.
    """
    return nearest_cluster(read_model(conn) or read_clusters(conn).model, customer)


def _report(database: Database, name: str, find: Callable[[Connection], dict]) -> Report:
    """Return what was found out about the stored clusters; find it out if nobody has so far."""
    with database.reading() as conn:
        version, nobody = _lock_if_there(conn)
        known = "{}" if nobody else _known_report(conn, name)
    if known:
        return Report(version, known)
    with database.writing() as waiting:
        statements.claim_report(waiting, name=name)
        with database.reading() as conn:
            version, nobody = _lock_if_there(conn)
            document = "{}" if nobody else _known_report(conn, name) or _found_out(conn, find)
            at = statements.version_of_customers(conn)
        statements.store_report(waiting, name=name, version=at, report=document)
    return Report(version, document)


def _found_out(conn: Connection, find: Callable[[Connection], dict]) -> str:
    try:
        return json.dumps(find(conn), sort_keys=True)
    except NoClusters:
        return "{}"


def _known_report(conn: Connection, name: str) -> str | None:
    version = statements.version_of_customers(conn)
    return statements.select_report(conn, name=name, version=version)


def _quality(conn: Connection) -> dict:
    return read_clusters(conn).quality()


def _profiles(conn: Connection) -> dict:
    clusters = read_clusters(conn)
    read = [own.name for own in list_own_columns(conn) if own.name not in clusters.customers]
    customers_ = clusters.customers.join(read_own(conn, read)) if read else clusters.customers
    profiles = clusters._replace(customers=customers_).profiles()
    ids = _read_ids(conn)
    for profile in profiles.values():
        profile["typical"] = ids[profile["typical"]].tolist()
    return profiles


def _lock_for_reading(conn: Connection, nobody: type[UserError]) -> str | None:
    """Hold the customers as they are; return the version of the data."""
    try:
        return customers.lock_for_reading(conn)
    except UndefinedTable:
        raise nobody from None


def _lock_if_there(conn: Connection) -> tuple[str | None, bool]:
    """Hold the customers as they are; return the version of the data and whether there are none."""
    try:
        return customers.lock_for_reading(conn), False
    except UndefinedTable:
        conn.rollback()
        return schema.current_version(conn), True


def _read_figures(conn: Connection, nobody: type[UserError]) -> pd.DataFrame:
    figures = copy_out(conn, customers.copy_figures.sql, float)
    if figures.empty:
        raise nobody
    return figures


def _with_own(
    conn: Connection, figures: pd.DataFrame, features: Sequence[str] | None
) -> pd.DataFrame:
    """Return the figures with the customers' own columns, as far as the features need them."""
    features = features or usual_features(figures)
    if features and set(features) <= set(FEATURES):
        return figures
    names = [own.name for own in list_own_columns(conn)]
    if set(features) <= {*FEATURES, *names}:
        names = [name for name in names if name in features or not features]
    return figures.join(read_own(conn, names)) if names else figures


def _read_ids(conn: Connection) -> np.ndarray:
    return np.array([id_ for (id_,) in statements.select_ids(conn)], dtype=np.int64)


def _model_of(conn: Connection, figures: pd.DataFrame, labels: np.ndarray) -> Model:
    """Return the model of clusters that nobody remembers the model of."""
    features = schema.recall_features(conn) or DEFAULT_FEATURES
    return model_of(figures, labels, features).named(figures, labels)


def _store(conn: Connection, clusters: Clusters, origin: str | None = None) -> Clusters:
    """Store who is in which cluster and what the clusters are."""
    progress.advance("storing clusters")
    labels = clusters.labels.astype(np.uint8).tobytes()  # 255 for none
    few = len(labels) <= FEW
    if not (few and customers.label_in_place(conn, labels=labels, amount=len(labels))):
        _rewrite(conn, labels)
    schema.remember_features(conn, features=list(clusters.model.features))
    statements.store_current(conn, model=json.dumps(clusters.model.to_json()), origin=origin)
    progress.advance("storing clusters", 1, 1)
    return clusters


def _rewrite(conn: Connection, labels: bytes) -> None:
    customers.create_new_customers(conn)
    first = customers.first_id_without_gaps(conn, amount=len(labels))
    if first is None:
        customers.fill_new_customers_by_row(conn, labels=labels)
    else:
        customers.fill_new_customers_by_id(conn, labels=labels, first=first)
    customers.swap_in_new_customers(conn)
