"""?limit= and ?after= on the two lists."""

import re

import pytest

from tests.support import error, ok

LISTS = [("/getCustomers", "customer_id"), ("/getProducts", "product_id")]


@pytest.fixture
def datasets(client):
    ok(client.post("/generateDataset", json={"size": 53}))
    ok(client.post("/generateProductDataset", json={"size": 53}))
    return client


def follow(client, address):
    """Yield the pages from an address on, each with what it answered."""
    while address:
        response = client.get(address)
        yield ok(response)
        link = response.headers.get("Link")
        address = link and re.fullmatch(r'<(/[^>]+)>; rel="next"', link)[1]


@pytest.mark.parametrize(("path", "_key"), LISTS)
@pytest.mark.parametrize("limit", [1, 7, 53, 54, 10_000])
def test_the_pages_together_are_the_whole_list(datasets, path, _key, limit):
    pages = list(follow(datasets, f"{path}?limit={limit}"))
    assert all(len(page) <= limit for page in pages)
    assert [row for page in pages for row in page] == ok(datasets.get(path))


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_a_page_follows_the_id_that_is_named(datasets, path, key):
    everything = ok(datasets.get(path))
    named = everything[20][key]
    assert ok(datasets.get(f"{path}?limit=5&after={named}")) == everything[21:26]
    assert ok(datasets.get(f"{path}?after={named}")) == everything[21:]


def test_the_pages_are_whole_while_rows_are_appended(datasets, sql):
    seen = []
    for page in follow(datasets, "/getCustomers?limit=10"):
        seen += [customer["customer_id"] for customer in page]
        if len(page) == 10 and len(seen) < 100:
            sql(
                "INSERT INTO customers (first_name, last_name) VALUES ('Ann', 'Lee'), ('Al', 'Fry')"
            )
    assert seen == [customer["customer_id"] for customer in ok(datasets.get("/getCustomers"))]
    assert len(seen) > 53


@pytest.mark.parametrize(("path", "_key"), LISTS)
def test_without_data_a_page_is_empty(client, path, _key):
    response = client.get(f"{path}?limit=5")
    assert ok(response) == []
    assert "Link" not in response.headers


@pytest.mark.parametrize(("path", "_key"), LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=10001",
        "limit=a",
        "limit=",
        "limit=1.0",
        "limit=٣",
        f"limit={'9' * 5000}",
        "limit=1;DROP TABLE customers",
        "after=-1",
        "after=a",
        "after=2147483648",
        f"after={'0' * 20}{'9' * 20}",
        f"after={'0' * 20}{'9' * 5000}",
    ],
)
def test_what_is_no_such_number_is_refused(datasets, path, _key, query):
    name = query.split("=")[0]
    assert error(datasets.get(f"{path}?{query}"), 422).startswith(f"The parameter {name} must be ")
