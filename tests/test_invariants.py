"""What always holds, whoever reads while somebody writes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg2
import pytest

from tests.support import error, ok


@contextmanager
def reading(app, path, readers):
    """Read again and again beside what is done meanwhile; gives the list of all answers."""
    seen = []
    finished = threading.Event()

    def read():
        client = app.test_client()
        while not finished.is_set():
            seen.append(client.get(path, buffered=True))

    with ThreadPoolExecutor(readers) as pool:
        started = [pool.submit(read) for _ in range(readers)]
        try:
            yield seen
        finally:
            finished.set()
        for reader in started:
            reader.result()


def test_readers_only_ever_see_whole_datasets_of_one_generation(client, app):
    """One client regenerates 50 times while others read."""
    ok(client.post("/generateDataset", json={"size": 200}))
    generations = {client.get("/getCustomers").data}
    with reading(app, "/getCustomers", readers=4) as seen:
        for i in range(50):
            ok(client.post("/generateDataset", json={"size": 200 + i}))
            generations.add(client.get("/getCustomers").data)
    assert len(generations) == 51
    assert len({response.data for response in seen}) > 5
    for response in seen:
        assert response.status_code == 200
        assert response.data in generations


def test_readers_of_groups_only_ever_see_one_clustering(client, app):
    """The groups and the matches belong together at every moment."""
    ok(client.post("/generateDataset", json={"size": 200, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 30, "seed": 1}))
    wholes = set()
    for n_clusters in (2, 3, 4):
        ok(client.post("/conductClustering", json={"n_clusters": n_clusters}))
        wholes.add(client.get("/getProductsByCluster").data)
        ok(client.post("/conductProductMatch"))
        wholes.add(client.get("/getProductsByCluster").data)
    with reading(app, "/getProductsByCluster", readers=2) as seen:
        for n_clusters in (2, 3, 4) * 3:
            ok(client.post("/conductClustering", json={"n_clusters": n_clusters}))
            ok(client.post("/conductProductMatch"))
    assert len(seen) > 10
    assert {response.data for response in seen} <= wholes


def test_writers_at_the_same_time_take_turns(app):
    calls = [
        ("/generateDataset", {"size": 100}),
        ("/generateProductDataset", {"size": 20}),
        ("/conductClustering", {}),
        ("/conductProductMatch", {}),
        ("/dropTable/customers", {}),
        ("/dropTable/products", {}),
    ] * 8
    with ThreadPoolExecutor(8) as clients:
        answers = clients.map(lambda call: app.test_client().post(call[0], json=call[1]), calls)
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {200, 409}, statuses


@pytest.mark.parametrize("order", ["id DESC", "md5(id::text)", "age, id"])
def test_the_physical_order_of_the_rows_changes_nothing(client, sql, order):
    ok(client.post("/generateDataset", json={"seed": 5}))
    first = ok(client.post("/conductClustering"))
    groups = client.get("/getCustomersByCluster").data
    sql(
        "CREATE TEMP TABLE copied AS SELECT * FROM customers;"
        "DELETE FROM customers;"
        f"INSERT INTO customers SELECT * FROM copied ORDER BY {order};"
        "UPDATE customers SET cluster = NULL"
    )
    assert ok(client.post("/conductClustering")) == first
    assert client.get("/getCustomersByCluster").data == groups


def test_a_reader_does_not_wait_for_a_writer_in_psql(client, app):
    ok(client.post("/generateDataset", json={"size": 10}))
    before = client.get("/getCustomers").data
    conn = psycopg2.connect(app.extensions["config"].database_url)
    try:
        conn.cursor().execute("UPDATE customers SET age = 1")
        begin = time.monotonic()
        assert client.get("/getCustomers").data == before
        assert time.monotonic() - begin < 5
    finally:
        conn.close()


def test_a_writer_that_waits_too_long_says_so_and_changes_nothing(client, app, monkeypatch):
    ok(client.post("/generateDataset", json={"size": 10}))
    before = client.get("/getCustomers").data
    monkeypatch.setattr("db.database.LOCK_WAIT_SECONDS", 0.2)
    conn = psycopg2.connect(app.extensions["config"].database_url)
    try:
        conn.cursor().execute("UPDATE customers SET age = 1")
        response = client.post("/conductClustering")
        assert "busy" in error(response, 503)
        assert int(response.headers["Retry-After"]) > 0
        assert client.get("/getCustomers").data == before
    finally:
        conn.close()
    ok(client.post("/conductClustering"))


def test_readers_do_not_queue_behind_a_writer_that_waits_for_a_slow_one(client, app):
    ok(client.post("/generateDataset", json={"size": 10}))
    slow = psycopg2.connect(app.extensions["config"].database_url)
    try:
        slow.cursor().execute("LOCK TABLE customers IN ACCESS SHARE MODE")
        with ThreadPoolExecutor(1) as writer:
            writing = writer.submit(app.test_client().post, "/generateDataset", json={"size": 20})
            begin = time.monotonic()
            while time.monotonic() - begin < 1:
                asked = time.monotonic()
                assert len(ok(client.get("/getCustomers"))) == 10
                assert time.monotonic() - asked < 5
            assert not writing.done()
            slow.rollback()
            ok(writing.result())
    finally:
        slow.close()
    assert len(ok(client.get("/getCustomers"))) == 20
