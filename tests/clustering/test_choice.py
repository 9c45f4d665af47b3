import numpy as np
import pandas as pd
import pytest

from clustering.choice import UnknownFeature, check_features, default_features, usual_features
from clustering.clusters import find_clusters
from data_generator.customers import generate_customers
from schema import FEATURES
from tests.clustering.truth import falsehoods

N = 200


def own(**columns):
    """Customers with nothing but columns of their own."""
    return pd.DataFrame(dict.fromkeys(FEATURES, np.nan) | columns, index=range(N))


def random(seed):
    return np.random.default_rng(seed).gamma(2, 10, N)


def test_age_income_and_loan_count_where_two_of_them_vary():
    customers = generate_customers(N, 1).assign(tenure=random(1))
    assert default_features(customers) == ("age", "annual_income", "loan_balance")
    owing = customers.assign(loan_balance=0.0)
    assert default_features(owing) == ("age", "annual_income", "loan_balance")
    unknown = customers.assign(loan_balance=np.nan)
    assert default_features(unknown) == usual_features(unknown) == ("age", "annual_income")


def test_otherwise_the_numbers_that_vary_do():
    spend = random(1)
    customers = own(
        CustomerID=np.random.default_rng(0).permutation(N) + 0.0,
        branch=7.0,
        StoreID=np.arange(N) % 9 + 0.0,
        tenure=random(2),
        spend=spend,
        spend_in_pence=100 * spend + random(3) / 100,
        rare=[1.0] + [0.0] * (N - 1),
        colour=["red"] * N,
    )
    assert default_features(customers) == ("tenure", "spend")


def test_no_more_than_eight_are_chosen():
    customers = own(**{f"m{i}": random(i) for i in range(12)})
    assert default_features(customers) == tuple(f"m{i}" for i in range(8))


def test_own_columns_are_found_and_named_by():
    rng = np.random.default_rng(1)
    kind = np.repeat([0, 1], N // 2)
    customers = own(visits=rng.normal(5 + 20 * kind, 1), basket=rng.normal(90 - 60 * kind, 15))
    clusters = find_clusters(customers, "auto")
    assert sorted(clusters.sizes()) == [100, 100]
    for number, name in enumerate(clusters.model.names):
        assert "visits" in name
        assert "than average" in name
        assert not falsehoods(name, customers[clusters.labels == number], customers)
    assert clusters.remarks()["features"] == ["visits", "basket"]


def test_texts_of_a_few_values_can_be_chosen():
    customers = own(
        contract=["monthly", "yearly"] * (N // 2), note=[f"n{i}" for i in range(N)], spend=random(1)
    )
    check_features(customers, ["contract", "spend", "age"])
    clusters = find_clusters(customers, 2, ["contract"])
    assert clusters.sizes() == [100, 100]
    assert set(clusters.model.names) == {"Contract monthly", "Contract yearly"}
    with pytest.raises(UnknownFeature, match="contract, credit_score"):
        check_features(customers, ["note"])
