"""Who may call: other origins' pages, and writers when there is a key."""

import dataclasses
from unittest.mock import Mock

import pytest
from flask import Flask

import api
import db.reads
from tests.api.test_errors import GETS, POSTS
from tests.support import error, ok

PAGE = "http://localhost:3000"


def preflight(client, path, origin, method):
    return client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "content-type,x-api-key",
        },
    )


@pytest.mark.parametrize("path", GETS + POSTS)
def test_the_preflight_of_the_page_passes(client, path):
    method = "POST" if path in POSTS else "GET"
    response = preflight(client, path, PAGE, method)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == PAGE
    assert method in response.headers["Access-Control-Allow-Methods"]
    allowed = response.headers["Access-Control-Allow-Headers"].lower()
    assert "content-type" in allowed
    assert "x-api-key" in allowed


@pytest.mark.parametrize("path", GETS + POSTS)
@pytest.mark.parametrize(
    "origin", ["http://localhost:3001", "https://localhost:3000", "http://evil.example", "null"]
)
def test_another_origin_gets_no_permission(client, path, origin):
    method = "POST" if path in POSTS else "GET"
    for response in (
        preflight(client, path, origin, method),
        client.open(path, method=method, headers={"Origin": origin}),
    ):
        assert "Access-Control-Allow-Origin" not in response.headers


def test_an_answer_and_an_error_can_be_read_by_the_page(client):
    for path in ("/getCustomers", "/nothing", "/selectProductById/1"):
        response = client.get(path, headers={"Origin": PAGE})
        assert response.headers["Access-Control-Allow-Origin"] == PAGE


@pytest.fixture
def keyed_client(app):
    """A client of the same service with the key 'clé' set."""
    keyed = Flask("keyed")
    keyed.extensions.update(app.extensions)
    keyed.extensions["config"] = dataclasses.replace(app.extensions["config"], api_key="clé")
    api.register(keyed)
    return keyed.test_client()


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": ""}, {"X-API-Key": "wrong"}])
def test_a_write_without_the_key_is_refused(keyed_client, path, headers):
    response = keyed_client.post(path, headers=headers)
    assert "X-API-Key" in error(response, 401)
    assert response.www_authenticate.type == "apikey"
    assert response.www_authenticate["header"] == "X-API-Key"


def test_a_write_with_the_key_passes(keyed_client):
    ok(
        keyed_client.post(
            "/generateDataset", headers={"X-API-Key": "clé".encode().decode("latin-1")}
        )
    )
    assert len(ok(keyed_client.get("/getCustomers"))) == 500


@pytest.mark.parametrize("path", GETS)
def test_reading_needs_no_key(keyed_client, path):
    assert keyed_client.get(path).status_code in (200, 404)


def test_the_preflight_needs_no_key(keyed_client):
    assert preflight(keyed_client, "/generateDataset", PAGE, "POST").status_code == 200


def every_answer(client):
    """Answers of every kind, with the status and the Cache-Control that they must have."""
    for path in POSTS:
        yield client.post(path), 200, "no-store"
    (product, *_) = ok(client.get("/getProducts"))
    ok(client.post("/generateDataset", json={"size": 20}))
    for path in ("/", "/health", "/openapi.json", f"/selectProductById/{product['product_id']}"):
        yield client.get(path), 200, "no-store"
    for path in (path for path in GETS if path.startswith("/get")):
        for _ in range(2):  # the second time from memory
            answer = client.get(path)
            yield answer, 200, "no-cache"
        have = {"If-None-Match": answer.headers["ETag"]}
        yield client.get(path, headers=have), 304, "no-cache"
        yield client.head(path), 200, "no-cache"
        yield client.delete(path), 405, "no-store"
        yield client.options(path), 200, "no-store"
        yield client.get(path, headers={"Accept-Encoding": "gzip"}), 200, "no-cache"
    yield client.get("/nothing"), 404, "no-store"
    yield (
        client.post("/generateDataset", data="{", content_type="application/json"),
        400,
        "no-store",
    )
    yield client.get("/getCustomers?limit=0"), 422, "no-store"


def test_browsers_guess_no_types_and_caches_keep_only_what_they_may(client):
    for answer, status, caching in every_answer(client):
        path = answer.request.path
        assert (path, answer.status_code) == (path, status)
        assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
        assert (path, answer.headers.getlist("Cache-Control")) == (path, [caching])


def test_an_unexpected_error_is_kept_by_no_cache_either(client, monkeypatch):
    monkeypatch.setattr(db.reads, "select_product", Mock(side_effect=RuntimeError))
    answer = client.get("/selectProductById/1")
    error(answer, 500)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
