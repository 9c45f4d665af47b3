import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.features import feature_matrix
from data_generator.customers import generate_customers
from data_generator.products import generate_products
from product_match.scoring import EVERY_PRODUCT, FIGURES, NEEDS, RECOMMENDED_FROM, match
from tests.support import cluster_points

TYPES = list(NEEDS)
CUSTOMERS = pd.DataFrame(
    {
        "age": [20.0, 30, 60, 70],
        "annual_income": [10_000.0, 30_000, 20_000, 20_000],
        "annual_spending": [10_000.0, 26_000, 15_000, 13_000],
        "loan_balance": [0.0, 100_000, 0, 0],
        "credit_score": [500.0, 600, 700, 800],
    }
)
LABELS = np.array([0, 0, 1, 1])


def products(*rows):
    """A frame of Active cards that anybody may have, save for what the rows say."""
    columns = ["min_age", "max_age", "min_income", "max_income", "credit_score_required"]
    frame = pd.DataFrame(
        [
            {"product_id": 1_000 + i, "product_type": "Credit Card", "product_status": "Active"}
            | dict.fromkeys(columns)
            | row
            for i, row in enumerate(rows)
        ],
    )
    return frame.astype(dict.fromkeys(columns, float))


@pytest.fixture(scope="module")
def datasets():
    """Customers, labels of three clusters, products and their matches, for 50 seeds."""

    def dataset(seed):
        customers = generate_customers(500, seed)
        incomes = customers["annual_income"].to_numpy()
        labels = cluster_points(feature_matrix(customers), 3, incomes)
        offered = generate_products(200, seed)
        return offered, match(offered, customers, labels)

    return [dataset(seed) for seed in range(50)]


def test_a_match_by_hand():
    offered = products({"product_id": 7, "product_type": "Savings Account", "min_age": 25})
    first, second = match(offered, CUSTOMERS, LABELS).to_dict("records")
    # Of 40,000 the first keep 10 %, of 40,000 the second 30 %, of 80,000 everybody 20 %.
    # The first owe 2.5 years of income, everybody 1.25, the second nothing.
    need = 0.30 * (0.5 - 10 / 60) + 0.20 * (1 - (0.5 + 1.25 / 4))
    assert first == {
        "product_id": 7,
        "cluster": 0,
        "eligible_share": 0.5,
        "score": pytest.approx(0.5 * 0.5 + need, abs=0.00051),
        "reasons": [
            "50 % of this cluster meet its criteria",
            "they keep 10 % of their income, all customers 20 %",
            "they owe 2.5 times their annual income, all customers 1.2 times",
        ],
    }
    need = 0.30 * (0.5 + 10 / 60) + 0.20 * (1 - (0.5 - 1.25 / 4))
    assert second["score"] == pytest.approx(0.5 * 1 + need, abs=0.00051)
    assert second["reasons"][0] == "100 % of this cluster meet its criteria"


def test_the_reasons_of_cards_speak_of_spending_and_age():
    reasons = match(products({}), CUSTOMERS, LABELS)["reasons"][0]
    assert reasons[1:] == [
        "they spend 90 % of their income, all customers 80 %",
        "they are 25 years old on average, all customers 45",
    ]


@pytest.mark.parametrize("product_type", TYPES)
def test_weights_come_to_one(product_type):
    parts = NEEDS[product_type]
    assert EVERY_PRODUCT.weight + sum(part.weight for part in parts) == pytest.approx(1)
    assert {part.figure for part in parts} <= set(FIGURES)
    assert all(part.why for part in parts)


@pytest.mark.parametrize(
    ("product_type", "needs_it_most"),
    [("Credit Card", 0), ("Loan", 0), ("Savings Account", 1), ("Investment", 1)],
)
def test_those_who_need_a_type_score_it_higher(product_type, needs_it_most):
    scores = match(products({"product_type": product_type}), CUSTOMERS, LABELS)
    assert scores.set_index("cluster")["score"].idxmax() == needs_it_most


@pytest.mark.parametrize("status", ["Inactive", "active", "", None])
def test_only_active_products_are_recommended(status):
    offered = products({"product_status": status}, {"product_id": 5})
    assert match(offered, CUSTOMERS, LABELS)["product_id"].tolist() == [5, 5]
    assert match(offered.head(1), CUSTOMERS, LABELS).empty


def test_nobody_eligible_is_no_recommendation():
    assert match(products({"min_age": 71}), CUSTOMERS, LABELS).empty
    assert match(products({"min_age": 61}), CUSTOMERS, LABELS)["cluster"].tolist() == [1]


def test_a_share_at_the_threshold_is_recommended():
    customers = pd.concat([CUSTOMERS.head(1)] * 10).assign(age=range(20, 30))
    labels = np.zeros(10, dtype=int)
    youngest = 30 - 10 * RECOMMENDED_FROM
    matches = match(products({"min_age": youngest}, {"min_age": youngest + 1}), customers, labels)
    assert matches[["product_id", "eligible_share"]].values.tolist() == [[1_000, RECOMMENDED_FROM]]


def test_best_scores_come_first_then_lower_ids():
    offered = products(
        {"product_id": 9}, {"product_id": 3}, {"product_id": 1, "credit_score_required": 550}
    )
    matches = match(offered, CUSTOMERS, LABELS)
    assert matches["cluster"].tolist() == [0, 0, 0, 1, 1, 1]
    assert matches["product_id"].tolist() == [3, 9, 1, 1, 3, 9]


def test_an_unknown_type_is_scored_by_its_eligible_share():
    matches = match(products({"product_type": "Gold"}, {"product_type": None}), CUSTOMERS, LABELS)
    assert matches["score"].tolist() == [0.75] * 4
    assert matches["reasons"][0] == ["100 % of this cluster meet its criteria"]


@pytest.mark.parametrize("product_type", TYPES)
def test_figures_that_are_unknown_are_not_talked_about(product_type):
    nobody_earns = CUSTOMERS.assign(annual_income=0.0, annual_spending=np.nan, age=np.nan)
    matches = match(products({"product_type": product_type}), nobody_earns, LABELS)
    assert matches["score"].tolist() == [0.75, 0.75]
    assert matches["reasons"].tolist() == [["100 % of this cluster meet its criteria"]] * 2


@pytest.mark.parametrize("product_type", TYPES)
def test_a_need_counts_in_full_at_most(product_type):
    customers = CUSTOMERS.assign(
        age=[0, 0, 150, 150],
        annual_spending=[900_000.0, 900_000, 0, 0],
        loan_balance=[900_000.0, 900_000, 0, 0],
    )
    matches = match(products({"product_type": product_type}), customers, LABELS)
    assert sorted(matches["score"]) == [0.5, 1]


@settings(deadline=None)
@given(
    st.sampled_from(TYPES),
    st.lists(st.tuples(st.integers(18, 80), st.integers(0, 2)), min_size=1, max_size=40),
    st.tuples(st.integers(18, 80), st.integers(0, 20)),
)
def test_what_more_of_a_cluster_can_get_never_scores_lower(product_type, labelled, bounds):
    ages, clusters = np.array(labelled).T
    customers = pd.DataFrame(
        {
            "age": ages,
            "annual_income": 1_000.0 * ages,
            "annual_spending": 15_000.0,
            "loan_balance": 50_000.0,
            "credit_score": 600,
        }
    )
    strict = {"product_type": product_type, "min_age": bounds[0]}
    lenient = strict | {"min_age": bounds[0] - bounds[1]}
    labels = np.unique(clusters, return_inverse=True)[1]
    matches = match(products(strict, lenient), customers, labels)
    scores = matches.pivot_table(index="cluster", columns="product_id", values="score")
    if 1_000 in scores:  # the strict one is recommended to some cluster
        both = scores.dropna(subset=1_000)
        assert (both[1_001] >= both[1_000]).all()
    assert matches["score"].between(0, 1).all()


def test_every_segment_finds_something(datasets):
    for offered, matches in datasets:
        types = matches.merge(offered[["product_id", "product_type"]]).groupby("cluster")[
            "product_type"
        ]
        assert types.size().reindex(range(3), fill_value=0).min() >= 3
        assert types.nunique().min() >= 2


def test_every_type_is_recommended_to_some_cluster(datasets):
    for offered, matches in datasets:
        recommended = offered["product_id"].isin(matches["product_id"])
        assert set(offered[recommended]["product_type"]) == set(TYPES)


def test_scores_differ_between_products_and_between_clusters(datasets):
    for _, matches in datasets:
        assert (matches.groupby("cluster")["score"].nunique() > 10).all()
        in_all = matches.pivot_table(index="product_id", columns="cluster", values="score")
        assert (in_all.dropna().nunique(axis=1) > 1).all()


def test_matches_keep_their_promises(datasets):
    for _, matches in datasets:
        assert matches["score"].between(0, 1).all()
        assert (matches["score"] == matches["score"].round(3)).all()
        assert (matches["eligible_share"] >= RECOMMENDED_FROM).all()
        assert not matches.duplicated(["product_id", "cluster"]).any()
        assert (matches["reasons"].str.len() == 3).all()
