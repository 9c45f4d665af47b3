"""Workspaces: each is by itself, made by the first write, gone when nobody calls it."""

import dataclasses
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest

import scheduler
from app import close_app, create_app
from tests.support import LISTS, error, ok, run_sql

DAY = 86_400
READS = [*LISTS, "/getClusterProfiles", "/getClusterQuality"]
HOSTILE = [
    "",
    " ",
    "pg_catalog",
    "pg_temp",
    "PG_toast",
    "information_schema",
    "../x",
    "..",
    ".",
    "a/b",
    "a\\b",
    "a.b",
    "a,b",
    "a;b",
    "a b",
    "a\tb",
    '"',
    "'",
    'a"b',
    "a'b",
    "a''b",
    'x"; DROP SCHEMA public CASCADE; --',
    "x'; DROP TABLE customers; --",
    "x); SELECT 1; --",
    "$$",
    "$1",
    "%s",
    "%(schema)s",
    ":schema",
    "{0}",
    "a\x00b",
    "\x7f",
    "é",
    "\u00aa",
    "a\u00a0b",
    "\u00c3\u00bc",
    "a" * 65,
    "a" * 5000,
    "a--/*",
    "*",
    "<script>",
    "a=b",
    "a&b",
]


def at(name):
    return {"X-Workspace": name}


@pytest.fixture
def workspace_app(session_app):
    """The service, with nothing in its database, few workspaces, and a day until they are idle."""
    config = dataclasses.replace(
        session_app.extensions["config"], max_workspaces=3, workspace_idle_seconds=DAY
    )
    app = create_app(config)
    app.extensions["scheduler"].pause()  # it looks when a test says so
    run_sql(config.database_url, "SELECT drop_workspace(number) FROM workspaces")
    yield app
    close_app(app)


@pytest.fixture
def client(app, workspace_app):  # noqa: ARG001 - app empties the shared workspace
    return workspace_app.test_client()


@pytest.fixture
def names(sql):
    return lambda: [name for (name,) in sql("SELECT name FROM workspaces ORDER BY name")]


def fill(client, headers, size):
    ok(client.post("/generateDataset", json={"size": size, "seed": size}, headers=headers))
    ok(client.post("/generateProductDataset", json={"size": 20, "seed": size}, headers=headers))
    ok(client.post("/conductClustering", headers=headers))
    ok(client.post("/conductProductMatch", headers=headers))


def read(client, headers):
    answers = {path: client.get(path, headers=headers) for path in READS}
    return {path: (ok(answer), answer.headers.get("ETag")) for path, answer in answers.items()}


def test_each_has_its_own_of_everything(client):
    places = [None, at("a"), at("A")]
    for size, place in enumerate(places, 30):
        fill(client, place, size)
    first = [read(client, place) for place in places]
    for size, found in enumerate(first, 30):
        assert len(found["/getCustomers"][0]) == size
        assert sum(found["/getClustersAmounts"][0].values()) == size
    for path in LISTS:
        assert len({found[path][1] for found in first}) == 3
    ok(client.post("/dropTable/customers", headers=at("a")))
    assert [read(client, place) for place in (None, at("A"))] == [first[0], first[2]]
    assert ok(client.get("/getCustomers", headers=at("a"))) == []
    assert ok(client.get("/getProductsByCluster", headers=at("a"))) == {}
    health = ok(client.get("/health", headers=at("a")))
    assert (health["customers"], health["products"]) == (False, True)


def test_an_answer_from_memory_is_that_of_the_workspace(client):
    for size, place in ((10, None), (11, at("a"))):
        ok(client.post("/generateDataset", json={"size": size}, headers=place))
    for _ in range(3):
        assert len(ok(client.get("/getCustomers"))) == 10
        assert len(ok(client.get("/getCustomers", headers=at("a")))) == 11
    tag = client.get("/getCustomers").headers["ETag"]
    other = client.get("/getCustomers", headers=at("a") | {"If-None-Match": tag})
    assert len(ok(other)) == 11


def test_one_that_is_not_there_reads_as_without_data_and_is_not_made(client, names):
    ok(client.post("/generateDataset", json={"size": 10}))
    for _ in range(2):
        found = {path: answer for path, (answer, _) in read(client, at("new")).items()}
        assert found == {path: [] if path in (READS[0], READS[4]) else {} for path in READS}
    assert ok(client.get("/health", headers=at("new")))["customers"] is False
    error(client.get("/selectProductById/1000", headers=at("new")), 404)
    assert names() == []


def test_a_write_that_fails_makes_none(client, names):
    for path in ("/conductClustering", "/conductProductMatch"):
        error(client.post(path, headers=at("new")), 409)
    error(client.post("/generateDataset", json={"size": 0}, headers=at("new")), 422)
    error(client.post("/assignCustomer", json={"age": 30}, headers=at("new")), 409)
    assert names() == []


@pytest.mark.parametrize("name", ["a", "0", "-", "_", "a" * 64, "public", "Team-1_x", "None"])
def test_a_name_may_be(client, names, name):
    ok(client.post("/generateDataset", json={"size": 10}, headers=at(name)))
    assert names() == [name]


@pytest.mark.parametrize("path", ["/", "/health", "/getCustomers", "/none"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_may_not_be(client, names, name, path):
    assert "64 of the characters" in error(client.get(path, headers=at(name)), 422)
    assert names() == []


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_written_under_a_name_that_may_not_be(client, names, name):
    ok(client.post("/generateDataset", json={"size": 10}))
    ok(client.get("/getCustomers"))
    for path in ("/generateDataset", "/dropTable/customers"):
        error(client.post(path, headers=at(name)), 422)
    error(client.get("/getCustomers", headers=at(name)), 422)
    assert len(ok(client.get("/getCustomers"))) == 10
    assert names() == []


def test_there_are_at_most_so_many(client, names):
    statuses = []

    def make(name):
        answer = client.application.test_client().post("/generateDataset", headers=at(name))
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=make, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 3 + [409] * 5
    there = names()
    assert len(there) == 3
    assert "MAX_WORKSPACES" in error(client.post("/generateDataset", headers=at("more")), 409)
    ok(client.post("/generateDataset", headers=at(there[0])))
    ok(client.post("/generateDataset"))


def test_two_first_writes_at_once_make_one(client, names):
    answers = []

    def write(path):
        answers.append(client.application.test_client().post(path, headers=at("a")))

    paths = ["/generateDataset", "/generateProductDataset"] * 3
    threads = [threading.Thread(target=write, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200] * 6
    assert names() == ["a"]
    assert len(ok(client.get("/getCustomers", headers=at("a")))) == 500
    assert len(ok(client.get("/getProducts", headers=at("a")))) == 200


def schemas(sql):
    statement = "SELECT nspname FROM pg_namespace WHERE nspname ~ '_workspace_[1-9]'"
    return [name for (name,) in sql(statement)]


def grow_idle(sql, name, seconds):
    sql(
        "UPDATE workspaces SET last_call = now() - make_interval(secs => %s) WHERE name = %s",
        seconds,
        name,
    )


def test_idle_ones_are_dropped_whole(client, workspace_app, names, sql):
    for place in (None, at("a"), at("b"), at("c")):
        fill(client, place, 30)
    grow_idle(sql, "a", DAY + 100)
    grow_idle(sql, "c", DAY + 100)
    grow_idle(sql, "b", DAY - 100)
    assert scheduler.drop_idle_workspaces(workspace_app.extensions["database"]) == 2
    assert names() == ["b"]
    assert len(schemas(sql)) == 1
    assert ok(client.get("/getCustomers", headers=at("a"))) == []
    assert ok(client.get("/getCustomers", headers=at("c"))) == []
    assert len(ok(client.get("/getCustomers", headers=at("b")))) == 30
    assert len(ok(client.get("/getCustomers"))) == 30
    ok(client.post("/generateDataset", json={"size": 31}, headers=at("a")))
    assert len(ok(client.get("/getCustomers", headers=at("a")))) == 31
    assert scheduler.drop_idle_workspaces(workspace_app.extensions["database"]) == 0


def test_of_many_processes_each_is_dropped_by_one(client, workspace_app, sql):
    for name in "abc":
        ok(client.post("/generateDataset", headers=at(name)))
        grow_idle(sql, name, DAY + 100)
    database, dropped = workspace_app.extensions["database"], []
    threads = [
        threading.Thread(target=lambda: dropped.append(scheduler.drop_idle_workspaces(database)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(dropped) == 3
    assert schemas(sql) == []


def test_one_in_use_is_not_dropped(client, workspace_app, names, sql):
    ok(client.post("/generateDataset", json={"size": 10}, headers=at("a")))
    grow_idle(sql, "a", DAY + 100)
    database = workspace_app.extensions["database"]
    with database.workspace("a").reading():
        assert scheduler.drop_idle_workspaces(database) == 0
    assert names() == ["a"]
    assert len(ok(client.get("/getCustomers", headers=at("a")))) == 10


@pytest.mark.parametrize("idle", [5, 0])
def test_a_call_keeps_it_an_answer_from_memory_too(session_app, app, sql, idle):  # noqa: ARG001
    config = dataclasses.replace(session_app.extensions["config"], workspace_idle_seconds=idle)
    other = create_app(config)
    other.extensions["scheduler"].pause()
    try:
        client = other.test_client()
        ok(client.post("/generateDataset", headers=at("a")))
        ok(client.get("/getCustomers", headers=at("a")))
        grow_idle(sql, "a", 3 * 86_400)
        deadline = datetime.now(UTC) + timedelta(seconds=0.8)
        while datetime.now(UTC) < deadline:
            ok(client.get("/getCustomers", headers=at("a")))
        [(seconds,)] = sql(
            "SELECT extract(epoch FROM now() - last_call) FROM workspaces WHERE name = 'a'"
        )
        assert (seconds < 60) == bool(idle)  # without a limit a minute's note will do
        assert scheduler.drop_idle_workspaces(other.extensions["database"]) == 0
    finally:
        sql("SELECT drop_workspace(number) FROM workspaces")
        close_app(other)


def test_the_hourly_clean_up_is_for_the_shared_one(client, workspace_app, sql):
    for place in (None, at("a")):
        ok(client.post("/generateDataset", json={"size": 10}, headers=place))
    sql("UPDATE jobs SET last_run = now() - interval '2 hours'")
    assert scheduler.clean_up(workspace_app.extensions["database"], 3600) is True
    assert ok(client.get("/getCustomers")) == []
    assert len(ok(client.get("/getCustomers", headers=at("a")))) == 10


def test_a_long_write_in_one_holds_up_nobody_in_another(client, workspace_app):
    database = workspace_app.extensions["database"]
    with database.workspace("a").writing("customers", "products"), database.writing("customers"):
        fill(client, at("b"), 30)
        assert len(read(client, at("b"))["/getCustomers"][0]) == 30


def test_changes_in_psql_are_counted_whatever_the_search_path(client, sql):
    for place in (None, at("a")):
        fill(client, place, 30)
    before = read(client, None)
    [schema] = schemas(sql)
    sql(f"UPDATE {schema}.customers SET age = 99")
    assert {row["age"] for row in ok(client.get("/getCustomers", headers=at("a")))} == {99}
    assert ok(client.get("/getProductsByCluster", headers=at("a")))["0"] == []
    assert read(client, None) == before


WRITES = [
    "/generateDataset",
    "/generateProductDataset",
    "/conductClustering",
    "/conductProductMatch",
    "/dropTable/products",
    "/dropTable/customers",
]


def moment(answer):
    shown = answer.headers["X-Kept-Until"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown)
    return datetime.fromisoformat(shown)


def test_a_write_says_until_when_the_data_is_kept(client, workspace_app, sql):
    config = dataclasses.replace(workspace_app.extensions["config"], cleanup_interval_seconds=3600)
    workspace_app.extensions["config"] = config
    sql("UPDATE jobs SET last_run = '2030-11-22 10:30:15+00'")
    day = datetime.now(UTC) + timedelta(days=1)
    for path in WRITES:
        assert client.post(path).headers["X-Kept-Until"] == "2030-11-22T11:30:15Z"
        answer = client.post(path, headers=at("a"))
        assert abs(moment(answer) - day) < timedelta(seconds=60)
    sql("UPDATE jobs SET last_run = now()")


def test_what_is_kept_for_ever_says_nothing(client):
    for path in WRITES:
        answer = client.post(path)
        ok(answer)
        assert "X-Kept-Until" not in answer.headers


def test_neither_reads_nor_what_changed_nothing_say_it(client):
    for answer in (
        client.get("/getCustomers", headers=at("a")),
        client.post("/conductClustering", headers=at("a")),
        client.post("/generateDataset", json={"size": 0}, headers=at("a")),
    ):
        assert "X-Kept-Until" not in answer.headers


@pytest.mark.parametrize("place", [{}, at("a")])
@pytest.mark.parametrize("path", WRITES)
def test_a_write_for_another_version_changes_nothing(client, place, path):
    fill(client, place, 30)
    tag = client.get("/getCustomers", headers=place).headers["ETag"]
    ok(client.post("/generateProductDataset", headers=place))
    before = read(client, place)
    assert "If-Match" in error(client.post(path, headers=place | {"If-Match": tag}), 412)
    assert read(client, place) == before


@pytest.mark.parametrize("place", [{}, at("a")])
@pytest.mark.parametrize("path", [*LISTS, "/getCustomers?format=csv", "/getProducts?limit=3"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_write_for_the_version_that_was_read_is_done(client, place, path, encoding):
    fill(client, place, 30)
    tag = client.get(path, headers=place | {"Accept-Encoding": encoding}).headers["ETag"]
    headers = place | {"If-Match": f'"none", {tag}'}
    ok(client.post("/conductClustering", headers=headers))
    error(client.post("/conductClustering", headers=headers), 412)


def test_a_write_for_a_version_of_nothing_makes_no_workspace(client, names):
    tag = client.get("/getCustomers", headers=at("a")).headers["ETag"]
    error(client.post("/generateDataset", headers=at("a") | {"If-Match": tag}), 412)
    assert names() == []
    error(client.post("/generateDataset", headers=at("a") | {"If-Match": 'W/"", "\\W"'}), 412)
    ok(client.post("/generateDataset", headers=at("a") | {"If-Match": "*"}))


def test_of_two_writes_for_one_version_one_is_done(client):
    fill(client, None, 30)
    tag = client.get("/getCustomers").headers["ETag"]
    statuses = []

    def write():
        answer = client.application.test_client().post(
            "/conductClustering", headers={"If-Match": tag}
        )
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=write) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [412] * 4
