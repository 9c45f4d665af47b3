"""POST /dropTable/<tableName>."""

import pytest

from tests.support import error, ok


@pytest.mark.parametrize(
    ("table", "listed"), [("customers", "/getCustomers"), ("products", "/getProducts")]
)
def test_dropping_a_table(client, sql, table, listed):
    ok(client.post("/generateDataset"))
    ok(client.post("/generateProductDataset"))
    for _ in range(2):  # the second time it is already gone
        answer = ok(client.post(f"/dropTable/{table}"))
        assert answer == {"status": "success", "table": table}
    assert ok(client.get(listed)) == []
    assert sql("SELECT to_regclass(%s)", table) == [(None,)]
    other = {"customers": "/getProducts", "products": "/getCustomers"}[table]
    assert ok(client.get(other))


@pytest.mark.parametrize(
    "name",
    [
        "pg_class",
        "Customers",
        "customers;--",
        "customers ",
        "public.customers",
        '"customers"',
        "datasets",
        "jobs",
        "matches",
        "new_customers",
        "%00",
        "%ff",
        "%F0%9F%92%A3",
        "customers%2Fproducts",
    ],
)
def test_any_other_table_is_refused_and_nothing_is_lost(client, sql, name):
    ok(client.post("/generateDataset"))
    ok(client.post("/generateProductDataset"))
    before = client.get("/getCustomers").data, client.get("/getProducts").data
    tables = sql("SELECT relname FROM pg_class ORDER BY 1")
    sentence = error(client.post(f"/dropTable/{name}"), 404)
    if "%2F" not in name:
        assert "customers" in sentence
        assert "products" in sentence
    assert (client.get("/getCustomers").data, client.get("/getProducts").data) == before
    assert sql("SELECT relname FROM pg_class ORDER BY 1") == tables


def test_after_a_drop_everything_can_begin_again(client):
    for _ in range(2):
        ok(client.post("/generateDataset", json={"size": 30}))
        ok(client.post("/generateProductDataset", json={"size": 5}))
        ok(client.post("/conductProductMatch"))
        ok(client.post("/dropTable/customers"))
        ok(client.post("/dropTable/products"))
        assert ok(client.get("/getProductsByCluster")) == {}
