"""GET /health."""

import dataclasses
import re

import pytest

from db.database import Database
from tests.support import error, ok


def test_it_tells_what_the_service_stands_on(client):
    assert ok(client.get("/health")) | {"database": ""} == {
        "customers": False,
        "database": "",
        "next_clean_up": None,
        "products": False,
    }
    ok(client.post("/generateDataset"))
    health = ok(client.get("/health"))
    assert (health["customers"], health["products"]) == (True, False)
    assert re.fullmatch(r"PostgreSQL \d+\.\d+", health["database"])


@pytest.mark.parametrize(
    ("interval", "expected"), [(3600, "2026-11-22T11:30:15Z"), (1, "2026-11-22T10:30:16Z")]
)
def test_it_tells_when_the_next_clean_up_is_due(app, sql, interval, expected):
    sql("UPDATE jobs SET last_run = '2026-11-22 10:30:15+00'")
    kept = app.extensions["config"]
    app.extensions["config"] = dataclasses.replace(kept, cleanup_interval_seconds=interval)
    try:
        assert ok(app.test_client().get("/health"))["next_clean_up"] == expected
    finally:
        app.extensions["config"] = kept


def test_it_is_503_while_the_database_is_away(client, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "database", Database("host=/nowhere"))
    assert error(client.get("/health"), 503)
