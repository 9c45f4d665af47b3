"""Customers like a British bank's, drawn from a model of their lives.

Life stage decides age and occupation; these and the city decide income; income and age decide
spending and debt; all of them decide the credit score. `figures` holds the numbers and their
sources, `finances` the formulas for money.
"""

import numpy as np
import pandas as pd

from data_generator import figures
from data_generator.finances import (
    draw_car_finance,
    draw_credit_score,
    draw_income,
    draw_late_mortgage,
    draw_mortgage,
    draw_no_income,
    draw_spending,
    draw_student_finance,
    draw_unsecured_debt,
)
from data_generator.names import draw_first_names, draw_last_names
from data_generator.sampling import spread_codes

BATCH_SIZE = 50_000


def generate_customers(size, seed=None, missing=0.0):
    """`size` customers (1 or more) as a frame; the same size and seed give the same frame.

    Columns: first_name, last_name (categorical); age; occupation, city (documented codes);
    annual_income, annual_spending, loan_balance (£, to the penny); credit_score (300 to 850). All
    but the names are missing for a share of `missing` of the customers, each on its own. Without a
    seed every call draws afresh.
    """
    return pd.concat(customer_batches(size, seed, missing), ignore_index=True)


def customer_batches(size, seed=None, missing=0.0):
    """Yield the frame of `generate_customers` in pieces of at most `BATCH_SIZE` rows."""
    rng = np.random.default_rng(seed)
    for start in range(0, size, BATCH_SIZE):
        customers = _draw_customers(rng, min(BATCH_SIZE, size - start))
        yield _without_some(rng, customers, missing) if missing else customers


def _draw_customers(rng, size):
    age, occupation = draw_age_and_occupation(rng, size)
    city = spread_codes(rng, figures.CITY_INHABITANTS, size)
    income = draw_income(rng, age, occupation, city)
    loan_balance = draw_unsecured_debt(rng, age, income) + draw_mortgage(rng, age, income)
    rare = rng.spawn(1)[0]  # draws of its own: what is rare leaves everybody else as they are
    loan_balance += _rare_debts(rare, age, occupation, income, loan_balance)
    return pd.DataFrame(
        {
            "first_name": draw_first_names(rng, size),
            "last_name": draw_last_names(rng, size),
            "age": age,
            "occupation": occupation,
            "city": city,
            "annual_income": np.where(draw_no_income(rare, occupation), 0, income.round(2)),
            "annual_spending": draw_spending(rng, age, income).round(2),
            "loan_balance": loan_balance.round(2),
            "credit_score": draw_credit_score(rng, age, occupation, income, loan_balance),
        }
    )


def _rare_debts(rng, age, occupation, income, loan_balance):
    """What few owe beside the usual: cars, student finance, mortgages that outlast work."""
    late = draw_late_mortgage(rng, age, income) * (loan_balance < income)
    return late + draw_car_finance(rng, age) + draw_student_finance(rng, occupation)


def _without_some(rng, customers, share):
    """The customers, this share of each column but the names missing."""
    for name in customers.columns.drop(["first_name", "last_name"]):
        column = customers[name]
        nullable = column if column.dtype.kind == "f" else column.astype("Int64")
        customers[name] = nullable.mask(rng.random(len(customers)) < share)
    return customers


def draw_age_and_occupation(rng, size):
    """Ages in full years and occupation codes of `size` customers, by their stage of life."""
    shares, ages, occupations = zip(*figures.LIFE_STAGES.values(), strict=True)
    stage = spread_codes(rng, shares, size)
    age = rng.triangular(*np.array(ages)[stage].T).astype(np.int16)
    return age, _draw_occupations(rng, np.array([_odds(o) for o in occupations])[stage])


def _odds(percentages):
    return [percentages.get(code, 0) for code in range(figures.N_OCCUPATIONS)]


def _draw_occupations(rng, odds):
    """One code for each row of `odds` (customers x occupations, in per cent)."""
    edges = np.cumsum(odds, axis=1)
    drawn = 100 * rng.random((len(odds), 1))
    return (drawn >= edges).sum(axis=1).astype(np.int16)
