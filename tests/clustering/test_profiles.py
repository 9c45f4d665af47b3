import json

import numpy as np
import pandas as pd
import pytest

from clustering.features import DEFAULT_FEATURES, feature_matrix
from clustering.names import name_clusters
from clustering.profiles import profiles, summarise
from data_generator.customers import generate_customers
from schema import NUMBERS
from tests.support import cluster_points

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
    return customers, cluster_points(feature_matrix(customers), n_clusters, incomes)


def described(customers, labels):
    n_clusters = labels.max() + 1
    names = name_clusters(customers, labels, n_clusters, DEFAULT_FEATURES)
    return profiles(customers, labels, names, np.zeros((len(customers), n_clusters)))


def test_a_summary_by_hand():
    assert summarise(CUSTOMERS, LABELS, 2) == {
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
    for summary in summarise(*generated(3), 3).values():
        assert list(summary) == sorted([*NUMBERS, "city", "occupation"])
        assert {type(summary[name]) for name in NUMBERS} == {float}
        assert type(summary["city"]) is type(summary["occupation"]) is int


@pytest.mark.parametrize("n_clusters", [2, 3, 10])
def test_a_summary_equals_what_the_members_give(n_clusters):
    customers, labels = generated(n_clusters)
    for cluster, summary in summarise(customers, labels, n_clusters).items():
        members = customers[labels == cluster]
        for name in NUMBERS:
            assert summary[name] == pytest.approx(members[name].mean(), rel=1e-12)
        for name in ("city", "occupation"):
            assert summary[name] == members[name].mode()[0]


def test_codes_that_nobody_has_have_no_mode():
    customers = CUSTOMERS.assign(city=np.nan)
    assert [summary["city"] for summary in summarise(customers, LABELS, 2).values()] == [None, None]


def test_a_profile_by_hand():
    profile = described(CUSTOMERS, LABELS)[0]
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
        "median": 15_000.375,
        "p10": pytest.approx(10_000.5 + 0.1 * 9_999.75),
        "p90": pytest.approx(10_000.5 + 0.9 * 9_999.75),
        "zero_share": 0,
    }
    assert by_feature["loan_balance"]["zero_share"] == 1
    assert profile["categories"]["occupation"] == [
        {"value": "Salaried Employee", "share": 0.5, "index": 150},
        {"value": "Self-Employed", "share": 0.5, "index": 150},
    ]
    assert by_feature["share_spent"]["mean"] == pytest.approx((1 + 15_000 / 20_000.25) / 2)
    assert by_feature["loan_balance"]["difference"] == 0
    assert profile["name"] == "Younger than average, debt-free · 25, £15k"


def test_a_feature_without_values_is_left_out():
    features = [feature["feature"] for feature in described(CUSTOMERS, LABELS)[1]["features"]]
    assert "credit_score" not in features
    assert len(features) == 5


def test_no_income_is_no_share_and_a_tiny_one_counts_as_twice_spent():
    customers = CUSTOMERS.assign(
        annual_income=[0, 0.01, 100, 100], annual_spending=[0, 500, 50, 50]
    )
    shares = [
        next(f["mean"] for f in profile["features"] if f["feature"] == "share_spent")
        for profile in described(customers, LABELS).values()
    ]
    assert shares == [2, 0.5]


@pytest.mark.parametrize("n_clusters", range(2, 11))
def test_profiles_of_generated_customers(n_clusters):
    found = described(*generated(n_clusters))
    assert json.loads(json.dumps(found, allow_nan=False))
    assert sum(profile["size"] for profile in found.values()) == 500
    assert sum(profile["share"] for profile in found.values()) == pytest.approx(1)
    assert len({profile["name"] for profile in found.values()}) == n_clusters
    for profile in found.values():
        differences = [abs(feature["difference"]) for feature in profile["features"]]
        assert differences == sorted(differences, reverse=True)


def test_typical_members_are_those_nearest_to_the_centre():
    customers, labels = generated(3)
    away = np.random.default_rng(1).random((500, 3))
    names = name_clusters(customers, labels, 3, DEFAULT_FEATURES)
    for cluster, profile in profiles(customers, labels, names, away).items():
        members = np.flatnonzero(labels == cluster)
        nearest = sorted(members, key=lambda i, c=cluster: away[i, c])[:5]
        assert profile["typical"] == nearest


def test_own_columns_are_described_too():
    customers = CUSTOMERS.assign(
        tenure=[1.0, 3.0, 8.0, np.nan], contract=["monthly", "monthly", "yearly", None]
    )
    first, second = described(customers, LABELS).values()
    (tenure,) = (row for row in first["features"] if row["feature"] == "tenure")
    assert (tenure["mean"], tenure["overall_mean"]) == (2, 4)
    assert first["categories"]["contract"] == [{"value": "monthly", "share": 1.0, "index": 150}]
    assert second["categories"]["contract"] == [{"value": "yearly", "share": 1.0, "index": 300}]
