"""The four lists as CSV: the same data as the JSON, a file, harmless in a spreadsheet."""

import csv
import gzip
import io
import json
import random
import re
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import STRINGARRAY

from datasets.formulas import guard, unguard
from tests.support import another, error, ok, run_sql

FILES = {
    "/getCustomers": "customers.csv",
    "/getCustomersByCluster": "customers-by-cluster.csv",
    "/getProducts": "products.csv",
    "/getProductsByCluster": "products-by-cluster.csv",
}
CSV = {"Accept": "text/csv"}
TEXTS = {
    "benefits",
    "first_name",
    "last_name",
    "product_name",
    "product_status",
    "product_type",
    "risk_level",
}
DECIMALS = {
    "annual_fees",
    "annual_income",
    "annual_spending",
    "eligible_share",
    "interest_rate",
    "loan_balance",
    "max_income",
    "min_income",
    "offered_share",
    "reward_points",
    "score",
}
QUOTED = re.compile(r'"(?:[^"]|"")*"')
UNQUOTED = re.compile(r"-?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|true|false|")


@pytest.fixture
def datasets(client, sql):
    """Customers, clusters, products and matches, with some values missing."""
    ok(client.post("/generateDataset", json={"size": 60, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 40, "seed": 1}))
    sql(
        "UPDATE customers SET age = NULL, annual_spending = NULL, city = NULL, occupation = NULL,"
        " credit_score = NULL WHERE id % 7 = 0"
    )
    sql(
        "UPDATE products SET benefits = NULL, channels = NULL, launch_date = NULL, risk_level = '',"
        " renewable = NULL, interest_rate = -0.50, annual_fees = NULL, term_length = -1,"
        " product_status = NULL WHERE product_id % 2 = 0"
    )
    ok(client.post("/conductClustering"))
    ok(client.post("/conductProductMatch"))
    return client


def rows_of(text):
    """The rows of a CSV file, by column."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def file_of(response, name):
    """Assert a file of this name, and return its rows."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    return rows_of(response.text)


def as_json(name, cell):
    """What the JSON has for a cell of this column."""
    if name in TEXTS:
        return unguard(cell) or None
    if cell == "" or name in DECIMALS:
        return cell or None
    if name in ("channels", "reasons"):
        return STRINGARRAY(cell, None)
    if name == "launch_date":
        return datetime.strptime(cell, "%Y-%m-%d").strftime("%a, %d %b %Y 00:00:00 GMT")
    return json.loads(f"[{cell[1:-1]}]" if name == "cluster" and cell[0] == "{" else cell)


def listed(answer):
    """The rows of a list or grouping; what is offered to a cluster is there for this one."""
    if isinstance(answer, list):
        return answer
    return [row | {"cluster": int(c)} for c, rows in answer.items() for row in rows]


def assert_the_same(rows, answer):
    expected = [{k: None if v == "" else v for k, v in row.items()} for row in listed(answer)]
    assert [{name: as_json(name, cell) for name, cell in row.items()} for row in rows] == expected
    assert all(list(row) == list(rows[0]) for row in rows)


def assert_harmless(text):
    """No cell begins as a formula does, and what may have any text is quoted."""
    for row in rows_of(text):
        for cell in row.values():
            assert UNQUOTED.fullmatch(cell) or cell[0] not in "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
    _header, *lines = QUOTED.sub("", text).split("\r\n")[:-1]
    assert all(UNQUOTED.fullmatch(cell) for line in lines for cell in line.split(","))


@pytest.mark.parametrize("path", FILES)
def test_a_file_has_what_the_json_has(datasets, path):
    answer = ok(datasets.get(path))
    for response in (datasets.get(path, headers=CSV), datasets.get(f"{path}?format=csv")):
        rows = file_of(response, FILES[path])
        assert len(rows) >= 10
        assert_the_same(rows, answer)
        assert_harmless(response.text)


def test_a_file_written_out(client, sql):
    ok(client.post("/generateDataset", json={"size": 1}))
    sql(
        "UPDATE customers SET first_name = 'Al, \"Ax\"', last_name = '=1+1', age = 41, city = NULL,"
        " occupation = 3, annual_income = 20500.5, annual_spending = NULL, loan_balance = 0,"
        " credit_score = 600"
    )
    assert client.get("/getCustomers", headers=CSV).data == (
        b"customer_id,first_name,last_name,age,occupation,city,annual_income,annual_spending,"
        b"loan_balance,credit_score,cluster\r\n"
        b'1,"Al, ""Ax""","\'=1+1",41,3,,20500.50,,0.00,600,\r\n'
    )


def test_an_empty_text_is_told_from_a_missing_one(datasets, sql):
    sql("UPDATE products SET benefits = '', product_status = NULL")
    text = datasets.get("/getProducts", headers=CSV).text
    header, line, *_ = QUOTED.sub(lambda cell: cell[0].replace(",", ""), text).split("\r\n")
    cells = dict(zip(header.split(","), line.split(","), strict=True))
    assert cells["benefits"] == '""'
    assert cells["product_status"] == ""


TEXT = st.builds(
    str.__add__,
    st.sampled_from(["", "", "'", "=", "'="]),
    st.text(
        st.sampled_from("=+-@\t\r\n＝＋－＠''\"\",;{}\\ aé€😀")  # noqa: RUF001
        | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        max_size=8,
    ),
)
quickly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def cells_of(app, texts):
    """What a file has in the cells of these texts."""
    dsn = app.extensions["config"].database_url
    lines = run_sql(dsn, "SELECT csv_text(t) FROM unnest(%s::text[]) AS t", list(texts))
    (cells,) = zip(
        *(next(csv.reader(io.StringIO(line, newline=""))) for (line,) in lines), strict=True
    )
    return dict(zip(texts, cells, strict=True))


def test_a_formula_comes_after_an_apostrophe_and_so_does_what_looks_as_if_it_did(app):
    first = [chr(code) for code in (*range(1, 0x180), *range(0xFF00, 0xFFF0))]
    texts = [
        f"{quotes}{c}{rest}" for quotes in ("", "'", "''") for c in first for rest in ("", "1")
    ]
    cells = cells_of(app, texts)
    for text, cell in cells.items():
        formula = text.lstrip("'")[:1] in set("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
        assert cell == (f"'{text}" if formula and text.lstrip("'") else text)
        assert cell == guard(text)
        assert unguard(cell) == text
    assert len(set(cells.values())) == len(cells)


@quickly
@given(texts=st.sets(TEXT, min_size=1, max_size=50))
def test_any_text_comes_as_import_takes_it(app, texts):
    for text, cell in cells_of(app, texts).items():
        assert cell == guard(text)
        assert unguard(cell) == text


@quickly
@given(names=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=20))
def test_names_come_as_they_are(datasets, sql, names):
    firsts, lasts = (list(column) for column in zip(*names, strict=True))
    sql("TRUNCATE customers")
    sql(
        "INSERT INTO customers (id, first_name, last_name, cluster)"
        " SELECT n, f, l, n %% 3"
        " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS t (f, l, n)",
        firsts,
        lasts,
    )
    for path in ("/getCustomers", "/getCustomersByCluster"):
        response = datasets.get(path, headers=CSV)
        assert_the_same(file_of(response, FILES[path]), ok(datasets.get(path)))
        assert_harmless(response.text)


@quickly
@given(texts=st.lists(TEXT, min_size=4, max_size=4), lists=st.lists(TEXT, max_size=4))
def test_texts_of_products_come_as_they_are(datasets, sql, texts, lists):
    sql(
        "UPDATE products SET benefits = %s, risk_level = %s, product_status = %s,"
        " product_name = %s, channels = %s",
        *texts,
        lists,
    )
    sql("UPDATE matches SET reasons = %s", lists)
    for path in ("/getProducts", "/getProductsByCluster"):
        response = datasets.get(path, headers=CSV)
        assert_the_same(file_of(response, FILES[path]), ok(datasets.get(path)))
        assert_harmless(response.text)


@pytest.mark.parametrize("path", FILES)
def test_without_data_a_file_has_its_first_line_alone(datasets, path):
    whole = datasets.get(path, headers=CSV).text
    for table in ("products", "customers"):
        ok(datasets.post(f"/dropTable/{table}"))
        if table in path.lower() or "products" in path.lower():
            response = datasets.get(path, headers=CSV)
            assert file_of(response, FILES[path]) == []
            assert response.text == whole[: whole.index("\r\n") + 2]


@pytest.mark.parametrize("path", ["/getCustomers", "/getProducts"])
@pytest.mark.parametrize("limit", [1, 7, 20, 60, 10_000])
def test_the_pages_together_are_the_whole_file(datasets, path, limit):
    whole = datasets.get(path, headers=CSV).text
    header = whole[: whole.index("\r\n") + 2]
    for query, headers in ((f"limit={limit}&format=csv", {}), (f"limit={limit}", CSV)):
        address, rows = f"{path}?{query}", ""
        while address:
            page = datasets.get(address, headers=headers)
            assert len(file_of(page, FILES[path])) <= limit
            assert page.text.startswith(header)
            rows += page.text.removeprefix(header)
            link = page.headers.get("Link")
            address = link and re.fullmatch(r'<(/[^>]+)>; rel="next"', link)[1]
        assert header + rows == whole


DATASETS = {
    "Customers": (
        "/generateDataset",
        100_000,
        "UPDATE customers SET first_name = '=cmd()', last_name = '''-x' WHERE id % 3 = 0;"
        " UPDATE customers SET first_name = 'Ann, \"Ax\"', last_name = E'Lee\\r\\n=1', age = NULL,"
        " annual_spending = NULL WHERE id % 5 = 0",
    ),
    "Products": (
        "/generateProductDataset",
        2_000,
        "UPDATE products SET benefits = E'+1,\\n\"', channels = ARRAY['a, b', E'x\\\\\"y', '']"
        " WHERE product_id % 3 = 0;"
        " UPDATE products SET channels = '{}', risk_level = NULL, interest_rate = -1.5,"
        " product_status = '''@', launch_date = NULL, renewable = NULL WHERE product_id % 5 = 0",
    ),
}


@pytest.mark.parametrize("dataset", DATASETS)
def test_what_was_exported_imports_to_the_same_bytes(client, sql, dataset):
    generate, size, spoil = DATASETS[dataset]
    ok(client.post(generate, json={"size": size, "seed": 1}))
    sql(spoil)
    exported = client.get(f"/get{dataset}", headers=CSV).data
    assert len(rows_of(exported.decode())) == size
    ok(client.post(f"/dropTable/{dataset.lower()}"))
    ok(client.post(f"/import{dataset}", data=exported, content_type="text/csv"))
    assert client.get(f"/get{dataset}", headers=CSV).data == exported


FORMATS = JSON, FILE = "application/json", "text/csv"
ACCEPTED = {
    "": JSON,
    "*/*": JSON,
    "application/json": JSON,
    "application/json, text/plain, */*": JSON,  # axios
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": JSON,  # a browser
    "text/html": JSON,
    "text/*": JSON,
    "text/csv": FILE,
    "TEXT/CSV": FILE,
    "text/csv; charset=utf-8": FILE,
    "text/csv, */*": FILE,
    "text/csv, */*;q=0.1": FILE,
    "application/json;q=0.5, text/csv": FILE,
    "text/csv;q=0.5, application/json;q=0.4": FILE,
    "text/html, text/csv;q=0.1": FILE,
    "text/csv, application/json": JSON,
    "text/csv;q=0.5, */*": JSON,
    "text/csv;q=0.4, application/json;q=0.5": JSON,
    "text/csv;q=0, */*": JSON,
    "text/csv;q=0": JSON,
    "text/csv-schema": JSON,
    "csv": JSON,
    ",;=csv": JSON,
}


@pytest.mark.parametrize("accept", ACCEPTED)
def test_csv_is_for_those_who_prefer_it(datasets, accept):
    for path in FILES:
        headers = {"Accept": accept}
        assert datasets.get(path, headers=headers).mimetype == ACCEPTED[accept]
        assert datasets.get(f"{path}?format=csv", headers=headers).mimetype == FILE
        answer = datasets.get(f"{path}?format=json", headers=headers)
        assert answer.mimetype == JSON
        assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("name", ["", "xml", "CSV", "text/csv", "csv;DROP TABLE customers", "\0"])
def test_another_format_is_refused(datasets, path, name):
    answer = datasets.get(path, query_string={"format": name}, headers=CSV)
    assert error(answer, 422) == "The parameter format must be csv or json or xlsx or parquet."


def test_an_error_is_json_for_everybody(datasets):
    error(datasets.get("/getCustomers?limit=0", headers=CSV), 422)
    assert datasets.get("/getClustersAmounts?format=csv", headers=CSV).mimetype == JSON


@pytest.mark.parametrize("path", FILES)
def test_repeated_reads_never_mix_the_formats(datasets, reads_of_data, path):
    expected = {JSON: datasets.get(path).data, FILE: datasets.get(path, headers=CSV).data}
    requests_made = list(ACCEPTED) * 3
    random.Random(1).shuffle(requests_made)
    for accept in requests_made:
        answer = datasets.get(path, headers={"Accept": accept})
        assert answer.mimetype == ACCEPTED[accept]
        assert answer.data == expected[ACCEPTED[accept]]
    assert len(reads_of_data) == 2


@pytest.mark.parametrize("path", FILES)
def test_no_two_formats_share_a_tag(datasets, path):
    tags = {}
    for accept in FORMATS:
        for encoding in ("", "gzip", "br", "zstd"):
            headers = {"Accept": accept, "Accept-Encoding": encoding}
            for _ in range(2):
                answer = datasets.get(path, headers=headers)
                assert answer.headers["ETag"].startswith('"')  # a strong one
                assert tags.setdefault(answer.headers["ETag"], answer.data) == answer.data
    assert len(tags) == 8


@pytest.mark.parametrize("path", FILES)
def test_304_for_those_who_have_the_same_format(datasets, path):
    has = {kind: datasets.get(path, headers={"Accept": kind}).headers["ETag"] for kind in FORMATS}
    for address in (path, f"{path}?not-in-memory", f"{path}?not-in-memory"):
        for kind, tag in has.items():
            for known, known_tag in has.items():
                headers = {"Accept": kind, "If-None-Match": known_tag}
                answer = datasets.get(address, headers=headers)
                assert answer.status_code == (304 if kind == known else 200)
                assert answer.headers["ETag"] == tag
                assert "Accept" in re.split(", *", answer.headers["Vary"])
                if kind == known:
                    assert answer.data == b""
                    assert "Content-Disposition" not in answer.headers


def test_a_change_in_psql_is_in_the_file_at_once(datasets, sql):
    for age in (20, 30):
        sql("UPDATE customers SET age = %s", age)
        rows = rows_of(datasets.get("/getCustomers", headers=CSV).text)
        assert {row["age"] for row in rows} == {str(age)}


@pytest.mark.parametrize("path", FILES)
def test_what_an_answer_varies_by_is_all_there(app, path):
    """Two origins: then the answer varies by the origin too."""
    origins = ("http://one.example", "http://two.example")
    client = another(app, cors_origins=origins).test_client()
    for headers in ({}, CSV):
        for _ in range(2):
            answer = client.get(path, headers={"Origin": origins[1], **headers})
            vary = ", ".join(answer.headers.getlist("Vary"))
            assert sorted(re.split(", *", vary)) == ["Accept", "Accept-Encoding", "Origin"]


def test_a_streamed_file_is_whole_and_compressed(client):
    ok(client.post("/generateDataset", json={"size": 40_000, "seed": 1}))
    plain = client.get("/getCustomers", headers=CSV)
    assert "Content-Length" not in plain.headers
    assert len(file_of(plain, "customers.csv")) == 40_000
    packed = client.get("/getCustomers", headers=CSV | {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
