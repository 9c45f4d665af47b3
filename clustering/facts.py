"""What is true of each cluster's members, in figures: what names and profiles are made from."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from clustering.engine import NO_CLUSTER
from clustering.features import is_category
from schema import CITIES, FEATURES, NUMBERS, OCCUPATIONS

NOTHING_OWED = 500  # £; whoever owes less counts as free of debt
LEAST_INCOME = 1_000  # a median income of less than this is no year's in £, but in thousands, say
AGES = {  # from, and below
    "under_thirty": (0, 30),
    "mid_career": (30, 55),
    "late_career": (50, 67),
    "thirties": (30, 40),
    "middle_aged": (40, 60),
    "over_sixty": (60, np.inf),
}
SAMPLE = 100_000  # customers by whom it is judged how much is much
POSITIVE = ("annual_income", "loan_balance")  # amounts that many have not got at all
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


def frequent_values(customers: pd.DataFrame, features: Iterable[str]) -> dict[str, list]:
    """Return the values that whole clusters may have in common, by feature.

    These are the cities, the customers' own texts, and of their own numbers 0, or both values where
    there are two. Occupations are facts of their own.
    """
    found: dict[str, list] = {}
    for name in features:
        if name == "city":
            found[name] = list(range(len(CITIES)))
        elif name not in FEATURES:
            known = customers[name].dropna()
            values = known.unique().tolist() if is_category(customers, name) else _two_or_0(known)
            found[name] = sorted(values)
    return found


def _two_or_0(known: pd.Series) -> list[float]:
    first = known[known != known.iloc[0]] if len(known) else known
    if len(first) and (first == first.iloc[0]).all():
        return [known.iloc[0], first.iloc[0]]
    return [0.0] if (known == 0).any() else []


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

    def known(self, values: np.ndarray) -> list[np.ndarray]:
        """Return each group's known values, then everybody's."""
        members = values[self._order]
        parts = [*np.split(members, self._ends[:-1]), members]
        return [part[~np.isnan(part)] for part in parts] if np.isnan(members).any() else parts

    def of(self, values: np.ndarray, fact: Callable[[np.ndarray], float]) -> list[float]:
        """Return a fact about each group's known values."""
        return each(self.known(values), fact)


def each(parts: list[np.ndarray], fact: Callable[[np.ndarray], float]) -> list[float]:
    """Return a fact about the values of each group."""
    return [float(fact(part)) if len(part) else float("nan") for part in parts]


class Facts(NamedTuple):
    """The facts that names are made from; each has a value for every group, and for everybody last.

    `<number>` is the median, `<number>_mean` the mean, `share_...` a share of the members whose
    value is known, `<ratio>_mean` the ratio of the members' sums; `<number>_spread` and
    `<number>_if_any`, the median of what is above 0, are everybody's alone. `own` names the numbers
    of the customers' own, `frequent` the values that are looked for, with a `share_of` each.
    """

    values: dict[str, list]
    own: list[str]
    frequent: dict[str, list]

    @property
    def in_pounds(self) -> bool:
        """Whether amounts can be taken for pounds, and so be compared with one another."""
        return not self.values["annual_income_if_any"][-1] < LEAST_INCOME


def share_of(name: str, value: object) -> str:
    """Return the key of the share of members who have a value."""
    return f"share_{name}: {value}"


def facts_of(customers: pd.DataFrame, groups: Groups, features: Iterable[str]) -> Facts:
    """Return the facts about each group that has been found by these features."""
    own = own_numbers(customers, features)
    figures = figures_of(customers, own)
    parts = {name: groups.known(column) for name, column in figures.items()}
    found = Facts({}, own, frequent_values(customers, features))
    values = found.values
    for name in POSITIVE:
        values[f"{name}_if_any"] = _everybodys(parts[name], _median_if_any)
    if not found.in_pounds:
        parts |= {ratio: [np.empty(0)] * len(parts["age"]) for ratio in RATIOS}
    for name, known in parts.items():
        values[name] = each(known, np.median)
        values[f"{name}_mean"] = each(known, np.mean)
        values[f"{name}_spread"] = _everybodys(known, _spread)
    values |= _ratios_of_sums(figures, groups)
    values |= _shares(parts, NOTHING_OWED if found.in_pounds else 0.01)
    values |= _shares_of_occupations(customers, groups)
    for name, frequent in found.frequent.items():
        known = customers[name].notna().to_numpy()
        for value in frequent:
            there = np.where(known, customers[name] == value, np.nan)
            values[share_of(name, value)] = groups.of(there, np.mean)
    return found


def _everybodys(parts: list[np.ndarray], fact: Callable[[np.ndarray], float]) -> list[float]:
    """Return a fact about everybody, found on a sample of them, and NaN for each group."""
    step = max(len(parts[-1]) // SAMPLE, 1)
    return [*[float("nan")] * (len(parts) - 1), *each([parts[-1][::step]], fact)]


def _ratios_of_sums(figures: dict[str, np.ndarray], groups: Groups) -> dict[str, list]:
    found = {}
    for ratio, amount in RATIOS.items():
        both = np.isnan(figures[amount]) | np.isnan(figures["annual_income"])
        amounts = groups.of(np.where(both, np.nan, figures[amount]), np.sum)
        incomes = groups.of(np.where(both, np.nan, figures["annual_income"]), np.sum)
        found[f"{ratio}_mean"] = [
            a / b if b else np.nan for a, b in zip(amounts, incomes, strict=True)
        ]
    return found


def _shares(parts: dict[str, list[np.ndarray]], nothing_owed: float) -> dict[str, list]:
    """Return the shares of members of an age, without debt, and without income."""
    found = {
        "share_without_debt": each(parts["loan_balance"], lambda x: np.mean(x < nothing_owed)),
        "share_without_income": each(parts["annual_income"], lambda x: np.mean(x == 0)),
    }
    for name, (least, most) in AGES.items():
        found[f"share_{name}"] = each(
            parts["age"], lambda values, least=least, most=most: _between(values, least, most)
        )
    return found


def _shares_of_occupations(customers: pd.DataFrame, groups: Groups) -> dict[str, list]:
    occupations = customers["occupation"].to_numpy(dtype=np.float64)
    counts = [
        np.bincount(known.astype(int), minlength=len(OCCUPATIONS)) / len(known)
        if len(known)
        else np.full(len(OCCUPATIONS), np.nan)
        for known in groups.known(occupations)
    ]
    found = {
        f"share_{name}": [float(count[i]) for count in counts] for i, name in enumerate(OCCUPATIONS)
    }
    found["share_with_occupation"] = groups.of((~np.isnan(occupations)).astype(float), np.mean)
    return found


def _median_if_any(values: np.ndarray) -> float:
    positive = values[values > 0]
    return np.median(positive) if len(positive) else np.nan


def _spread(values: np.ndarray) -> float:
    """Return the interquartile range as a standard deviation, or that where it is nothing."""
    first, third = np.quantile(values, (0.25, 0.75))
    return (third - first) / 1.349 or values.std()


def _between(values: np.ndarray, least: float, most: float) -> float:
    return np.mean((values >= least) & (values < most))
