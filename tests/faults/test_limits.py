"""What PostgreSQL or the pool has too little of: one clear sentence, and the next request works."""

import contextlib
import os
import subprocess
import uuid

import pytest
from psycopg2.extensions import make_dsn

from app import close_app, create_app
from config import Config
from tests.faults.postgres import separate_postgres
from tests.support import error, ok, run_sql

LARGE = 20_000  # rows: a list of so many leaves while it is read
TINY = "20M"  # a disk with room for no more than about a hundred thousand customers


@contextlib.contextmanager
def application(dsn):
    app = create_app(Config(database_url=dsn, cleanup_interval_seconds=0))
    try:
        yield app
    finally:
        close_app(app)


def unavailable(response):
    """Assert a 503 that says when to come again; gives its sentence."""
    assert int(response.headers["Retry-After"]) > 0
    return error(response, 503)


def test_all_connections_of_the_pool_in_use(new_database, monkeypatch):
    monkeypatch.setattr("db.connections.POOL_SIZE", 2)
    monkeypatch.setattr("db.connections.POOL_WAIT_SECONDS", 0.2)
    with application(new_database()) as app:
        client = app.test_client()
        ok(client.post("/generateDataset", json={"size": LARGE}))
        slow = [client.get("/getCustomers") for _ in range(2)]
        for response in slow:
            next(response.iter_encoded())
        for response in (client.get("/getProducts"), client.post("/conductClustering")):
            assert "busy" in unavailable(response)
        slow[0].close()
        assert len(ok(client.get("/getCustomers"))) == LARGE
        slow[1].close()
        ok(client.post("/conductClustering"))


def test_no_connection_left_on_the_server(new_database):
    dsn = new_database()
    role = f"test_{uuid.uuid4().hex}"
    run_sql(dsn, f"CREATE ROLE {role} LOGIN SUPERUSER PASSWORD '{role}'")
    try:
        run_sql(dsn, f"ALTER ROLE {role} NOSUPERUSER CONNECTION LIMIT 1")
        run_sql(dsn, f"GRANT CREATE ON SCHEMA public TO {role}")
        with application(make_dsn(dsn, user=role, password=role)) as app:
            client = app.test_client()
            ok(client.post("/generateDataset", json={"size": LARGE}))
            with client.get("/getCustomers") as slow:
                next(slow.iter_encoded())
                unavailable(client.get("/getProducts"))
            assert len(ok(client.get("/getCustomers"))) == LARGE
    finally:
        run_sql(dsn, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_full_limit_of_temporary_files(new_database):
    """The index of a large dataset is sorted in files when it does not fit into the memory."""
    dsn = new_database()
    (name,) = run_sql(dsn, "SELECT current_database()")[0]
    run_sql(dsn, f"ALTER DATABASE {name} SET maintenance_work_mem = '1MB'")
    run_sql(dsn, f"ALTER DATABASE {name} SET temp_file_limit = '64kB'")
    check_that_it_is_full(dsn, too_large=100_000)


@pytest.fixture
def tiny_disk(data_dir):
    """A file system with little room, where this user may mount one."""
    place = data_dir.with_name("disk")
    place.mkdir()
    options = f"size={TINY},mode=777"
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", place]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"this user can't mount a small file system: {error}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_full_disk(data_dir, tiny_disk):
    """What is stored is on a disk of its own, as a tablespace."""
    with separate_postgres(data_dir) as server:
        place = tiny_disk / "tablespace"
        place.mkdir()
        owner = data_dir.stat()
        os.chown(place, owner.st_uid, owner.st_gid)
        run_sql(server.dsn, f"CREATE TABLESPACE tiny LOCATION '{place}'")
        run_sql(server.dsn, "ALTER ROLE postgres SET default_tablespace = tiny")
        check_that_it_is_full(server.dsn, too_large=300_000)


def check_that_it_is_full(dsn, too_large):
    """Ask for too much in every way: what was there stays, and what fits goes on."""
    with application(dsn) as app:
        client = app.test_client()
        ok(client.post("/generateDataset", json={"size": 1000}))
        ok(client.post("/generateProductDataset"))
        ok(client.post("/conductProductMatch"))
        before = client.get("/getProductsByCluster").data
        for path in ("/generateDataset", "/generateProductDataset"):
            sentence = unavailable(client.post(path, json={"size": too_large}))
            assert "no room" in sentence
        assert client.get("/getProductsByCluster").data == before
        assert len(ok(client.get("/getCustomers"))) == 1000
        ok(client.post("/generateDataset", json={"size": 2000}))
        ok(client.post("/conductClustering"))
