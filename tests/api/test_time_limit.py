"""A statement over its time: refused with one sentence, and the next request works."""

import contextlib
import dataclasses

import psycopg2
import pytest

from app import close_app, create_app
from db.errors import StatementTooLong
from tests.support import error, ok, run_sql


@pytest.fixture(scope="module")
def hasty(session_app):
    """The same service, whose statements may take a second."""
    config = dataclasses.replace(session_app.extensions["config"], statement_timeout_seconds=1)
    app = create_app(config)
    yield app
    close_app(app)


@pytest.fixture
def client(app, hasty):  # noqa: ARG001 - which empties the database
    client = hasty.test_client()
    ok(client.post("/generateDataset", json={"size": 30, "seed": 1}))
    return client


@contextlib.contextmanager
def held(dsn, table):
    """Somebody in psql who has a table to himself."""
    conn = psycopg2.connect(dsn)
    try:
        conn.cursor().execute(f"LOCK TABLE {table}")
        yield
    finally:
        conn.close()


def refused(response):
    assert error(response, 503) == str(StatementTooLong())
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/getCustomers", "/getCustomersByCluster", "/getClusterProfiles"])
def test_a_read(client, hasty, path):
    with held(hasty.extensions["config"].database_url, "customers"):
        refused(client.get(path))
    ok(client.get(path))


@pytest.mark.parametrize("path", ["/conductClustering", "/generateDataset", "/dropTable/customers"])
def test_a_write_changes_nothing(client, hasty, path):
    before = ok(client.get("/getCustomers"))
    with held(hasty.extensions["config"].database_url, "customers"):
        refused(client.post(path))
    assert ok(client.get("/getCustomers")) == before
    ok(client.post(path))


def test_a_dataset_that_takes_too_long_to_fill_leaves_the_earlier_one(client, hasty):
    before = ok(client.get("/getCustomers"))
    largest = hasty.extensions["config"].max_dataset_size
    refused(client.post("/generateDataset", json={"size": largest}))
    assert ok(client.get("/getCustomers")) == before
    tables = run_sql(
        hasty.extensions["config"].database_url,
        "SELECT count(*) FROM pg_class WHERE relname LIKE 'new%'",
    )
    assert tables == [(0,)]
    ok(client.post("/generateDataset", json={"size": 40}))
    assert len(ok(client.get("/getCustomers"))) == 40


@pytest.mark.parametrize(("seconds", "shown"), [(1, "1s"), (90, "90s"), (300, "5min"), (0, "0")])
def test_the_limit_is_that_of_the_settings(session_app, seconds, shown):
    config = dataclasses.replace(
        session_app.extensions["config"], statement_timeout_seconds=seconds
    )
    app = create_app(config)
    with app.extensions["database"].reading() as conn, conn.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == (shown,)
    close_app(app)
