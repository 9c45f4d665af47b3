import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from product_match.gates import GATES, first_closed, ranks, sentence
from tests.product_match.frames import customers, products

LOAN = {"product_type": "Loan", "interest_rate": 6.0, "term_length": 60}
MORTGAGE = {"product_type": "Loan", "benefits": "A mortgage.", "term_length": 300}
CARD = {"product_type": "Credit Card", "interest_rate": 20.0}
BY_NAME = {gate.name: gate for gate in GATES}


def closed(customer, product):
    """The name of the first gate that is closed, None when all are open."""
    (position,) = first_closed(customers(customer), products(product)).ravel()
    return None if position < 0 else GATES[position].name


@pytest.mark.parametrize(
    ("customer", "product", "gate"),
    [
        ({}, {}, None),
        ({}, {"product_status": None}, None),
        ({}, {"product_status": " active "}, None),
        ({}, {"product_status": "Inactive"}, "status"),
        ({"age": 40}, {"min_age": 40}, None),
        ({"age": 39}, {"min_age": 40}, "min_age"),
        ({"age": 40}, {"max_age": 40}, None),
        ({"age": 41}, {"max_age": 40}, "max_age"),
        ({"annual_income": 30_000.29}, {"min_income": 30_000.29}, None),
        ({"annual_income": 30_000.28}, {"min_income": 30_000.29}, "min_income"),
        ({"annual_income": 30_000.29}, {"max_income": 30_000.29}, None),
        ({"annual_income": 30_000.30}, {"max_income": 30_000.29}, "max_income"),
        ({"credit_score": 600}, {"credit_score_required": 600}, None),
        ({"credit_score": 599}, {"credit_score_required": 600}, "credit_score"),
        ({"age": 70}, LOAN, None),
        ({"age": 71}, LOAN, "age_at_end"),
        ({"age": 70}, LOAN | {"term_length": 61}, "age_at_end"),
        ({"age": 74}, CARD | {"term_length": 24}, "age_at_end"),
        ({"age": 90}, {"term_length": 60}, None),
        ({"annual_spending": 30_000}, {}, None),
        ({"annual_spending": 30_000.01}, {}, "overspending"),
        ({"annual_spending": 30_000.01}, CARD, "overspending"),
        ({"loan_balance": 126_000}, LOAN, None),  # with £9,000, 4.5 times the income
        ({"loan_balance": 126_000.01}, LOAN, "debt"),
        ({"annual_spending": 27_900}, LOAN, None),  # £175 a month is left for £174
        ({"annual_spending": 27_930}, LOAN, "affordability"),
        ({"annual_income": 60_000, "annual_spending": 50_000}, MORTGAGE, "affordability"),
        ({"annual_income": 60_000, "annual_spending": 40_000}, MORTGAGE, None),
        ({"annual_spending": 25_800.0}, {"risk_level": "high"}, None),
        ({"annual_spending": 25_800.01}, {"risk_level": "High"}, "risk"),
    ],
)
def test_where_a_gate_closes(customer, product, gate):
    assert closed(customer, product) == gate


@pytest.mark.parametrize(
    ("missing", "product", "gate"),
    [
        ("age", {}, None),
        ("age", {"min_age": 0}, "min_age"),
        ("age", {"max_age": 150}, "max_age"),
        ("age", LOAN, "age_at_end"),
        ("annual_income", {}, None),
        ("annual_income", {"min_income": 0}, "min_income"),
        ("annual_income", LOAN, "debt"),
        ("annual_income", {"risk_level": "High"}, "risk"),
        ("annual_spending", {}, None),
        ("annual_spending", LOAN, "affordability"),
        ("annual_spending", {"risk_level": "High"}, "risk"),
        ("loan_balance", {}, None),
        ("loan_balance", CARD, "debt"),
        ("credit_score", CARD, None),
        ("credit_score", CARD | {"credit_score_required": 0}, "credit_score"),
    ],
)
def test_a_missing_value_closes_only_the_gates_about_it(missing, product, gate):
    assert closed({missing: None}, product) == gate


@pytest.mark.parametrize(
    ("gate", "customer", "product", "expected"),
    [
        ("age_at_end", {"age": 60}, LOAN, "over 75 at the end of the term"),
        (
            "affordability",
            {"annual_spending": 29_000},
            LOAN,
            "£174 a month of the £83 that is left",
        ),
        ("min_age", {"age": 17}, {"min_age": 18}, "17 years old, for people from 18 on"),
        (
            "overspending",
            {"annual_spending": 31_234},
            {},
            "spends £1,234 a year more than comes in",
        ),
        (
            "debt",
            {"loan_balance": 130_000},
            LOAN,
            "£139,000 of debt with it, more than 4.5 times the income",
        ),
        ("credit_score", {"credit_score": None}, CARD, "credit score not known"),
    ],
)
def test_what_a_gate_says(gate, customer, product, expected):
    people = customers(customer)
    assert sentence(BY_NAME[gate], people.iloc[0], products(product).iloc[0]) == expected


def test_every_gate_says_why_it_is_there_and_who_asks_for_it():
    for gate in GATES:
        assert gate.reason.endswith(".")
        assert gate.source
        assert gate.nothing_left


VALUES = st.none() | st.integers(0, 6)


@given(st.lists(VALUES, min_size=1, max_size=9), st.lists(VALUES, min_size=1, max_size=9))
def test_ranks_compare_as_the_values_do(ages, bounds):
    people = customers(*({"age": age} for age in ages))
    offered = products(*({"min_age": bound} for bound in bounds))
    value, bound = ranks(BY_NAME["min_age"], people, offered)
    expected = [
        [asked is None or (age is not None and age >= asked) for age in ages] for asked in bounds
    ]
    assert (value[np.newaxis, :] >= bound[:, np.newaxis]).tolist() == expected
