"""The walk on frames: who is in which cluster, what is offered to whom."""

import numpy as np
import pandas as pd
import pytest

import schema
from clustering.engine import TooFewCustomers
from data_generator.customers import generate_customers
from data_generator.products import generate_products
from segment.pipeline import find_segments, match_products, with_segments

FEATURES = ("age", "annual_income", "loan_balance")


@pytest.fixture(scope="module")
def customers():
    return generate_customers(300, seed=3).assign(customer_id=range(1, 301))


def two_kinds(**changed):
    """Four customers: two young ones who earn little, two old ones who earn much."""
    customers = {
        "customer_id": [1, 2, 3, 4],
        "age": [20.0, 60.0, 21.0, 61.0],
        "annual_income": [10_000.0, 90_000.0, 11_000.0, 91_000.0],
        "annual_spending": [9_000.0, 30_000.0, 9_000.0, 30_000.0],
        "loan_balance": [0.0, 0.0, 0.0, 0.0],
        "credit_score": [400.0, 800.0, 410.0, 810.0],
        "occupation": [0.0, 1.0, 0.0, 1.0],
        "city": [9.0, 9.0, 9.0, 9.0],
    }
    return pd.DataFrame(customers | changed)


def product(product_id, **changed):
    nothing = dict.fromkeys(column.name for column in schema.PRODUCT)
    kind = {"product_type": "Savings Account", "product_status": "Active", "interest_rate": 4.0}
    named = {"product_id": product_id, "product_name": f"P{product_id}"}
    return nothing | named | kind | changed


def walk(customers, *products, n_clusters=2, features=FEATURES):
    segments = find_segments(customers, n_clusters, features)
    matches = match_products(customers, segments, pd.DataFrame(products))
    return matches, with_segments(customers, segments, matches)


def test_everybody_has_the_cluster_and_its_name():
    rows = with_segments(two_kinds(), segments := find_segments(two_kinds(), 2, FEATURES))
    assert rows["cluster"].tolist() == [0, 1, 0, 1]
    names = [profile["name"] for profile in segments.profiles.values()]
    assert rows["cluster_name"].tolist() == [*names, *names]
    assert names[0].startswith("Students, debt-free")
    assert "best_product" not in rows


def test_who_lacks_a_figure_is_offered_what_does_not_ask_for_it():
    customers = two_kinds(age=[20.0, 60.0, np.nan, 61.0])
    matches, rows = walk(customers, product(1), product(2, min_age=18, interest_rate=5.0))
    assert rows["best_product_id"].tolist() == [2, 2, 1, 2]
    assert matches.lists["cluster"].tolist() == [0, 0, 1]


def test_each_is_offered_the_best_product_that_is_open_to_them():
    matches, rows = walk(
        two_kinds(),
        product(7, product_type="Credit Card", interest_rate=20.0, credit_score_required=405),
        product(5, max_age=30),
        product(6, max_age=30, interest_rate=3.9),
        product(4, min_age=30, product_status="Inactive"),
    )
    assert matches.lists[["cluster", "product_id", "product_name"]].to_numpy().tolist() == [
        [0, 7, "P7"],
        [0, 5, "P5"],
        [1, 7, "P7"],
    ]
    assert rows["best_product"].astype(object).fillna("").tolist() == ["P5", "P7", "P7", "P7"]
    assert rows["best_product_id"].astype("Int64").fillna(-1).tolist() == [5, 7, 7, 7]
    assert rows["best_fit"].between(0, 1).all()
    assert rows["best_reasons"].str.contains("no better").all()
    assert rows["no_offer_reason"].isna().all()


def test_no_product_that_suits_anybody():
    matches, rows = walk(two_kinds(), product(1, min_age=90), product(2, product_status="Inactive"))
    assert matches.lists.empty
    assert rows["best_product"].isna().all()
    assert rows["no_offer_reason"].tolist() == ["younger than every product asks"] * 4


def test_the_customers_are_as_they_were(customers):
    products = generate_products(10, seed=3)
    segments = find_segments(customers, "auto", FEATURES)
    matches = match_products(customers, segments, products)
    rows = with_segments(customers, segments, matches, control=0.1)
    pd.testing.assert_frame_equal(rows[list(customers)], customers)
    assert list(rows)[len(customers.columns) :] == [
        *("cluster", "cluster_name"),
        *schema.OFFERED,
        "control",
    ]


def test_the_control_group_is_the_same_for_the_same_seed(customers):
    segments = find_segments(customers, 3, FEATURES)
    groups = [
        with_segments(customers, segments, control=0.1, seed=seed)["control"] for seed in (1, 1, 2)
    ]
    assert groups[0].tolist() == groups[1].tolist() != groups[2].tolist()
    assert 0.04 < groups[0].mean() < 0.16
    assert not with_segments(customers, segments, control=0.0)["control"].any()


def test_too_few_customers_is_said_without_advice_about_routes():
    with pytest.raises(TooFewCustomers) as few:
        find_segments(two_kinds(), 5, FEATURES)
    assert few.value.fact == "5 clusters need at least 5 different customers, but there are 4"
