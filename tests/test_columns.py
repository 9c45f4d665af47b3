"""Every column of schema.py is everywhere: one that is forgotten somewhere fails here."""

import csv
import io

import pytest

import schema
from schema import Boolean, Choice, Code, Date, Decimal, Text, TextList, Whole
from tests.files import CSV
from tests.support import ok

TABLES = {"customers": schema.CUSTOMER, "products": schema.PRODUCT}
GENERATE = {"customers": "/generateDataset", "products": "/generateProductDataset"}
IMPORT = {"customers": "/importCustomers", "products": "/importProducts"}
LIST = {"customers": "/getCustomers", "products": "/getProducts"}
NAMES = [column.name for columns in TABLES.values() for column in columns]
COMPUTED = {"cluster", "score", "eligibility_criteria"}
SQL_TYPES = {
    Whole: "integer",
    Decimal: "numeric",
    Code: "integer",
    Choice: "character varying",
    Text: ("text", "character varying"),
    TextList: "ARRAY",
    Boolean: "boolean",
    Date: "date",
}
EACH_TABLE = pytest.mark.parametrize("table", TABLES)


def cell(column, i):
    """A value of row i that no other column has: as files and as JSON write it."""
    place = i + 10 * NAMES.index(column.name)
    kind = column.type
    if isinstance(kind, Whole):
        number = kind.least + place % (kind.most - kind.least + 1)
        return str(number), number
    if isinstance(kind, Decimal):
        return f"{place}.25", f"{place}.25"
    if isinstance(kind, Code):
        return str(place % len(kind.names)), place % len(kind.names)
    others = {
        TextList: ("Online", ["Online"]),
        Boolean: ("true", True),
        Date: ("2021-04-12", "Mon, 12 Apr 2021 00:00:00 GMT"),
    }
    text = kind.names[0] if isinstance(kind, Choice) else f"a{place}"
    return others.get(type(kind), (text, text))


def import_rows(client, table, amount=4):
    """Import rows with a value in every column; give what the list should have of them."""
    columns = TABLES[table]
    file = io.StringIO()
    csv.writer(file).writerows(
        [[column.name for column in columns]]
        + [[cell(column, i)[0] for column in columns] for i in range(1, amount + 1)]
    )
    ok(client.post(IMPORT[table], data=file.getvalue(), content_type=CSV))
    return [{c.name: cell(c, i)[1] for c in columns} for i in range(1, amount + 1)]


def kept(rows):
    """What was stored of rows, without what the service computes."""
    return [{name: row[name] for name in row if name not in COMPUTED} for row in rows]


@EACH_TABLE
def test_the_database_has_every_column_in_its_type(client, sql, table):
    ok(client.post(GENERATE[table], json={"size": 5}))
    types = dict(
        sql(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = 'public'",
            table,
        )
    )
    types["customer_id"] = types["id"]
    for column in TABLES[table]:
        assert types[column.name] in SQL_TYPES[type(column.type)], column.name


@EACH_TABLE
def test_the_generator_fills_every_column(client, table):
    ok(client.post(GENERATE[table], json={"size": 300, "seed": 1}))
    rows = ok(client.get(LIST[table]))
    for column in TABLES[table]:
        assert len({str(row[column.name]) for row in rows} - {"None"}) > 1, column.name


@EACH_TABLE
def test_an_imported_row_is_listed_with_every_column(client, table):
    wanted = import_rows(client, table)
    listed = ok(client.get(LIST[table]))
    assert kept(listed) == wanted
    lines = csv.DictReader(io.StringIO(client.get(f"{LIST[table]}?format=csv").text))
    for line, row in zip(lines, listed, strict=True):
        assert sorted(line) == sorted(row)
        for column in TABLES[table]:
            if not isinstance(column.type, Date | TextList | Boolean):
                assert line[column.name] == str(row[column.name])


@pytest.mark.parametrize("how", ["in place", "by id", "by row"])
def test_clustering_changes_no_column_but_the_cluster(client, sql, how):
    if how == "in place":
        wanted = import_rows(client, "customers")
    else:
        ok(client.post("/generateDataset", json={"size": 2100, "seed": 1}))
        if how == "by row":
            sql("DELETE FROM customers WHERE id = 7")
        wanted = kept(ok(client.get("/getCustomers")))
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    listed = ok(client.get("/getCustomers"))
    assert kept(listed) == wanted
    assert {row["cluster"] for row in listed} == {0, 1}


def test_matching_changes_no_column_but_what_it_computes(client):
    import_rows(client, "customers")
    wanted = import_rows(client, "products")
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    ok(client.post("/conductProductMatch"))
    assert kept(ok(client.get("/getProducts"))) == wanted


def test_a_listed_customer_can_be_sent_back(client):
    import_rows(client, "customers")
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    for customer in ok(client.get("/getCustomers")):
        assert ok(client.post("/assignCustomer", json=customer))["cluster"] == customer["cluster"]
