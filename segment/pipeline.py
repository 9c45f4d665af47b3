"""The walk on frames: find the clusters, tell what they are like, match the products."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from clustering.clusters import Clusters, find_clusters
from product_match.eligibility import first_eligible
from product_match.scoring import match
from schema import FEATURES


class Segments(NamedTuple):
    """The clusters of some customers: who is in them, and their profiles by number.

    `found` has each customer's cluster, missing for those who have none of the features.
    """

    found: np.ndarray
    clusters: Clusters
    profiles: dict[int, dict]


def find_segments(
    customers: pd.DataFrame, n_clusters: int | str, features: Sequence[str] | None = None
) -> Segments:
    """Find and describe the clusters, as the service does; raises TooFewCustomers."""
    figures = customers.astype(dict.fromkeys(FEATURES, "float64"))
    clusters = find_clusters(figures, n_clusters, features)
    found = np.where(clusters.is_member, clusters.labels, np.nan)
    profiles = {int(number): profile for number, profile in clusters.profiles().items()}
    return Segments(found, clusters, profiles)


def match_products(segments: Segments, products: pd.DataFrame) -> pd.DataFrame:
    """Return the products recommended to each cluster, best first, with their names and reasons.

    The columns are those of product_match.scoring.match and product_name.
    """
    clusters = segments.clusters
    matches = match(products, clusters.members, clusters.labels[clusters.is_member])
    return matches.merge(products[["product_id", "product_name"]], how="left", on="product_id")


def with_segments(
    customers: pd.DataFrame,
    segments: Segments,
    products: pd.DataFrame | None = None,
    matches: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the customers with their cluster and its name, and the product to offer first.

    That is the best of the cluster's products whose criteria the customer meets. Nobody without a
    cluster is offered any; without products there are no such columns.
    """
    names = [profile["name"] for profile in segments.profiles.values()]
    customers = customers.assign(
        cluster=pd.array(segments.found, dtype="Int64"),
        cluster_name=_chosen(np.nan_to_num(segments.found, nan=-1).astype(int), names),
    )
    if matches is None:
        return customers
    best = _best_offers(customers, products, matches)
    return customers.assign(
        best_product_id=_chosen(best, products["product_id"].astype(int)),
        best_product=_chosen(best, products["product_name"]),
    )


def _best_offers(
    customers: pd.DataFrame, products: pd.DataFrame, matches: pd.DataFrame
) -> np.ndarray:
    """Return the position of each customer's best product; -1 for none."""
    best = np.full(len(customers), -1)
    positions = pd.Series(np.arange(len(products)), index=products["product_id"])
    for cluster, offered in matches.groupby("cluster"):
        members = np.flatnonzero(customers["cluster"].eq(cluster).fillna(value=False))
        rows = positions.loc[offered["product_id"]].to_numpy()
        first = first_eligible(products.iloc[rows], customers.iloc[members])
        best[members] = np.append(rows, -1)[first]
    return best


def _chosen(positions: np.ndarray, texts: Sequence) -> pd.Categorical:
    """Return the text at each position, missing at -1."""
    codes, different = pd.factorize(np.asarray(texts, dtype=object))
    return pd.Categorical.from_codes(np.append(codes, -1)[positions], categories=different)
