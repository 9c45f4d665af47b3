"""How well a product fits a customer: from 0 to 1, the need for its type and how good it is.

A need is a sum of signals, each from 0 to 1 times its weight. A signal looks at one figure of the
customer: it is 0 up to one end of its span, 1 from the other on, and a straight line between. A
figure that is not known counts half. The weights of a type come to 1. The figures are the
customer's own, so nobody's offers depend on who else is a customer.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from product_match.pricing import CREDIT_CARD, INVESTMENT, LOAN, SAVINGS
from schema import PRODUCT_TYPES

NEED_WEIGHT = 0.7  # of a fit; the rest is how good the product is
HALF = 0.5  # of a figure that is not known
TIE = 1e-9  # by which the better of two products comes first where they fit alike


class Signal(NamedTuple):
    """A part of a need: the figure, where it counts nothing and where all, its weight, and why."""

    figure: str
    nothing: float
    all: float
    weight: float
    sentence: str


NEEDS = {
    CREDIT_CARD: (
        Signal("age", 45, 22, 0.5, "{:.0f} years old: a card builds a credit history"),
        Signal("owed", 50, 0, 0.5, "owes {:.0f} % of a year's income: a card is soon cleared"),
    ),
    LOAN: (
        Signal(
            "owed", 0, 100, 0.5, "owes {:.0f} % of a year's income: to replace dearer debt saves"
        ),
        Signal("age", 65, 35, 0.5, "{:.0f} years old: homes are bought and furnished"),
    ),
    SAVINGS: (
        Signal("age", 30, 70, 0.5, "{:.0f} years old: money for later years is to be safe"),
        Signal("kept", 40, 10, 0.5, "keeps {:.0f} % of the income: a reserve comes first"),
    ),
    INVESTMENT: (
        Signal("kept", 10, 40, 0.7, "keeps {:.0f} % of the income: more than a reserve needs"),
        Signal("owed", 100, 0, 0.3, "owes {:.0f} % of a year's income: nothing to repay first"),
    ),
}


def figures(customers: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return age; kept and owed, in per cent of a year's income; NaN where one is not known."""
    income = customers["annual_income"].to_numpy(dtype=float)
    income = np.where(income > 0, income, np.nan)
    return {
        "age": customers["age"].to_numpy(dtype=float),
        "kept": 100 * (1 - customers["annual_spending"].to_numpy(dtype=float) / income),
        "owed": 100 * customers["loan_balance"].to_numpy(dtype=float) / income,
    }


def needs(customers: pd.DataFrame) -> np.ndarray:
    """Return each customer's need for each type of product, customers x types, from 0 to 1."""
    known = figures(customers)
    return np.column_stack(
        [
            sum(signal.weight * strength(signal, known) for signal in NEEDS[product_type])
            for product_type in PRODUCT_TYPES
        ]
    )


def strongest(
    signals: tuple[Signal, ...], known: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each customer, which signal says most for a need, and its figure, rounded.

    Of what is not known nothing is said: the figure is NaN where none is.
    """
    parts = np.array([signal.weight * strength(signal, known) for signal in signals])
    values = np.array([known[signal.figure] for signal in signals])
    most = np.where(np.isnan(values), -1, parts).argmax(axis=0)
    return most, np.take_along_axis(values, most[np.newaxis], 0)[0].round()


def strength(signal: Signal, known: dict[str, np.ndarray]) -> np.ndarray:
    """Return how strong a signal is for each customer, from 0 to 1."""
    value = (known[signal.figure] - signal.nothing) / (signal.all - signal.nothing)
    return np.where(np.isnan(value), HALF, np.clip(value, 0, 1))


def quality(products: pd.DataFrame) -> np.ndarray:
    """Return the part of the others of its type that each product stands before, from 0 to 1.

    The products come best first (see `pricing.best_first`). The only one of a type has 1.
    """
    by_type = products.groupby("product_type").cumcount()
    others = products.groupby("product_type")["product_type"].transform("size") - 1
    return 1 - (by_type / others.where(others > 0, 1)).to_numpy()


def fits(need: np.ndarray, good: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return how well the best product of each type fits each customer; -1 where there is none.

    `need` is customers x types, `good` each product's quality, `best` positions of products.
    """
    how_good = np.append(good, 0)[best]
    fit = NEED_WEIGHT * need + (1 - NEED_WEIGHT) * how_good + TIE * how_good
    return np.where(best < 0, -1, np.minimum(fit, 1))
