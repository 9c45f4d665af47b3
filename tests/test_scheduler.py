"""The hourly clean-up: when it is due, once for all, whoever comes and goes."""

import re
import threading
import time

import pytest

import scheduler
from tests.support import error, ok

HOUR = 3600


@pytest.fixture
def database(app, sql):
    sql("UPDATE jobs SET last_run = now()")
    return app.extensions["database"]


def set_last_run(sql, seconds_ago):
    sql("UPDATE jobs SET last_run = now() - make_interval(secs => %s)", seconds_ago)


def seconds_since_last_run(sql):
    return float(sql("SELECT extract(epoch FROM now() - last_run) FROM jobs")[0][0])


def test_nothing_is_dropped_before_the_hour(client, database, sql):
    ok(client.post("/generateDataset"))
    set_last_run(sql, HOUR - 60)
    assert scheduler.clean_up(database, HOUR) is False
    assert len(ok(client.get("/getCustomers"))) == 500


def test_both_tables_are_dropped_when_the_hour_is_over(client, database, sql, caplog):
    ok(client.post("/generateDataset"))
    ok(client.post("/generateProductDataset"))
    set_last_run(sql, HOUR + 1)
    with caplog.at_level("INFO"):
        assert scheduler.clean_up(database, HOUR) is True
    assert "customers and products" in caplog.text
    assert sql("SELECT to_regclass('customers'), to_regclass('products')") == [(None, None)]
    assert ok(client.get("/getCustomers")) == []


def test_the_next_one_is_due_a_whole_hour_after_this_one_was(database, sql):
    set_last_run(sql, HOUR + 600)
    assert scheduler.clean_up(database, HOUR) is True
    assert seconds_since_last_run(sql) == pytest.approx(600, abs=5)
    assert scheduler.clean_up(database, HOUR) is False


def test_hours_that_nobody_saw_are_not_made_up_for(database, sql):
    set_last_run(sql, 5 * HOUR + 10)
    assert scheduler.clean_up(database, HOUR) is True
    assert scheduler.clean_up(database, HOUR) is False
    assert seconds_since_last_run(sql) == pytest.approx(10, abs=5)


def test_of_many_at_once_one_does_it(database, sql):
    set_last_run(sql, HOUR + 1)
    done = []
    threads = [
        threading.Thread(target=lambda: done.append(scheduler.clean_up(database, HOUR)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 11 + [True]


def test_a_clean_up_that_fails_midway_is_still_due(client, database, sql, monkeypatch):
    def fail(*_):
        raise RuntimeError

    ok(client.post("/generateDataset"))
    set_last_run(sql, HOUR + 1)
    with monkeypatch.context() as patched:
        patched.setattr(scheduler.tables, "clean_up", fail)
        with pytest.raises(RuntimeError):
            scheduler.clean_up(database, HOUR)
    assert len(ok(client.get("/getCustomers"))) == 500
    assert scheduler.clean_up(database, HOUR) is True


def test_the_scheduler_looks_by_itself(client, database, sql):
    ok(client.post("/generateDataset"))
    running = scheduler.start(database, 1)
    try:
        deadline = time.monotonic() + 10
        while sql("SELECT to_regclass('customers')") != [(None,)]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        running.shutdown()


def test_an_interval_of_zero_means_never(database):
    running = scheduler.start(database, 0)
    try:
        assert scheduler.clean_up not in [job.func for job in running.get_jobs()]
    finally:
        running.shutdown()


NEEDY = {
    "/conductClustering": "/importCustomers",
    "/conductProductMatch": "/importCustomers",
    "/assignCustomer": "/importCustomers",
}


@pytest.mark.parametrize("path", NEEDY)
def test_who_misses_what_was_dropped_reads_that_it_was_the_clean_up(client, database, sql, path):
    ok(client.post("/generateDataset"))
    set_last_run(sql, HOUR + 1)
    assert scheduler.clean_up(database, HOUR) is True
    sql("UPDATE datasets SET cleaned_up = '2026-11-05 09:03:10+00' WHERE cleaned_up IS NOT NULL")
    for _ in range(2):
        assert error(client.post(path), 409) == (
            "The clean-up dropped the customers at 09:03 UTC on 5 November: import yours again with"
            " POST /importCustomers, or generate others with POST /generateDataset."
        )
        set_last_run(sql, HOUR + 1)
        assert scheduler.clean_up(database, HOUR) is True  # which finds nothing to drop


def test_products_that_were_dropped_are_missed_in_the_same_way(client, database, sql):
    ok(client.post("/generateProductDataset"))
    set_last_run(sql, HOUR + 1)
    assert scheduler.clean_up(database, HOUR) is True
    ok(client.post("/generateDataset"))
    sentence = error(client.post("/conductProductMatch"), 409)
    assert re.match(r"The clean-up dropped the products at \d\d:\d\d UTC on \d", sentence)
    assert "/importProducts" in sentence
    assert "/generateProductDataset" in sentence


def test_what_somebody_dropped_was_not_the_clean_up(client, database, sql):
    ok(client.post("/generateDataset"))
    set_last_run(sql, HOUR + 1)
    assert scheduler.clean_up(database, HOUR) is True
    ok(client.post("/generateDataset"))
    assert "no clusters" in error(client.post("/assignCustomer", json={"age": 1}), 409)
    ok(client.post("/dropTable/customers"))
    assert "no customers yet" in error(client.post("/conductClustering"), 409)
