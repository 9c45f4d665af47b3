"""The walls: who may import whom, where SQL stands, what is documented."""

import ast
import re
from pathlib import Path

import pytest

import config
import schema
from api.errors import STATUSES
from api.openapi.__main__ import documented
from config import Config

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = {"data_generator", "clustering", "product_match", "datasets"}
# Each floor may import those below it (and itself).
FLOORS = [
    {"gunicorn.conf"},
    {"workers"},
    {"app", "segment"},
    {"scheduler", "api"},
    DOMAINS,
    {"db"},
    {"config", "terminal"},
    {"schema", "progress", "logs", "install"},
]
HOUSE = set().union(*FLOORS)
MODULES = sorted(
    path.relative_to(ROOT)
    for room in HOUSE
    for path in [*ROOT.glob(f"{room}.py"), *(ROOT / room).rglob("*.py")]
)


def imports(path):
    """Yield the module names that a file imports, as written."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(name):
    return next(i for i, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    room = path.parts[0].removesuffix(".py")
    for module in imports(path):
        other = module.split(".")[0]
        if other in HOUSE and other != room:
            assert floor(other) > floor(room) or {other, room} <= DOMAINS, module


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_domains_meet_only_in_their_services(path):
    room = path.parts[0]
    for module in imports(path):
        other, *rest = module.split(".")
        if room in DOMAINS and other in DOMAINS - {room}:
            assert path.name == "service.py"
            assert rest in ([], ["service"]), module


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_api_and_app_know_flask(path):
    if path.parts[0].removesuffix(".py") not in ("api", "app"):
        assert not {"flask", "werkzeug"} & {module.split(".")[0] for module in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_services_and_db_touch_the_database(path):
    room = path.parts[0].removesuffix(".py")
    if room in DOMAINS and path.name not in ("service.py", "__main__.py"):
        assert not {"db", "psycopg2"} & {module.split(".")[0] for module in imports(path)}
    if room == "api":
        assert "psycopg2" not in {module.split(".")[0] for module in imports(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "segment"], ids=str)
def test_the_terminal_command_needs_no_server_and_no_database(path):
    assert not {"api", "db", "psycopg2"} & {module.split(".")[0] for module in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_sql_stands_in_sql(path):
    statement = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|COPY|LOCK)\s", re.M)
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not statement.match(node.value), node.value


def test_every_insert_and_copy_names_its_columns():
    for path in (ROOT / "sql").rglob("*.sql"):
        for line in re.findall(r"^\s*(?:INSERT INTO|COPY) .*", path.read_text(), re.M):
            assert re.fullmatch(r"\s*(INSERT INTO|COPY) ([a-z_]+ )?\(.*", line), line


def test_every_room_has_a_floor():
    packages = {path.parent.name for path in ROOT.glob("[a-z]*/*.py")}
    modules = {path.name.removesuffix(".py") for path in ROOT.glob("*.py")}
    assert packages | modules == HOUSE | {"tests", "benchmarks", "docs"}


def test_no_room_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "src"}
    for path in MODULES:
        assert not vague & {*path.parts[:-1], path.stem}, path


def test_only_exceptions_of_our_own_are_given_a_status():
    assert {exception.__module__.split(".")[0] for exception in STATUSES} <= DOMAINS | {
        "db",
        "progress",
    }


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_message_is_a_docstring(path):
    assert "__doc__" not in (ROOT / path).read_text()  # python -OO has none


def test_the_example_has_every_setting_with_its_meaning_and_default():
    text = (ROOT / ".env.example").read_text()
    assert text == config.example()  # python config.py > .env.example
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.M))
    assert Config.from_environment(values) == Config.from_environment({})
    assert set(values) == {name.upper() for name in Config.__dataclass_fields__}


def test_every_setting_is_in_the_readme():
    text = (ROOT / "README.md").read_text()
    assert [name for name in Config.__dataclass_fields__ if f"`{name.upper()}`" not in text] == []


def test_every_column_and_name_of_a_code_is_in_the_readme():
    text = (ROOT / "README.md").read_text()
    for column in (*schema.CUSTOMER, *schema.PRODUCT):
        assert f"| `{column.name}` |" in text
        assert ", ".join(column.synonyms) in text
    for codes in (schema.OCCUPATIONS, schema.CITIES):
        assert all(f"| {name} |" in text for name in codes)


def test_every_route_is_in_the_readme():
    text = (ROOT / "README.md").read_text()
    for path, methods in documented(Config())["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {re.sub('{.*', '<', path)}" in text, path


def test_every_requirement_is_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert re.match(r"#|-r |--only-binary :all:$|$|[a-z0-9._-]+==[0-9.]+(; .*)?$", line), (
                line
            )


def test_every_statement_says_what_it_promises():
    for path in (ROOT / "sql").glob("*.sql"):
        for statement in path.read_text().split("-- name: ")[1:]:
            assert statement.splitlines()[1].startswith("-- "), statement.splitlines()[0]
