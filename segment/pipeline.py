"""The walk on frames: find the clusters, tell what they are like, match the products."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from clustering.clusters import Clusters, find_clusters, place_like
from clustering.engine import NO_CLUSTER
from clustering.model import Model
from product_match.columns import offer_columns, picked
from product_match.control import control_group
from product_match.lists import cluster_lists
from product_match.offers import FIGURES, NONE, find_offers
from product_match.reasons import give_reasons
from schema import FEATURES


class Segments(NamedTuple):
    """The clusters of some customers: who is in them, and their profiles by number.

    `found` has each customer's cluster, missing for those who have none of the features.
    """

    found: np.ndarray
    clusters: Clusters
    profiles: dict[int, dict]


def find_segments(
    customers: pd.DataFrame,
    n_clusters: int | str,
    features: Sequence[str] | None = None,
    like: Model | None = None,
    *,
    refit: bool = False,
) -> Segments:
    """Find and describe the clusters, as the service does, or place customers like a model.

    Raises TooFewCustomers and UnknownFeature.
    """
    figures = customers.astype(dict.fromkeys(FEATURES, "float64"))
    if like is None:
        return describe(find_clusters(figures, n_clusters, features))
    return describe(place_like(like, figures, refit=refit))


def describe(clusters: Clusters) -> Segments:
    """Return what there is to say of clusters."""
    found = np.where(clusters.is_member, clusters.labels, np.nan)
    profiles = {int(number): profile for number, profile in clusters.profiles().items()}
    return Segments(found, clusters, profiles)


class Matches(NamedTuple):
    """What is offered to some customers: to each of them, and to each cluster, best first.

    `lists` has the columns of product_match.lists.cluster_lists and product_name; `columns` are
    those of product_match.columns.offer_columns, a row a customer.
    """

    lists: pd.DataFrame
    columns: pd.DataFrame


def match_products(customers: pd.DataFrame, segments: Segments, products: pd.DataFrame) -> Matches:
    """Find what each customer and each cluster is offered, as the service does."""
    figures = customers[list(FIGURES)].astype("float64")
    labels = np.nan_to_num(segments.found, nan=NONE).astype(int)
    found = find_offers(figures, products, labels)
    lists = cluster_lists(figures, labels, found)
    names = products[["product_id", "product_name"]]
    return Matches(
        lists.merge(names, how="left", on="product_id"),
        offer_columns(found, give_reasons(figures, found)).set_index(customers.index),
    )


def with_segments(
    customers: pd.DataFrame,
    segments: Segments,
    matches: Matches | None = None,
    control: float | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the customers with their cluster, its name, what they are offered, and why.

    With `control`, about this share of them are said to be in the control group. Without matches
    there are no offers' columns.
    """
    labels = np.nan_to_num(segments.found, nan=NO_CLUSTER).astype(int)
    customers = customers.assign(**_cluster_columns(labels, segments.clusters.model))
    if matches is not None:
        customers = customers.join(matches.columns)
    if control is not None:
        customers["control"] = control_group(_names(customers), control, seed)
    return customers


def segment_columns(
    customers: pd.DataFrame,
    model: Model,
    products: pd.DataFrame | None = None,
    control: float | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the columns that `with_segments` adds, of some customers, by a model alone."""
    labels = model.assign(customers).labels.astype(int)
    added = pd.DataFrame(_cluster_columns(labels, model), index=customers.index)
    if products is not None:
        figures = customers[list(FIGURES)].astype("float64")
        found = find_offers(figures, products, labels)
        added = added.join(offer_columns(found, give_reasons(figures, found)))
    if control is not None:
        added["control"] = control_group(_names(customers), control, seed)
    return added


def _cluster_columns(labels: np.ndarray, model: Model) -> dict[str, object]:
    numbers = pd.array(np.where(labels == NO_CLUSTER, np.nan, labels), dtype="Int64")
    return {"cluster": numbers, "cluster_name": picked(labels, model.names)}


def _names(customers: pd.DataFrame) -> pd.Series:
    """Return each customer's reference, or the id of one who has none."""
    ids = customers["customer_id"].astype(int)
    return customers["reference"].fillna(ids) if "reference" in customers else ids
