"""What a bank knows of its customers beyond the documented columns, and pseudonyms for their names.

`figures` holds the numbers and their sources.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from data_generator import figures

PSEUDONYMS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter is like a digit
PSEUDONYM_LENGTH = 8


def with_own_columns(batches: Iterable[pd.DataFrame], seed: int | None) -> Iterator[pd.DataFrame]:
    """Yield batches of customers with a reference for their names, and own columns behind.

    Those are tenure (whole years at the bank), products_held and monthly_transactions. The same
    seed gives the same ones; the documented columns are as they were.
    """
    rng = np.random.default_rng(None if seed is None else [seed, 1])
    for customers in batches:
        size = len(customers)
        tenure = _draw_tenure(rng, customers["age"].to_numpy())
        named = customers.drop(columns=["first_name", "last_name"])
        named.insert(0, "reference", _draw_pseudonyms(rng, size))
        yield named.assign(
            tenure=tenure,
            products_held=_draw_products(rng, customers["annual_income"].to_numpy(), tenure),
            monthly_transactions=_draw_payments(rng, customers["annual_spending"].to_numpy()),
        )


def _draw_pseudonyms(rng, size):
    letters = rng.choice(list(PSEUDONYMS), (size, PSEUDONYM_LENGTH))
    return [f"C-{''.join(row)}" for row in letters]


def _draw_tenure(rng, age):
    years = np.interp(rng.random(len(age)), *figures.TENURE_STEPS)
    return np.minimum(years, age - figures.FIRST_ACCOUNT).astype(np.int16)


def _draw_products(rng, income, tenure):
    usual = (
        figures.MORE_PRODUCTS
        + figures.PRODUCTS_PER_LOG_INCOME * np.log(np.maximum(income, 1) / figures.MEDIAN_PAY)
        + figures.PRODUCTS_PER_YEAR * tenure
    )
    drawn = 1 + rng.poisson(np.maximum(usual, 0.1))
    return np.minimum(drawn, figures.MOST_PRODUCTS).astype(np.int16)


def _draw_payments(rng, spending):
    usual = (spending / spending.mean()) ** figures.PAYMENTS_ELASTICITY
    luck = np.exp(figures.PAYMENTS_NOISE * rng.standard_normal(len(spending)))
    return np.rint(figures.MONTHLY_PAYMENTS * usual * luck).astype(np.int32)
