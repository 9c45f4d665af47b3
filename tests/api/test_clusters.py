"""POST /conductClustering and the groupings by cluster."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from statistics import mean

import pandas as pd
import pytest

from clustering.clusters import find_clusters
from schema import FEATURES
from tests.support import error, ok

MEANS = ["age", "annual_income", "annual_spending", "credit_score", "loan_balance"]
MODES = ["city", "occupation"]


@pytest.fixture
def customers(client):
    ok(client.post("/generateDataset", json={"seed": 1}))
    return client


def test_there_are_three_clusters_with_means_and_modes(customers):
    summary = ok(customers.post("/conductClustering"))["cluster"]
    assert list(summary) == ["0", "1", "2"]
    for cluster in summary.values():
        assert list(cluster) == sorted(MEANS + MODES)
        assert all(type(cluster[name]) is float for name in MEANS)
        assert all(type(cluster[name]) is int for name in MODES)


def test_the_summary_equals_what_is_recomputed_from_the_members(customers):
    summary = ok(customers.post("/conductClustering"))["cluster"]
    groups = ok(customers.get("/getCustomersByCluster"))
    assert list(groups) == list(summary)
    for number, members in groups.items():
        for name in MEANS:
            expected = mean(Decimal(member[name]) for member in members)
            assert summary[number][name] == pytest.approx(float(expected), rel=1e-12)
        for name in MODES:
            counts = Counter(member[name] for member in members)
            expected = min(counts, key=lambda code: (-counts[code], code))
            assert summary[number][name] == expected


def test_clusters_are_numbered_by_mean_income(customers):
    for n_clusters in (2, 5, 10):
        answer = ok(customers.post("/conductClustering", json={"n_clusters": n_clusters}))
        incomes = [cluster["annual_income"] for cluster in answer["cluster"].values()]
        assert len(incomes) == n_clusters
        assert incomes == sorted(incomes)


def test_groups_come_by_cluster_and_id(customers):
    ok(customers.post("/conductClustering"))
    groups = ok(customers.get("/getCustomersByCluster"))
    assert list(groups) == ["0", "1", "2"]
    for number, members in groups.items():
        ids = [member["customer_id"] for member in members]
        assert ids == sorted(ids)
        assert all(member["cluster"] == int(number) for member in members)
    assert sum(map(len, groups.values())) == 500


def test_a_member_looks_as_in_the_list_of_customers(customers):
    ok(customers.post("/conductClustering"))
    listed = {customer["customer_id"]: customer for customer in ok(customers.get("/getCustomers"))}
    for members in ok(customers.get("/getCustomersByCluster")).values():
        for member in members:
            assert listed[member["customer_id"]] == member


def test_income_and_loan_are_those_of_the_members(customers):
    ok(customers.post("/conductClustering"))
    groups = ok(customers.get("/getCustomersByCluster"))
    keys = ["annual_income", "customer_id", "loan_balance"]
    expected = {
        number: [{key: member[key] for key in keys} for member in members]
        for number, members in groups.items()
    }
    response = customers.get("/getIncomeAndLoanByCluster")
    assert ok(response) == expected
    assert list(ok(response)["0"][0]) == keys


@pytest.mark.parametrize("size", [500, 5_000])
@pytest.mark.parametrize("ids", ["1 to size", "with gaps", "from 1000"])
def test_each_customer_gets_its_own_label(client, sql, size, ids):
    ok(client.post("/generateDataset", json={"seed": 1, "size": size}))
    if ids == "with gaps":
        sql("DELETE FROM customers WHERE mod(id, 7) = 3")
    elif ids == "from 1000":
        sql("UPDATE customers SET id = id + 1000000; UPDATE customers SET id = id - 999001")
    rows = ok(client.get("/getCustomers"))
    figures = pd.DataFrame(rows)[list(FEATURES)].astype(float)
    ok(client.post("/conductClustering"))
    labelled = ok(client.get("/getCustomers"))
    expected = find_clusters(figures).labels.tolist()
    assert len(set(expected)) == 3
    assert labelled == [
        row | {"cluster": cluster} for row, cluster in zip(rows, expected, strict=True)
    ]


def test_the_customers_of_a_table_made_by_hand_get_clusters_too(client, sql):
    ok(client.post("/generateDataset", json={"seed": 1}))
    ok(client.post("/generateProductDataset", json={"seed": 1}))
    sql(
        "CREATE TABLE by_hand AS TABLE customers;"
        "DROP TABLE customers;"
        "ALTER TABLE by_hand RENAME TO customers"
    )
    ok(client.post("/conductProductMatch"))
    ok(client.post("/conductClustering", json={"n_clusters": 4}))
    assert len(ok(client.get("/getClustersAmounts"))) == 4
    assert ok(client.get("/getProductsByCluster")) == {"0": [], "1": [], "2": [], "3": []}


def test_customers_without_a_cluster_are_left_out(customers, sql):
    ok(customers.post("/conductClustering"))
    sql("UPDATE customers SET cluster = NULL WHERE id <= 100")
    groups = ok(customers.get("/getCustomersByCluster"))
    assert min(member["customer_id"] for members in groups.values() for member in members) == 101
    assert sum(ok(customers.get("/getClustersAmounts")).values()) == 400
    assert sum(map(len, ok(customers.get("/getIncomeAndLoanByCluster")).values())) == 400


def test_who_lacks_a_figure_is_placed_by_the_others_and_counted(customers, sql):
    sql("UPDATE customers SET annual_income = NULL WHERE id <= 3")
    sql("UPDATE customers SET age = NULL WHERE id = 4")
    answer = ok(customers.post("/conductClustering"))
    assert list(answer) == ["cluster", "incomplete", "why"]
    assert answer["incomplete"] == 4
    assert answer["why"].startswith("4 lack some of age, annual_income, loan_balance")
    assert sum(ok(customers.get("/getClustersAmounts")).values()) == 500


def test_who_has_none_of_the_figures_has_no_cluster_and_is_counted(customers, sql):
    sql("UPDATE customers SET annual_income = NULL, age = NULL, loan_balance = NULL WHERE id <= 7")
    answer = ok(customers.post("/conductClustering"))
    assert list(answer) == ["cluster", "why", "without_cluster"]
    assert answer["without_cluster"] == 7
    assert answer["why"].startswith("7 lack all of age, annual_income, loan_balance")
    assert sum(ok(customers.get("/getClustersAmounts")).values()) == 493
    assert {c["cluster"] for c in ok(customers.get("/getCustomers"))[:7]} == {None}


def test_a_figure_that_nobody_has_is_left_out(customers, sql):
    sql("UPDATE customers SET loan_balance = NULL")
    answer = ok(customers.post("/conductClustering"))
    assert list(answer) == ["cluster", "features"]
    assert answer["features"] == ["age", "annual_income"]


@pytest.mark.parametrize(
    "route", ["/getCustomersByCluster", "/getIncomeAndLoanByCluster", "/getClustersAmounts"]
)
def test_groupings_are_empty_while_there_is_nothing(client, route):
    assert ok(client.get(route)) == {}
    ok(client.post("/generateDataset"))
    assert ok(client.get(route)) == {}


def test_clustering_needs_customers(client):
    assert "POST /generateDataset" in error(client.post("/conductClustering"), 409)


def test_clustering_needs_customers_in_the_table(client, sql):
    ok(client.post("/generateDataset", json={"size": 1}))
    sql("DELETE FROM customers")
    assert "POST /generateDataset" in error(client.post("/conductClustering"), 409)


@pytest.mark.parametrize("size", [1, 2])
def test_clusters_need_as_many_customers(client, size):
    ok(client.post("/generateDataset", json={"size": size}))
    assert "POST /generateDataset" in error(client.post("/conductClustering"), 409)


def test_clusters_need_as_many_different_customers(client, sql):
    ok(client.post("/generateDataset", json={"size": 50}))
    sql(
        "UPDATE customers SET age = 30 + id %% 2, annual_income = 20000, annual_spending = 1000,"
        " loan_balance = 0, credit_score = %s",
        500,
    )
    error(client.post("/conductClustering"), 409)
    assert ok(client.get("/getClustersAmounts")) == {}
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    assert ok(client.get("/getClustersAmounts")) == {"0": 25, "1": 25}


def test_clustering_by_chosen_features_only(customers):
    answer = ok(customers.post("/conductClustering", json={"features": ["age"]}))["cluster"]
    groups = ok(customers.get("/getCustomersByCluster"))
    ages = sorted((min(m["age"] for m in g), max(m["age"] for m in g)) for g in groups.values())
    assert all(below[1] < above[0] for below, above in pairwise(ages))
    assert len(answer) == 3


def test_auto_finds_a_number_of_clusters(customers):
    answer = ok(customers.post("/conductClustering", json={"n_clusters": "auto"}))["cluster"]
    assert 2 <= len(answer) <= 10
    assert list(ok(customers.get("/getClustersAmounts"))) == list(answer)


@pytest.mark.parametrize(
    "body",
    [
        {"n_clusters": 1},
        {"n_clusters": 11},
        {"n_clusters": "3"},
        {"n_clusters": "AUTO"},
        {"n_clusters": True},
        {"n_clusters": 2.5},
        {"features": []},
        {"features": "age"},
        {"features": ["age", "age"]},
        {"features": ["height"]},
        {"features": [["age"]]},
        {"features": ["age; DROP TABLE customers"]},
    ],
)
def test_a_wrong_option_is_refused_and_changes_nothing(customers, body):
    ok(customers.post("/conductClustering"))
    before = customers.get("/getCustomersByCluster").data
    (name,) = body
    assert error(customers.post("/conductClustering", json=body), 422).startswith(
        f"The field {name} must be "
    )
    assert customers.get("/getCustomersByCluster").data == before
