"""POST /generateDataset and GET /getCustomers."""

import re

import pytest

from tests.support import error, ok

KEYS = [
    "age",
    "annual_income",
    "annual_spending",
    "city",
    "cluster",
    "credit_score",
    "customer_id",
    "first_name",
    "last_name",
    "loan_balance",
    "occupation",
]
MONEY = re.compile(r"\d+\.\d\d")


def test_a_call_without_body_makes_500_customers(client):
    answer = ok(client.post("/generateDataset"))
    assert answer == {"message": "Dataset generated successfully."}
    customers = ok(client.get("/getCustomers"))
    assert [customer["customer_id"] for customer in customers] == list(range(1, 501))
    assert all(customer["cluster"] is None for customer in customers)


def test_a_customer_has_the_documented_fields_in_order(client):
    ok(client.post("/generateDataset", json={"size": 20}))
    for customer in ok(client.get("/getCustomers")):
        assert list(customer) == KEYS
        for name in ("annual_income", "annual_spending", "loan_balance"):
            assert MONEY.fullmatch(customer[name])
        for name in ("age", "city", "credit_score", "customer_id", "occupation"):
            assert type(customer[name]) is int
        assert customer["first_name"]
        assert customer["last_name"]


def test_keys_come_sorted_on_the_wire(client):
    ok(client.post("/generateDataset", json={"size": 1}))
    text = client.get("/getCustomers").text
    positions = [text.index(f'"{key}"') for key in KEYS]
    assert positions == sorted(positions)


def test_money_of_a_whole_pound_keeps_its_decimals(client, sql):
    ok(client.post("/generateDataset", json={"size": 3}))
    sql("UPDATE customers SET annual_income = 7, loan_balance = 0 WHERE id = 2")
    customer = ok(client.get("/getCustomers"))[1]
    assert (customer["annual_income"], customer["loan_balance"]) == ("7.00", "0.00")


def test_a_missing_value_is_null(client, sql):
    ok(client.post("/generateDataset", json={"size": 1}))
    sql("UPDATE customers SET age = NULL, annual_income = NULL")
    (customer,) = ok(client.get("/getCustomers"))
    assert customer["age"] is None
    assert customer["annual_income"] is None


def test_names_of_any_script_arrive_as_they_are(client, sql):
    ok(client.post("/generateDataset", json={"size": 1}))
    name = 'Zoë "Ly\\dia" \t O\'Neil 李'
    sql("UPDATE customers SET first_name = %s", name)
    response = client.get("/getCustomers")
    assert ok(response)[0]["first_name"] == name
    assert "李".encode() in response.data


def test_the_same_seed_and_size_give_the_same_rows(client):
    lists = []
    for seed in (7, 7, 8):
        ok(client.post("/generateDataset", json={"size": 50, "seed": seed}))
        lists.append(client.get("/getCustomers").data)
    assert lists[0] == lists[1] != lists[2]


def test_without_a_seed_every_dataset_is_another(client):
    lists = []
    for _ in range(2):
        ok(client.post("/generateDataset"))
        lists.append(client.get("/getCustomers").data)
    assert lists[0] != lists[1]


def test_a_new_dataset_replaces_the_earlier_one(client):
    for size in (30, 10):
        ok(client.post("/generateDataset", json={"size": size}))
    assert len(ok(client.get("/getCustomers"))) == 10


def test_rows_added_in_psql_get_the_next_ids(client, sql):
    ok(client.post("/generateDataset", json={"size": 10}))
    sql("INSERT INTO customers (first_name, last_name) VALUES ('Ann', 'Lee')")
    assert ok(client.get("/getCustomers"))[-1]["customer_id"] == 11


def test_a_list_longer_than_a_page_is_whole(client):
    ok(client.post("/generateDataset", json={"size": 10_001}))
    ids = [customer["customer_id"] for customer in ok(client.get("/getCustomers"))]
    assert ids == list(range(1, 10_002))


@pytest.mark.parametrize("size", [4999, 5000, 5001])
def test_a_list_about_as_long_as_a_page_is_whole(client, size):
    ok(client.post("/generateDataset", json={"size": size}))
    assert len(ok(client.get("/getCustomers"))) == size


def test_without_a_dataset_the_list_is_empty(client):
    assert ok(client.get("/getCustomers")) == []


def test_with_an_empty_table_the_list_is_empty(client, sql):
    ok(client.post("/generateDataset", json={"size": 1}))
    sql("DELETE FROM customers")
    assert ok(client.get("/getCustomers")) == []


def test_city_14_and_occupation_9_occur(client):
    ok(client.post("/generateDataset", json={"size": 5000, "seed": 1}))
    customers = ok(client.get("/getCustomers"))
    assert {customer["city"] for customer in customers} == set(range(15))
    assert {customer["occupation"] for customer in customers} == set(range(10))


@pytest.mark.parametrize(
    "body",
    [
        {"size": 0},
        {"size": -1},
        {"size": 1_000_001},
        {"size": "10"},
        {"size": 1.5},
        {"size": True},
        {"size": None},
        {"size": [10]},
        {"size": 10**400},
        {"seed": -1},
        {"seed": "a"},
        {"seed": 2**53},
        {"seed": False},
    ],
)
def test_a_wrong_value_is_refused_and_changes_nothing(client, body):
    ok(client.post("/generateDataset", json={"size": 3}))
    before = client.get("/getCustomers").data
    (name,) = body
    sentence = error(client.post("/generateDataset", json=body), 422)
    assert sentence.startswith(f"The field {name} must be a whole number from ")
    assert client.get("/getCustomers").data == before


def test_figures_are_missing_only_where_that_is_asked_for(client):
    ok(client.post("/generateDataset", json={"seed": 1, "missing": 0.1}))
    customers = ok(client.get("/getCustomers"))
    for name in ("age", "annual_income", "city", "credit_score"):
        assert 20 < sum(customer[name] is None for customer in customers) < 90
    ok(client.post("/generateDataset", json={"seed": 1}))
    assert all(None not in (c["age"], c["annual_income"]) for c in ok(client.get("/getCustomers")))
    error(client.post("/generateDataset", json={"missing": 0.6}), 422)
