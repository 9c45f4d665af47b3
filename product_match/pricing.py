"""What a product would cost its holder: typical credit, its monthly payment, which price is better.

The table of products says neither how much is borrowed nor whether a home secures it, so the
typical amounts are stated here. All functions take a frame of products and return an array with
one element a product.

Terms are in months. Only a mortgage's term of up to 40 is taken as years, since no mortgage ends
within 40 months; where a table has no term, the one that the product's name says counts ("35
years"), and failing that the typical one.
"""

import numpy as np
import pandas as pd

from schema import PRODUCT_TYPES

CREDIT_CARD, LOAN, SAVINGS, INVESTMENT = PRODUCT_TYPES
MORTGAGE = "Mortgage"  # a loan that a home secures; no type of its own in the table

# --- Typical credit ---
CARD_DRAWN = 1_500  # £; the FCA's representative amount of running-account credit (CONC 3.6)
LOAN_PER_MONTH = 150  # £ borrowed for each month of the term: £9,000 over five years (assumed)
MORTGAGE_DRAWN = 150_000  # £; one person's part of a British home (assumed)
# Of a product that names none (assumed): months, % a year.
TYPICAL_TERM = {CREDIT_CARD: 36, LOAN: 60, MORTGAGE: 300}
TYPICAL_RATE = {CREDIT_CARD: 25, LOAN: 12, MORTGAGE: 5}
CARD_REPAID_IN = 36  # months in which a card that is drawn in full is repaid (assumed)
MORTGAGE_STRESS = 1  # percentage point by which MCOB 11.6.18R makes a mortgage's rate rise
LONGEST_UNSECURED = 120  # months; a longer loan is taken for a mortgage (assumed)
LONGEST_IN_YEARS = 40

# --- What a year costs or brings ---
# The balance by which rate and fee become one amount, £ (assumed).
BALANCE = {CREDIT_CARD: 1_500, LOAN: 5_000, SAVINGS: 5_000, INVESTMENT: 10_000}


def texts(products: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of texts, "" for a missing one."""
    column = products[name].astype(object)
    return column.where(column.notna(), "").astype(str)


def is_credit(products: pd.DataFrame) -> np.ndarray:
    """Return whether each product lends money."""
    return products["product_type"].isin([CREDIT_CARD, LOAN]).to_numpy()


def is_mortgage(products: pd.DataFrame) -> np.ndarray:
    """Return whether a home secures it: its name or benefits say so, or it is as long as that."""
    words = texts(products, "product_name") + " " + texts(products, "benefits")
    named = words.str.contains(r"\bmortgage|\bhome loan", case=False)
    long = products["term_length"].to_numpy(dtype=float) > LONGEST_UNSECURED
    return (products["product_type"] == LOAN).to_numpy() & (named.to_numpy() | long)


def term_months(products: pd.DataFrame) -> np.ndarray:
    """Return the term in months; of credit that has none the typical one, otherwise NaN."""
    term = products["term_length"].to_numpy(dtype=float)
    term = np.where(term > 0, term, _term_by_name(products))
    in_years = is_mortgage(products) & (term <= LONGEST_IN_YEARS)
    return np.where(
        np.isnan(term), _typical(products, TYPICAL_TERM), np.where(in_years, 12, 1) * term
    )


def _term_by_name(products: pd.DataFrame) -> np.ndarray:
    found = texts(products, "product_name").str.extract(r"(?i)\b(\d{1,3})[ -]?(year|month)")
    months = found[1].str.lower().map({"year": 12, "month": 1})
    return (found[0].astype(float) * months.astype(float)).to_numpy()


def amount(products: pd.DataFrame) -> np.ndarray:
    """Return how much is typically borrowed (£); 0 where no money is lent."""
    lent = np.where(products["product_type"] == CREDIT_CARD, CARD_DRAWN, 0.0)
    lent = np.where(products["product_type"] == LOAN, LOAN_PER_MONTH * term_months(products), lent)
    return np.where(is_mortgage(products), MORTGAGE_DRAWN, lent)


def payment(products: pd.DataFrame) -> np.ndarray:
    """Return what a month of the typical credit costs (£), its fee included.

    It is the annuity that repays the amount with interest; a card's over `CARD_REPAID_IN` months,
    a mortgage's at a rate `MORTGAGE_STRESS` points higher. 0 where no money is lent.
    """
    rate = _known_rate(products) + np.where(is_mortgage(products), MORTGAGE_STRESS, 0)
    is_card = (products["product_type"] == CREDIT_CARD).to_numpy()
    months = np.where(is_card, CARD_REPAID_IN, term_months(products))
    annuity = amount(products) * annuity_factor(rate, months)
    return np.where(is_credit(products), annuity + yearly_fee(products) / 12, 0)


def annuity_factor(rate: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Return the part of a debt at `rate` % a year that is paid each month to repay it in time."""
    monthly = np.maximum(rate, 0) / 1200
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = monthly / -np.expm1(-months * np.log1p(monthly))
    return np.where(monthly > 0, factor, 1 / months)


def _known_rate(products: pd.DataFrame) -> np.ndarray:
    rate = products["interest_rate"].to_numpy(dtype=float)
    return np.where(np.isnan(rate), _typical(products, TYPICAL_RATE), rate)


def _typical(products: pd.DataFrame, values: dict[str, float]) -> np.ndarray:
    kinds = products["product_type"].mask(is_mortgage(products), MORTGAGE)
    return kinds.map(values).to_numpy(dtype=float)


def yearly_fee(products: pd.DataFrame) -> np.ndarray:
    """Return the fee (£ a year), 0 where there is none."""
    return _or_zero(products, "annual_fees")


def _or_zero(products: pd.DataFrame, name: str) -> np.ndarray:
    return np.nan_to_num(products[name].to_numpy(dtype=float))


def dearness(products: pd.DataFrame) -> np.ndarray:
    """Return the rate such that less is better: what credit costs, less what own money brings.

    A rate that is not known is worse than any.
    """
    rate = products["interest_rate"].to_numpy(dtype=float)
    return np.where(np.isnan(rate), np.inf, np.where(is_credit(products), rate, -rate))


def yearly_price(products: pd.DataFrame) -> np.ndarray:
    """Return what a year with the usual balance costs (£), less what it brings."""
    balance = products["product_type"].map(BALANCE).to_numpy(dtype=float)
    return dearness(products) / 100 * balance + yearly_fee(products)


def yearly_return(products: pd.DataFrame) -> np.ndarray:
    """Return what own money brings a year (%), after the fee on what is usually invested.

    Minus infinity where the rate is not known.
    """
    rate = products["interest_rate"].to_numpy(dtype=float)
    brought = rate - 100 * yearly_fee(products) / BALANCE[INVESTMENT]
    return np.where(np.isnan(rate), -np.inf, brought)


def best_first(products: pd.DataFrame) -> np.ndarray:
    """Return the positions of the products by type, within a type the best first.

    The better has the lower yearly price, then rate and fee, then more reward points, the shorter
    term, and what asks less of people. No worse in rate and fee and better in one: that product
    stands before the other, so the first one that is open to somebody is dominated by none.
    """
    keys = pd.DataFrame(
        {
            "type": products["product_type"].map(PRODUCT_TYPES.index).to_numpy(),
            "price": yearly_price(products),
            "rate": dearness(products),
            "fee": yearly_fee(products),
            "points": -_or_zero(products, "reward_points"),
            "term": np.nan_to_num(term_months(products)),
            "score": _or_zero(products, "credit_score_required"),
            "income": _or_zero(products, "min_income"),
            "age": _or_zero(products, "min_age"),
            "id": products["product_id"].to_numpy(),
        }
    )
    return keys.sort_values(list(keys)).index.to_numpy()
