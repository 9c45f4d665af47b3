"""POST /importCustomers, POST /importProducts."""

import dataclasses
import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from db.database import Database
from tests.files import CSV, HEADER, OLD, PRODUCT, ROW, broken, row, send
from tests.support import another, error, ok


@pytest.fixture
def set_up(app, monkeypatch):
    """Change settings."""

    def change(**settings):
        changed = dataclasses.replace(app.extensions["config"], **settings)
        monkeypatch.setitem(app.extensions, "config", changed)

    return change


def test_customers_are_imported_as_they_are(client):
    text = (
        "Loan_Balance,CITY, last_name ,id,first_name,annual_income,age,occupation,cluster\n"
        "\"£1,234.5\",London,O'Neill,12,'=Ann,£20000,30,self employed,4\n"
        ',11,"Li, ""J""",5,Zoë,1234.56,30.0,,\n'
    )
    assert ok(send(client, text))["message"] == "2 customers imported successfully."
    shared = {"annual_spending": None, "cluster": None, "credit_score": None, "age": 30}
    assert ok(client.get("/getCustomers")) == [
        shared
        | {"customer_id": 5, "first_name": "Zoë", "last_name": 'Li, "J"', "city": 11}
        | {"annual_income": "1234.56", "loan_balance": None, "occupation": None},
        shared
        | {"customer_id": 12, "first_name": "=Ann", "last_name": "O'Neill", "city": 9}
        | {"annual_income": "20000.00", "loan_balance": "1234.50", "occupation": 2},
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("beginning", ["", "\ufeff", "sep=", '\ufeff"sep='])
def test_what_spreadsheets_write_is_read(client, end, separator, beginning):
    if "sep" in beginning:
        beginning += separator + ('"' if '"' in beginning else "") + end
    text = beginning + end.join([HEADER, ROW, ROW, ""]).replace(",", separator)
    assert ok(send(client, text))["message"] == "2 customers imported successfully."
    assert [c["customer_id"] for c in ok(client.get("/getCustomers"))] == [1, 2]


def test_products_are_imported_as_they_are(client):
    text = (
        f"{PRODUCT},eligibility_criteria,product_name,min_age,min_income\n"
        '7,credit card,yes,"Mon, 12 Apr 2021 00:00:00 GMT","{""Online"",Branch}",-1.5,Low,{},,18,\n'
        '3,Loan,false,2024-12-31,"Online; Mobile App",3,,{},\'-Nice,,"1,000"\n'
    )
    assert (
        ok(send(client, text, "/importProducts"))["message"] == "2 products imported successfully."
    )
    second, first = ok(client.get("/getProducts"))
    assert first["product_id"] == 7
    assert first["product_name"] == "Credit Card_7"
    assert first["product_type"] == "Credit Card"
    assert first["renewable"] is True
    assert first["launch_date"] == "Mon, 12 Apr 2021 00:00:00 GMT"
    assert first["channels"] == ["Online", "Branch"]
    assert first["interest_rate"] == "-1.50"
    assert first["eligibility_criteria"]["min_age"] == 18
    assert second["product_name"] == "-Nice"
    assert second["renewable"] is False
    assert second["launch_date"] == "Tue, 31 Dec 2024 00:00:00 GMT"
    assert second["channels"] == ["Online", "Mobile App"]
    assert second["min_income"] == "1000.00"
    assert second["score"] is None
    assert second["risk_level"] is None


def test_products_without_ids_are_numbered_from_1000(client):
    ok(send(client, "product_type\nLoan\n\nInvestment\n", "/importProducts"))
    named = [(p["product_id"], p["product_name"]) for p in ok(client.get("/getProducts"))]
    assert named == [(1000, "Loan_1000"), (1001, "Investment_1001")]


def test_a_product_that_several_clusters_are_offered_is_one(client):
    text = (
        "product_id,product_type,cluster,eligible_share,score\n"
        "5,Loan,0,1.0000,0.9\n6,Loan,0,1.0000,0.8\n5,Loan,1,0.5000,0.7\n"
    )
    assert ok(send(client, text, "/importProducts"))["message"].startswith("2 products")
    _, problems = broken(
        send(client, text.replace("5,Loan,1", "5,Investment,1"), "/importProducts")
    )
    assert problems[0]["message"] == "5 is the product_id of line 2 already."


def test_the_whole_walk_on_a_file(client):
    rows = "".join(f"A,B,{20 + i},{20000 + 500 * i},{100 * i}\n" for i in range(50))
    ok(send(client, "first_name,last_name,age,annual_income,loan_balance\n" + rows))
    ok(send(client, "product_type,min_age\nLoan,18\nInvestment,\n", "/importProducts"))
    ok(client.post("/conductClustering"))
    assert sum(ok(client.get("/getClustersAmounts")).values()) == 50
    ok(client.post("/conductProductMatch"))
    assert set(ok(client.get("/getProductsByCluster"))) == {"0", "1", "2"}
    ok(send(client, OLD))
    assert ok(client.get("/getClustersAmounts")) == {}
    assert ok(client.get("/getProductsByCluster")) == {}


def test_generated_ids_go_on_after_the_highest(client, sql):
    ok(send(client, OLD))
    sql("INSERT INTO customers (first_name, last_name) VALUES ('A', 'B')")
    assert [c["customer_id"] for c in ok(client.get("/getCustomers"))] == [3, 7, 8]


def test_the_first_20_problems_are_answered_in_the_order_of_the_file(client):
    odd = row(annual_income="x", city="Londno")
    rows = [odd, *(row(annual_income=-1 - i) for i in range(3000))]
    again = row(annual_income="x")
    said, problems = broken(send(client, "\n".join([HEADER, *rows, again, again])))
    assert said.startswith("3004 problems, the first in line 2, city: 'Londno' must be")
    assert [p["line"] for p in problems] == [2, 2, *range(3, 21)]
    assert [p["column"] for p in problems[:3]] == ["city", "annual_income", "annual_income"]
    assert problems[1] | {"message": ""} == {
        "line": 2,
        "lines": [2, 3003, 3004],
        "times": 3,
        "column": "annual_income",
        "value": "x",
        "message": "",
    }


def test_equal_problems_are_one(client):
    said, problems = broken(send(client, "\n".join([HEADER, ROW, *[row(city="Londno")] * 1000])))
    assert said.startswith("1000 problems, the first in line 3, city: 'Londno' must be")
    (problem,) = problems
    assert problem["times"] == 1000
    assert problem["lines"] == [3, 4, 5]
    assert problem["message"].endswith("(did you mean London?), 1000 times.")


def test_a_long_value_is_shortened(client):
    _, problems = broken(send(client, f"{HEADER}\n{row(age='x' * 5000)}\n"))
    assert problems[0]["value"] == "x" * 99 + "…"
    assert len(problems[0]["message"]) < 200


def test_a_dataset_has_a_largest_size(client, set_up):
    set_up(max_dataset_size=2)
    ok(send(client, f"{HEADER}\n{ROW}\n{ROW}\n"))
    said, _ = broken(send(client, f"{HEADER}\n{ROW}\n{ROW}\n{ROW}\n{ROW}\n"))
    assert said == "Line 4: The file has more than 2 rows, the most that a dataset may have."
    assert len(ok(client.get("/getCustomers"))) == 2


def upload(*files, **fields):
    """A form with these files."""
    named = {f"file{i}": FileStorage(io.BytesIO(data), "own.csv") for i, data in enumerate(files)}
    boundary, body = encode_multipart(named | fields)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def test_a_file_may_come_in_a_form(client):
    response = client.post("/importCustomers", **upload(OLD.encode(), token="x"))
    assert ok(response)["message"] == "2 customers imported successfully."
    large = f"{HEADER}\n" + f"{ROW}\n" * 40_000  # larger than what is held in memory
    response = client.post("/importCustomers", **upload(large.encode()))
    assert ok(response)["message"] == "40000 customers imported successfully."


def test_a_form_with_a_broken_file_is_answered_as_any(client):
    _, problems = broken(client.post("/importCustomers", **upload(b"age\n1\n")))
    assert problems[0]["line"] == 1


@pytest.mark.parametrize(
    "form",
    [
        upload(),
        upload(OLD.encode(), OLD.encode()),
        upload(file=OLD),
        upload(file=OLD * 50_000),
        upload(OLD.encode(), **{f"field{i}": "x" for i in range(100)}),
        {"data": b"x", "content_type": "multipart/form-data"},
        {"data": b"--x\r\n", "content_type": "multipart/form-data; boundary=x"},
        {
            "data": b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nage\n',
            "content_type": "multipart/form-data; boundary=x",
        },
    ],
    ids=[
        "none",
        "two",
        "a text",
        "a long text",
        "many fields",
        "no boundary",
        "cut off",
        "cut off in the file",
    ],
)
def test_a_form_must_have_one_file(client, form):
    said = error(client.post("/importCustomers", **form), 400)
    assert said == "Send exactly one file in the form, and the whole of it."


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json",
        "application/x-www-form-urlencoded",
        "text/csv; charset=latin-1",
    ],
)
def test_another_type_is_415(client, content_type):
    response = client.post("/importCustomers", data=OLD, content_type=content_type)
    assert error(response, 415) == (
        "Send the file with Content-Type: text/csv (or that of .xlsx or Parquet), or in a form"
        " (multipart/form-data)."
    )


@pytest.mark.parametrize("content_type", ["text/csv;charset=UTF-8", "application/csv", "Text/CSV"])
def test_csv_has_several_names(client, content_type):
    ok(client.post("/importCustomers", data=OLD, content_type=content_type))


def test_a_compressed_file_is_415(client):
    error(send(client, OLD, headers={"Content-Encoding": "gzip"}), 415)


def test_a_file_that_is_too_large_is_413(client, set_up):
    set_up(max_import_mib=1)
    line = "Ann,Lee,30,1,9,28000.50,21000,0,700,000001\n"
    most = f"{HEADER},id\n".encode()
    exact = most + b"\n" * ((1 << 20) - len(most) - len(line)) + line.encode()
    assert len(exact) == 1 << 20
    ok(send(client, exact))
    for response in (send(client, exact + b"\n"), client.post("/importCustomers", **upload(exact))):
        assert error(response, 413) == "Send one file of at most 1 MiB."
    assert len(ok(client.get("/getCustomers"))) == 1


def test_a_file_must_come_as_a_whole(client):
    response = client.post(
        "/importCustomers", data=OLD, content_type=CSV, environ_overrides={"CONTENT_LENGTH": "5000"}
    )
    assert error(response, 400) == "Only a part of the file has come; send it again."


def test_a_key_is_needed_if_there_is_one(app):
    client = another(app, api_key="key").test_client()
    error(send(client, OLD), 401)
    ok(send(client, OLD, headers={"X-API-Key": "key"}))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/importCustomers", "/importProducts"])
def test_it_is_a_post(client, method, path):
    error(client.open(path, method=method), 405)


def test_the_database_is_not_asked_about_a_file_that_is_broken_from_the_start(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "database", Database("host=/nowhere"))
    client = app.test_client()
    broken(send(client, "age\n"))
    error(send(client, OLD), 503)
