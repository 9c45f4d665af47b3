"""The walk on frames: who is in which cluster, what is offered to whom."""

import numpy as np
import pandas as pd
import pytest

from clustering.engine import TooFewCustomers
from data_generator.customers import generate_customers
from data_generator.products import generate_products
from product_match.eligibility import CRITERIA
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
    criteria = dict.fromkeys(CRITERIA, np.nan)
    kind = {"product_type": "Savings Account", "product_status": "Active"}
    return {"product_id": product_id, "product_name": f"P{product_id}"} | kind | criteria | changed


def walk(customers, *products, n_clusters=2, features=FEATURES):
    segments = find_segments(customers, n_clusters, features)
    products = pd.DataFrame(products)
    matches = match_products(segments, products)
    return matches, with_segments(customers, segments, products, matches)


def test_everybody_has_the_cluster_and_its_name():
    rows = with_segments(two_kinds(), segments := find_segments(two_kinds(), 2, FEATURES))
    assert rows["cluster"].tolist() == [0, 1, 0, 1]
    names = [profile["name"] for profile in segments.profiles.values()]
    assert rows["cluster_name"].tolist() == [*names, *names]
    assert names[0].startswith("Students, debt-free")
    assert "best_product" not in rows


def test_who_lacks_a_feature_has_no_cluster_no_name_and_no_product():
    customers = two_kinds(age=[20.0, 60.0, np.nan, 61.0])
    _, rows = walk(customers, product(1), features=("age",))
    assert rows["cluster"].isna().tolist() == [False, False, True, False]
    for column in ("cluster_name", "best_product", "best_product_id"):
        assert rows[column].isna().tolist() == [False, False, True, False]


def test_each_is_offered_the_best_product_that_is_open_to_them():
    """The first product is open to most of cluster 0, and not to its second member."""
    three = {
        name: [*values, values[0]] for name, values in two_kinds().to_dict(orient="list").items()
    }
    customers = pd.DataFrame(three | {"credit_score": [400.0, 800.0, 300.0, 810.0, 405.0]})
    matches, rows = walk(
        customers,
        product(7, product_type="Credit Card", credit_score_required=350, max_age=30),
        product(5, max_age=30),
        product(6, min_age=30, product_status="Inactive"),
    )
    assert matches[["cluster", "product_id", "product_name"]].to_numpy().tolist() == [
        [0, 7, "P7"],
        [0, 5, "P5"],
    ]
    assert rows["best_product"].astype(object).fillna("").tolist() == ["P7", "", "P5", "", "P7"]
    assert rows["best_product_id"].astype("Int64").fillna(-1).tolist() == [7, -1, 5, -1, 7]


def test_no_product_that_suits_anybody():
    matches, rows = walk(two_kinds(), product(1, min_age=90), product(2, product_status="Inactive"))
    assert matches.empty
    assert rows["best_product"].isna().all()


def test_offers_are_of_the_own_cluster_and_open_to_the_customer(customers):
    products = generate_products(40, seed=3)
    segments = find_segments(customers, 4, FEATURES)
    matches = match_products(segments, products)
    rows = with_segments(customers, segments, products, matches)
    ranked = matches.groupby("cluster")["product_id"].apply(list)
    criteria = products.set_index("product_id")[list(CRITERIA)]
    for row in rows.itertuples():
        open_to_them = [
            product_id
            for product_id in ranked[row.cluster]
            if all(
                sign * getattr(row, column) >= sign * criteria.loc[product_id, criterion]
                for criterion, (column, sign) in CRITERIA.items()
            )
        ]
        assert row.best_product_id == open_to_them[0]


def test_the_customers_are_as_they_were(customers):
    products = generate_products(10, seed=3)
    segments = find_segments(customers, "auto", FEATURES)
    rows = with_segments(customers, segments, products, match_products(segments, products))
    pd.testing.assert_frame_equal(rows[list(customers)], customers)
    assert list(rows)[len(customers.columns) :] == [
        *("cluster", "cluster_name"),
        *("best_product_id", "best_product"),
    ]


def test_too_few_customers_is_said_without_advice_about_routes():
    with pytest.raises(TooFewCustomers) as few:
        find_segments(two_kinds(), 5, FEATURES)
    assert few.value.fact == "5 clusters need at least 5 different customers, but there are 4"
