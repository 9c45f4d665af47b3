"""Migrations: from nothing, from what earlier releases made, many processes at once."""

import threading
from pathlib import Path

import psycopg2
import pytest

from app import close_app, create_app
from config import Config
from db.migrate import MIGRATIONS, migrate
from tests.support import LISTS, ok, run_sql

FIRST_RELEASE = Path(__file__).with_name("first_release.sql").read_text()
# Everything of the service's own but its tables' rows, as one text an object.
OBJECTS = """
    SELECT 'column', table_name || '.' || column_name,
        concat_ws(' ', data_type, column_default, is_nullable)
    FROM information_schema.columns WHERE table_schema = 'public'
        AND table_name NOT IN ('customers', 'products')
    UNION SELECT 'function', proname, prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    UNION SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
        AND tgrelid::regclass::text NOT IN ('customers', 'products')
    ORDER BY 1, 2
"""


@pytest.fixture
def of_first_release(new_database):
    """A database of the first release, with customers and products in it."""
    dsn = new_database()
    run_sql(dsn, FIRST_RELEASE)
    return dsn


@pytest.fixture
def serve():
    """Open a database as the service does."""
    apps = []

    def open_app(dsn):
        apps.append(create_app(Config(database_url=dsn, cleanup_interval_seconds=0)))
        return apps[-1].test_client()

    yield open_app
    for app in apps:
        close_app(app)


def test_each_migration_has_a_number_of_its_own():
    numbers = [migration.number for migration in MIGRATIONS]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1


def test_what_the_first_release_stored_is_still_there(of_first_release, serve):
    client = serve(of_first_release)
    customers, products = ok(client.get("/getCustomers")), ok(client.get("/getProducts"))
    assert [row["customer_id"] for row in customers] == list(range(1, 31))
    assert customers[0]["first_name"] == "Rebecca"
    assert len(products) == 12
    groups = ok(client.get("/getCustomersByCluster"))
    assert sorted(row["customer_id"] for rows in groups.values() for row in rows) == list(
        range(1, 31)
    )
    offered = ok(client.get("/getProductsByCluster"))
    assert list(offered) == ["0", "1", "2"]
    assert not any(offered.values())  # what was matched without offers is to be matched anew
    assert all(client.get(path).headers["ETag"] for path in LISTS)


def test_the_first_release_becomes_what_a_new_database_is(of_first_release, new_database, serve):
    serve(of_first_release).get("/health")
    new = new_database()
    serve(new).get("/health")
    assert run_sql(of_first_release, OBJECTS) == run_sql(new, OBJECTS)


def test_work_goes_on_where_the_first_release_stopped(of_first_release, serve):
    client = serve(of_first_release)
    before = {path: client.get(path).headers["ETag"] for path in LISTS}
    for path in ("/conductClustering", "/conductProductMatch"):
        ok(client.post(path))
    assert all(client.get(path).headers["ETag"] != etag for path, etag in before.items())
    ok(client.post("/generateDataset"))
    assert len(ok(client.get("/getCustomers"))) == 500
    assert ok(client.get("/getProductsByCluster")) == {}


def test_each_is_applied_once(new_database, serve):
    dsn = new_database()
    applied = "SELECT number, applied FROM applied_migrations ORDER BY number"
    ok(serve(dsn).get("/health"))
    first = run_sql(dsn, applied)
    ok(serve(dsn).get("/health"))
    assert run_sql(dsn, applied) == first
    assert [number for number, _ in first] == [migration.number for migration in MIGRATIONS]


def test_many_processes_at_once_do_it_once(new_database):
    dsn = new_database()
    failures = []

    def migrate_it():
        conn = psycopg2.connect(dsn)
        try:
            with conn:
                migrate(conn, shared=True)
        except psycopg2.Error as error:
            failures.append(error)
        finally:
            conn.close()

    threads = [threading.Thread(target=migrate_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert run_sql(dsn, "SELECT count(*) FROM applied_migrations") == [(len(MIGRATIONS),)]


def test_one_that_fails_leaves_nothing_behind(new_database, monkeypatch):
    dsn = new_database()
    broken = MIGRATIONS[0]._replace(number=999, statements="CREATE TABLE half (id INT); SELECT 1/0")
    monkeypatch.setattr("db.migrate.MIGRATIONS", [*MIGRATIONS, broken])
    conn = psycopg2.connect(dsn)
    with pytest.raises(psycopg2.errors.DivisionByZero), conn:
        migrate(conn, shared=True)
    conn.close()
    assert run_sql(dsn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
