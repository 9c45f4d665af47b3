"""Connections: shared, awaited, and made anew after a failure."""

import threading

import psycopg2
import pytest

from db.connections import MOST_SCHEMAS
from db.database import Database
from db.errors import DatabaseAway, DatabaseBusy
from db.pool import Pool
from tests.support import error, ok


@pytest.fixture
def connect(app):
    return lambda: psycopg2.connect(app.extensions["config"].database_url)


def test_a_user_waits_until_a_connection_is_free(connect):
    pool = Pool(connect, size=1, wait_seconds=30)
    entered, order = threading.Event(), []

    def use_second():
        entered.set()
        with pool.connection():
            order.append("second")

    with pool.connection():
        thread = threading.Thread(target=use_second)
        thread.start()
        entered.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    pool.close()


def test_a_user_who_waited_long_enough_is_told(connect):
    pool = Pool(connect, size=1, wait_seconds=0.05)
    with pool.connection(), pytest.raises(DatabaseBusy), pool.connection():
        pass
    with pool.connection():
        pass
    pool.close()


def test_a_connection_is_used_again(connect):
    pool = Pool(connect, size=2, wait_seconds=1)
    with pool.connection() as first:
        pass
    with pool.connection() as second:
        assert second is first
    pool.close()


def test_a_connection_left_in_a_transaction_is_not_used_again(connect):
    pool = Pool(connect, size=1, wait_seconds=1)
    with pool.connection() as first:
        first.cursor().execute("SELECT 1")
    with pool.connection() as second:
        assert second is not first
    pool.close()


def test_a_worn_connection_is_not_used_again(connect):
    worn = set()
    pool = Pool(connect, size=1, wait_seconds=1, is_worn=worn.__contains__)
    with pool.connection() as first:
        worn.add(first)
    assert first.closed
    with pool.connection() as second:
        assert second is not first
    pool.close()


def test_no_session_is_in_more_than_so_many_schemas(new_database):
    database = Database(new_database())
    sessions = {}
    for number in range(MOST_SCHEMAS + 10):
        with database.workspace(f"bank-{number}").writing() as conn:
            sessions.setdefault(conn, set()).add(number)
    assert len(sessions) > 1
    assert max(map(len, sessions.values())) <= MOST_SCHEMAS + 1
    database.close()


def test_a_failed_attempt_to_connect_gives_the_place_back():
    def fail():
        raise OSError

    pool = Pool(fail, size=1, wait_seconds=0.05)
    for _ in range(3):
        with pytest.raises(OSError), pool.connection():  # noqa: PT011 - it is ours
            pass


def test_connections_that_the_server_ended_are_made_anew(client, sql):
    ok(client.get("/getCustomers"))
    for _ in range(3):
        sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        ok(client.get("/getCustomers"))


def test_a_server_that_is_away_is_503_with_retry_after(client, app, monkeypatch):
    away = Database("host=/nowhere dbname=x password=s3cret")
    monkeypatch.setitem(app.extensions, "database", away)
    for call in (client.get("/getCustomers"), client.post("/generateDataset")):
        sentence = error(call, 503)
        assert "s3cret" not in sentence
        assert call.headers["Retry-After"]
    monkeypatch.undo()
    ok(client.get("/getCustomers"))


def test_a_transaction_that_loses_its_server_is_away(app, sql):
    def lose_it():
        with app.extensions["database"].writing() as conn:
            sql("SELECT pg_terminate_backend(%s)", conn.info.backend_pid)
            conn.cursor().execute("SELECT 1")

    with pytest.raises(DatabaseAway):
        lose_it()


def test_reading_cannot_write(app):
    with app.extensions["database"].reading() as conn, conn.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("on",)
