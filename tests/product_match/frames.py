"""Frames of customers and products of a few rows, for tests."""

import pandas as pd

PRODUCT = {
    "product_id": 1000,
    "product_name": "A product",
    "product_type": "Savings Account",
    "min_age": None,
    "max_age": None,
    "min_income": None,
    "max_income": None,
    "credit_score_required": None,
    "interest_rate": 4.0,
    "annual_fees": 0.0,
    "risk_level": "Low",
    "benefits": None,
    "term_length": None,
    "reward_points": None,
    "product_status": "Active",
}
NUMBERS = [
    *("min_age", "max_age", "min_income", "max_income", "credit_score_required"),
    *("interest_rate", "annual_fees", "term_length", "reward_points"),
]
CUSTOMER = {
    "age": 40,
    "annual_income": 30_000.0,
    "annual_spending": 20_000.0,
    "loan_balance": 0.0,
    "credit_score": 600,
}


def products(*rows):
    """Savings accounts at 4 % that anybody may have, save for what the rows say."""
    frame = pd.DataFrame([PRODUCT | {"product_id": 1000 + i} | row for i, row in enumerate(rows)])
    return frame.astype(dict.fromkeys(NUMBERS, float))


def customers(*rows):
    """People of 40 who earn £30,000, spend £20,000 and owe nothing, save for what the rows say."""
    return pd.DataFrame([CUSTOMER | row for row in rows]).astype(float)
