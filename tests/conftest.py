"""A real PostgreSQL for the tests: one server for a run, a database for each of its processes."""

import os
import shutil
import tempfile
import uuid
from pathlib import Path

import pytest
from psycopg2.extensions import make_dsn

from app import close_app, create_app
from config import Config
from db import embedded
from tests.support import ok, run_sql


@pytest.fixture(scope="session")
def server_dsn():
    """The server that all processes of this run share; the last one stops it.

    TEST_SERVER names another one to use, to try a different version of PostgreSQL.
    """
    if other := os.environ.get("TEST_SERVER"):
        yield other
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    data_dir = Path(tempfile.gettempdir(), f"customer-segmentation-tests-{run}")
    with embedded.start(data_dir) as server:
        run_sql(server.dsn, "ALTER SYSTEM SET fsync = off")  # no test cuts the power
        run_sql(server.dsn, "SELECT pg_reload_conf()")
        yield server.dsn
    if not (data_dir / "18" / "pgdata" / "postmaster.pid").exists():
        shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(server_dsn):
    """Make databases: each call gives the address of an empty one."""

    def make(**address):
        name = f"test_{uuid.uuid4().hex}"
        run_sql(server_dsn, f"CREATE DATABASE {name}")
        return make_dsn(server_dsn, dbname=name, **address)

    return make


@pytest.fixture
def data_dir():
    """A place for a PostgreSQL of the service's own, that any user may reach."""
    with tempfile.TemporaryDirectory(prefix="segmentation ", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name, "data dir")


@pytest.fixture
def log(tmp_path):
    """Where a service that is started writes its log."""
    return tmp_path / "log"


@pytest.fixture(scope="session")
def session_app(new_database):
    settings = {"cleanup_interval_seconds": 0, "workspace_idle_seconds": 0}
    app = create_app(Config(database_url=new_database(), **settings))
    yield app
    close_app(app)


@pytest.fixture
def app(session_app):
    """The application, with nothing in its database but the service's own tables."""
    for table in ("customers", "products"):
        ok(session_app.test_client().post(f"/dropTable/{table}"))
    return session_app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def sql(app):
    """Run a statement beside the service, as someone in psql would; gives the rows."""

    def run(statement, *values):
        return run_sql(app.extensions["config"].database_url, statement, *values)

    return run
