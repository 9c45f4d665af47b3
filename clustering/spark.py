"""Find clusters with Spark: MLlib's k-means on customers that no single machine holds.

Over all customers: the fences (quartiles within `ranks.RANK_ERROR` of their rank), the means and
spreads, the iterations of k-means, the sizes, the mean incomes by which clusters are numbered. On a
sample, drawn with a seed: the starts of k-means, which are one machine's and MLlib's own by
k-means||, and what takes the customers in order: names, profiles, silhouettes. Up to `SAMPLE`
customers the sample is all of them.

Each part of the rows is counted where it lies, and what the parts say is joined in their order, so
that nothing depends on which machine answers first, or does not answer any more.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark import StorageLevel, TaskContext
from pyspark.ml.functions import array_to_vector
from pyspark.mllib.common import callMLlibFunc
from pyspark.mllib.linalg import DenseVector
from pyspark.mllib.linalg.distributed import RowMatrix
from pyspark.mllib.util import MLUtils
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documentation has it

from clustering import engine
from clustering.engine import START_SAMPLE, learning_rows
from clustering.features import FeatureSpace, Number, far_fences
from clustering.fitting import Tally, count_shared
from clustering.ranks import Moments, Ranks, quantiles

SAMPLE = 200_000  # customers
N_STARTS = 4  # of MLlib's k-means||, beside the best of those of one machine
START_ITERATIONS = 20  # after which a start is judged; the best is followed to its end
MOST_ITERATIONS = 300
TOLERANCE = 1e-5  # standard deviations by which no centre moves any more
DECIMALS = 9  # of MLlib's centres: its sums depend on the order in which machines answer
FIRST_SEED = 2**32  # Py4J makes Java's Long of larger numbers than an Integer
QUARTILES = (0.25, 0.75)


class Members(NamedTuple):
    """What one part of the rows has of a cluster."""

    distances: Ranks
    farthest: float
    incomes: Moments
    first_feature: Moments


class OnSpark:
    """Customers in Spark's rows of figures, whose clusters MLlib finds."""

    def __init__(self, figures: DataFrame, count: int):
        self._figures, self.count = figures, count

    @cached_property
    def sample(self) -> pd.DataFrame:
        """Some of the customers, always the same ones; all of them up to `SAMPLE`."""
        return _drawn(self._figures, self.count, SAMPLE).toArrow().to_pandas()

    def fit_space(self, features: Sequence[str]) -> FeatureSpace:
        """Learn the scaling: transformations and categories by the sample, the rest by all."""
        space = FeatureSpace.fit(self.sample, features)
        numbers = [part for part in space.parts if isinstance(part, Number)]
        found = {part.name: part for part in self._scaled(self._fenced(numbers))}
        return FeatureSpace(tuple(found.get(part.name, part) for part in space.parts))

    def find_centers(
        self, space: FeatureSpace, n_clusters: int, start: np.ndarray | None = None
    ) -> np.ndarray:
        """Return the clusters' centres in any order, or in that of those to start from."""
        vectors, count = self._vectors(space)
        if start is None:
            start = self._best_start(space, _drawn(vectors, count, START_SAMPLE), n_clusters)
        return _train(vectors, n_clusters, start=start)

    def _best_start(self, space: FeatureSpace, some: DataFrame, n_clusters: int) -> np.ndarray:
        """Return the best centres of some starts: one machine's on the sample, and MLlib's."""
        points = learning_rows(space.transform(self.sample))
        starts = [engine.find_centers(points, n_clusters)]
        some = some.coalesce(1).persist(StorageLevel.MEMORY_ONLY)
        for seed in range(N_STARTS):
            found = _train(some, n_clusters, seed=seed, iterations=START_ITERATIONS)
            if len(found) == n_clusters:  # some differ too little
                starts.append(found)
        some.unpersist()
        return min(starts, key=lambda centers: _cost(points, centers))

    def tally(self, space: FeatureSpace, centers: np.ndarray) -> Tally:
        """Count who is nearest to which centre."""

        def members(customers: pd.DataFrame) -> list[Members]:
            points = space.transform(customers)
            away = engine.distances(points, centers)
            labels = engine.nearest(away)
            incomes = customers["annual_income"].to_numpy(dtype=np.float64)
            return [
                _members(away[labels == n, n], incomes[labels == n], points[labels == n, 0])
                for n in range(len(centers))
            ]

        parts = _of_parts(self._columns(space.features), members)
        return _tally([[part[n] for part in parts] for n in range(len(centers))])

    def shared(self, space: FeatureSpace, before: np.ndarray, after: np.ndarray) -> np.ndarray:
        """Return how many are nearest to an earlier (row) and to a later centre (column)."""

        def shared(customers: pd.DataFrame) -> np.ndarray:
            points = space.transform(customers)
            labels = (engine.nearest(engine.distances(points, c)) for c in (before, after))
            return count_shared(*labels, len(before))

        return sum(_of_parts(self._columns(space.features), shared))

    def _fenced(self, numbers: Sequence[Number]) -> list[Number]:
        """Return the numbers with fences by the quartiles of all customers."""

        def ranks(customers: pd.DataFrame) -> list[Ranks]:
            return [Ranks.of(_known(part.transformed(customers[part.name]))) for part in numbers]

        places = _of_parts(self._columns([part.name for part in numbers]), ranks)
        return [_with_fences(part, [p[i] for p in places]) for i, part in enumerate(numbers)]

    def _scaled(self, numbers: Sequence[Number]) -> list[Number]:
        """Return the numbers with mean and spread of all customers' values within the fences."""

        def moments(customers: pd.DataFrame) -> list[Moments]:
            return [Moments.of(_known(_clipped(part, customers[part.name]))) for part in numbers]

        places = _of_parts(self._columns([part.name for part in numbers]), moments)
        return [
            _with_scale(part, reduce(Moments.joined, [p[i] for p in places]))
            for i, part in enumerate(numbers)
        ]

    def _columns(self, names: Sequence[str]) -> DataFrame:
        """Return the figures that are wanted, and the incomes by which clusters are numbered."""
        return self._figures.select(*map(_quoted, dict.fromkeys([*names, "annual_income"])))

    def _vectors(self, space: FeatureSpace) -> tuple[DataFrame, int]:
        """Return the points to learn from, see `engine.is_learned_from`, and how many they are."""
        missing = [F.col(_quoted(name)).isNull() for name in space.features]
        some = F.greatest(*missing, F.lit(False))
        none = F.least(*missing, F.lit(True))
        counted = self._figures.agg(F.count_if(~some), F.count_if(~none)).first()
        complete, known = counted
        enough = 2 * complete >= known

        def points_of(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for frame in _frames(batches):
                points = np.nan_to_num(space.transform(frame)).astype(np.float64)
                ends = np.arange(0, points.size + 1, points.shape[1], dtype=np.int32)
                lists = pa.ListArray.from_arrays(ends, points.ravel())
                yield pa.RecordBatch.from_arrays([lists], ["point"])

        rows = self._columns(space.features).where(~some if enough else ~none)
        points = rows.mapInArrow(points_of, "point array<double>")
        vectors = points.select(array_to_vector("point").alias("point"))
        return vectors, complete if enough else known


def _drawn(rows: DataFrame, count: int, size: int) -> DataFrame:
    """Return about `size` of `count` rows, always the same ones, or all if they are fewer."""
    return rows if count <= size else rows.sample(size / count, seed=engine.RANDOM_STATE)


def _train(
    vectors: DataFrame,
    n_clusters: int,
    *,
    start: np.ndarray | None = None,
    seed: int = 0,
    iterations: int = MOST_ITERATIONS,
) -> np.ndarray:
    """Return the centres that MLlib finds by k-means||, or from those to start from.

    Spark's newer API of k-means takes no centres to start from; the older one does, and it gets
    the rows without a way through Python.
    """
    matrix = RowMatrix(MLUtils.convertVectorColumnsFromML(vectors))
    rows = matrix._java_matrix_wrapper._java_model.rows()  # noqa: SLF001 - only Java's has them
    found = callMLlibFunc(
        "trainKMeansModel",
        rows.toJavaRDD(),
        n_clusters,
        iterations,
        "k-means||",
        FIRST_SEED + seed,
        2,  # steps of k-means||
        TOLERANCE,
        [] if start is None else [DenseVector(center) for center in start],
        "euclidean",
    )
    return np.array([center.toArray() for center in found.clusterCenters()]).round(DECIMALS)


def _cost(points: np.ndarray, centers: np.ndarray) -> float:
    """Return the sum of the squared distances to the nearest centres."""
    return float((engine.distances(points, centers).min(axis=1) ** 2).sum())


def _of_parts(rows: DataFrame, function: Callable[[pd.DataFrame], Any]) -> list[Any]:
    """Return what a function makes of each part of the rows, in the order of the parts."""

    def applied(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        frames = list(_frames(batches))
        if frames:
            found = pickle.dumps(function(pd.concat(frames, ignore_index=True)))
            number = pa.array([TaskContext.get().partitionId()], pa.int32())
            columns = [number, pa.array([found], pa.binary())]
            yield pa.RecordBatch.from_arrays(columns, ["number", "found"])

    found = rows.mapInArrow(applied, "number int, found binary").collect()
    found.sort(key=lambda row: row.number)
    return [pickle.loads(row.found) for row in found]  # noqa: S301 - of our own processes


def _members(distances: np.ndarray, incomes: np.ndarray, first: np.ndarray) -> Members:
    farthest = float(distances.max(initial=0.0))
    values = (Moments.of(_known(amounts.astype(np.float64))) for amounts in (incomes, first))
    return Members(Ranks.of(distances), farthest, *values)


def _tally(clusters: Sequence[Sequence[Members]]) -> Tally:
    """Join what the parts have of each cluster."""
    sizes = [sum(part.distances.count for part in parts) for parts in clusters]
    incomes = [reduce(Moments.joined, [part.incomes for part in parts]) for parts in clusters]
    if not any(income.count for income in incomes):
        incomes = [
            reduce(Moments.joined, [part.first_feature for part in parts]) for parts in clusters
        ]
    means = [income.mean if income.count else np.inf for income in incomes]
    reach = [_reach(parts) if size else 0.0 for parts, size in zip(clusters, sizes, strict=True)]
    return Tally(np.array(sizes), np.array(reach), np.argsort(means, kind="stable"))


def _reach(parts: Sequence[Members]) -> float:
    """Return the upper fence of the members' distances, the farthest where there is no range."""
    first, third = quantiles([part.distances for part in parts], QUARTILES)
    if first < third:
        return far_fences(first, third)[1]
    return max(part.farthest for part in parts)


def _with_fences(part: Number, places: Sequence[Ranks]) -> Number:
    """Return a number with fences by the quartiles of all, as it is where these are the same."""
    if not any(place.count for place in places):
        return part
    first, third = quantiles(places, QUARTILES)
    if first == third:
        return part
    low, high = far_fences(first, third)
    return replace(part, low=low, high=high)


def _with_scale(part: Number, moments: Moments) -> Number:
    scale = float(np.sqrt(moments.squares / max(moments.count, 1)))
    return replace(part, center=moments.mean, scale=scale or 1.0)


def _clipped(part: Number, column: pd.Series) -> np.ndarray:
    return np.clip(part.transformed(column), part.low, part.high)


def _known(values: np.ndarray) -> np.ndarray:
    return values[~np.isnan(values)]


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _frames(batches: Iterator[pa.RecordBatch]) -> Iterator[pd.DataFrame]:
    for batch in batches:
        if len(batch):
            yield batch.to_pandas()
