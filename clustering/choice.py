"""Which features customers are clustered by when nobody says."""

import re

import numpy as np
import pandas as pd

from clustering.features import DEFAULT_FEATURES, FEW, Number, is_category
from schema import FEATURES, NUMBERS

NOT_FEATURES = {"cluster", "customer_id", "first_name", "id", "last_name", "reference"}
MOST_CHOSEN = 8
MOST_VALUES = 20  # different ones that a text may have to count as a category
ALIKE = 0.95  # correlation from which two numbers say the same
IDENTIFIER = re.compile(r"(^|[ _.-])ids?$|^id[ _.-]|[a-z](Id|ID)$")
ROW = re.compile(r"(^|[ _.-])(nr|no|number|index|key|code|row)$|^(id|unnamed)|[a-z](Nr|No)$")


class UnknownFeature(Exception):
    """A feature that these customers can't be told apart by; the text says what can."""


def usable_features(customers: pd.DataFrame) -> list[str]:
    """Return the columns to tell customers apart by: numbers, and categories of a few values."""
    own = (name for name in customers if name not in FEATURES and name not in NOT_FEATURES)
    few = (
        name
        for name in own
        if not is_category(customers, name) or 1 <= customers[name].nunique() <= MOST_VALUES
    )
    return [*FEATURES, *few]


def check_features(customers: pd.DataFrame, features: list[str]) -> None:
    """Raise UnknownFeature unless customers have each of these features."""
    usable = usable_features(customers)
    if not set(features) <= set(usable):
        raise UnknownFeature(
            "The field features must be a list of one or more different ones of"
            f" {', '.join(sorted(usable))}."
        )


def default_features(customers: pd.DataFrame) -> tuple[str, ...]:
    """Return age, income and loan balance where two of them vary, else the numbers that do.

    Of those, identifiers, constants and near-duplicates of earlier ones are left out, and all
    beyond the eighth. A feature of the first three that nobody has is left out too.
    """
    if usual := usual_features(customers):
        return usual
    own = [n for n in usable_features(customers)[len(FEATURES) :] if not is_category(customers, n)]
    chosen: dict[str, np.ndarray] = {}
    for name in [*NUMBERS, *own]:
        column = customers[name]
        if len(chosen) < MOST_CHOSEN and _varies(column) and not _identifies(name, column):
            points = np.zeros((len(column), 1))
            Number.fit(name, column).fill(points, column)
            if not any(_alike(points[:, 0], earlier) for earlier in chosen.values()):
                chosen[name] = points[:, 0]
    return tuple(chosen) or DEFAULT_FEATURES


def usual_features(customers: pd.DataFrame) -> tuple[str, ...]:
    """Return age, income and loan balance, as far as known, where two of them vary; else none."""
    varying = [name for name in DEFAULT_FEATURES if _varies(customers[name])]
    if len(varying) + 1 < len(DEFAULT_FEATURES):
        return ()
    return tuple(n for n in DEFAULT_FEATURES if n in varying or customers[n].notna().any())


def _varies(column: pd.Series) -> bool:
    """Tell whether enough customers differ from what most of them have."""
    known = column.dropna()
    return len(known) > 0 and (known != known.mode()[0]).mean() >= FEW


def _identifies(name: str, column: pd.Series) -> bool:
    """Tell whether a number only tells rows apart, or what they belong to, such as a store.

    It is whole, and either called an id, or all different and called or laid so.
    """
    known = column.dropna().to_numpy()
    if name in NUMBERS or (known % 1).any():
        return False
    if IDENTIFIER.search(name.lower()) or IDENTIFIER.search(name):
        return True
    if len(np.unique(known)) < len(known):
        return False
    named = ROW.search(name.lower()) or ROW.search(name)
    return bool(named) or known.max() - known.min() < 2 * len(known) or (np.diff(known) > 0).all()


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    both = ~np.isnan(one) & ~np.isnan(other)
    if not both.any() or not one[both].std() or not other[both].std():
        return False
    return abs(np.corrcoef(one[both], other[both])[0, 1]) >= ALIKE
