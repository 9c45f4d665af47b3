"""The products: generated, matched, listed, selected."""

import re
from datetime import datetime
from decimal import Decimal

import pytest

from tests.support import error, ok

KEYS = [
    "annual_fees",
    "benefits",
    "channels",
    "cluster",
    "credit_score_required",
    "eligibility_criteria",
    "interest_rate",
    "launch_date",
    "max_age",
    "max_income",
    "min_age",
    "min_income",
    "product_id",
    "product_name",
    "product_status",
    "product_type",
    "renewable",
    "reward_points",
    "risk_level",
    "score",
    "term_length",
]
CRITERIA = ["credit_score_required", "max_age", "max_income", "min_age", "min_income"]
TYPES = {"Credit Card", "Loan", "Savings Account", "Investment"}
MONEY = re.compile(r"\d+\.\d\d")


@pytest.fixture
def products(client):
    """A client that finds 300 customers and 100 products."""
    ok(client.post("/generateDataset", json={"size": 300, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 100, "seed": 1}))
    return client


@pytest.fixture
def matched(products):
    ok(products.post("/conductClustering"))
    assert ok(products.post("/conductProductMatch")) == {
        "message": "Product matching completed successfully."
    }
    return products


def test_a_call_without_body_makes_200_products(client):
    answer = ok(client.post("/generateProductDataset"))
    assert answer == {"message": "Product dataset generated successfully."}
    ids = [product["product_id"] for product in ok(client.get("/getProducts"))]
    assert len(ids) == 200
    assert ids == sorted(ids)
    assert all(1000 <= product_id <= 9999 for product_id in ids)


def test_thirty_datasets_without_one_repeated_id(client):
    for _ in range(30):
        ok(client.post("/generateProductDataset"))
        ids = [product["product_id"] for product in ok(client.get("/getProducts"))]
        assert len(set(ids)) == 200


def test_a_product_has_the_documented_fields_in_order(products):
    listed = ok(products.get("/getProducts"))
    assert {product["product_type"] for product in listed} == TYPES
    for product in listed:
        assert list(product) == KEYS
        assert product["product_name"] == f"{product['product_type']}_{product['product_id']}"
        for name in ("annual_fees", "interest_rate", "max_income", "min_income", "reward_points"):
            assert MONEY.fullmatch(product[name])
        for name in ("credit_score_required", "max_age", "min_age", "product_id", "term_length"):
            assert type(product[name]) is int
        assert type(product["renewable"]) is bool
        assert product["channels"]
        assert all(type(channel) is str for channel in product["channels"])
        assert (product["cluster"], product["score"]) == (None, None)
        datetime.strptime(product["launch_date"], "%a, %d %b %Y 00:00:00 GMT")


def test_the_launch_date_is_written_as_documented(products, sql):
    sql("UPDATE products SET launch_date = '2021-04-12'")
    assert ok(products.get("/getProducts"))[0]["launch_date"] == "Mon, 12 Apr 2021 00:00:00 GMT"


def test_the_criteria_equal_the_columns(products):
    for product in ok(products.get("/getProducts")):
        criteria = product["eligibility_criteria"]
        assert list(criteria) == CRITERIA
        for name, value in criteria.items():
            assert Decimal(str(value)) == Decimal(product[name])


def test_the_criteria_follow_a_change_of_the_columns(products, sql):
    sql("UPDATE products SET min_age = 33")
    assert ok(products.get("/getProducts"))[0]["eligibility_criteria"]["min_age"] == 33


def test_the_same_seed_and_size_give_the_same_products(client):
    lists = []
    for seed in (7, 7, 8):
        ok(client.post("/generateProductDataset", json={"size": 50, "seed": seed}))
        lists.append(client.get("/getProducts").data)
    assert lists[0] == lists[1] != lists[2]


def test_ids_grow_beyond_four_digits_when_they_must(client):
    ok(client.post("/generateProductDataset", json={"size": 9500}))
    ids = [product["product_id"] for product in ok(client.get("/getProducts"))]
    assert len(set(ids)) == 9500


@pytest.mark.parametrize("body", [{"size": 0}, {"size": "1"}, {"seed": -1}, {"size": 1_000_001}])
def test_a_wrong_value_is_refused_and_changes_nothing(products, body):
    before = products.get("/getProducts").data
    (name,) = body
    sentence = error(products.post("/generateProductDataset", json=body), 422)
    assert sentence.startswith(f"The field {name} must be a whole number from ")
    assert products.get("/getProducts").data == before


def test_a_product_is_selected_by_its_id(products):
    for product in ok(products.get("/getProducts"))[:5]:
        assert ok(products.get(f"/selectProductById/{product['product_id']}")) == product


@pytest.mark.parametrize("product_id", [1, 0, 99999, 2**31, 10**30])
def test_an_unknown_product_is_404(products, product_id):
    assert "/getProducts" in error(products.get(f"/selectProductById/{product_id}"), 404)


@pytest.mark.parametrize("product_id", ["", "abc", "-1", "1.0", "1;--", "9" * 5000, "٣"])
def test_what_is_no_id_is_404(products, product_id):
    error(products.get(f"/selectProductById/{product_id}"), 404)


def test_without_products_no_id_is_known(client):
    error(client.get("/selectProductById/1000"), 404)


def test_every_match_is_listed_under_its_clusters_best_first(matched):
    groups = ok(matched.get("/getProductsByCluster"))
    assert list(groups) == ["0", "1", "2"]
    for number, offered in groups.items():
        order = [(-Decimal(product["score"]), product["product_id"]) for product in offered]
        assert order == sorted(order)
        assert offered
        for product in offered:
            assert int(number) in product["cluster"]
            assert product["product_status"] == "Active"


def test_a_match_says_how_many_are_offered_it_and_why(matched):
    for offered in ok(matched.get("/getProductsByCluster")).values():
        for product in offered:
            share, eligible = product["offered_share"], product["eligible_share"]
            assert Decimal("0.05") <= Decimal(share) <= Decimal(eligible) <= 1
            assert product["offered_index"] > 0
            assert product["reasons"]
            assert any("meet its criteria" in reason for reason in product["reasons"])
        added = {"eligible_share", "offered_index", "offered_share", "reasons"}
        assert set(offered[0]) == {*KEYS, *added}


def test_scores_are_strings_with_three_decimals_and_the_best_is_the_products(matched):
    scores = {}
    for offered in ok(matched.get("/getProductsByCluster")).values():
        for product in offered:
            assert re.fullmatch(r"[01]\.\d{3}", product["score"])
            scores.setdefault(product["product_id"], []).append(product["score"])
    for product in ok(matched.get("/getProducts")):
        if product["cluster"] is None:
            assert product["product_id"] not in scores
        else:
            assert product["score"] == max(scores[product["product_id"]])
            assert len(product["cluster"]) == len(scores[product["product_id"]])


def test_cluster_scores_are_parallel_to_clusters(matched, sql):
    by_cluster = ok(matched.get("/getProductsByCluster"))
    rows = sql("SELECT product_id, cluster, cluster_scores FROM products WHERE cluster IS NOT NULL")
    assert rows
    for product_id, clusters, scores in rows:
        assert clusters == sorted(set(clusters))
        for cluster, score in zip(clusters, scores, strict=True):
            (product,) = (p for p in by_cluster[str(cluster)] if p["product_id"] == product_id)
            assert Decimal(product["score"]) == score


def test_every_cluster_has_a_key_be_its_list_empty(matched):
    ok(matched.post("/generateProductDataset"))
    assert ok(matched.get("/getProductsByCluster")) == {"0": [], "1": [], "2": []}
    ok(matched.post("/dropTable/products"))
    assert ok(matched.get("/getProductsByCluster")) == {"0": [], "1": [], "2": []}


def test_matching_clusters_the_customers_first_if_it_must(products):
    ok(products.post("/conductProductMatch"))
    assert list(ok(products.get("/getClustersAmounts"))) == ["0", "1", "2"]
    assert all(ok(products.get("/getProductsByCluster")).values())


def test_matching_again_changes_no_customers_cluster(products):
    ok(products.post("/conductClustering", json={"n_clusters": 5}))
    before = products.get("/getCustomersByCluster").data
    for _ in range(2):
        ok(products.post("/conductProductMatch"))
        assert products.get("/getCustomersByCluster").data == before


def test_matching_uses_the_numbers_that_are_stored(products, sql):
    sql("UPDATE customers SET cluster = CASE WHEN age < 40 THEN 3 ELSE 7 END WHERE id > 10")
    before = products.get("/getCustomersByCluster").data
    ok(products.post("/conductProductMatch"))
    assert list(ok(products.get("/getProductsByCluster"))) == ["3", "7"]
    assert products.get("/getCustomersByCluster").data == before


def test_matching_needs_customers(client):
    ok(client.post("/generateProductDataset"))
    assert "POST /generateDataset" in error(client.post("/conductProductMatch"), 409)


def test_matching_needs_products_and_clusters_nobody_without(client):
    ok(client.post("/generateDataset"))
    assert "POST /generateProductDataset" in error(client.post("/conductProductMatch"), 409)
    assert ok(client.get("/getClustersAmounts")) == {}


def test_matching_needs_products_in_the_table(products, sql):
    sql("DELETE FROM products")
    assert "POST /generateProductDataset" in error(products.post("/conductProductMatch"), 409)


def test_without_data_the_lists_are_empty(client):
    assert ok(client.get("/getProducts")) == []
    assert ok(client.get("/getProductsByCluster")) == {}
    ok(client.post("/generateProductDataset"))
    assert ok(client.get("/getProductsByCluster")) == {}


@pytest.mark.parametrize(
    "change", ["/generateDataset", "/conductClustering", "/dropTable/customers"]
)
def test_matches_are_gone_when_customers_or_clusters_change(matched, sql, change):
    ok(matched.post(change))
    for offered in ok(matched.get("/getProductsByCluster")).values():
        assert offered == []
    for product in ok(matched.get("/getProducts")):
        assert (product["cluster"], product["score"]) == (None, None)
        assert ok(matched.get(f"/selectProductById/{product['product_id']}")) == product
    assert sql("SELECT count(*) FROM products WHERE cluster_scores IS NOT NULL") == [(0,)]


def test_the_earlier_matches_do_not_come_back(matched):
    ok(matched.post("/dropTable/products"))
    ok(matched.post("/generateProductDataset", json={"size": 100, "seed": 1}))
    assert ok(matched.get("/getProductsByCluster")) == {"0": [], "1": [], "2": []}
