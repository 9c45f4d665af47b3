"""Who may call: other origins' pages, and writers when there is a key."""

import dataclasses

import pytest
from flask import Flask

import api
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
    assert "X-API-Key" in error(keyed_client.post(path, headers=headers), 401)


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
