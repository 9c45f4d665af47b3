"""Versions, repeated reads, conditional requests, compressed answers."""

import gzip
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import psycopg2
import pytest
from backports import zstd

from tests.support import another, ok

LISTS = [
    "/getCustomers",
    "/getCustomers?limit=10",
    "/getCustomersByCluster",
    "/getClustersAmounts",
    "/getIncomeAndLoanByCluster",
    "/getProducts",
    "/getProductsByCluster",
]
DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}


@pytest.fixture
def datasets(client):
    ok(client.post("/generateDataset", json={"size": 100, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 50, "seed": 1}))
    ok(client.post("/conductClustering"))
    ok(client.post("/conductProductMatch"))
    return client


@pytest.mark.parametrize("path", LISTS)
def test_a_repeated_read_comes_from_memory(datasets, reads_of_data, path):
    answers = [datasets.get(path, headers={"X-Request-ID": "a"}) for _ in range(5)]
    assert len(reads_of_data) == 1
    assert len({answer.data for answer in answers}) == 1
    assert all(sorted(answer.headers) == sorted(answers[0].headers) for answer in answers)
    assert answers[0].headers["Content-Type"] == "application/json"


CHANGES_IN_PSQL = [
    "UPDATE customers SET age = age + 1 WHERE id = 1",
    "DELETE FROM customers WHERE id = 7",
    "INSERT INTO customers (first_name, last_name, cluster) VALUES ('Ann', 'Lee', 0)",
    "TRUNCATE customers",
    "DROP TABLE customers",
    "UPDATE products SET min_age = min_age + 1",
    "DELETE FROM products WHERE cluster IS NULL",
    "DROP TABLE products",
    "UPDATE customers SET cluster = 1 - cluster WHERE cluster < 2",
    "UPDATE matches SET score = 0",
    "BEGIN; DROP TABLE customers; CREATE TABLE customers AS SELECT 1 AS id, 'A' AS first_name,"
    " 'B' AS last_name, 1 AS age, 1 AS city, 1 AS occupation, 1.00 AS annual_income,"
    " 1.00 AS annual_spending, 0.00 AS loan_balance, 1 AS credit_score, 0 AS cluster; COMMIT",
]


@pytest.mark.parametrize("change", CHANGES_IN_PSQL)
def test_a_change_in_psql_is_seen_at_once(datasets, sql, change):
    before = {path: datasets.get(path) for path in LISTS}
    sql(change)
    after = {path: datasets.get(path) for path in LISTS}
    assert any(before[path].data != after[path].data for path in LISTS)
    forgetful = another(datasets.application, cache_mib=0).test_client()
    for path in LISTS:
        assert forgetful.get(path).data == after[path].data


def test_a_table_made_by_hand_is_never_remembered(datasets, sql):
    sql(CHANGES_IN_PSQL[-1])
    for age in (20, 30):
        sql("UPDATE customers SET age = %s", age)
        response = datasets.get("/getCustomers")
        assert ok(response)[0]["age"] == age
        assert "ETag" not in response.headers


def test_a_change_in_psql_forgets_the_matches(datasets, sql):
    sql("UPDATE customers SET age = age + 1 WHERE id = 1")
    assert not any(ok(datasets.get("/getProductsByCluster")).values())
    assert all(product["cluster"] is None for product in ok(datasets.get("/getProducts")))


def test_a_change_that_is_rolled_back_is_none(datasets, app, reads_of_data):
    ok(datasets.get("/getCustomers"))
    conn = psycopg2.connect(app.extensions["config"].database_url)
    conn.cursor().execute("UPDATE customers SET age = 1")
    ok(datasets.get("/getCustomers"))
    conn.rollback()
    conn.close()
    ok(datasets.get("/getCustomers"))
    assert len(reads_of_data) == 1


@pytest.mark.parametrize("path", LISTS)
def test_304_for_those_who_have_the_same_bytes(datasets, path):
    first = datasets.get(path)
    etag = first.headers["ETag"]
    assert etag.startswith('"')  # a strong one
    for _ in range(2):
        second = datasets.get(path, headers={"If-None-Match": etag})
        assert second.status_code == 304
        assert second.data == b""
        assert second.headers["ETag"] == etag
    ok(datasets.post("/generateDataset", json={"size": 101}))
    ok(datasets.post("/generateProductDataset", json={"size": 51}))
    third = datasets.get(path, headers={"If-None-Match": etag})
    assert third.status_code == 200
    assert third.headers["ETag"] != etag
    assert third.data != first.data


def test_an_earlier_version_never_comes_back(datasets):
    """The same bytes may have two tags, but never two bytes one tag."""
    bodies = {}
    for _ in range(3):
        for size in (10, 11):
            ok(datasets.post("/generateDataset", json={"size": size}))
            response = datasets.get("/getCustomers")
            assert bodies.setdefault(response.headers["ETag"], response.data) == response.data
        ok(datasets.post("/dropTable/customers"))
    assert len(bodies) == 6


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("path", ["/getCustomers", "/getProductsByCluster"])
def test_answers_are_compressed_for_those_who_ask(datasets, reads_of_data, path, encoding):
    plain = datasets.get(path)
    assert "Content-Encoding" not in plain.headers
    answers = [datasets.get(path, headers={"Accept-Encoding": encoding}) for _ in range(3)]
    assert len(reads_of_data) == 2
    for answer in answers:
        assert answer.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(answer.data) < len(plain.data) / 2
        assert DECODERS[encoding](answer.data) == plain.data
        assert answer.headers["ETag"] != plain.headers["ETag"]
    again = {"Accept-Encoding": encoding, "If-None-Match": answers[0].headers["ETag"]}
    assert datasets.get(path, headers=again).status_code == 304


@pytest.mark.parametrize("encoding", DECODERS)
def test_a_streamed_list_is_compressed_too(client, encoding):
    ok(client.post("/generateDataset", json={"size": 12_000, "seed": 1}))
    plain = client.get("/getCustomers")
    assert "Content-Length" not in plain.headers
    answer = client.get("/getCustomers", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert DECODERS[encoding](answer.data) == plain.data


def test_an_origin_gets_its_permission_from_memory_too(datasets):
    page = {"Origin": "http://localhost:3000"}
    for _ in range(2):
        allowed = datasets.get("/getCustomers", headers=page).headers
        assert allowed["Access-Control-Allow-Origin"] == page["Origin"]
        other = datasets.get("/getCustomers", headers={"Origin": "http://evil.example"}).headers
        assert "Access-Control-Allow-Origin" not in other


@pytest.mark.parametrize(
    "paths",
    [
        [f"/getCustomers?limit={limit}" for limit in range(100, 200)],
        [f"/getClustersAmounts?{'x' * 5000}{i}" for i in range(300)],
    ],
)
def test_the_memory_is_bounded(app, paths):
    ok(app.test_client().post("/generateDataset", json={"size": 200}))
    bounded = another(app, cache_mib=1)
    cache = bounded.extensions["response_cache"]
    for path in paths:
        ok(bounded.test_client().get(path))
        assert sum(cache.sizes()) <= 1 << 20
    assert 1 < len(cache.sizes()) < len(paths)


@pytest.mark.usefixtures("datasets")
def test_nothing_stale_under_a_writer_in_psql_and_one_through_the_api(app, sql):
    """Readers compare what they get with the version that was committed before they asked."""
    sql("CREATE TABLE IF NOT EXISTS latest (age INT); TRUNCATE latest")
    sql("INSERT INTO latest VALUES (0); UPDATE customers SET age = 0")
    finished = threading.Event()
    dsn = app.extensions["config"].database_url

    def write_in_psql():
        conn = psycopg2.connect(dsn)
        conn.autocommit = True
        for age in range(1, 120):
            conn.cursor().execute(
                "BEGIN; UPDATE customers SET age = %s; UPDATE latest SET age = %s; COMMIT",
                (age, age),
            )
            time.sleep(0.005)
        conn.close()
        finished.set()

    def write_through_the_api():
        client = app.test_client()
        while not finished.is_set():
            assert client.post("/conductClustering", json={"n_clusters": 2, "features": ["city"]})

    def read():
        client, reads = app.test_client(), 0
        conn = psycopg2.connect(dsn)
        conn.autocommit = True
        cursor = conn.cursor()
        while not finished.is_set():
            cursor.execute("SELECT age FROM latest")
            (committed,) = cursor.fetchone()
            ages = {customer["age"] for customer in json.loads(client.get("/getCustomers").data)}
            assert len(ages) == 1
            assert min(ages) >= committed
            reads += 1
        conn.close()
        return reads

    with ThreadPoolExecutor(10) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        writers = [pool.submit(write_in_psql), pool.submit(write_through_the_api)]
        for writer in writers:
            writer.result()
        assert all(reader.result() > 0 for reader in readers)
    sql("DROP TABLE latest")
