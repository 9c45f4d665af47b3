"""python -OO, which strips docstrings and assertions: the service says the same."""

import json
import subprocess
import sys
from pathlib import Path

from app import close_app, create_app
from config import Config
from tests.support import run_sql

ROOT = Path(__file__).resolve().parent.parent
CALLS = [
    ("POST", "/conductClustering", {}),
    ("POST", "/conductProductMatch", {}),
    ("POST", "/assignCustomer", {}),
    ("POST", "/dropTable/none", {}),
    ("POST", "/generateDataset", {"X-Workspace": "../x"}),
    ("POST", "/generateDataset", {"If-Match": '"none"'}),
    ("GET", "/getCustomers", {}),
    ("GET", "/selectProductById/1", {}),
]


def answers(database_url):
    """What each call is answered."""
    app = create_app(Config(database_url=database_url, cleanup_interval_seconds=0))
    client = app.test_client()
    found = [client.open(path, method=method, headers=headers) for method, path, headers in CALLS]
    close_app(app)
    return [[answer.status_code, answer.get_json()] for answer in found]


def test_errors_and_lists_are_the_same(new_database):
    dsn = new_database()
    run_sql(dsn, "SELECT 1")
    program = f"import json; from {__name__} import answers; print(json.dumps(answers({dsn!r})))"
    run = subprocess.run(
        [sys.executable, "-OO", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    stripped = json.loads(run.stdout)
    assert stripped == answers(dsn)
    assert [status for status, _ in stripped] == [409, 409, 409, 404, 422, 412, 200, 404]
    assert all(answer["error"].endswith(".") for status, answer in stripped if status != 200)
