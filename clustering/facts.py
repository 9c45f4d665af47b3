"""What is true of each cluster's members, in figures: what names and profiles are made from."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from clustering.engine import NO_CLUSTER
from clustering.features import is_category
from schema import FEATURES, NUMBERS, OCCUPATIONS

NOTHING_OWED = 500  # £; whoever owes less counts as free of debt
HIGHEST_SHARE = 2.0  # a tiny income would otherwise outweigh everybody else's share
AGES = {  # from, and below
    "under_thirty": (0, 30),
    "mid_career": (30, 55),
    "late_career": (50, 67),
    "thirties": (30, 40),
    "middle_aged": (40, 60),
    "over_sixty": (60, np.inf),
}
RATIOS = {"share_spent": "annual_spending", "incomes_owed": "loan_balance"}  # of annual income


def figures_of(customers: pd.DataFrame, own: Iterable[str] = ()) -> dict[str, np.ndarray]:
    """Return the customers' numbers, their own ones included, and what they come to by income."""
    figures = {name: customers[name].to_numpy(dtype=np.float64) for name in (*NUMBERS, *own)}
    income = figures["annual_income"]
    for ratio, amount in RATIOS.items():
        figures[ratio] = np.divide(
            figures[amount], income, out=np.full(len(income), np.nan), where=income > 0
        )
    return figures


def own_numbers(customers: pd.DataFrame, features: Iterable[str]) -> list[str]:
    """Return those of the features that are numbers of the customers' own."""
    return [f for f in features if f not in FEATURES and not is_category(customers, f)]


class Groups:
    """Some groups of customers, one of them everybody; each fact has a value for each group.

    Labels count the groups from 0, NO_CLUSTER is in none; the last value of each fact is that of
    everybody who is in a group. NaN stands for a fact that nobody's values tell.
    """

    def __init__(self, labels: np.ndarray, n_groups: int):
        self.n_groups = n_groups
        self._everybody = labels != NO_CLUSTER
        self._order = np.argsort(labels, kind="stable")[np.count_nonzero(~self._everybody) :]
        sizes = np.bincount(labels[self._everybody], minlength=n_groups)
        self._ends = np.cumsum(sizes)
        self.sizes = sizes.tolist()

    def of(self, values: np.ndarray, fact: Callable[[np.ndarray], float]) -> list[float]:
        """Return a fact about each group's known values."""
        members = values[self._order]
        parts = np.split(members, self._ends[:-1])
        return [_known(part, fact) for part in (*parts, members)]


def _known(values: np.ndarray, fact: Callable[[np.ndarray], float]) -> float:
    values = values[~np.isnan(values)]
    return float(fact(values)) if len(values) else float("nan")


def facts_of(customers: pd.DataFrame, groups: Groups, own: Iterable[str] = ()) -> dict[str, list]:
    """Return the facts that names are made from, by key; each has a value for every group.

    `<number>` is the median, `<number>_mean` the mean, `share_...` a share of the members whose
    value is known, and `<ratio>_mean` the ratio of the members' sums.
    """
    figures = figures_of(customers, own)
    facts: dict[str, list] = {"size": [*groups.sizes, sum(groups.sizes)]}
    for name, values in figures.items():
        facts[name] = groups.of(values, np.median)
        facts[f"{name}_mean"] = groups.of(values, np.mean)
    for ratio, amount in RATIOS.items():
        both = np.isnan(figures[amount]) | np.isnan(figures["annual_income"])
        amounts = groups.of(np.where(both, np.nan, figures[amount]), np.sum)
        incomes = groups.of(np.where(both, np.nan, figures["annual_income"]), np.sum)
        facts[f"{ratio}_mean"] = [
            a / b if b else np.nan for a, b in zip(amounts, incomes, strict=True)
        ]
    for name in (*NUMBERS, *own):
        facts[f"{name}_spread"] = groups.of(figures[name], _spread)
    facts["share_without_debt"] = groups.of(
        figures["loan_balance"], lambda values: np.mean(values < NOTHING_OWED)
    )
    facts["share_without_income"] = groups.of(
        figures["annual_income"], lambda values: np.mean(values == 0)
    )
    for name, (least, most) in AGES.items():
        facts[f"share_{name}"] = groups.of(
            figures["age"], lambda values, least=least, most=most: _between(values, least, most)
        )
    occupations = customers["occupation"].to_numpy(dtype=np.float64)
    for code, name in enumerate(OCCUPATIONS):
        facts[f"share_{name}"] = groups.of(occupations, lambda v, code=code: np.mean(v == code))
    facts["share_with_occupation"] = groups.of((~np.isnan(occupations)).astype(float), np.mean)
    return facts


def _spread(values: np.ndarray) -> float:
    """Return the interquartile range as a standard deviation, or that where it is nothing."""
    first, third = np.quantile(values, (0.25, 0.75))
    return (third - first) / 1.349 or values.std()


def _between(values: np.ndarray, least: float, most: float) -> float:
    return np.mean((values >= least) & (values < most))
