from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from product_match import eligibility
from product_match.eligibility import CRITERIA, eligible_shares, first_eligible

ANYBODY = dict.fromkeys(CRITERIA)
PENCE = st.integers(0, 5).map(lambda pence: Decimal(pence) / 100 + 5_000_000_000)
CUSTOMER = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(17, 20),
        "annual_income": st.none() | PENCE,
        "credit_score": st.none() | st.integers(599, 602),
    }
)
PRODUCT = st.fixed_dictionaries(
    {
        "min_age": st.none() | st.integers(16, 19),
        "max_age": st.none() | st.integers(18, 21),
        "min_income": st.none() | PENCE,
        "max_income": st.none() | PENCE,
        "credit_score_required": st.none() | st.integers(599, 602),
    }
)


def table(rows, columns):
    """A frame of floats as it is read from the database, None being NaN."""
    return pd.DataFrame(rows, columns=list(columns)).astype(float)


def shares(products, customers, labels):
    products = table(products, CRITERIA)
    customers = table(customers, ("age", "annual_income", "credit_score"))
    return eligible_shares(products, customers, np.array(labels)).tolist()


def customer(age=30, income=30_000, score=600):
    return {"age": age, "annual_income": income, "credit_score": score}


def test_shares_of_a_small_table():
    customers = [customer(25), customer(35), customer(45), customer(65), customer(75)]
    products = [{"min_age": 30}, {"max_age": 65}, {"min_age": 30, "max_age": 65}, ANYBODY]
    assert shares(products, customers, [0, 0, 0, 1, 1]) == [
        [2 / 3, 1],
        [1, 1 / 2],
        [2 / 3, 1 / 2],
        [1, 1],
    ]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"min_age": 30}, 1),
        ({"min_age": 31}, 0),
        ({"max_age": 30}, 1),
        ({"max_age": 29}, 0),
        ({"min_income": 30_000.29}, 1),
        ({"min_income": 30_000.30}, 0),
        ({"max_income": 30_000.29}, 1),
        ({"max_income": 30_000.28}, 0),
        ({"credit_score_required": 600}, 1),
        ({"credit_score_required": 601}, 0),
    ],
)
def test_bounds_belong_to_the_criteria(criteria, expected):
    assert shares([criteria], [customer(income=30_000.29)], [0]) == [[expected]]


@pytest.mark.parametrize("missing", ["age", "income", "score"])
def test_a_missing_value_meets_no_criterion_about_it(missing):
    about = {
        "age": [{"min_age": 0}, {"max_age": 999}],
        "income": [{"min_income": 0}, {"max_income": 9_999_999_999.99}],
        "score": [{"credit_score_required": 0}],
    }
    for name, products in about.items():
        expected = 0 if name == missing else 1
        assert shares(products, [customer(**{missing: None})], [0]) == [[expected]] * len(products)


@settings(deadline=None)
@given(
    st.lists(PRODUCT, min_size=1, max_size=8),
    st.lists(st.tuples(CUSTOMER, st.integers(0, 2)), min_size=1, max_size=30),
)
def test_shares_equal_a_count_one_by_one(products, labelled):
    def meets(customer, product):
        return all(
            product[criterion] is None
            or (
                customer[column] is not None
                and (
                    customer[column] <= product[criterion]
                    if criterion.startswith("max")
                    else customer[column] >= product[criterion]
                )
            )
            for criterion, (column, _) in CRITERIA.items()
        )

    labels = [label for _, label in labelled]
    expected = [
        [
            sum(meets(customer, product) for customer, label in labelled if label == cluster)
            / max(labels.count(cluster), 1)
            for cluster in range(max(labels) + 1)
        ]
        for product in products
    ]
    assert shares(products, [customer for customer, _ in labelled], labels) == expected


@pytest.mark.parametrize("cells", [1, 7, 64, 1_000])
def test_shares_do_not_depend_on_how_much_is_compared_at_once(cells, monkeypatch):
    rng = np.random.default_rng(1)
    customers = [customer(age, 1_000 * age, 10 * age) for age in rng.integers(18, 80, 50)]
    products = [{"min_age": age, "max_income": 2_000 * age} for age in rng.integers(18, 60, 13)]
    labels = rng.integers(0, 3, 50)
    expected = shares(products, customers, labels)
    monkeypatch.setattr(eligibility, "CELLS", cells)
    assert shares(products, customers, labels) == expected


def test_no_products_have_no_shares():
    assert shares([], [customer()], [0]) == []


@settings(max_examples=50)
@given(st.lists(PRODUCT, max_size=5), st.lists(CUSTOMER, max_size=5))
def test_the_first_eligible_product_is_the_first_with_a_full_share_of_a_cluster_of_one(
    products, people
):
    columns = ("age", "annual_income", "credit_score")
    first = first_eligible(table(products, CRITERIA), table(people, columns))
    each = shares(products, people, range(len(people))) if products and people else []
    for i, position in enumerate(first):
        eligible = [row[i] for row in each]
        assert position == (eligible.index(1) if 1 in eligible else -1)
