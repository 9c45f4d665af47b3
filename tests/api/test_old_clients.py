"""The twelve routes as clients have called them from the beginning: exactly these answers."""

import json
import re

import pytest

from tests.files import CSV
from tests.support import error

ORIGIN = "http://localhost:3000"
CODE, COUNT, TEXT = re.compile(r"\d{1,2}"), re.compile(r"\d+"), re.compile(r'".+"')
MONEY = re.compile(r'"\d+\.\d\d"')
MEAN = re.compile(r"\d+\.\d+")
NULL = re.compile("null")
BOOLEAN = re.compile("true|false")
CLUSTER = re.compile("[012]")
CUSTOMER = {
    "age": COUNT,
    "annual_income": MONEY,
    "annual_spending": MONEY,
    "city": CODE,
    "cluster": CLUSTER,
    "credit_score": COUNT,
    "customer_id": COUNT,
    "first_name": TEXT,
    "last_name": TEXT,
    "loan_balance": MONEY,
    "occupation": CODE,
}
INCOME_AND_LOAN = {
    name: CUSTOMER[name] for name in ("annual_income", "customer_id", "loan_balance")
}
SUMMARY = {
    "age": MEAN,
    "annual_income": MEAN,
    "annual_spending": MEAN,
    "city": CODE,
    "credit_score": MEAN,
    "loan_balance": MEAN,
    "occupation": CODE,
}
CRITERIA = {
    "credit_score_required": COUNT,
    "max_age": COUNT,
    "max_income": MEAN,
    "min_age": COUNT,
    "min_income": MEAN,
}
PRODUCT = {
    "annual_fees": MONEY,
    "benefits": TEXT,
    "channels": [TEXT],
    "cluster": [CLUSTER],
    "credit_score_required": COUNT,
    "eligibility_criteria": CRITERIA,
    "interest_rate": MONEY,
    "launch_date": re.compile(r'"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} 00:00:00 GMT"'),
    "max_age": COUNT,
    "max_income": MONEY,
    "min_age": COUNT,
    "min_income": MONEY,
    "product_id": re.compile(r"\d{4}"),
    "product_name": re.compile(r'"(Credit Card|Loan|Savings Account|Investment)_\d{4}"'),
    "product_status": TEXT,
    "product_type": re.compile(r'"(Credit Card|Loan|Savings Account|Investment)"'),
    "renewable": BOOLEAN,
    "reward_points": MONEY,
    "risk_level": TEXT,
    "score": re.compile(r'"[01]\.\d{3}"'),
    "term_length": COUNT,
}
SHARE = re.compile(r'"[01]\.\d{4}"')
ADDED = {"eligible_share": SHARE, "offered_index": COUNT, "offered_share": SHARE}
OFFERED = dict(sorted((PRODUCT | ADDED | {"reasons": [TEXT]}).items()))
NEW = {"cluster": NULL}
UNMATCHED = {"cluster": NULL, "score": NULL}


def clusters(shape):
    """The shape of an answer with something for each of the three clusters."""
    return {"0": shape, "1": shape, "2": shape}


class Number(str):
    """A number as it was written."""

    __slots__ = ()


def check(shape, value):
    """Assert that a value has a shape: these keys in this order, and each as it is written."""
    if isinstance(shape, dict):
        assert list(value) == list(shape)
        for key, inner in shape.items():
            check(inner, value[key])
    elif isinstance(shape, list):
        for inner in value:
            check(shape[0], inner)
    else:
        written = value if isinstance(value, Number) else json.dumps(value)
        assert shape.fullmatch(written), written


def answer(response):
    """Assert a documented success, and return what it says, numbers as they were written."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.text, parse_float=Number, parse_int=Number)


def post(client, path):
    """Call as `curl -X POST` does: without a body, without a content type."""
    return answer(client.post(path))


def get(client, path):
    return answer(client.get(path))


@pytest.fixture
def generated(client):
    """A client for whom both datasets were generated."""
    post(client, "/generateDataset")
    post(client, "/generateProductDataset")
    return client


@pytest.fixture
def matched(generated):
    """A client for whom everything has run."""
    post(generated, "/conductClustering")
    post(generated, "/conductProductMatch")
    return generated


def test_generating_the_customers(client):
    assert post(client, "/generateDataset") == {"message": "Dataset generated successfully."}
    customers = get(client, "/getCustomers")
    assert [row["customer_id"] for row in customers] == [str(i) for i in range(1, 501)]
    for customer in customers:
        check(CUSTOMER | NEW, customer)


def test_clustering_the_customers(generated):
    summary = post(generated, "/conductClustering")
    check({"cluster": clusters(SUMMARY)}, summary)
    for customer in get(generated, "/getCustomers"):
        check(CUSTOMER, customer)


def test_listing_the_clusters(matched):
    check(clusters([CUSTOMER]), get(matched, "/getCustomersByCluster"))
    check(clusters(COUNT), get(matched, "/getClustersAmounts"))
    check(clusters([INCOME_AND_LOAN]), get(matched, "/getIncomeAndLoanByCluster"))
    amounts = get(matched, "/getClustersAmounts").values()
    assert sum(map(int, amounts)) == 500


def test_generating_the_products(client):
    made = post(client, "/generateProductDataset")
    assert made == {"message": "Product dataset generated successfully."}
    products = get(client, "/getProducts")
    assert len(products) == 200
    ids = [int(product["product_id"]) for product in products]
    assert ids == sorted(set(ids))
    for product in products:
        check(PRODUCT | UNMATCHED, product)


def test_before_matching_every_cluster_has_an_empty_list(generated):
    post(generated, "/conductClustering")
    assert get(generated, "/getProductsByCluster") == clusters([])


def test_matching_the_products(generated):
    done = post(generated, "/conductProductMatch")
    assert done == {"message": "Product matching completed successfully."}
    by_cluster = get(generated, "/getProductsByCluster")
    check(clusters([OFFERED]), by_cluster)
    assert any(by_cluster.values())
    for products in by_cluster.values():
        scores = [product["score"] for product in products]
        assert scores == sorted(scores, reverse=True)
        for product in products:
            check(PRODUCT, get(generated, f"/selectProductById/{product['product_id']}"))


def test_selecting_a_product(generated):
    product, *_ = get(generated, "/getProducts")
    assert get(generated, f"/selectProductById/{product['product_id']}") == product
    error(generated.get("/selectProductById/99999"), 404)


@pytest.mark.parametrize("table", ["customers", "products"])
def test_dropping_a_table(matched, table):
    for _ in range(2):
        dropped = post(matched, f"/dropTable/{table}")
        assert list(dropped.items()) == [("status", "success"), ("table", table)]
    error(matched.post("/dropTable/datasets"), 404)


def test_what_there_is_when_nothing_is_there(client):
    for path in ("/getCustomers", "/getProducts"):
        assert get(client, path) == []
    for path in (
        "/getCustomersByCluster",
        "/getClustersAmounts",
        "/getIncomeAndLoanByCluster",
        "/getProductsByCluster",
    ):
        assert get(client, path) == {}
    for path in ("/conductClustering", "/conductProductMatch"):
        error(client.post(path), 409)


@pytest.mark.parametrize(
    "options",
    [
        {"data": ""},
        {"data": "", "content_type": "application/json"},
        {"data": "{}", "content_type": "application/json"},
        {"data": "", "content_type": "application/x-www-form-urlencoded"},
        {"data": "{}", "content_type": "text/plain;charset=UTF-8"},
        {"headers": {"Origin": ORIGIN}},
        {"headers": {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"}},
        {"headers": {"Accept": "*/*", "User-Agent": "curl/8"}},
    ],
)
def test_a_call_says_nothing_in_many_ways(client, options):
    messages = {
        "/generateDataset": "Dataset generated successfully.",
        "/generateProductDataset": "Product dataset generated successfully.",
        "/conductProductMatch": "Product matching completed successfully.",
    }
    for path, message in messages.items():
        assert answer(client.post(path, **options)) == {"message": message}
    check(
        {"cluster": clusters(SUMMARY)},
        answer(client.post("/conductClustering", **options)),
    )


def test_the_page_on_port_3000_reads_every_answer(matched):
    for path in ("/getCustomers", "/getProductsByCluster", "/nothing"):
        response = matched.get(path, headers={"Origin": ORIGIN})
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_columns_of_ones_own_are_no_new_keys(client):
    rows = "".join(f"Ann,Lee,{20 + i},{1000 * i},{50 * i},{i},x{i}\n" for i in range(1, 40))
    header = "first_name,last_name,age,annual_income,loan_balance,tenure,colour\n"
    response = client.post("/importCustomers", data=header + rows, content_type=CSV)
    assert response.status_code == 200, response.text
    missing = dict.fromkeys(["annual_spending", "city", "credit_score", "occupation"], NULL)
    for customer in get(client, "/getCustomers"):
        check(CUSTOMER | missing | NEW, customer)
    check({"cluster": clusters(SUMMARY | missing)}, post(client, "/conductClustering"))
    by_cluster = get(client, "/getCustomersByCluster")
    check(clusters([CUSTOMER | missing]), by_cluster)
