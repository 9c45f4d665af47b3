"""Who may call: which pages, by which names of the service, and with the key if there is one."""

from unittest.mock import Mock

import pytest

import db.reads
from tests.api.test_errors import GETS, POSTS
from tests.support import another, error, ok

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


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": f"{PAGE}, http://evil.example"},
    {"Origin": "http://localhost:5000"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
KNOWN = [
    {},
    {"Origin": PAGE},
    {"Origin": PAGE, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_post_from_another_page_is_refused(client, path, headers):
    assert "CORS_ORIGINS" in error(client.post(path, headers=headers), 403)


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_page_posts_changes_nothing(client, headers):
    ok(client.post("/generateDataset", json={"size": 5}))
    before = ok(client.get("/getCustomers"))
    kind = {"content_type": "text/plain"}  # what a page may send without asking first
    error(client.post("/generateDataset", data='{"size": 9}', headers=headers, **kind), 403)
    error(client.post("/dropTable/customers", headers=headers, **kind), 403)
    assert ok(client.get("/getCustomers")) == before


@pytest.mark.parametrize("headers", KNOWN)
def test_a_post_from_the_page_or_from_no_page_is_taken(client, headers):
    ok(client.post("/generateDataset", json={"size": 5}, headers=headers))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_that_could_change_something_is_taken(client, method):
    headers = {"Origin": "http://evil.example"}
    error(client.open("/getCustomers", method=method, headers=headers), 403)


def test_a_refusal_is_for_the_page_alone(app):
    """An origin with a character that a regular expression would read allows no other."""
    client = another(app, cors_origins=("http://a.example", "http://[::1]:3000")).test_client()
    for origin, status in [
        ("http://a.example", 200),
        ("http://[::1]:3000", 200),
        ("http://axexample", 403),
        ("http://a.example.evil", 403),
        ("http://::1:3000", 403),
    ]:
        answer = client.post("/dropTable/customers", headers={"Origin": origin})
        assert (origin, answer.status_code) == (origin, status)
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed == (origin if status == 200 else None)


KNOWN_HOSTS = [
    *("localhost", "localhost:5000", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:5000"),
    *("192.0.2.7", "[::1]", "[::1]:5000", "[2001:db8::7]:80"),
]
UNKNOWN_HOSTS = [
    *("evil.example", "evil.example:5000", "localhost.evil.example", "localhost@evil.example"),
    *("127.0.0.1.evil.example", "[localhost]", "[127.0.0.1]", "::1", "localhost:x", "a b", "[::1"),
    *("127.1", "0x7f.0.0.1", "localhost,evil.example", ":5000"),
]


@pytest.mark.parametrize("host", KNOWN_HOSTS)
def test_the_service_is_called_by_its_address_or_as_localhost(client, host):
    ok(client.get("/getCustomers", headers={"Host": host}))
    ok(client.post("/dropTable/products", headers={"Host": host}))


@pytest.mark.parametrize("host", UNKNOWN_HOSTS)
def test_a_name_that_is_not_the_services_is_refused(client, host):
    ok(client.get("/getCustomers"))  # from here on it is answered from memory
    assert "ALLOWED_HOSTS" in error(client.get("/getCustomers", headers={"Host": host}), 400)
    error(client.get("/", headers={"Host": host}), 400)
    error(client.post("/dropTable/customers", headers={"Host": host}), 400)


def test_names_that_are_allowed_are_known(app):
    settings = {"host": "bank.example", "allowed_hosts": ("segments.example", "other.example")}
    client = another(app, **settings).test_client()
    for host in ("bank.example:5000", "segments.example", "Other.Example:80", "localhost"):
        ok(client.get("/getCustomers", headers={"Host": host}))
    error(client.get("/getCustomers", headers={"Host": "a.segments.example"}), 400)


def test_only_http_1_0_needs_no_host(client):
    def get(version):
        environ = {"HTTP_HOST": "", "SERVER_PROTOCOL": version}
        return client.get("/getCustomers", environ_overrides=environ)

    ok(get("HTTP/1.0"))
    assert "Host" in error(get("HTTP/1.1"), 400)


@pytest.mark.parametrize("target", ["http://localhost/getCustomers", "/getCustomers#a", "x:/"])
def test_a_target_that_a_proxy_may_read_otherwise_is_refused(client, target):
    ok(client.get("/getCustomers"))
    overrides = {"environ_overrides": {"RAW_URI": target}}
    assert "target" in error(client.get("/getCustomers", **overrides), 400)


@pytest.mark.parametrize("path", ["//getCustomers", "///getCustomers"])
def test_no_other_spelling_of_a_path_is_a_route(client, path):
    error(client.get("/", environ_overrides={"PATH_INFO": path}), 404)


KEY = {"X-API-Key": "clé".encode().decode("latin-1")}
OPEN = ("/", "/health", "/openapi.json")


@pytest.fixture
def keyed_client(app):
    """A client of the same service with the key 'clé' set."""
    return another(app, api_key="clé").test_client()


@pytest.fixture
def open_client(app):
    """One of the same, whose GETs need no key."""
    return another(app, api_key="clé", open_reads=True).test_client()


@pytest.mark.parametrize("path", [*GETS, *POSTS, "/nothing"])
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": ""}, {"X-API-Key": "wrong"}])
def test_without_the_key_a_call_is_refused(keyed_client, path, headers):
    method = "POST" if path in POSTS else "GET"
    response = keyed_client.open(path, method=method, headers=headers)
    if path in OPEN:
        ok(response)
        return
    assert "X-API-Key" in error(response, 401)
    assert response.www_authenticate.type == "apikey"
    assert response.www_authenticate["header"] == "X-API-Key"


def test_with_the_key_a_call_passes(keyed_client):
    ok(keyed_client.post("/generateDataset", headers=KEY))
    assert len(ok(keyed_client.get("/getCustomers", headers=KEY))) == 500


def test_memory_answers_nobody_without_the_key(keyed_client):
    ok(keyed_client.post("/generateDataset", headers=KEY))
    etag = keyed_client.get("/getCustomers", headers=KEY).headers["ETag"]
    error(keyed_client.get("/getCustomers"), 401)
    error(keyed_client.get("/getCustomers", headers={"If-None-Match": etag}), 401)
    assert keyed_client.head("/getCustomers").status_code == 401


@pytest.mark.parametrize("path", GETS)
def test_open_reads_need_no_key(open_client, path):
    assert open_client.get(path).status_code in (200, 404)
    assert open_client.head(path).status_code in (200, 404)


@pytest.mark.parametrize("path", POSTS)
def test_where_reads_are_open_writes_need_the_key(open_client, path):
    error(open_client.post(path), 401)


def test_open_reads_without_a_key_change_nothing(app):
    ok(another(app, open_reads=True).test_client().post("/dropTable/customers"))


def test_the_preflight_needs_no_key(keyed_client):
    assert preflight(keyed_client, "/generateDataset", PAGE, "POST").status_code == 200
    assert preflight(keyed_client, "/getCustomers", PAGE, "GET").status_code == 200


def test_the_page_may_read_that_the_key_is_missing(keyed_client):
    answer = keyed_client.get("/getCustomers", headers={"Origin": PAGE})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE


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
