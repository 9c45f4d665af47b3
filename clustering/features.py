"""How customers become points that k-means can measure distances between.

Money is made symmetric, since a few rich customers would otherwise pull the centres: the
logarithm brings the skewness of incomes from 3.5 to 0.1 and of spending from 2.5 to 0.1. Two in
five owe nothing, and the logarithm would make their step to a small overdraft as long as the
step from there to a mortgage; the square root brings the skewness of loans from 3.2 to 1.1.

Every number is then standardised. Occupation and city become a column for each code, shrunk
until all the columns of one category together vary as much as a single number.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from schema import CATEGORIES

DEFAULT_FEATURES = ("age", "annual_income", "loan_balance")
SYMMETRIC = {"annual_income": np.log1p, "annual_spending": np.log1p, "loan_balance": np.sqrt}


@dataclass(frozen=True)
class FeatureSpace:
    """The scaling learned from some customers, to be applied to them or to others.

    `center` and `scale` have one entry for each column of the points.
    """

    features: tuple[str, ...]
    center: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(cls, customers: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES) -> Self:
        """Learn the scaling from customers who have a value in every one of the features."""
        if customers.empty:  # nobody to learn from, and nobody to scale either
            customers = pd.DataFrame(0.0, index=[0], columns=list(features))
        center, scale = [], []
        for feature in features:
            columns = [_mean_and_variance(column) for column in _columns(customers, feature)]
            center += [mean for mean, _ in columns]
            scale += [np.sqrt(sum(variance for _, variance in columns)) or 1.0] * len(columns)
        return cls(tuple(features), np.array(center), np.array(scale))

    def transform(self, customers: pd.DataFrame) -> np.ndarray:
        """Return the customers' points, float32 of shape (n_customers, n_columns)."""
        matrix = np.empty((len(customers), len(self.center)), dtype=np.float32)
        columns = (column for feature in self.features for column in _columns(customers, feature))
        for i, column in enumerate(columns):
            matrix[:, i] = (column - self.center[i]) / self.scale[i]
        return matrix


def feature_matrix(
    customers: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES
) -> np.ndarray:
    """Return the customers' points, scaled by themselves, float32 of shape (n_customers, d)."""
    return FeatureSpace.fit(customers, features).transform(customers)


def complete_rows(
    customers: pd.DataFrame, features: Sequence[str] = DEFAULT_FEATURES
) -> np.ndarray:
    """Return who has a value in every one of the features, bool of shape (n_customers,)."""
    columns = [customers[name].to_numpy(dtype=np.float64) for name in features]
    return ~np.isnan(columns).any(axis=0)


def chosen_rows(customers: pd.DataFrame, chosen: np.ndarray) -> pd.DataFrame:
    """Return the chosen customers; where that is everybody, without a copy."""
    return customers if chosen.all() else customers[chosen]


def _columns(customers: pd.DataFrame, feature: str) -> Iterator[np.ndarray]:
    """Yield the columns that stand for a feature, before scaling."""
    values = customers[feature].to_numpy(dtype=np.float64)
    if feature in CATEGORIES:
        yield from ((values == code).astype(np.float64) for code in range(CATEGORIES[feature]))
    else:
        yield SYMMETRIC.get(feature, np.asarray)(values)


def _mean_and_variance(column: np.ndarray) -> tuple[float, float]:
    """Return the two, exact where all values are equal and rounding would make up a variance."""
    if column.min() == column.max():
        return column[0], 0.0
    return column.mean(), column.var()
