"""How customers become points that k-means can measure distances between.

Money is made symmetric, since a few rich customers would otherwise pull the centres: the
logarithm brings the skewness of incomes from 3.5 to 0.1 and of spending from 2.5 to 0.1. Two in
five owe nothing, and the logarithm would make their step to a small overdraft as long as the
step from there to a mortgage; the square root brings the skewness of loans from 3.2 to 1.1. A
number of the customers' own is made symmetric in the way that leaves it the least skewed.

Every number is then clipped at Tukey's far fences, so that no single row decides a cluster, and
standardised. A category becomes a column for each of its values, shrunk until all the columns of
one category together vary as much as a single number.

By default age, income and loan balance count. Spending follows income, and the credit score
follows age and debt: they would count the same thing twice. Occupation and city tell little
that these three do not, and their columns blur the clusters.

Means over 20 generated datasets of 500 customers in three clusters (the stability is the mean
adjusted Rand index over bootstrap samples):

    features                                       silhouette  stability
    the default                                          0.49       0.96
    the same with the money as it is                     0.46       0.83
    all five numbers                                     0.40       0.93
    the default, occupation and city                     0.30       0.93
    the same with every code's column standardised       0.14       0.60
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

import numpy as np
import pandas as pd

from schema import CATEGORIES

DEFAULT_FEATURES = ("age", "annual_income", "loan_balance")
AS_IT_IS, LOG, ROOT = "none", "log", "root"
TRANSFORMATIONS = {
    AS_IT_IS: np.asarray,
    LOG: lambda values: np.log1p(np.maximum(values, 0)),
    ROOT: lambda values: np.sqrt(np.maximum(values, 0)),
}
SYMMETRIC = {"age": AS_IT_IS, "credit_score": AS_IT_IS, "loan_balance": ROOT}
SYMMETRIC |= {"annual_income": LOG, "annual_spending": LOG}
SKEWED = 1.0  # skewness from which a number of the customers' own is transformed
FENCE = 3.0  # interquartile ranges: Tukey's far fences (Exploratory Data Analysis, 1977)
FEW = 0.02  # share of customers below which those who differ from all others decide nothing


@dataclass(frozen=True)
class Number:
    """How the values of a number become one column of points."""

    name: str
    transformation: str
    low: float
    high: float
    center: float
    scale: float

    @classmethod
    def fit(cls, name: str, column: pd.Series) -> Self:
        """Learn the fences and the scaling from the known values."""
        values = column.to_numpy(dtype=np.float64)
        if (missing := np.isnan(values)).any():
            values = values[~missing]
        transformation = SYMMETRIC.get(name) or _symmetric(values)
        values = TRANSFORMATIONS[transformation](values)
        low, high = fences(values)
        center, variance = _mean_and_variance(np.clip(values, low, high))
        return cls(name, transformation, low, high, center, float(np.sqrt(variance)) or 1.0)

    @property
    def width(self) -> int:
        """How many columns of points it takes."""
        return 1

    @property
    def is_numeric(self) -> bool:
        """Whether the values are numbers, codes included."""
        return True

    def transformed(self, column: pd.Series) -> np.ndarray:
        """Return the values made symmetric, NaN for a missing one."""
        return TRANSFORMATIONS[self.transformation](column.to_numpy(dtype=np.float64))

    def fill(self, points: np.ndarray, column: pd.Series) -> None:
        """Write the column of points, NaN where the value is missing."""
        values = np.clip(self.transformed(column), self.low, self.high)
        points[:, 0] = (values - self.center) / self.scale

    def beyond(self, column: pd.Series) -> np.ndarray:
        """Return whose value lies beyond the fences, bool of shape (n_customers,)."""
        values = self.transformed(column)
        return (values < self.low) | (values > self.high)


@dataclass(frozen=True)
class Category:
    """How the values of a category become a column of points for each of them."""

    name: str
    values: tuple
    center: tuple[float, ...]
    scale: float

    @classmethod
    def fit(cls, name: str, column: pd.Series) -> Self:
        """Learn the values and the scaling from the known ones."""
        known = column.dropna()
        values = range(CATEGORIES[name]) if name in CATEGORIES else sorted(known.unique())
        shares = [float((known == value).mean()) if len(known) else 0.0 for value in values]
        variance = sum(share * (1 - share) for share in shares)
        return cls(name, tuple(values), tuple(shares), float(np.sqrt(variance)) or 1.0)

    @property
    def width(self) -> int:
        """How many columns of points it takes."""
        return len(self.values)

    @property
    def is_numeric(self) -> bool:
        """Whether the values are numbers, codes included."""
        return not self.values or not isinstance(self.values[0], str)

    def fill(self, points: np.ndarray, column: pd.Series) -> None:
        """Write the columns of points, NaN where the value is missing."""
        for i, value in enumerate(self.values):
            points[:, i] = ((column == value).to_numpy(dtype=float) - self.center[i]) / self.scale
        points[column.isna().to_numpy()] = np.nan

    def beyond(self, column: pd.Series) -> np.ndarray:
        """Return whose value was not there when the scaling was learned."""
        return (column.notna() & ~column.isin(self.values)).to_numpy()


@dataclass(frozen=True)
class FeatureSpace:
    """The scaling learned from some customers, to be applied to them or to others."""

    parts: tuple[Number | Category, ...]

    @classmethod
    def fit(cls, customers: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES) -> Self:
        """Learn the scaling from the customers' known values of the features."""
        kinds = ((name, Category if is_category(customers, name) else Number) for name in features)
        return cls(tuple(kind.fit(name, customers[name]) for name, kind in kinds))

    @classmethod
    def from_json(cls, parts: list[dict]) -> Self:
        """Return the scaling that `to_json` gave."""
        return cls(tuple(_part(**part) for part in parts))

    def to_json(self) -> list[dict]:
        """Return the scaling as plain lists and numbers."""
        return [asdict(part) for part in self.parts]

    @property
    def features(self) -> tuple[str, ...]:
        """The features, in the order of their columns."""
        return tuple(part.name for part in self.parts)

    @property
    def columns(self) -> dict[str, slice]:
        """Which columns of points belong to which feature."""
        ends = np.cumsum([part.width for part in self.parts]).tolist()
        return {
            part.name: slice(end - part.width, end)
            for part, end in zip(self.parts, ends, strict=True)
        }

    def transform(self, customers: pd.DataFrame) -> np.ndarray:
        """Return the customers' points, float32 of shape (n_customers, n_columns).

        NaN stands for what a customer lacks.
        """
        width = sum(part.width for part in self.parts)
        points = np.empty((len(customers), width), dtype=np.float32)
        for part, columns in zip(self.parts, self.columns.values(), strict=True):
            part.fill(points[:, columns], customers[part.name])
        return points

    def beyond(self, customers: pd.DataFrame) -> np.ndarray:
        """Return who has a value that nobody had when the scaling was learned."""
        return np.logical_or.reduce([part.beyond(customers[part.name]) for part in self.parts])


def feature_matrix(
    customers: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES
) -> np.ndarray:
    """Return the customers' points, scaled by themselves, float32 of shape (n_customers, d)."""
    return FeatureSpace.fit(customers, features).transform(customers)


def chosen_rows(customers: pd.DataFrame, chosen: np.ndarray) -> pd.DataFrame:
    """Return the chosen customers; where that is everybody, without a copy."""
    return customers if chosen.all() else customers[chosen]


def is_category(customers: pd.DataFrame, name: str) -> bool:
    """Tell whether a column's values are names rather than amounts."""
    return name in CATEGORIES or not pd.api.types.is_numeric_dtype(customers[name])


def fences(values: np.ndarray) -> tuple[float, float]:
    """Return Tukey's far fences: three interquartile ranges below and above the quartiles.

    Where at least half of the values are one and the same, the fences are those of the others and
    that value itself, since the range would be nothing; fewer than FEW others do not count.
    """
    if not len(values):
        return 0.0, 0.0
    first, third = np.quantile(values, (0.25, 0.75)).tolist()
    if first < third:
        return far_fences(first, third)
    others = values[values != first]
    if len(others) < FEW * len(values) or not len(others):
        return first, first
    low, high = fences(others)
    return min(low, first), max(high, first)


def far_fences(first: float, third: float) -> tuple[float, float]:
    """Return Tukey's far fences around two quartiles that differ."""
    return first - FENCE * (third - first), third + FENCE * (third - first)


def skewness(values: np.ndarray) -> float:
    """Return the third standardised moment; 0 where all values are equal."""
    mean, variance = _mean_and_variance(values)
    return float(((values - mean) ** 3).mean() / variance**1.5) if variance else 0.0


def _symmetric(values: np.ndarray) -> str:
    """Return the transformation that leaves the values the least skewed."""
    if not len(values) or values.min() < 0 or abs(skewness(values)) <= SKEWED:
        return AS_IT_IS
    return min(TRANSFORMATIONS, key=lambda name: abs(skewness(TRANSFORMATIONS[name](values))))


def _mean_and_variance(column: np.ndarray) -> tuple[float, float]:
    """Return the two, exact where all values are equal and rounding would make up a variance."""
    if not len(column):
        return 0.0, 0.0
    if column.min() == column.max():
        return float(column[0]), 0.0
    return float(column.mean()), float(column.var())


def _part(**part: object) -> Number | Category:
    if "values" not in part:
        return Number(**part)
    return Category(**{name: tuple(x) if isinstance(x, list) else x for name, x in part.items()})
