import json

import numpy as np
import pandas as pd
import pytest

from clustering.features import feature_matrix
from clustering.kmeans import cluster_customers
from clustering.profiles import profiles, summarise
from data_generator.customers import generate_customers
from schema import NUMBERS

CUSTOMERS = pd.DataFrame(
    {
        "age": [20, 30, 60, np.nan],
        "occupation": [2, 1, 4, np.nan],
        "city": [14, 0, 9, 9],
        "annual_income": [10_000.5, 20_000.25, 30_000, 40_000],
        "annual_spending": [10_000.5, 15_000, 15_000, 20_000],
        "loan_balance": [0, 0, 0, 0],
        "credit_score": [400, 500, np.nan, np.nan],
    }
)
LABELS = np.array([0, 0, 1, 1])


def generated(n_clusters, seed=1):
    customers = generate_customers(500, seed)
    incomes = customers["annual_income"].to_numpy()
    return customers, cluster_customers(feature_matrix(customers), n_clusters, incomes)


def test_a_summary_by_hand():
    assert summarise(CUSTOMERS, LABELS) == {
        0: {
            "age": 25,
            "annual_income": 15_000.375,
            "annual_spending": 12_500.25,
            "city": 0,
            "credit_score": 450,
            "loan_balance": 0,
            "occupation": 1,
        },
        1: {
            "age": 60,
            "annual_income": 35_000,
            "annual_spending": 17_500,
            "city": 9,
            "credit_score": None,
            "loan_balance": 0,
            "occupation": 4,
        },
    }


def test_a_summary_has_the_documented_types_and_order():
    for summary in summarise(*generated(3)).values():
        assert list(summary) == sorted([*NUMBERS, "city", "occupation"])
        assert {type(summary[name]) for name in NUMBERS} == {float}
        assert type(summary["city"]) is type(summary["occupation"]) is int


@pytest.mark.parametrize("n_clusters", [2, 3, 10])
def test_a_summary_equals_what_the_members_give(n_clusters):
    customers, labels = generated(n_clusters)
    for cluster, summary in summarise(customers, labels).items():
        members = customers[labels == cluster]
        for name in NUMBERS:
            assert summary[name] == pytest.approx(members[name].mean(), rel=1e-12)
        for name in ("city", "occupation"):
            assert summary[name] == members[name].mode()[0]


def test_codes_that_nobody_has_have_no_mode():
    customers = CUSTOMERS.assign(city=np.nan)
    assert [summary["city"] for summary in summarise(customers, LABELS).values()] == [None, None]


def test_a_profile_by_hand():
    profile = profiles(CUSTOMERS, LABELS)[0]
    assert (profile["size"], profile["share"]) == (2, 0.5)
    by_feature = {feature["feature"]: feature for feature in profile["features"]}
    overall = (10_000.5 + 20_000.25 + 30_000 + 40_000) / 4
    incomes = CUSTOMERS["annual_income"]
    assert by_feature["annual_income"] == {
        "feature": "annual_income",
        "mean": 15_000.375,
        "overall_mean": pytest.approx(overall),
        "difference": pytest.approx(
            (15_000.375 - overall) / (((incomes - overall) ** 2).mean() ** 0.5)
        ),
    }
    assert by_feature["share_spent"]["mean"] == pytest.approx((1 + 15_000 / 20_000.25) / 2)
    assert by_feature["loan_balance"]["difference"] == 0
    assert profile["name"] == "younger, low-earning spenders"


def test_a_feature_without_values_is_left_out():
    features = [feature["feature"] for feature in profiles(CUSTOMERS, LABELS)[1]["features"]]
    assert "credit_score" not in features
    assert len(features) == 5


def test_no_income_is_no_share_and_a_tiny_one_counts_as_twice_spent():
    customers = CUSTOMERS.assign(
        annual_income=[0, 0.01, 100, 100], annual_spending=[0, 500, 50, 50]
    )
    shares = [
        next(f["mean"] for f in profile["features"] if f["feature"] == "share_spent")
        for profile in profiles(customers, LABELS).values()
    ]
    assert shares == [2, 0.5]


@pytest.mark.parametrize("n_clusters", range(2, 11))
def test_profiles_of_generated_customers(n_clusters):
    found = profiles(*generated(n_clusters))
    assert json.loads(json.dumps(found, allow_nan=False))
    assert sum(profile["size"] for profile in found.values()) == 500
    assert sum(profile["share"] for profile in found.values()) == pytest.approx(1)
    assert len({profile["name"] for profile in found.values()}) == n_clusters
    for profile in found.values():
        differences = [abs(feature["difference"]) for feature in profile["features"]]
        assert differences == sorted(differences, reverse=True)


def test_the_three_segments_have_telling_names():
    for seed in range(20):
        names = [profile["name"] for profile in profiles(*generated(3, seed)).values()]
        assert "average customers" not in names
        assert not any("by income" in name for name in names)
