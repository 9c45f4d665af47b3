"""What any route with an opt-in body makes of bodies."""

import pytest

from tests.support import error, ok

ROUTES = [
    "/generateDataset",
    "/generateProductDataset",
    "/conductClustering",
    "/conductProductMatch",
    "/dropTable/customers",
]


@pytest.fixture(autouse=True)
def datasets(client):
    ok(client.post("/generateDataset", json={"size": 20}))
    ok(client.post("/generateProductDataset", json={"size": 5}))


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("body", [b"", b"{}", b"  ", b" {} \n"])
@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_an_empty_body_of_any_type_is_the_documented_call(client, route, body, kind):
    ok(client.post(route, data=body, content_type=kind))


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("body", [b"{", b"{'size': 1}", b'{"seed": NaN}', b"\xff", b"[" * 60_000])
def test_what_is_no_json_is_malformed(client, route, body):
    error(client.post(route, data=body, content_type="application/json"), 400)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("body", ["[]", "1", '"size"', "null", "true", "[{}]"])
def test_a_body_is_an_object(client, route, body):
    sentence = error(client.post(route, data=body, content_type="application/json"), 422)
    assert sentence == "The body must be a JSON object."


@pytest.mark.parametrize("route", ROUTES)
def test_an_unknown_field_is_refused_by_name(client, route):
    before = client.get("/getCustomers").data
    assert "'sice'" in error(client.post(route, json={"sice": 10}), 422)
    assert client.get("/getCustomers").data == before


def test_an_unknown_field_that_cannot_be_printed_is_refused(client):
    body = rb'{"\ud800\u0000": 1}'
    error(client.post("/generateDataset", data=body, content_type="application/json"), 422)


@pytest.mark.parametrize("route", ROUTES)
def test_options_that_do_not_say_they_are_json_are_refused(client, route):
    body = '{"size": 10}'
    sentence = error(client.post(route, data=body, content_type="text/plain"), 415)
    assert "application/json" in sentence


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_beyond_the_limit_is_refused(client, route):
    body = b'{"size": 10}' + b" " * 70_000
    error(client.post(route, data=body, content_type="application/json"), 413)
