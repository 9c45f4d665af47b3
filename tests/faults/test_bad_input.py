"""More than 2,600 pieces of bad input: each refused with a sentence, and nothing changed.

What is made up is the same in every run.
"""

import json
from functools import reduce
from urllib.parse import parse_qsl, quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import ok

FIELDS = {  # of a body, where there can be one
    "/generateDataset": ["size", "seed"],
    "/generateProductDataset": ["size", "seed"],
    "/conductClustering": ["n_clusters", "features"],
    "/assignCustomer": ["age", "annual_income", "city", "credit_score", "first_name"],
}
PAGED = ("/getCustomers", "/getProducts")
SLOW = ("/getClusterQuality",)  # measures anew at each call
LARGEST_PAGE = 10_000
HEADERS = [
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCESS_CONTROL_REQUEST_HEADERS",
    "HTTP_ACCESS_CONTROL_REQUEST_METHOD",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_RANGE",
    "HTTP_X_API_KEY",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REQUEST_ID",
    "CONTENT_TYPE",
]
SQL = [
    "'; DROP TABLE customers; --",
    "1; DELETE FROM products",
    "1 OR 1=1",
    "customers; DROP TABLE products",
    'customers" CASCADE; --',
    "' UNION SELECT version() --",
    "%s %(size)s :size $1 {size}",
    "\\'; COPY customers TO '/tmp/x'; --",
    "pg_sleep(60)",
]
LARGEST_SIZE, LARGEST_SEED, LARGEST_INT = 1_000_000, 2**53 - 1, 2**31 - 1


def examples(amount):
    return settings(max_examples=amount, derandomize=True, deadline=None, database=None)


# --- what is made up ------------------------------------------------------------------------------

any_text = st.one_of(
    st.sampled_from(SQL),
    st.text(max_size=50),
    st.text(st.characters(categories=["Cs", "Cc", "Nd", "Zs"]), max_size=20),
    st.builds(str.__mul__, st.sampled_from(["A", "9", "é", "\0", "%", "🏦"]), st.integers(1, 3000)),
)
numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0, -1, 1.5, 11, 851, 2**31, 2**63, 10**30, -(10**30), 1e308]),
)
plain = st.one_of(st.none(), st.booleans(), numbers, any_text)
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(any_text, inner))
odd_json = st.one_of(
    st.sampled_from(["NaN", "Infinity", "-Infinity", "1e999999", "-1e999999", "01", "+1", ".5"]),
    st.integers(4000, 6000).map("9".__mul__),
    st.integers(1, 30_000).map(lambda depth: "[" * depth + "]" * depth),
    st.integers(1, 9_000).map(lambda depth: '{"size":' * depth + "1" + "}" * depth),
    st.integers(1, 900).map(
        lambda depth: f"[{'[' * depth + ']' * depth}, {'[' * depth + ']' * depth}]"
    ),
    st.sampled_from(['"\\ud800"', '"\\u0000"', '"\\udc00\\ud800"', '"\x01"', "'size'", '"\\x"']),
)
json_values = st.one_of(values.map(json.dumps), odd_json)


def read(text):
    """Read JSON as the documentation means it; None for what is none."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def is_whole(value, least, most):
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and least <= value <= most and value == int(value)


def may_be(field, value):
    """Tell whether a field may have this value (for a customer's, more than may be)."""
    if field == "size":
        return is_whole(value, 1, LARGEST_SIZE)
    if field == "seed":
        return is_whole(value, 0, LARGEST_SEED)
    if field == "n_clusters":
        return value == "auto" or is_whole(value, 2, 10)
    if field == "features":
        return False  # none of the texts made up here is a feature
    if field == "first_name":
        return value is None or isinstance(value, str)
    return (
        value is None
        or isinstance(value, str)
        or is_whole(value, 0, LARGEST_INT)
        or (field == "annual_income" and isinstance(value, float))
    )


def bad_objects(path):
    """Objects with one field that the path does not know, or one that has a bad value."""
    known = [
        json_values.filter(lambda text, field=field: not may_be(field, read(text))).map(
            lambda text, field=field: f'{{"{field}": {text}}}'
        )
        for field in FIELDS.get(path, [])
    ]
    names = any_text.filter(lambda name: not name.isidentifier())
    unknown = st.builds("{{{}: {}}}".format, names.map(json.dumps), json_values)
    return st.one_of(*known, unknown)


def bad_bodies(path):
    """JSON that is no object, an object with a bad field, or what is no JSON at all."""
    no_object = json_values.filter(lambda text: not isinstance(read(text), dict))
    texts = st.one_of(bad_objects(path), bad_objects(path), no_object)
    broken = st.binary(min_size=1, max_size=200).filter(
        lambda body: body.strip() not in (b"", b"{}")
    )
    return st.one_of(texts.map(lambda text: text.encode(errors="replace")), texts.map(cut), broken)


def cut(text):
    """A body whose end is missing."""
    return text.encode(errors="replace")[:-1] or b"{"


def raw(text):
    """A text as a server hands it to an application: bytes, each as one character."""
    return text.encode(errors="surrogatepass").decode("latin-1")


def is_a_page(query):
    """Tell whether a query asks for a page that there can be, or for none."""
    asked = dict(reversed(parse_qsl(query, keep_blank_values=True)))  # the first of each counts
    limit, after = asked.get("limit", "1"), asked.get("after", "0")
    if not (limit + after).isascii() or not (limit.isdigit() and after.isdigit()):
        return False
    return 1 <= int(limit) <= LARGEST_PAGE and int(after) <= LARGEST_INT


# --- what is answered --------------------------------------------------------------------------


def paths(app, method):
    """Every path that takes this method, with something real where a path can vary."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if method in rule.methods]
    real = {"<string:table_name>": "customers", "<int:product_id>": "1"}
    return [reduce(lambda path, part: path.replace(*part), real.items(), rule) for rule in rules]


@pytest.fixture
def filled(client):
    ok(client.post("/generateDataset", json={"size": 60, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 20, "seed": 1}))
    ok(client.post("/conductProductMatch"))
    return client


@pytest.fixture
def unchanged(filled, app):  # noqa: ARG001 - what is filled before is not to change
    """A function that checks that the data is what it was."""
    before = app.extensions["database"].version()
    assert before

    def check():
        assert app.extensions["database"].version() == before

    return check


def refused(response):
    """Assert an error that is the client's, in the contract's envelope."""
    assert 400 <= response.status_code < 500, (response.status_code, response.text)
    check_envelope(response)


def check_envelope(response):
    assert response.mimetype == "application/json"
    answer = response.get_json()
    assert answer.keys() <= {"error", "problems"}  # a file's problems are listed, too
    sentence = answer["error"]
    assert sentence.endswith(".")
    for secret in ("\n", "Traceback", "psycopg2", "LINE 1", 'File "'):
        assert secret not in sentence


def test_bad_bodies(filled, unchanged, app):
    called = paths(app, "POST")
    assert len(called) >= 6
    for path in called:
        send_bad_bodies(filled, unchanged, path)


def send_bad_bodies(client, unchanged, path):
    kinds = ["application/json", "application/json", "text/csv", "text/plain", "*/*", ""]

    @examples(200)
    @given(bad_bodies(path), st.sampled_from(kinds))
    def check(body, content_type):
        refused(client.post(path, data=body, content_type=content_type))
        unchanged()

    check()


def test_bad_queries(filled, unchanged, app):
    called = paths(app, "GET")
    assert len(called) >= 12
    for path in called:
        send_bad_queries(filled, unchanged, path)


def send_bad_queries(client, unchanged, path):
    encoded = any_text.map(lambda text: quote_from_bytes(text.encode(errors="surrogatepass")))
    as_they_are = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)
    names = st.sampled_from(["limit", "after", "limit", "page", "format", "", "%00", "LIMIT"])
    pairs = st.builds("{}={}".format, names, encoded | as_they_are)

    @examples(5 if path in SLOW else 50)
    @given(st.lists(pairs, min_size=1, max_size=4).map("&".join))
    def check(query):
        response = client.get(path, environ_overrides={"QUERY_STRING": query})
        if response.status_code == 200:
            assert path not in PAGED or is_a_page(query)
        else:
            refused(response)
        unchanged()

    check()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("prefix", ["/", "/dropTable/", "/selectProductById/"])
def test_bad_paths(filled, unchanged, prefix, method):
    real = {"", "customers", "products"}

    @examples(40)
    @given(any_text.filter(lambda text: text not in real))
    def check(text):
        path = {"PATH_INFO": prefix + raw(text)}
        refused(filled.open("/", method=method, environ_overrides=path))
        unchanged()

    check()


@pytest.mark.parametrize("path", ["/getCustomers", "/getProductsByCluster", "/health"])
def test_bad_headers_of_a_read(filled, unchanged, path):
    @examples(100)
    @given(st.dictionaries(st.sampled_from(HEADERS), any_text.map(raw), min_size=1))
    def check(headers):
        response = filled.get(path, environ_overrides=headers)
        if response.status_code not in (200, 304):
            refused(response)
        unchanged()

    check()


@pytest.mark.parametrize("path", ["/generateDataset", "/generateProductDataset"])
def test_bad_headers_of_a_write(filled, unchanged, path):
    @examples(50)
    @given(st.dictionaries(st.sampled_from(HEADERS), any_text.map(raw), min_size=1))
    def check(headers):
        refused(filled.post(path, data=b'{"size": 0}', environ_overrides=headers))
        unchanged()

    check()
