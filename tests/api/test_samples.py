"""What a page needs of many customers: GET /getPoints, ?sample=, GET /getCustomerPages."""

import pytest

from tests.support import error, ok

PAGE = 7


@pytest.fixture
def clustered(client):
    ok(client.post("/generateDataset", json={"size": 200, "seed": 1}))
    ok(client.post("/conductClustering"))
    return client


def ids(groups):
    return [point["customer_id"] for points in groups.values() for point in points]


def test_a_sample_has_the_members_figures(clustered):
    sample = ok(clustered.get("/getIncomeAndLoanByCluster?sample=50"))
    whole = ok(clustered.get("/getIncomeAndLoanByCluster"))
    assert len(ids(sample)) == 50
    assert all(point in whole[cluster] for cluster, points in sample.items() for point in points)


def test_a_sample_larger_than_the_customers_is_all_of_them(clustered):
    whole = ok(clustered.get("/getIncomeAndLoanByCluster"))
    assert ok(clustered.get("/getIncomeAndLoanByCluster?sample=100000")) == whole


def test_the_same_customers_give_the_same_sample_whatever_their_physical_order(clustered, sql):
    first = ok(clustered.get("/getPoints?sample=20"))
    sql("UPDATE customers SET first_name = first_name WHERE id % 3 = 0")
    assert ok(clustered.get("/getPoints?sample=20")) == first


def test_points_are_any_two_figures(clustered):
    members = ok(clustered.get("/getCustomersByCluster"))
    points = ok(clustered.get("/getPoints?x=age&y=annual_spending"))
    assert points == {
        cluster: [
            {
                "customer_id": customer["customer_id"],
                "x": customer["age"],
                "y": float(customer["annual_spending"]),
            }
            for customer in customers
        ]
        for cluster, customers in members.items()
    }


def test_who_lacks_a_figure_is_no_point(clustered, sql):
    sql("UPDATE customers SET age = NULL WHERE id <= 10")
    assert sorted(ids(ok(clustered.get("/getPoints?x=age&y=loan_balance")))) == [*range(11, 201)]


def test_own_columns_of_numbers_are_figures_too(clustered, sql):
    sql("INSERT INTO own_columns VALUES (1, 'job', 'text'), (2, 'tenure; --', 'number')")
    sql("INSERT INTO own_values SELECT id, NULL, ARRAY[id * 2], ARRAY['x'] FROM customers")
    points = ok(clustered.get("/getPoints", query_string={"x": "tenure; --", "y": "age"}))
    assert all(p["x"] == 2 * p["customer_id"] for group in points.values() for p in group)
    assert len(ids(points)) == 200


@pytest.mark.parametrize("column", ["city", "job", "id) --", ""])
def test_another_column_is_refused_by_name(clustered, column):
    response = clustered.get("/getPoints", query_string={"x": column, "y": "age"})
    assert "annual_income" in error(response, 422)


@pytest.mark.parametrize("sample", ["0", "-1", "100001", "all"])
def test_a_sample_is_of_a_possible_size(clustered, sample):
    assert "sample" in error(clustered.get(f"/getPoints?sample={sample}"), 422)


@pytest.mark.parametrize("gaps", [False, True])
def test_each_page_begins_where_it_is_said(clustered, sql, gaps):
    if gaps:
        sql("DELETE FROM customers WHERE id % 5 = 1")
    everybody = ok(clustered.get("/getCustomers"))
    pages = ok(clustered.get(f"/getCustomerPages?size={PAGE}"))
    assert pages["customers"] == len(everybody)
    read = [
        ok(clustered.get(f"/getCustomers?limit={PAGE}&after={after}")) for after in pages["after"]
    ]
    assert read == [everybody[i : i + PAGE] for i in range(0, len(everybody), PAGE)]


def test_a_cluster_has_pages_of_its_own(clustered):
    members = ok(clustered.get("/getCustomersByCluster"))["1"]
    pages = ok(clustered.get(f"/getCustomerPages?size={PAGE}&cluster=1"))
    before = [0, *(customer["customer_id"] for customer in members[PAGE - 1 : -1 : PAGE])]
    assert pages == {"after": before, "customers": len(members)}


def test_without_customers_there_is_nothing_to_show(client):
    assert ok(client.get("/getPoints")) == {}
    assert ok(client.get("/getIncomeAndLoanByCluster?sample=5")) == {}
    assert ok(client.get("/getCustomerPages")) == {"after": [], "customers": 0}
