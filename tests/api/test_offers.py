"""GET /getOffersByCustomer and GET /getMatchReport."""

import csv
import io

import pytest

from product_match.control import control_group
from schema import OFFERED
from tests.support import error, ok

# The case of a price list: dear twins of what is offered, and a mortgage that a loan undercuts.
PRICES = """product_id,product_name,product_type,min_age,max_age,min_income,max_income,\
credit_score_required,interest_rate,annual_fees,product_status
1,Loan at 49.9 % and 500 a year,Loan,18,99,0,1000000,300,49.90,500.00,Active
2,Loan at 3.9 % no fee,Loan,18,99,0,1000000,300,3.90,0.00,Active
3,Loan at 3.9 % no fee score 450,Loan,18,99,0,1000000,450,3.90,0.00,Active
4,Mortgage 35 years,Loan,18,99,0,1000000,300,4.50,0.00,Active
5,Saver 0.1 %,Savings Account,18,99,0,1000000,300,0.10,0.00,Active
6,Saver 5 %,Savings Account,18,99,0,1000000,300,5.00,0.00,Active
"""


@pytest.fixture
def matched(client):
    ok(client.post("/generateDataset", json={"seed": 1}))
    ok(client.post("/generateProductDataset", json={"seed": 1}))
    ok(client.post("/conductProductMatch"))
    return client


def test_every_customer_is_listed_with_offers_or_why_there_is_none(matched):
    customers = {row["customer_id"]: row for row in ok(matched.get("/getCustomers"))}
    rows = ok(matched.get("/getOffersByCustomer"))
    assert [row["customer_id"] for row in rows] == list(customers)
    products = {row["product_id"]: row for row in ok(matched.get("/getProducts"))}
    for row in rows:
        assert list(row) == ["cluster", "control", "customer_id", "offers", "reason", "reference"]
        assert row["cluster"] == customers[row["customer_id"]]["cluster"]
        assert row["control"] is None
        assert bool(row["offers"]) == (row["reason"] is None)
        assert len(row["offers"]) <= 3
        fits = [offer["fit"] for offer in row["offers"]]
        assert fits == sorted(fits, reverse=True)
        for offer in row["offers"]:
            assert list(offer) == ["fit", "product_id", "product_name", "product_type", "reasons"]
            assert offer["product_type"] == products[offer["product_id"]]["product_type"]
            assert 2 <= len(offer["reasons"]) <= 3
            assert all(offer["reasons"])


def test_a_clusters_list_is_the_sum_of_its_members(matched):
    rows = ok(matched.get("/getOffersByCustomer"))
    for cluster, listed in ok(matched.get("/getProductsByCluster")).items():
        members = [row for row in rows if row["cluster"] == int(cluster)]
        for product in listed:
            fits = sorted(
                float(offer["fit"])
                for row in members
                for offer in row["offers"]
                if offer["product_id"] == product["product_id"]
            )
            assert float(product["offered_share"]) == pytest.approx(
                len(fits) / len(members), abs=0.0001
            )
            middle = (fits[(len(fits) - 1) // 2] + fits[len(fits) // 2]) / 2
            assert float(product["score"]) == pytest.approx(middle, abs=0.0011)


def test_pages_join_to_the_whole_list(matched):
    whole = ok(matched.get("/getOffersByCustomer?control=0.2&seed=5"))
    address, joined = "/getOffersByCustomer?limit=200&control=0.2&seed=5", []
    while address:
        response = matched.get(address)
        joined += ok(response)
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert joined == whole


def test_as_csv_each_customer_is_a_line(matched):
    lists = ok(matched.get("/getOffersByCustomer?control=0.1"))
    response = matched.get("/getOffersByCustomer?control=0.1&format=csv")
    assert "offers.csv" in response.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(response.text)))
    assert list(lines[0]) == [*("cluster", "control", "customer_id"), *OFFERED, "reference"]
    for row, line in zip(lists, lines, strict=True):
        assert line["customer_id"] == str(row["customer_id"])
        assert line["control"] == str(row["control"]).lower()
        assert line["no_offer_reason"] == (row["reason"] or "")
        for rank, offer in zip(("best", "second", "third"), row["offers"], strict=False):
            assert line[f"{rank}_product_id"] == str(offer["product_id"])
            assert line[f"{rank}_product"] == offer["product_name"]
            assert line[f"{rank}_fit"] == offer["fit"]
            assert line[f"{rank}_reasons"] == "; ".join(offer["reasons"])


def test_the_control_group_is_the_one_of_the_terminal(matched):
    rows = ok(matched.get("/getOffersByCustomer?control=0.1&seed=3"))
    ids = [row["customer_id"] for row in rows]
    assert [row["control"] for row in rows] == control_group(ids, 0.1, 3).tolist()
    assert 25 < sum(row["control"] for row in rows) < 80
    other = ok(matched.get("/getOffersByCustomer?control=0.1&seed=4"))
    assert [row["control"] for row in rows] != [row["control"] for row in other]


@pytest.mark.parametrize("query", ["control=2", "control=-0.1", "control=half", "seed=-1"])
def test_a_share_that_cannot_be_is_refused(matched, query):
    error(matched.get(f"/getOffersByCustomer?{query}"), 422)


@pytest.mark.parametrize(
    "change", ["/generateDataset", "/conductClustering", "/dropTable/customers"]
)
def test_offers_are_gone_when_customers_or_clusters_change(matched, change):
    ok(matched.post(change))
    assert ok(matched.get("/getOffersByCustomer")) == []
    assert ok(matched.get("/getMatchReport")) == {}


@pytest.mark.parametrize("change", ["/generateProductDataset", "/dropTable/products"])
def test_offers_are_gone_when_products_change(matched, change):
    ok(matched.post(change))
    assert ok(matched.get("/getOffersByCustomer")) == []
    assert ok(matched.get("/getMatchReport")) == {}


def test_there_are_no_offers_while_there_is_nothing(client):
    assert ok(client.get("/getOffersByCustomer")) == []
    assert client.get("/getOffersByCustomer?format=csv").text.count("\r\n") == 1
    assert ok(client.get("/getMatchReport")) == {}


def test_the_report_counts_who_and_what_fell_at_each_gate(matched):
    rows = ok(matched.get("/getOffersByCustomer"))
    report = ok(matched.get("/getMatchReport"))
    amounts = ok(matched.get("/getClustersAmounts"))
    assert {cluster: one["customers"] for cluster, one in report.items()} == amounts
    for cluster, one in report.items():
        without = [row for row in rows if row["cluster"] == int(cluster) and not row["offers"]]
        assert one["without_offer"] == len(without)
        assert one["without_offer"] == sum(gate["customers"] for gate in one["gates"])
        assert sum(gate["products"] for gate in one["gates"]) < 200
        assert all(gate["reason"] and gate["source"] for gate in one["gates"])


def test_a_match_without_credit_scores_says_how_many_lack_one(matched, sql):
    sql("UPDATE customers SET credit_score = NULL")
    ok(matched.post("/conductProductMatch"))
    for one in ok(matched.get("/getMatchReport")).values():
        (gate,) = (gate for gate in one["gates"] if gate["gate"] == "credit_score")
        assert gate["unknown"] == one["customers"]
        assert one["without_offer"] == one["customers"]
    reasons = {row["reason"] for row in ok(matched.get("/getOffersByCustomer"))}
    assert "no credit score is known, and every product left asks for it" in reasons


def test_of_a_price_list_the_cheap_are_offered_and_the_dear_never(client):
    ok(client.post("/generateDataset", json={"seed": 1}))
    ok(client.post("/importProducts", data=PRICES, content_type="text/csv"))
    ok(client.post("/conductProductMatch"))
    offered = {
        offer["product_id"]
        for row in ok(client.get("/getOffersByCustomer"))
        for offer in row["offers"]
    }
    assert offered == {2, 6}
    for listed in ok(client.get("/getProductsByCluster")).values():
        assert {product["product_id"] for product in listed} <= {2, 6}
        assert listed


def test_ids_with_gaps_keep_their_offers(matched, sql):
    sql("DELETE FROM customers WHERE id % 3 = 0")
    ok(matched.post("/conductProductMatch"))
    rows = ok(matched.get("/getOffersByCustomer"))
    assert [row["customer_id"] for row in rows] == [i for i in range(1, 501) if i % 3]
    customers = {row["customer_id"]: row for row in ok(matched.get("/getCustomers"))}
    for row in rows[:10]:
        answer = ok(matched.post("/assignCustomer", json=customers[row["customer_id"]]))
        assert [product["product_id"] for product in answer["products"]] == [
            offer["product_id"] for offer in row["offers"]
        ]
