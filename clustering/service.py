"""Find the clusters of the stored customers, store them, and tell what they are like."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

import progress
from clustering.auto import MIN_SHARE
from clustering.choice import usual_features
from clustering.clusters import (
    AUTO,
    DEFAULT_N_CLUSTERS,
    Clusters,
    find_clusters,
    nearest_cluster,
    place_like,
)
from clustering.engine import NO_CLUSTER
from clustering.features import DEFAULT_FEATURES
from clustering.model import Model, model_of
from clustering.segmentation import Members, drift_report, migration, said
from db import reads, tables
from db.copy import copy_out
from db.database import Connection, Database
from db.documents import json_document
from db.errors import UserError
from db.own import list_own_columns, read_own, read_references
from db.queries import clustering as statements
from db.queries import customers, own, schema
from db.tables import MissingData, NoCustomers
from schema import FEATURES

MOST_KEPT = 100  # segmentations
MOST_MOVED = 10_000  # customers who are listed one by one
FEW = 2_000  # customers up to which it is quicker to label them in place
LABELS_AT_ONCE = 50_000
STAGES = {  # in the order in which they come, with about how long each takes beside the others
    "reading customers": 25,
    "finding clusters": 20,
    "measuring distances": 15,
    "storing clusters": 35,
    tables.INDEXING: 5,
}
STAGES_OF_CHOICE = {"reading customers": 25, "comparing numbers of clusters": 20} | STAGES


class NoClusters(MissingData):
    """No customer has a cluster."""

    message = "The customers have no clusters yet: find them with POST /conductClustering."


class UnknownSegmentation(UserError):
    """No segmentation is kept by that name."""

    message = "There is no segmentation of that name: GET /getSegmentations lists those kept."


class TooManySegmentations(UserError):
    """As many are kept as may be."""

    message = f"{MOST_KEPT} segmentations are kept: drop one with POST /dropSegmentation first."


class UnknownCluster(UserError):
    """The customers have no cluster of that number."""

    message = "There is no cluster of that number: GET /getClustersAmounts lists those there are."


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
    progress.plan(STAGES_OF_CHOICE if n_clusters == AUTO else STAGES)
    with database.writing("customers", "products") as conn:
        progress.advance("reading customers")
        figures = _with_own(conn, lock_and_read_customers(conn), features)
        progress.advance("finding clusters")
        clusters = find_clusters(figures, n_clusters, features, min_share)
        return _store(conn, _with_given_names(conn, clusters))


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


def save_segmentation(database: Database, name: str) -> dict:
    """Keep the stored clusters by a name: what they are, and who is in which.

    An earlier one of that name is replaced. Raises NoClusters and TooManySegmentations.
    """
    with database.writing("customers") as conn:
        _lock_for_reading(conn, NoClusters)
        clusters = read_clusters(conn)
        if statements.count_kept(conn) >= MOST_KEPT:
            raise TooManySegmentations
        model = json.dumps(clusters.model.to_json())
        statements.keep(conn, name=name, model=model, **_members(conn, clusters.labels).pack())
        statements.store_current(conn, model=model, origin=name)
    return _described(name, clusters.model)


def list_segmentations(database: Database) -> list[dict]:
    """Return what is kept, the latest first."""
    with database.reading() as conn:
        return [
            _described(name, Model.from_json(model)) | {"saved_at": saved_at}
            for name, model, saved_at in statements.list_kept(conn)
        ]


def drop_segmentation(database: Database, name: str) -> None:
    """Forget what is kept by a name; raises UnknownSegmentation."""
    with database.writing("customers") as conn:
        if not statements.drop_kept(conn, name=name):
            raise UnknownSegmentation


def rename_cluster(database: Database, cluster: int, name: str) -> Model:
    """Give a stored cluster a name, which stays while its number does; return the clusters.

    The kept segmentation that it has its number from knows it by that name from now on, too. Raises
    NoClusters and UnknownCluster.
    """
    with database.writing("customers") as conn:
        _lock_for_reading(conn, NoClusters)
        model = read_clusters(conn).model
        if cluster >= model.n_clusters:
            raise UnknownCluster
        model = model.renamed(cluster, name)
        _, origin = statements.select_current(conn) or (None, None)
        statements.store_current(conn, model=json.dumps(model.to_json()), origin=origin)
        if origin and (kept := statements.select_kept(conn, name=origin)):
            renamed = Model.from_json(kept[0]).renamed(cluster, name)
            statements.change_kept(conn, name=origin, model=json.dumps(renamed.to_json()))
    return model


def get_migration(database: Database, since: str) -> Report:
    """Return who moved from which kept cluster to which stored one, and what follows from that.

    Raises UnknownSegmentation and NoClusters.
    """
    with database.reading() as conn:
        version, nobody = _lock_if_there(conn)
        kept = statements.select_kept(conn, name=since)
        if kept is None:
            raise UnknownSegmentation
        if nobody:
            raise NoClusters
        clusters = read_clusters(conn)
        model, keys, labels, referenced = kept
        model = Model.from_json(model)
        before = Members.unpack(keys, labels, referenced=referenced)
        found = migration(before, _members(conn, clusters.labels))
        figures = _with_own(conn, clusters.customers, model.features)
        moved = _moved(found.moved, _read_ids(conn), _read_references(conn))
    answer = found.to_json() | {
        "from": since,
        "moved_customers": moved,
        "names": {"from": list(model.names), "to": list(clusters.model.names)},
        "sizes": {"from": list(model.sizes), "to": clusters.sizes()},
    }
    return Report(version, json_document(answer | drift_report(model, figures)))


def current_model(database: Database) -> Model:
    """Return what the clusters of the stored customers are; raises NoClusters."""
    with database.reading() as conn:
        _lock_for_reading(conn, NoClusters)
        return read_model(conn) or read_clusters(conn).model


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
        return json_document(find(conn))
    except NoClusters:
        return "{}"


def _known_report(conn: Connection, name: str) -> str | None:
    version = statements.version_of_customers(conn)
    return statements.select_report(conn, name=name, version=version)


def _quality(conn: Connection) -> dict:
    return read_clusters(conn).quality()


def _profiles(conn: Connection) -> dict:
    clusters = read_clusters(conn)
    own_columns = [column.name for column in list_own_columns(conn)]
    read = [name for name in own_columns if name not in clusters.customers]
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
    version, read_page = reads.lock_existing(conn, reads.CUSTOMERS)
    return version, read_page is None


def _read_figures(conn: Connection, nobody: type[UserError]) -> pd.DataFrame:
    rows = customers.highest_id(conn) if progress.is_wanted() else None
    figures = copy_out(conn, customers.copy_figures.sql, float, "reading customers", rows)
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
    names = [column.name for column in list_own_columns(conn)]
    if set(features) <= {*FEATURES, *names}:
        names = [name for name in names if name in features or not features]
    return figures.join(read_own(conn, names)) if names else figures


def _members(conn: Connection, labels: np.ndarray) -> Members:
    return Members.of(_read_ids(conn), _read_references(conn), labels)


def _read_references(conn: Connection) -> pd.Series | None:
    return read_references(conn) if own.has_references(conn) else None


def _described(name: str, model: Model) -> dict:
    """Return a segmentation as it is listed."""
    clusters = [
        {"cluster": number, "name": text, "size": size}
        for number, (text, size) in enumerate(zip(model.names, model.sizes, strict=True))
    ]
    return {"clusters": clusters, "features": list(model.features), "name": name}


def _moved(moved: pd.DataFrame, ids: np.ndarray, references: pd.Series | None) -> list[dict]:
    """Return those who moved, no more than MOST_MOVED of them, by id."""
    rows = []
    for position, one, other in moved.head(MOST_MOVED).itertuples(index=False):
        named = {} if references is None else {"reference": references[position]}
        rows.append(
            {"customer_id": int(ids[position]), "from": said(one), "to": said(other)} | named
        )
    return rows


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
    return clusters


def _with_given_names(conn: Connection, clusters: Clusters) -> Clusters:
    """Return the clusters with the names given by hand, if they are those that were stored."""
    before, model = read_model(conn), clusters.model
    if before is None or before.space != model.space:
        return clusters
    if not np.array_equal(before.centers, model.centers):
        return clusters
    for cluster, name in enumerate(before.naming):
        if not name.keys:
            model = model.renamed(cluster, name.text)
    return clusters._replace(model=model)


def _rewrite(conn: Connection, labels: bytes) -> None:
    customers.create_new_customers(conn)
    first = customers.first_id_without_gaps(conn, amount=len(labels))
    if first is None:
        customers.fill_new_customers_by_row(conn, labels=labels)
    else:
        for start in range(0, len(labels), LABELS_AT_ONCE):
            part = labels[start : start + LABELS_AT_ONCE]
            customers.fill_new_customers_by_id(conn, labels=part, first=first + start)
            progress.advance("storing clusters", start + len(part), len(labels))
    progress.advance(tables.INDEXING)
    customers.swap_in_new_customers(conn)
