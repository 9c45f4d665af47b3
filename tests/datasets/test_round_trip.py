"""What was exported imports again to the same rows."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from datasets.cells import read_texts
from tests.files import CSV
from tests.support import ok

ROUTES = {"customers": "/getCustomers", "products": "/getProducts"}
FILL = {"customers": "/generateDataset", "products": "/generateProductDataset"}
IMPORT = {"customers": "/importCustomers", "products": "/importProducts"}
NAMES = [
    "O'Neill",
    "'quoted'",
    "=cmd()",
    "''=x",
    "+44",
    "-",
    "@A1",
    "\t=1",
    "\r\n=1",
    'say "hi", you',
    "a\nb\rc\r\nd",
    r"back\slash \N \. \t",
    " padded ",
    "Zoë 李 🙂",
    "\x01\x85\u2028",
    "NULL",
    ",;,",
]
UNMATCHED = "cluster", "score"


def export(client, route):
    response = client.get(route, query_string={"format": "csv"})
    assert response.status_code == 200
    return response.data


@pytest.mark.parametrize("table", ROUTES)
def test_the_same_file_comes_out_again(client, table):
    ok(client.post(FILL[table], json={"size": 2000, "seed": 1}))
    before = export(client, ROUTES[table])
    ok(client.post(f"/dropTable/{table}"))
    ok(client.post(IMPORT[table], data=before, content_type=CSV))
    assert export(client, ROUTES[table]) == before


def test_every_name_comes_back_unharmed(client, sql):
    ok(client.post("/generateDataset", json={"size": len(NAMES)}))
    for i, name in enumerate(NAMES, 1):
        sql("UPDATE customers SET first_name = %s, last_name = %s WHERE id = %s", name, name, i)
    before = ok(client.get("/getCustomers"))
    file = export(client, "/getCustomers")
    ok(client.post("/dropTable/customers"))
    ok(client.post("/importCustomers", data=file, content_type=CSV))
    assert ok(client.get("/getCustomers")) == before
    assert [customer["first_name"] for customer in before] == NAMES


def test_missing_values_stay_missing(client, sql):
    ok(client.post("/generateDataset", json={"size": 3}))
    ok(client.post("/generateProductDataset", json={"size": 3}))
    sql(
        "UPDATE customers SET age = NULL, annual_income = NULL, city = NULL, occupation = NULL,"
        " annual_spending = NULL, loan_balance = NULL, credit_score = NULL"
    )
    sql(
        "UPDATE products SET product_type = NULL, min_age = NULL, max_age = NULL, benefits = NULL,"
        " min_income = NULL, max_income = NULL, credit_score_required = NULL, channels = NULL,"
        " interest_rate = NULL, annual_fees = NULL, risk_level = NULL, term_length = NULL,"
        " renewable = NULL, reward_points = NULL, launch_date = NULL"  # a status is Active
    )
    for table, route in ROUTES.items():
        before = ok(client.get(route))
        file = export(client, route)
        ok(client.post(IMPORT[table], data=file, content_type=CSV))
        assert ok(client.get(route)) == before


@pytest.mark.parametrize(
    "channels", [["a,b", 'c"d', "e\\f", "", "NULL", " x "], ["{}"], ["=1"], [None, "x"], []]
)
def test_lists_come_back(client, sql, channels):
    ok(client.post("/generateProductDataset", json={"size": 1}))
    sql("UPDATE products SET channels = %s::text[], benefits = '=1+1', risk_level = '-'", channels)
    before = ok(client.get("/getProducts"))
    assert before[0]["channels"] == channels
    ok(client.post("/importProducts", data=export(client, "/getProducts"), content_type=CSV))
    assert ok(client.get("/getProducts")) == before


@given(
    st.lists(st.from_regex(re.compile('[{},"\\\\ \t\x1c\xa0aN]{0,8}'), fullmatch=True), max_size=5)
)
@example(['\x1c"a"', "\xa0", " a ", '"a"\x1c', "{a}", "a b", '\xa0"a"'])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_array_that_is_kept_is_one_to_postgresql(sql, insides):
    for inside in insides:
        try:
            kept = read_texts(f"{{{inside}}}")
        except ValueError:
            continue
        assert isinstance(sql("SELECT %s::text[]", kept)[0][0], list)


def test_grouped_files_import_too(client):
    ok(client.post("/generateDataset", json={"size": 100, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 30, "seed": 1}))
    ok(client.post("/conductProductMatch"))
    offered = {
        product["product_id"]: {**product, **dict.fromkeys(UNMATCHED)}
        for products in ok(client.get("/getProductsByCluster")).values()
        for product in products
    }
    for product in offered.values():
        for computed in ("eligible_share", "offered_index", "offered_share", "reasons"):
            del product[computed]
    clustered = ok(client.get("/getCustomers"))
    files = {table: export(client, f"{route}ByCluster") for table, route in ROUTES.items()}
    for table, file in files.items():
        ok(client.post(IMPORT[table], data=file, content_type=CSV))
    assert ok(client.get("/getProducts")) == [offered[number] for number in sorted(offered)]
    assert ok(client.get("/getCustomers")) == [
        customer | {"cluster": None} for customer in clustered
    ]
