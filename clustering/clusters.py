"""The clusters that customers fall into: found, named and described."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from clustering.auto import MIN_SHARE, choose_n_clusters
from clustering.choice import check_features, default_features
from clustering.engine import NO_CLUSTER, is_learned_from, learning_rows
from clustering.features import DEFAULT_FEATURES, FeatureSpace, chosen_rows
from clustering.fitting import Engine, InMemory, find_model, find_model_like
from clustering.model import Assignment, MissingFigures, Model
from clustering.profiles import profiles, summarise
from clustering.quality import quality
from clustering.sweep import sweep

DEFAULT_N_CLUSTERS = 3
AUTO = "auto"


class Clusters(NamedTuple):
    """Customers in their clusters: who they are, what the clusters are, and who is in which.

    `reasons` are the sentences that say why there are so many, where nobody said how many.
    """

    customers: pd.DataFrame
    model: Model
    assignment: Assignment
    reasons: Sequence[str] = ()

    @property
    def labels(self) -> np.ndarray:
        """Each customer's cluster, int8; NO_CLUSTER for those who have none of the features."""
        return self.assignment.labels

    @property
    def is_member(self) -> np.ndarray:
        """Who is in a cluster, bool of shape (n_customers,)."""
        return self.labels != NO_CLUSTER

    @property
    def members(self) -> pd.DataFrame:
        """The customers who are in a cluster."""
        return chosen_rows(self.customers, self.is_member)

    def sizes(self) -> list[int]:
        """Return how many customers each cluster has."""
        members = self.labels[self.is_member]
        return np.bincount(members, minlength=self.model.n_clusters).tolist()

    def summary(self) -> dict[str, dict]:
        """Return each cluster's means and modes under its number."""
        found = summarise(self.customers, self.labels, self.model.n_clusters)
        return {str(cluster): summary for cluster, summary in found.items()}

    def profiles(self) -> dict[str, dict]:
        """Return name, size, share, features and more of each cluster under its number."""
        away = self.assignment.distances
        found = profiles(self.customers, self.labels, self.model.naming, away)
        return {str(cluster): profile for cluster, profile in found.items()}

    def quality(self) -> dict:
        """Return how good the clusters are; see `clustering.quality`."""
        points = self.model.space.transform(self.customers)
        learned = self.is_member & is_learned_from(points)
        numbers, labels = np.unique(self.labels[learned], return_inverse=True)
        parts = list(self.model.space.columns.values())
        found = quality(np.nan_to_num(points[learned]), labels, parts)
        for name in ("sizes", "stability_by_cluster"):
            found[name] = {str(number): found[name][i] for i, number in enumerate(numbers)}
        sizes = self.sizes()
        return found | {"sizes": {str(number): sizes[number] for number in numbers}}

    def remarks(self) -> dict[str, object]:
        """Return what there is to say beside the summary: nothing, where all is as documented.

        Those are the features where nobody chose the usual ones, how many have no cluster or were
        placed by some of the features, and why there are so many clusters.
        """
        features = self.model.features
        known = np.column_stack([self.customers[name].notna() for name in features])
        incomplete = int(np.count_nonzero(known.any(axis=1) & ~known.all(axis=1)))
        without = int(np.count_nonzero(~known.any(axis=1)))
        listed = ", ".join(features)
        found: dict[str, object] = {}
        if set(features) != set(DEFAULT_FEATURES):
            found["features"] = list(features)
        if incomplete:
            found["incomplete"] = incomplete
        if without:
            found["without_cluster"] = without
        if incomplete or without:
            found["why"] = " ".join(_why(incomplete, without, listed))
        if self.reasons:
            found["reasons"] = list(self.reasons)
        return found


def find_clusters(
    customers: pd.DataFrame,
    n_clusters: int | str = DEFAULT_N_CLUSTERS,
    features: Sequence[str] | None = None,
    min_share: float = MIN_SHARE,
) -> Clusters:
    """Find and name the clusters of customers.

    `n_clusters` is a number, or "auto" for as many as there are, none of them with less than
    `min_share` of the customers. Without features those of `default_features` count. Raises
    UnknownFeature, and TooFewCustomers when there are fewer different customers than clusters.
    """
    if features is None:
        features = default_features(customers)
    check_features(customers, features)
    engine = InMemory(customers)
    space = engine.fit_space(features)
    reasons: Sequence[str] = ()
    if n_clusters == AUTO:
        model, reasons = find_auto(engine, space, engine.points(space), min_share)
    else:
        model = find_model(engine, space, n_clusters)
    assignment = engine.assignment(model)
    return Clusters(customers, model.named(customers, assignment.labels), assignment, reasons)


def find_auto(
    engine: Engine, space: FeatureSpace, points: np.ndarray, min_share: float = MIN_SHARE
) -> tuple[Model, Sequence[str]]:
    """Find as many clusters as there are among points of the engine's customers, and say why.

    How large they are is judged among all the customers.
    """
    swept = sweep(learning_rows(points), list(space.columns.values()))
    n_clusters, reasons = choose_n_clusters(swept, min_share)
    found: dict[int, Model] = {}
    while n_clusters not in found:
        found[n_clusters] = model = find_model(engine, space, n_clusters)
        swept = swept.with_smallest(n_clusters, min(model.sizes) / sum(model.sizes))
        n_clusters, reasons = choose_n_clusters(swept, min_share)
    return found[n_clusters], reasons


def place_like(model: Model, customers: pd.DataFrame, *, refit: bool = False) -> Clusters:
    """Place customers in the clusters of a model, found again from its centres on if so wanted.

    Raises UnknownFeature when the customers have not got the model's features.
    """
    check_features(customers, model.features)
    if refit:
        engine = InMemory(customers)
        model = find_model_like(engine, model)
        assignment = engine.assignment(model)
    else:
        assignment = model.assign(customers)
    return Clusters(customers, model.named(customers, assignment.labels), assignment)


def nearest_cluster(model: Model, customer: dict) -> tuple[int, dict[str, float]]:
    """Return the number of the cluster nearest to a customer, and the distance to each.

    Raises MissingFigures when the customer lacks one that the clusters were found by.
    """
    known = {name: customer.get(name) for name in model.features}
    if missing := [name for name, value in known.items() if value is None]:
        raise MissingFigures(f"The customer needs a value for {' and '.join(missing)}.")
    assignment = model.assign(pd.DataFrame([known]).astype(_types(model)))
    (away,) = assignment.distances.tolist()
    return int(assignment.labels[0]), {str(number): d for number, d in enumerate(away)}


def _types(model: Model) -> dict[str, type]:
    return {part.name: float for part in model.space.parts if part.is_numeric}


def _why(incomplete: int, without: int, features: str) -> Iterator[str]:
    if incomplete:
        yield f"{incomplete} lack some of {features} and were placed by the others."
    if without:
        yield f"{without} lack all of {features} and have no cluster."
