import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from product_match import pricing
from tests.product_match.frames import products

LOAN = {"product_type": "Loan", "interest_rate": 12.0}
CARD = {"product_type": "Credit Card", "interest_rate": 24.0}
RATE = st.integers(0, 5_000).map(lambda hundredths: hundredths / 100)
FEE = st.integers(0, 50_000).map(lambda pence: pence / 100)


@pytest.mark.parametrize(
    ("rate", "months", "factor"),
    [
        (0, 12, 1 / 12),
        (12, 1, 1.01),
        (12, 12, 0.0888488),  # from a book of annuities: 1 % a month over a year
        (6, 360, 0.00599551),
        (-3, 10, 0.1),
    ],
)
def test_the_payment_that_repays_a_debt(rate, months, factor):
    assert pricing.annuity_factor(np.array([rate]), np.array([months])) == pytest.approx(
        factor, rel=1e-5
    )


def test_payments_by_hand():
    """£9,000 over 5 years, a card of £1,500, a mortgage of £150,000 one point dearer."""
    payments = pricing.payment(
        products(
            LOAN | {"term_length": 60},
            CARD | {"annual_fees": 24},
            LOAN | {"term_length": 360, "benefits": "A mortgage.", "interest_rate": 5.0},
            {},
        )
    )
    assert payments == pytest.approx([200.20, 58.85 + 2, 899.33, 0], abs=0.01)


@pytest.mark.parametrize(
    ("about", "months"),
    [
        ({"term_length": 24}, 24),
        ({"term_length": 40}, 40),
        ({"term_length": 25, "benefits": "Mortgages made easy"}, 300),
        ({"term_length": 40, "product_name": "Home Loan"}, 480),
        ({"term_length": 41, "product_name": "Home loan"}, 41),
        ({"product_name": "Mortgage 35 years"}, 420),
        ({"product_name": "Loan over 18 months"}, 18),
        ({"product_name": "A 5-year loan"}, 60),
        ({"product_name": "Mortgage"}, 300),
        ({}, 60),
        ({"term_length": 0}, 60),
    ],
)
def test_terms_are_months_and_a_mortgages_short_ones_years(about, months):
    assert pricing.term_months(products(LOAN | about)) == [months]


def test_what_lends_no_money_has_no_typical_term():
    assert np.isnan(pricing.term_months(products({})))
    assert pricing.term_months(products({"term_length": 12})) == [12]


def test_a_rate_that_is_not_known_is_the_typical_one_for_a_payment_and_the_worst_as_a_price():
    known, unknown = LOAN | {"interest_rate": 12}, LOAN | {"interest_rate": None}
    payments = pricing.payment(products(known, unknown))
    assert payments[0] == payments[1]
    assert pricing.best_first(products(unknown, known)).tolist() == [1, 0]


def test_the_better_stands_first_within_each_type():
    order = pricing.best_first(
        products(
            {"product_type": "Investment"},
            {"interest_rate": 3},
            {"interest_rate": 5, "annual_fees": 150},
            {"interest_rate": 5},
            LOAN | {"interest_rate": 9},
            LOAN | {"interest_rate": 5},
            CARD,
            CARD | {"reward_points": 500},
            CARD | {"reward_points": 500, "min_income": 5_000},
        )
    )
    assert order.tolist() == [7, 8, 6, 5, 4, 3, 1, 2, 0]


@given(
    st.sampled_from(["Credit Card", "Loan", "Savings Account", "Investment"]),
    st.lists(st.tuples(RATE, FEE), min_size=2, max_size=8),
)
def test_what_is_dominated_stands_behind_what_dominates_it(product_type, prices):
    rows = [
        {"product_type": product_type, "interest_rate": rate, "annual_fees": fee}
        for rate, fee in prices
    ]
    places = np.argsort(pricing.best_first(products(*rows)))
    sign = 1 if product_type in ("Credit Card", "Loan") else -1
    for i, (rate, fee) in enumerate(prices):
        for j, (other_rate, other_fee) in enumerate(prices):
            no_worse = sign * rate <= sign * other_rate and fee <= other_fee
            if no_worse and (rate, fee) != (other_rate, other_fee):
                assert places[i] < places[j]
