"""What the offers of generated banks must show, counted by the checker that knows no matching."""

import pandas as pd
import pytest

from tests.product_match.checker import TYPES, examine, generated_bank

BANKS = [(500, 0), (500, 1), (500, 2), (1_500, 3)]  # `python -m` the checker takes 20 of each size
NEVER = [
    "eligible",
    "within what comes in",
    "75 at the end",
    "affordable",
    "debt",
    "high risk",
    "dominated",
    "two of a type",
]


@pytest.fixture(scope="module")
def figures():
    return pd.DataFrame([examine(generated_bank(size, seed)) for size, seed in BANKS])


@pytest.mark.parametrize("harm", NEVER)
def test_nobody_is_offered_what_does_harm(figures, harm):
    assert figures[harm].tolist() == [0] * len(BANKS)


def test_some_have_no_offer_and_most_have(figures):
    assert figures["without"].between(0.01, 0.25).all()


@pytest.mark.parametrize("name", TYPES)
def test_no_type_wins_everywhere(figures, name):
    assert figures[f"first: {name}"].mean() >= 0.1


def test_lists_are_short_various_and_of_the_cluster(figures):
    assert figures["shortest list"].min() >= 3
    assert figures["longest list"].max() <= 15
    assert figures["fewest types"].min() >= 2
    assert figures["overlap"].mean() < 0.5


def test_credit_costs_much_less_than_all_that_was_open(figures):
    assert figures["rate to before"].mean() <= 0.6
