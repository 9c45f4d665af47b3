"""Find clusters with Spark: MLlib's k-means on customers that no single machine holds.

Over all customers: the fences (quartiles within `QUANTILE_ERROR` of their rank, by Greenwald and
Khanna's summary), the means and spreads, the iterations of k-means, the sizes, the mean incomes by
which clusters are numbered. On a sample, drawn with a seed: the starts of k-means, as on one
machine, and what takes the customers in order: names, profiles, silhouettes. Up to `SAMPLE`
customers the sample is all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.ml.functions import array_to_vector
from pyspark.mllib.common import callMLlibFunc
from pyspark.mllib.linalg import DenseVector
from pyspark.mllib.linalg.distributed import RowMatrix
from pyspark.mllib.util import MLUtils
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documentation has it

from clustering import engine
from clustering.engine import START_SAMPLE, check_enough, distinct_rows, learning_rows
from clustering.features import AS_IT_IS, LOG, FeatureSpace, Number, far_fences
from clustering.fitting import Tally

SAMPLE = 200_000  # customers
QUANTILE_ERROR = 0.001  # of the rank of a quartile, as a share of the customers
N_STARTS = 10
MOST_ITERATIONS = 300
TOLERANCE = 1e-5  # standard deviations by which no centre moves any more
DECIMALS = 9  # of centres: sums depend on the order in which machines answer
FIRST_SEED = 2**32  # Java's Long, which Py4J makes of larger numbers than an Integer
MEMBERS = "cluster byte, distance double, amount double"


class OnSpark:
    """Customers in Spark's rows of figures, whose clusters MLlib finds."""

    def __init__(self, figures: DataFrame, count: int):
        self._figures, self.count = figures, count

    @cached_property
    def sample(self) -> pd.DataFrame:
        """Some of the customers, always the same ones; all of them up to `SAMPLE`."""
        return _drawn(self._figures, self.count, SAMPLE).toPandas()

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
        points = space.transform(self.sample)
        check_enough(distinct_rows(learning_rows(points), n_clusters), n_clusters)
        vectors, count = self._vectors(space)
        if start is None:
            start = _best_start(_drawn(vectors, count, START_SAMPLE), n_clusters)
        centers, _ = _train(vectors, n_clusters, start=start)
        return centers

    def tally(self, space: FeatureSpace, centers: np.ndarray) -> Tally:
        """Count who is nearest to which centre; reach by quartiles like those of the fences."""
        has_incomes = self._figures.select(F.count("annual_income")).first()[0] > 0

        def members(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for frame in _frames(batches):
                points = space.transform(frame)
                away = engine.distances(points, centers)
                amounts = frame["annual_income"] if has_incomes else points[:, 0]
                columns = [engine.nearest(away), away.min(axis=1), np.asarray(amounts, float)]
                yield _batch(columns, ["cluster", "distance", "amount"])

        quartiles = F.percentile_approx("distance", [0.25, 0.75], int(1 / QUANTILE_ERROR))
        amount = F.when(~F.isnan("amount"), F.col("amount"))
        found = self._figures.mapInArrow(members, MEMBERS).where("cluster >= 0")
        rows = found.groupBy("cluster").agg(
            F.count("*").alias("size"),
            quartiles.alias("quartiles"),
            F.max("distance").alias("farthest"),
            F.avg(amount).alias("mean"),
        )
        return _tally({row.cluster: row for row in rows.collect()}, len(centers))

    def shared(self, space: FeatureSpace, before: np.ndarray, after: np.ndarray) -> np.ndarray:
        """Return how many are nearest to an earlier (row) and to a later centre (column)."""

        def labels(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for frame in _frames(batches):
                points = space.transform(frame)
                both = [engine.nearest(engine.distances(points, c)) for c in (before, after)]
                yield _batch(both, ["earlier", "later"])

        pairs = self._figures.mapInArrow(labels, "earlier byte, later byte").where("earlier >= 0")
        shared = np.zeros((len(before), len(after)), dtype=np.int64)
        for row in pairs.groupBy("earlier", "later").count().collect():
            shared[row.earlier, row.later] = row["count"]
        return shared

    def _fenced(self, numbers: Sequence[Number]) -> list[Number]:
        """Return the numbers with fences by the quartiles of all customers."""
        columns = [_transformed(part).alias(str(i)) for i, part in enumerate(numbers)]
        names = [str(i) for i in range(len(numbers))]
        quartiles = self._figures.select(*columns).approxQuantile(
            names, [0.25, 0.75], QUANTILE_ERROR
        )
        return [
            part if len(ends) == 0 or ends[0] == ends[1] else _with_fences(part, *ends)
            for part, ends in zip(numbers, quartiles, strict=True)
        ]

    def _scaled(self, numbers: Sequence[Number]) -> Iterator[Number]:
        """Yield the numbers with mean and spread of all customers' values within the fences."""
        clipped = [
            F.least(F.greatest(_transformed(p), F.lit(p.low)), F.lit(p.high)) for p in numbers
        ]
        wanted = [f(column) for column in clipped for f in (F.avg, F.var_pop, F.min, F.max)]
        found = iter(self._figures.agg(*wanted).first() if wanted else ())
        for part, (mean, variance, low, high) in zip(
            numbers, zip(found, found, found, found, strict=True), strict=True
        ):
            if low is not None:
                varies = low < high
                scale = float(np.sqrt(variance)) if varies else 1.0
                part = replace(part, center=mean if varies else low, scale=scale or 1.0)  # noqa: PLW2901
            yield part

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

        rows = self._figures.where(~some if enough else ~none)
        points = rows.mapInArrow(points_of, "point array<double>")
        vectors = points.select(array_to_vector("point").alias("point"))
        return vectors, complete if enough else known


def _drawn(rows: DataFrame, count: int, size: int) -> DataFrame:
    """Return about `size` of `count` rows, always the same ones, or all if they are fewer."""
    return rows if count <= size else rows.sample(size / count, seed=engine.RANDOM_STATE)


def _best_start(sample: DataFrame, n_clusters: int) -> np.ndarray:
    """Return the centres of the start with the least cost on a sample."""
    sample = sample.coalesce(1).persist(StorageLevel.MEMORY_ONLY)
    starts = [_train(sample, n_clusters, seed=seed) for seed in range(N_STARTS)]
    sample.unpersist()
    full = [start for start in starts if len(start[0]) == n_clusters]
    check_enough(max(len(centers) for centers, _ in starts), n_clusters)
    return min(full, key=lambda start: start[1])[0]


def _train(
    vectors: DataFrame, n_clusters: int, seed: int = 0, start: np.ndarray | None = None
) -> tuple[np.ndarray, float]:
    """Return MLlib's centres and their cost, by k-means|| or from the centres to start from.

    Spark's newer API of k-means takes no centres to start from; the older one does, and it gets
    the rows without a way through Python.
    """
    matrix = RowMatrix(MLUtils.convertVectorColumnsFromML(vectors))
    rows = matrix._java_matrix_wrapper._java_model.rows()  # noqa: SLF001 - only Java's has them
    found = callMLlibFunc(
        "trainKMeansModel",
        rows.toJavaRDD(),
        n_clusters,
        MOST_ITERATIONS,
        "k-means||",
        FIRST_SEED + seed,
        2,  # steps of k-means||
        TOLERANCE,
        [] if start is None else [DenseVector(center) for center in start],
        "euclidean",
    )
    centers = np.array([center.toArray() for center in found.clusterCenters()])
    return centers.round(DECIMALS), found.trainingCost()


def _tally(rows: dict, n_clusters: int) -> Tally:
    sizes = np.array([rows[n].size if n in rows else 0 for n in range(n_clusters)])
    reach = np.array([_reach(rows.get(n)) for n in range(n_clusters)])
    means = [rows[n].mean if n in rows else None for n in range(n_clusters)]
    order = np.argsort([np.inf if mean is None else mean for mean in means], kind="stable")
    return Tally(sizes, reach, order)


def _reach(row) -> float:
    """Return the upper fence of the members' distances, the farthest where there is no range."""
    if row is None:
        return 0.0
    first, third = row.quartiles
    return far_fences(first, third)[1] if first < third else row.farthest


def _with_fences(part: Number, first: float, third: float) -> Number:
    low, high = far_fences(first, third)
    return replace(part, low=low, high=high)


def _transformed(part: Number) -> Column:
    """Return `features.TRANSFORMATIONS` of a column, as Spark's expression."""
    column = F.col(_quoted(part.name))
    if part.transformation == AS_IT_IS:
        return column
    above = F.greatest(column, F.when(column.isNotNull(), F.lit(0.0)))
    return F.log1p(above) if part.transformation == LOG else F.sqrt(above)


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _frames(batches: Iterator[pa.RecordBatch]) -> Iterator[pd.DataFrame]:
    for batch in batches:
        if len(batch):
            yield batch.to_pandas()


def _batch(columns: Sequence[np.ndarray], names: Sequence[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(column) for column in columns], names)
