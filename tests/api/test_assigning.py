"""POST /assignCustomers: many customers, from a list or a file, who are not stored."""

import csv
import io

import pytest

from data_generator.customers import generate_customers
from schema import NO_OFFER_COLUMN, OFFER_RANKS, OFFERED
from tests.support import error, ok


@pytest.fixture
def clustered(client):
    ok(client.post("/generateDataset", json={"seed": 1}))
    ok(client.post("/conductClustering"))
    return client


def post_file(client, customers, query=""):
    data = customers.to_csv(index=False).encode()
    return client.post(f"/assignCustomers{query}", data=data, content_type="text/csv")


def test_stored_customers_are_assigned_to_their_own_clusters(clustered):
    customers = ok(clustered.get("/getCustomers"))
    answers = ok(clustered.post("/assignCustomers", json=customers))
    profiles = ok(clustered.get("/getClusterProfiles"))
    for customer, answer in zip(customers, answers, strict=True):
        assert answer["customer_id"] == customer["customer_id"]
        assert answer["cluster"] == customer["cluster"] != answer["second_cluster"]
        assert answer["cluster_name"] == profiles[str(answer["cluster"])]["name"]
        assert 0 <= answer["certainty"] <= 1
        shares = [row["share"] for row in answer["decided_by"]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1, abs=0.001)
    one = ok(clustered.post("/assignCustomer", json=customers[0]))
    first, second = sorted(one["distances"].values())[:2]
    assert answers[0]["certainty"] == pytest.approx(1 - first / second, abs=1e-4)


def test_a_file_is_assigned_as_a_list_is(clustered):
    customers = generate_customers(300, seed=2)
    from_file = ok(post_file(clustered, customers))
    listed = customers.astype(object).to_dict(orient="records")
    for answer in from_file:
        del answer["customer_id"]
    assert ok(clustered.post("/assignCustomers", json=listed)) == from_file


def test_each_is_offered_what_the_same_stored_customer_is(clustered):
    ok(clustered.post("/generateProductDataset", json={"seed": 1}))
    ok(clustered.post("/conductProductMatch"))
    stored = ok(clustered.get("/getOffersByCustomer"))
    answers = ok(clustered.post("/assignCustomers", json=ok(clustered.get("/getCustomers"))))
    for answer, row in zip(answers, stored, strict=True):
        assert answer["customer_id"] == row["customer_id"]
        assert (answer["offers"], answer["reason"]) == (row["offers"], row["reason"])


def test_without_products_there_is_nothing_to_offer(clustered):
    (answer,) = ok(clustered.post("/assignCustomers", json=[{"age": 70}]))
    assert (answer["offers"], answer["reason"]) == ([], "there are no products")


def test_as_csv(clustered):
    ok(clustered.post("/generateProductDataset", json={"seed": 1}))
    customers = generate_customers(20, seed=2)
    text = post_file(clustered, customers, "?format=csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    answers = ok(post_file(clustered, customers))
    assert list(rows[0])[-13:] == list(OFFERED)
    for row, answer in zip(rows, answers, strict=True):
        offers, empty = answer["offers"], [""] * (3 - len(answer["offers"]))
        for column, name in (("product_id", "product_id"), ("product", "product_name")):
            cells = [row[f"{rank}_{column}"] for rank in OFFER_RANKS]
            assert cells == [*(str(offer[name]) for offer in offers), *empty]
        assert row["best_reasons"] == ("; ".join(offers[0]["reasons"]) if offers else "")
        assert row[NO_OFFER_COLUMN] == (answer["reason"] or "")
    assert [row["cluster"] for row in rows] == [str(answer["cluster"]) for answer in answers]
    assert [row["cluster_name"] for row in rows] == [a["cluster_name"] for a in answers]


def test_who_lacks_a_feature_is_placed_by_the_others(clustered):
    first, second = ok(clustered.post("/assignCustomers", json=[{"age": 70}, {"city": 3}]))
    assert first["cluster"] == 1
    assert [row["feature"] for row in first["decided_by"]] == ["age"]
    assert second["cluster"] is second["certainty"] is second["second_cluster"] is None


def test_who_is_unlike_everybody_is_told(clustered):
    usual = {"age": 70, "annual_income": 20_000, "loan_balance": 0}
    rich = usual | {"annual_income": 90_000_000}
    answers = ok(clustered.post("/assignCustomers", json=[usual, rich]))
    assert [answer["unlike_everybody"] for answer in answers] == [False, True]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([], "a list of 1 to 10000 customers"),
        ({"age": 3}, "a list of 1 to 10000 customers"),
        ([3], "Customer 1 in the list must be"),
        ([{"age": 3}, {"height": 3}], "Customer 2 in the list has an unknown field 'height'"),
        ([{"age": "old"}], "The field age of customer 1 in the list must be"),
    ],
)
def test_what_is_no_list_of_customers_is_refused(clustered, body, said):
    assert said in error(clustered.post("/assignCustomers", json=body), 422)


def test_assigning_needs_clusters(client):
    assert "POST /conductClustering" in error(client.post("/assignCustomers", json=[{}]), 409)
