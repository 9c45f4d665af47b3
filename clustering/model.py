"""What the clusters are: scaling, centres and names, to place these customers or others.

A model holds no customer. As plain JSON it outlives the customers it was learned from and can be
read by other engines: a point is (clip(transform(value), low, high) - center) / scale for each
feature, the cluster is the nearest of `centers`, and its place there is its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from clustering import engine
from clustering.engine import NO_CLUSTER
from clustering.features import FeatureSpace, fences
from clustering.names import Name, name_clusters


class MissingFigures(Exception):
    """A customer has no figure that the clusters were found by."""


@dataclass(frozen=True)
class Assignment:
    """Where customers belong: the label of each, int8, and the distance to each cluster.

    Distances are Euclidean in the standardised features, of shape (n, n_clusters). Those who have
    none of the features have the label NO_CLUSTER and the distance NaN.
    """

    distances: np.ndarray
    labels: np.ndarray

    @classmethod
    def to_nearest(cls, distances: np.ndarray) -> Self:
        """Return the assignment of each customer to the nearest cluster."""
        return cls(distances, engine.nearest(distances))

    @cached_property
    def second(self) -> np.ndarray:
        """Each customer's second-nearest cluster, int8 of shape (n,)."""
        second = np.argsort(self.distances, axis=1)[:, 1].astype(np.int8)
        return np.where(self.labels == NO_CLUSTER, NO_CLUSTER, second)

    @cached_property
    def certainty(self) -> np.ndarray:
        """How sure each cluster is: 0 halfway to the second one, 1 at the centre."""
        first, second = np.partition(self.distances, 1, axis=1)[:, :2].T
        return 1 - np.divide(first, second, out=np.ones_like(first), where=second > 0)


@dataclass(frozen=True)
class Model:
    """Clusters as centres in a space of features; cluster n is the nth one.

    `reach` has the distance from each centre beyond which a customer is unlike its members,
    `sizes` how many customers each had when the model was learned, and `naming` the name of each.
    """

    space: FeatureSpace
    centers: np.ndarray
    reach: np.ndarray
    sizes: tuple[int, ...]
    naming: tuple[Name, ...] = ()

    @classmethod
    def from_json(cls, fields: dict) -> Self:
        """Return the model that `to_json` gave."""
        return cls(
            FeatureSpace.from_json(fields["features"]),
            np.array(fields["centers"], dtype=np.float64),
            np.array(fields["reach"], dtype=np.float64),
            tuple(fields["sizes"]),
            tuple(Name.from_json(name) for name in fields["names"]),
        )

    def to_json(self) -> dict:
        """Return the model as plain lists and numbers."""
        return {
            "features": self.space.to_json(),
            "centers": self.centers.tolist(),
            "reach": self.reach.tolist(),
            "sizes": list(self.sizes),
            "names": [name.to_json() for name in self.naming],
        }

    @property
    def features(self) -> tuple[str, ...]:
        """What the customers are told apart by."""
        return self.space.features

    @property
    def n_clusters(self) -> int:
        """How many clusters there are."""
        return len(self.centers)

    def assign(self, customers: pd.DataFrame) -> Assignment:
        """Find the nearest cluster of customers who have the model's features as columns."""
        return self.assign_points(self.space.transform(customers))

    def assign_points(self, points: np.ndarray) -> Assignment:
        """Find the nearest cluster of points in the model's space."""
        return Assignment.to_nearest(engine.distances(points, self.centers))

    def unlike(self, customers: pd.DataFrame, assignment: Assignment) -> np.ndarray:
        """Return who is unlike everybody that the model was learned from, bool of shape (n,).

        That is who has a value beyond all others' or is out of reach of the nearest cluster.
        """
        away = assignment.distances.min(axis=1)
        return self.space.beyond(customers) | (away > self.reach[assignment.labels])

    def deciding(self, customers: pd.DataFrame, assignment: Assignment) -> pd.DataFrame:
        """Return how much each feature speaks for a customer's cluster and against the second.

        That is the difference of the squared distances, one column a feature.
        """
        points = self.space.transform(customers)
        own, other = self.centers[assignment.labels], self.centers[assignment.second]
        gains = np.nan_to_num((points - other) ** 2 - (points - own) ** 2)
        columns = self.space.columns
        return pd.DataFrame({name: gains[:, part].sum(axis=1) for name, part in columns.items()})

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each cluster."""
        return tuple(name.text for name in self.naming)

    def named(self, customers: pd.DataFrame, labels: np.ndarray) -> Self:
        """Return the same clusters, named by what is true of these members; see `name_clusters`."""
        names = name_clusters(customers, labels, self.n_clusters, self.features, self.naming)
        return replace(self, naming=tuple(names))

    def renamed(self, cluster: int, name: str) -> Self:
        """Return the same clusters, one of them with a name given by hand."""
        naming = list(self.naming)
        naming[cluster] = Name(name)
        return replace(self, naming=tuple(naming))


def model_of(customers: pd.DataFrame, labels: np.ndarray, features: Sequence[str]) -> Model:
    """Return the model of clusters that are there already, by the means of their members."""
    space = FeatureSpace.fit(customers, features)
    points = np.nan_to_num(space.transform(customers))
    members = labels != NO_CLUSTER
    centers = engine.cluster_centers(points[members], labels[members])
    return _measured(space, centers, engine.distances(points, centers))


def _measured(space: FeatureSpace, centers: np.ndarray, away: np.ndarray) -> Model:
    """Return the model of these centres, with reach and sizes by its members."""
    labels = engine.nearest(away)
    members = [away[labels == n, n] for n in range(len(centers))]
    reach = np.array([fences(own)[1] for own in members])
    return Model(space, centers, reach, tuple(map(len, members)))
