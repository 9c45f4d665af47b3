"""The gates: what must hold before a product may be offered to a customer, and who says so.

Every gate has one form: a value of the customer is at least a bound of the product. A bound that
is minus infinity stops nobody. A value that is not known (NaN) passes no other bound, so a missing
value fails just the gates about it.

The sources are rules of the British Financial Conduct Authority's Handbook:

- CONC 5.2A: before credit, a reasonable assessment of whether the customer can repay it out of
  income, without borrowing more and without a significant adverse impact.
- MCOB 11.6: the same of mortgages, with the future rises of the rate (11.6.18R) and the income
  after retirement (11.6.14R); and the Financial Policy Committee's limit on new loans of
  4.5 times income and more (FG17/2).
- PRIN 2A, the Consumer Duty: avoid foreseeable harm (2A.2.8R), products for a target market that
  they suit (2A.3), price and value (2A.4), for which dominated products are never offered.
- PROD 3.3: distribute a product only to its target market, as the manufacturer drew it.
- COBS 9.2.2R: an investor must be able financially to bear the risks.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from product_match import pricing
from schema import LABELS

OLDEST_AT_END = 75  # years, at the end of a credit's term
MOST_DEBT = 4.5  # years of income, with the new credit
# Of a year's income: what is put aside before a high risk, and what must be left then (assumed).
RESERVE, LEFT_FOR_RISK = 0.1, 1_200  # share, £

Values = Callable[[pd.DataFrame], np.ndarray]


class Gate(NamedTuple):
    """A gate: the value and the bound it compares, why it is there, who asks for it, what it says.

    `value` takes customers, `bound` products. `about` are the customers' columns that it needs.
    `sentence` says of a customer and a product why it is closed, from the figures of both;
    `nothing_left` says of a customer that no product passes.
    """

    name: str
    about: tuple[str, ...]
    value: Values
    bound: Values
    reason: str
    source: str
    sentence: str
    nothing_left: str


def income_left(customers: pd.DataFrame) -> np.ndarray:
    """Return what is left of a year's income after spending (£, negative for overspending)."""
    left = customers["annual_income"] - customers["annual_spending"]
    return left.to_numpy(dtype=float).round(2)


def _column(name: str, sign: int = 1) -> Values:
    return lambda frame: sign * frame[name].to_numpy(dtype=float)


def _criterion(name: str, sign: int = 1) -> Values:
    """Return a criterion's bound; a criterion that is missing restricts nobody."""

    def bound(products: pd.DataFrame) -> np.ndarray:
        asked = sign * products[name].to_numpy(dtype=float)
        return np.where(np.isnan(asked), -np.inf, asked)

    return bound


def _where(concerned: np.ndarray, bound: np.ndarray | float) -> np.ndarray:
    return np.where(concerned, bound, -np.inf)


def is_active(products: pd.DataFrame) -> np.ndarray:
    """Return whether each product is sold; one without a status is."""
    status = pricing.texts(products, "product_status").str.strip().str.lower()
    return status.isin(["", "active"]).to_numpy()


def _months_until(products: pd.DataFrame) -> np.ndarray:
    latest = pricing.term_months(products) - 12 * OLDEST_AT_END
    return _where(pricing.is_credit(products), latest)


def _known_overspending(customers: pd.DataFrame) -> np.ndarray:
    return np.nan_to_num(income_left(customers), nan=0.0)


def _left_after_reserve(customers: pd.DataFrame) -> np.ndarray:
    return income_left(customers) - RESERVE * customers["annual_income"].to_numpy(dtype=float)


def _high_risk(products: pd.DataFrame) -> np.ndarray:
    risk = pricing.texts(products, "risk_level").str.strip().str.lower()
    return _where((risk == "high").to_numpy(), LEFT_FOR_RISK)


def _room_for_debt(customers: pd.DataFrame) -> np.ndarray:
    room = MOST_DEBT * customers["annual_income"] - customers["loan_balance"]
    return room.to_numpy(dtype=float)


GATES = (
    Gate(
        "status",
        (),
        lambda customers: np.zeros(len(customers)),
        lambda products: _where(~is_active(products), np.inf),
        "What the bank no longer sells is offered to nobody.",
        "PROD 3.3",
        "is not active",
        "no product is active",
    ),
    Gate(
        "min_age",
        ("age",),
        _column("age"),
        _criterion("min_age"),
        "The product is for people of this age and older.",
        "PROD 3.3, PRIN 2A.3: the target market",
        "{age:.0f} years old, for people from {min_age:.0f} on",
        "younger than every product asks",
    ),
    Gate(
        "max_age",
        ("age",),
        _column("age", -1),
        _criterion("max_age", -1),
        "The product is for people up to this age.",
        "PROD 3.3, PRIN 2A.3: the target market",
        "{age:.0f} years old, for people up to {max_age:.0f}",
        "older than every product allows",
    ),
    Gate(
        "min_income",
        ("annual_income",),
        _column("annual_income"),
        _criterion("min_income"),
        "The product asks for this income.",
        "PROD 3.3, PRIN 2A.3: the target market",
        "an income of £{annual_income:,.0f}, £{min_income:,.0f} is asked for",
        "an income lower than every product asks",
    ),
    Gate(
        "max_income",
        ("annual_income",),
        _column("annual_income", -1),
        _criterion("max_income", -1),
        "The product is for incomes up to this one.",
        "PROD 3.3, PRIN 2A.3: the target market",
        "an income of £{annual_income:,.0f}, it is for incomes up to £{max_income:,.0f}",
        "an income higher than every product allows",
    ),
    Gate(
        "credit_score",
        ("credit_score",),
        _column("credit_score"),
        _criterion("credit_score_required"),
        "The product asks for this credit score.",
        "CONC 5.2A: the risk that it is not repaid",
        "a credit score of {credit_score:.0f}, {credit_score_required:.0f} is asked for",
        "a credit score lower than every product asks",
    ),
    Gate(
        "age_at_end",
        ("age",),
        _column("age", -12),
        _months_until,
        f"Credit is repaid by the age of {OLDEST_AT_END}: income falls in retirement.",
        "MCOB 11.6.14R, CONC 5.2A: income that is likely to fall within the term",
        f"over {OLDEST_AT_END} at the end of the term",
        f"over {OLDEST_AT_END} at the end of every term",
    ),
    Gate(
        "overspending",
        ("annual_income", "annual_spending"),
        _known_overspending,
        lambda products: np.zeros(len(products)),
        "Who spends more than comes in would repay credit by more credit, and has nothing to save.",
        "CONC 5.2A, PRIN 2A.2.8R: foreseeable harm",
        "spends £{overspent:,.0f} a year more than comes in",
        "spends more than comes in: no credit is offered, and nothing is left to save",
    ),
    Gate(
        "debt",
        ("annual_income", "loan_balance"),
        _room_for_debt,
        lambda products: _where(pricing.is_credit(products), pricing.amount(products)),
        f"All debt, the new credit included, is at most {MOST_DEBT} times the income.",
        "FG17/2: the Financial Policy Committee's loan-to-income limit",
        f"£{{debt:,.0f}} of debt with it, more than {MOST_DEBT} times the income",
        f"more debt than {MOST_DEBT} times the income with any credit",
    ),
    Gate(
        "affordability",
        ("annual_income", "annual_spending"),
        lambda customers: income_left(customers) / 12,
        lambda products: _where(pricing.is_credit(products), pricing.payment(products)),
        "The payment is made out of what is left of the income.",
        "CONC 5.2A, MCOB 11.6.5R, with a mortgage's rate a point higher by MCOB 11.6.18R",
        "£{payment:,.0f} a month of the £{monthly_left:,.0f} that is left",
        "a payment higher than what is left of the income, for any credit",
    ),
    Gate(
        "risk",
        ("annual_income", "annual_spending"),
        _left_after_reserve,
        _high_risk,
        f"A high risk is only for who has £{LEFT_FOR_RISK:,} a year left, a reserve put aside.",
        "COBS 9.2.2R: able financially to bear the risks",
        "a high risk, and too little is left of the income to bear it",
        "a high risk, and too little is left of the income to bear it",
    ),
)
CRITERIA_END = 1 + [gate.name for gate in GATES].index("credit_score")  # those before are criteria


def unknown(gate: Gate, customers: pd.DataFrame, products: pd.DataFrame) -> np.ndarray:
    """Return whom a gate stops before some product because a figure that it needs is missing."""
    if not gate.about:
        return np.zeros(len(customers), dtype=bool)
    missing = customers[list(gate.about)].isna().any(axis=1).to_numpy()
    if not missing.any():
        return missing
    highest = gate.bound(products).max(initial=-np.inf)
    return missing & (_known_or_lowest(gate.value(customers)) < highest)


def passes(gate: Gate, customers: pd.DataFrame, products: pd.DataFrame) -> np.ndarray:
    """Return whether a gate is open, products x customers."""
    value = _known_or_lowest(gate.value(customers))
    return value[np.newaxis, :] >= gate.bound(products)[:, np.newaxis]


def ranks(
    gate: Gate, customers: pd.DataFrame, products: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Return small whole numbers for values and bounds that compare as these do.

    A value is at least a bound exactly when its number is: what takes eight bytes takes one.
    """
    bounds, position = np.unique(gate.bound(products), return_inverse=True)
    value = _known_or_lowest(gate.value(customers))
    few = len(bounds) <= 1  # the same for all products: quicker compared than searched
    reached = value >= bounds[0] if few and len(bounds) else np.searchsorted(bounds, value, "right")
    dtype = np.min_scalar_type(len(bounds))
    return reached.astype(dtype), (position + 1).astype(dtype)


def _known_or_lowest(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), -np.inf, values)


def first_closed(customers: pd.DataFrame, products: pd.DataFrame) -> np.ndarray:
    """Return the first gate that is closed between each product and customer, as a position.

    -1 where all are open; products x customers.
    """
    first = np.full((len(products), len(customers)), -1)
    for i, gate in enumerate(GATES):
        first[(first == -1) & ~passes(gate, customers, products)] = i
    return first


def sentence(gate: Gate, customer: pd.Series, product: pd.Series) -> str:
    """Return what a gate says that is closed between a customer and a product."""
    missing = [LABELS[name] for name in gate.about if pd.isna(customer[name])]
    if missing:
        return f"{' and '.join(missing)} not known"
    left = customer["annual_income"] - customer["annual_spending"]
    products = product.to_frame().T
    figures = {
        "overspent": -left,
        "monthly_left": max(left, 0) / 12,
        "payment": pricing.payment(products)[0],
        "debt": customer["loan_balance"] + pricing.amount(products)[0],
    }
    return gate.sentence.format(**customer, **product, **figures)
