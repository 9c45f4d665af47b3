"""Find a model among customers, wherever they are held.

An engine holds customers: in memory with scikit-learn (`InMemory`), or on many machines with Spark
(`clustering.spark`). All it must be able to do is to learn a scaling, to find centres and to count
who is nearest to which. Everything after works on the model.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from clustering import engine
from clustering.engine import NO_CLUSTER
from clustering.features import FeatureSpace, fences
from clustering.model import Assignment, Model


class Tally(NamedTuple):
    """What there is to count of clusters, one value for each centre.

    `order` has the centres by their members' mean income, upwards, or by their mean first feature
    where nobody's income is known; `reach` the distance beyond which a customer is unlike them.
    """

    sizes: np.ndarray
    reach: np.ndarray
    order: np.ndarray


class Engine(Protocol):
    """Customers, wherever they are held."""

    def fit_space(self, features: Sequence[str]) -> FeatureSpace:
        """Learn the scaling from the known values of the features."""

    def find_centers(
        self, space: FeatureSpace, n_clusters: int, start: np.ndarray | None = None
    ) -> np.ndarray:
        """Return the clusters' centres in any order, or in that of those to start from.

        Raises TooFewCustomers when there are fewer different customers than clusters.
        """

    def tally(self, space: FeatureSpace, centers: np.ndarray) -> Tally:
        """Count who is nearest to which centre."""

    def shared(self, space: FeatureSpace, before: np.ndarray, after: np.ndarray) -> np.ndarray:
        """Return how many are nearest to an earlier (row) and to a later centre (column)."""


class InMemory:
    """Customers in a frame, whose clusters scikit-learn finds."""

    def __init__(self, customers: pd.DataFrame):
        self._customers = customers
        self._space: FeatureSpace | None = None

    def fit_space(self, features: Sequence[str]) -> FeatureSpace:
        """Learn the scaling from the known values of the features."""
        return FeatureSpace.fit(self._customers, features)

    def points(self, space: FeatureSpace) -> np.ndarray:
        """Return the customers' points; those of the last space are kept."""
        if space is not self._space:
            self._space, self._points = space, space.transform(self._customers)
        return self._points

    def find_centers(
        self, space: FeatureSpace, n_clusters: int, start: np.ndarray | None = None
    ) -> np.ndarray:
        """Return the clusters' centres in any order, or in that of those to start from."""
        return engine.find_centers(self.points(space), n_clusters, start)

    def tally(self, space: FeatureSpace, centers: np.ndarray) -> Tally:
        """Count who is nearest to which centre; the distances are kept for `assignment`."""
        points = self.points(space)
        self._centers, self._away = centers, engine.distances(points, centers)
        labels = engine.nearest(self._away)
        members = [self._away[labels == n, n] for n in range(len(centers))]
        return Tally(
            np.array(list(map(len, members))),
            np.array([fences(own)[1] for own in members]),
            engine.order_by(labels, len(centers), self._amounts(points)),
        )

    def shared(self, space: FeatureSpace, before: np.ndarray, after: np.ndarray) -> np.ndarray:
        """Return how many are nearest to an earlier (row) and to a later centre (column)."""
        points = self.points(space)
        earlier, later = (engine.nearest(engine.distances(points, c)) for c in (before, after))
        return count_shared(earlier, later, len(before))

    def assignment(self, model: Model) -> Assignment:
        """Return who belongs where; the distances of the model that was found last are kept."""
        if len(self._centers) != model.n_clusters:
            return model.assign_points(self.points(model.space))
        places = [(self._centers == center).all(axis=1).argmax() for center in model.centers]
        return Assignment.to_nearest(self._away[:, places])

    def _amounts(self, points: np.ndarray) -> np.ndarray:
        incomes = self._customers["annual_income"].to_numpy(dtype=np.float64)
        return points[:, 0] if np.isnan(incomes).all() else incomes


def find_model(engine: Engine, space: FeatureSpace, n_clusters: int) -> Model:
    """Find the clusters of an engine's customers in a space; return them without names.

    Cluster 0 has the lowest mean annual income, and so on upwards. Raises TooFewCustomers when
    there are fewer different customers than clusters.
    """
    centers = engine.find_centers(space, n_clusters)
    tally = engine.tally(space, centers)
    return _model(space, centers, tally, tally.order)


def find_model_like(engine: Engine, model: Model) -> Model:
    """Find the clusters again, from the centres of a model on and in its space.

    Each new cluster has the number of the one it shares the most customers with.
    """
    space = model.space
    centers = engine.find_centers(space, model.n_clusters, start=model.centers)
    order = by_overlap(engine.shared(space, model.centers, centers))
    return _model(space, centers, engine.tally(space, centers), order, model.naming)


def _model(
    space: FeatureSpace, centers: np.ndarray, tally: Tally, order: np.ndarray, naming: tuple = ()
) -> Model:
    sizes = tuple(tally.sizes[order].tolist())
    return Model(space, centers[order], tally.reach[order], sizes, naming)


def count_shared(before: np.ndarray, after: np.ndarray, n_clusters: int) -> np.ndarray:
    """Return how many have an earlier label (row) and a later one (column)."""
    known = before != NO_CLUSTER
    shared = np.zeros((n_clusters, n_clusters), dtype=np.int64)
    np.add.at(shared, (before[known], after[known]), 1)
    return shared


def by_overlap(shared: np.ndarray) -> np.ndarray:
    """Return, for each earlier cluster, the later one that shares the most customers with it."""
    return linear_sum_assignment(shared, maximize=True)[1]
