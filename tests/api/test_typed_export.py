"""The lists as workbooks and Parquet: columns with types, and the same rows on the way in."""

import csv
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from api.media_types import PARQUET, XLSX
from datasets import exporting
from tests.files import CSV
from tests.support import error, ok

TYPES = {"xlsx": XLSX, "parquet": PARQUET}
FILES = {
    "/getCustomers": "customers",
    "/getCustomersByCluster": "customers-by-cluster",
    "/getOffersByCustomer": "offers",
    "/getProducts": "products",
    "/getProductsByCluster": "products-by-cluster",
}
OWN = [
    {"code": "007", "tenure": "0.30000000000000004", "note": "=1+1", "=odd": "1"},
    {"code": "12345678901234567890", "tenure": "1e300", "note": 'say "hi"\n<b>&amp;', "=odd": ""},
    {"code": "2024-12-31", "tenure": "-7", "note": "http://x.example", "=odd": "-3.5"},
    {"code": "1E5x", "tenure": "", "note": "NULL ", "=odd": "2"},
    {"code": "", "tenure": "12", "note": "'@a _x0041_ \x01 Zoë 李", "=odd": "3"},
]


def own_customers(count=60):
    text = io.StringIO()
    figures = ["age", "annual_income", "annual_spending", "loan_balance", "credit_score"]
    names = ["Ref", "first_name", *figures, "city", *OWN[0]]
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    for i in range(count):
        known = {"Ref": f"{i:05}", "first_name": f"A{i}", "city": i % 15}
        known |= dict(
            zip(
                figures, (20 + i % 50, 20000.25 + i * 1000, 15000 + i, i * 50, 600 + i), strict=True
            )
        )
        writer.writerow(known | OWN[i % len(OWN)])
    return text.getvalue().encode()


@pytest.fixture
def customers(client):
    """Customers with own columns and references, clustered, and offers to them."""
    ok(client.post("/importCustomers?map=Ref:reference", data=own_customers(), content_type=CSV))
    ok(client.post("/generateProductDataset", json={"size": 40, "seed": 1}))
    ok(client.post("/conductClustering"))
    ok(client.post("/conductProductMatch"))
    return client


def fetch(client, path, kind, **query):
    response = client.get(path, query_string=query | {"format": kind})
    assert response.status_code == 200, response.text
    return response


def table_of(response):
    """Return the columns' names, and the rows, of a workbook or of Parquet."""
    if response.mimetype == PARQUET:
        table = pa.parquet.read_table(io.BytesIO(response.data))
        return table.column_names, [tuple(row.values()) for row in table.to_pylist()]
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert all(cell.data_type != "f" for row in book.active for cell in row)
    header, *rows = book.active.iter_rows(values_only=True)
    return list(header), rows


def plain(cell):
    """Return a cell as CSV has it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("path", FILES)
def test_a_file_has_what_the_csv_has(customers, path, kind):
    response = fetch(customers, path, kind)
    assert response.mimetype == TYPES[kind]
    disposition = f'attachment; filename="{FILES[path]}.{kind}"'
    assert response.headers["Content-Disposition"] == disposition
    names, rows = table_of(response)
    text = fetch(customers, path, "csv").text
    header, *expected = csv.reader(io.StringIO(text, newline=""))
    assert names == header
    assert len(rows) == len(expected) > 1
    for row, cells in zip(rows, expected, strict=True):
        for cell, text in zip(row, cells, strict=True):
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                assert float(cell) == float(text)
            else:
                assert plain(cell).removesuffix(" 00:00:00") == text or kind == "xlsx"
    by_header = customers.get(path, headers={"Accept": TYPES[kind]})
    assert by_header.data == response.data


def test_columns_have_types(customers):
    data = io.BytesIO(fetch(customers, "/getCustomers", "parquet").data)
    types = {field.name: str(field.type) for field in pa.parquet.read_schema(data)}
    assert types == {
        **dict.fromkeys(["customer_id", "age", "occupation", "city", "credit_score"], "int32"),
        **dict.fromkeys(["first_name", "last_name", "reference", "code", "note"], "string"),
        **dict.fromkeys(["annual_income", "annual_spending", "loan_balance"], "decimal128(12, 2)"),
        "cluster": "int32",
        "tenure": "double",
        "'=odd": "double",
    }
    offers = io.BytesIO(fetch(customers, "/getOffersByCustomer", "parquet", control="0.5").data)
    types = {field.name: str(field.type) for field in pa.parquet.read_schema(offers)}
    assert types["control"] == "bool"
    assert types["best_product_id"] == "int32"
    assert types["best_fit"] == "decimal128(4, 3)"
    products = io.BytesIO(fetch(customers, "/getProducts", "parquet").data)
    types = {field.name: str(field.type) for field in pa.parquet.read_schema(products)}
    assert types["launch_date"] == "date32[day]"
    assert types["interest_rate"] == "decimal128(5, 2)"
    assert types["renewable"] == "bool"


def saved_again(data):
    """Return a workbook as another program saves it."""
    book, target = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    book.save(target)
    return target.getvalue()


def through_pandas(data):
    target = io.BytesIO()
    pd.read_parquet(io.BytesIO(data)).to_parquet(target)
    return target.getvalue()


WAYS = {
    "xlsx": ("xlsx", bytes),
    "xlsx that was saved again": ("xlsx", saved_again),
    "parquet": ("parquet", bytes),
    "parquet that was saved again": ("parquet", through_pandas),
}


@pytest.mark.parametrize(("kind", "change"), WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("query", [{}, {"labels": "names"}], ids=["codes", "names"])
def test_customers_come_in_again_as_they_were(customers, kind, change, query):
    before = ok(customers.get("/getCustomers?columns=all"))
    data = change(fetch(customers, "/getCustomers", kind, **query).data)
    answer = ok(customers.post("/importCustomers", data=data, content_type=TYPES[kind]))
    after = ok(customers.get("/getCustomers?columns=all"))
    if change is saved_again:  # openpyxl keeps sixteen digits
        for customer in [*before, *after]:
            customer["own"]["tenure"] = pytest.approx(customer["own"]["tenure"])
    assert after == [customer | {"cluster": None} for customer in before]
    assert answer["own_columns"] == ["tenure", "=odd", "code", "note"]


@pytest.mark.parametrize("kind", TYPES)
def test_products_come_in_again_as_they_were(client, sql, kind):
    ok(client.post("/generateProductDataset", json={"size": 40, "seed": 1}))
    sql("UPDATE products SET launch_date = '1850-02-28', benefits = '=1' WHERE product_id = 1000")
    sql("UPDATE products SET channels = ARRAY['a, b', 'x\"y'] WHERE product_id = 1001")
    before = ok(client.get("/getProducts"))
    data = fetch(client, "/getProducts", kind).data
    ok(client.post("/dropTable/products"))
    ok(client.post("/importProducts", data=data, content_type=TYPES[kind]))
    assert ok(client.get("/getProducts")) == before


@pytest.mark.parametrize("kind", TYPES)
def test_a_cluster_of_them(customers, kind):
    members = ok(customers.get("/getCustomersByCluster"))["1"]
    names, rows = table_of(fetch(customers, "/getCustomersByCluster", kind, cluster=1))
    ids = [row[names.index("customer_id")] for row in rows]
    assert ids == [member["customer_id"] for member in members]


def test_own_columns_and_names_by_cluster(customers):
    query = {"columns": "all", "labels": "names"}
    listed = ok(customers.get("/getCustomers", query_string=query))
    by_cluster = ok(customers.get("/getCustomersByCluster", query_string=query))
    assert (
        sorted(
            (customer for members in by_cluster.values() for customer in members),
            key=lambda customer: customer["customer_id"],
        )
        == listed
    )
    assert listed[0]["city"] == "Belfast"
    assert listed[0]["own"]["code"] == "007"


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("path", FILES)
def test_without_data_a_file_has_its_columns_alone(client, path, kind):
    header = fetch(client, path, "csv").text.rstrip().split(",")
    assert table_of(fetch(client, path, kind)) == (header, [])


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_rows_give_the_same_bytes_under_a_tag_of_their_own(customers, kind):
    first, second = (fetch(customers, "/getCustomers", kind) for _ in range(2))
    uncached = fetch(customers, "/getCustomers", kind, bom="false")
    assert first.data == second.data == uncached.data
    tags = {fetch(customers, "/getCustomers", k).headers["ETag"] for k in ("csv", "json", *TYPES)}
    assert len(tags) == 4
    headers = {"If-None-Match": first.headers["ETag"]}
    assert customers.get(f"/getCustomers?format={kind}", headers=headers).status_code == 304
    assert "Accept" in first.headers["Vary"]


@pytest.mark.parametrize("path", ["/getCustomers", "/getCustomersByCluster", "/getProducts"])
@pytest.mark.parametrize("kind", TYPES)
def test_a_page_of_rows_and_where_the_next_one_begins(customers, path, kind):
    whole = list(csv.reader(customers.get(f"{path}?limit=10&format=csv").text.splitlines(True)))
    first = customers.get(f"{path}?limit=5&format={kind}")
    following = re.search("<(.+)>", first.headers["Link"])[1]
    pages = [table_of(page) for page in (first, customers.get(following))]
    assert [row[0] for _, rows in pages for row in rows] == [int(row[0]) for row in whole[1:]]
    assert "Link" not in customers.get(f"{path}?limit=5000&format={kind}").headers


def test_a_workbook_that_has_no_room_is_refused(customers, monkeypatch, sql):
    monkeypatch.setattr(exporting, "MOST_ROWS", 60)
    assert error(customers.get("/getCustomers?format=xlsx"), 422) == (
        "A workbook has room for 59 rows below its header, and there are 60: ask for CSV or Parquet"
        " instead."
    )
    assert len(table_of(fetch(customers, "/getCustomers", "parquet"))[1]) == 60
    monkeypatch.undo()
    sql("UPDATE customers SET first_name = repeat('x', 32768) WHERE id = 3")
    assert error(customers.get("/getCustomers?format=xlsx"), 422) == (
        "A cell of a workbook has room for 32,767 characters, and first_name has more in row 4: ask"
        " for CSV or Parquet instead."
    )


def test_nothing_is_sent_of_a_file_that_could_not_be_finished(customers, monkeypatch):
    """Half a file might look whole: an error is an error from its first byte."""

    def broken(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_groups", broken)
    for kind in TYPES:
        answer = customers.get(f"/getCustomers?format={kind}")
        error(answer, 503)
        assert "Content-Disposition" not in answer.headers


def test_a_large_file_comes_whole(client):
    ok(client.post("/generateDataset", json={"size": 60_000, "seed": 1}))
    data = fetch(client, "/getCustomers", "parquet").data
    file = pa.parquet.ParquetFile(io.BytesIO(data))
    assert file.metadata.num_rows == 60_000
    assert file.metadata.num_row_groups == 2


def test_a_workbook_has_no_formula_and_no_link(customers):
    with zipfile.ZipFile(io.BytesIO(fetch(customers, "/getCustomers", "xlsx").data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
