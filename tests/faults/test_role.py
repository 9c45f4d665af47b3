"""The service as a database role with the least rights, made by the documented statements."""

import uuid
from pathlib import Path

import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import make_dsn

import scheduler
from app import close_app, create_app
from config import Config
from tests.support import error, ok, run_sql

STATEMENTS = Path(__file__).resolve().parents[2] / "docs" / "role.sql"
HOUR = 3600


@pytest.fixture
def database(new_database):
    """A database with somebody else's table in it."""
    dsn = new_database()
    run_sql(dsn, "CREATE TABLE public.payroll AS SELECT 1 AS salary")
    run_sql(dsn, "CREATE SCHEMA bank CREATE TABLE account (id INT)")
    return dsn


@pytest.fixture
def as_role(database):
    """The address of the database for a role of the documented rights.

    A role belongs to the whole server, so that each test gives its own another name.
    """
    name = f"segmentation_{uuid.uuid4().hex}"
    statements = STATEMENTS.read_text().replace("segmentation", name)
    run_sql(database, statements)
    run_sql(database, f"ALTER ROLE {name} PASSWORD '{name}'")
    yield make_dsn(database, user=name, password=name)
    run_sql(database, f"DROP OWNED BY {name} CASCADE; DROP ROLE {name}")


def test_it_is_enough_for_all_that_the_service_does(as_role):
    app = create_app(Config(database_url=as_role, cleanup_interval_seconds=0))
    try:
        walk(app.test_client())
        database = app.extensions["database"]
        run_sql(as_role, "UPDATE jobs SET last_run = now() - interval '1 day'")
        assert scheduler.clean_up(database, HOUR) is True
        assert ok(app.test_client().get("/getCustomers")) == []
        made = (
            "SELECT DISTINCT schemaname = tableowner FROM pg_tables WHERE tableowner = current_user"
        )
        assert run_sql(as_role, made) == [(True,)]
        walk(in_workspace(app))
        run_sql(as_role, "UPDATE workspaces SET last_call = now() - interval '1 year'")
        assert scheduler.drop_idle_workspaces(database) == 1
        assert ok(in_workspace(app).get("/getCustomers")) == []
    finally:
        close_app(app)


def test_without_the_right_to_create_schemas_there_are_no_workspaces(database, as_role):
    """As for a role of the first release, whose statements did not grant it."""
    name = run_sql(as_role, "SELECT current_user")[0][0]
    database_name = run_sql(as_role, "SELECT current_database()")[0][0]
    run_sql(database, f"REVOKE CREATE ON DATABASE {database_name} FROM {name}")
    app = create_app(Config(database_url=as_role, cleanup_interval_seconds=0))
    try:
        walk(app.test_client())
        client = in_workspace(app)
        for answer in (client.get("/getCustomers"), client.post("/generateDataset")):
            assert "docs/role.sql" in error(answer, 503)
    finally:
        close_app(app)


def in_workspace(app):
    client = app.test_client()
    client.environ_base["HTTP_X_WORKSPACE"] = "a"
    return client


def walk(client):
    """Call every route with what it needs."""
    for path in ("/generateDataset", "/conductClustering", "/generateProductDataset"):
        ok(client.post(path))
    ok(client.post("/conductProductMatch"))
    assert len(ok(client.get("/getCustomers"))) == 500
    assert set(ok(client.get("/getCustomersByCluster"))) == {"0", "1", "2"}
    assert sum(ok(client.get("/getClustersAmounts")).values()) == 500
    assert set(ok(client.get("/getIncomeAndLoanByCluster"))) == {"0", "1", "2"}
    product = ok(client.get("/getProducts"))[0]
    assert any(ok(client.get("/getProductsByCluster")).values())
    assert ok(client.get(f"/selectProductById/{product['product_id']}")) == product
    for path in ("/", "/health", "/getClusterProfiles", "/getClusterQuality"):
        ok(client.get(path))
    customer = ok(client.get("/getCustomers"))[0]
    ok(client.post("/assignCustomer", json=customer))
    for table in ("customers", "products"):
        ok(client.post(f"/dropTable/{table}"))
    for path in ("/generateDataset", "/generateProductDataset"):
        ok(client.post(path))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.another (id INT)",
        "CREATE DATABASE another",
        "CREATE ROLE another",
        "CREATE TABLE bank.another (id INT)",
        "SELECT * FROM public.payroll",
        "SELECT * FROM bank.account",
        "INSERT INTO bank.account VALUES (1)",
        "DROP TABLE public.payroll",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_it_can_do_no_more(as_role, statement):
    with pytest.raises(InsufficientPrivilege):
        run_sql(as_role, statement)


def test_it_is_nobody_of_importance(as_role):
    rights = """
        SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
            EXISTS (SELECT FROM pg_database WHERE datdba = pg_roles.oid),
            EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid),
            has_schema_privilege('public', 'USAGE')
        FROM pg_roles WHERE rolname = current_user
    """
    assert run_sql(as_role, rights) == [(False,) * 8]
