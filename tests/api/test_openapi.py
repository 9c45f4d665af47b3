"""GET /openapi.json: the document is valid, and the service is as it says."""

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from unittest.mock import Mock

import openapi_spec_validator
import pytest
from jsonschema import Draft202012Validator

from api import clusters, customers, limits, products, segmentations, tables
from api.openapi import errors, examples
from config import RateLimit
from db import reads
from db.database import Database
from db.errors import DatabaseAway, DatabaseBusy, DatabaseFull, StatementTooLong
from tests.processes import wait_for
from tests.runner import DEFAULTS
from tests.support import another, error, ok

ROOT = Path(__file__).resolve().parent.parent.parent
AUTOMATIC = {"HEAD", "OPTIONS"}  # Flask's own answers on every route
JSON = "application/json"
NO_JOB = "00000000-0000-0000-0000-000000000000"
CUSTOMER = {"age": 30, "annual_income": "30000.00", "loan_balance": 0}


@pytest.fixture
def document(client):
    return ok(client.get("/openapi.json"))


@pytest.fixture
def operations(document):
    """Every operation, by path and method."""
    return {
        (path, method.upper()): operation
        | {"parameters": [resolve(document, one) for one in operation.get("parameters", [])]}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def resolve(document, part):
    """Follow a reference within the document, if the part is one."""
    if "$ref" in part:
        for key in part["$ref"].removeprefix("#/").split("/"):
            document = document[key]
        return document
    return part


def check(document, schema, value):
    """Assert that a value is what a schema of the document says."""
    Draft202012Validator(schema | {"components": document["components"]}).validate(value)


def check_answer(document, path, method, response):
    """Assert that the document describes an answer: its status, headers and content."""
    operation = document["paths"][path][method.lower()]
    described = resolve(document, operation["responses"][str(response.status_code)])
    for name, header in described.get("headers", {}).items():
        required = resolve(document, header).get("required")
        assert name in response.headers or not required
    if "content" not in described:
        assert response.data == b""
        return
    answer = response.text if response.mimetype == "text/csv" else response.get_json()
    check(document, described["content"][response.mimetype]["schema"], answer)


def parts_with(name, part):
    """Every part of the document that has something of this name, however deep."""
    if isinstance(part, dict):
        if name in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from parts_with(name, inner)


def calls(operations):
    """Every operation with an address that it is at."""
    for path, method in operations:
        yield path, method, path.format(product_id=1, tableName="customers", job_id=NO_JOB)


def test_the_document_is_valid(document):
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1.")


def test_every_schema_is_valid(document):
    schemas = [part["schema"] for part in parts_with("schema", document["paths"])]
    for schema in [*schemas, *document["components"]["schemas"].values()]:
        Draft202012Validator.check_schema(schema)


def test_the_version_is_the_projects(document):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert document["info"]["version"] == project["version"]


def test_the_document_has_the_routes_of_the_application(app, operations):
    served = {
        (re.sub("<.*?>", "{}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - AUTOMATIC
    }
    assert served == {(re.sub("{.*?}", "{}", path), method) for path, method in operations}


def test_an_operation_is_summed_up_as_its_view(app, operations):
    views = [view.__doc__.splitlines()[0] for view in app.view_functions.values()]
    assert sorted(views) == sorted(operation["summary"] for operation in operations.values())


def test_an_operation_is_named_as_its_route(operations):
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(names)
    for name, (path, _) in zip(names, operations, strict=True):
        assert re.fullmatch("[a-z][A-Za-z]+", name)
        route = path.split("/")[1]
        assert name == route or route.islower() or not route


def test_every_parameter_of_a_path_is_described(operations):
    for (path, _), operation in operations.items():
        described = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
        assert described == re.findall("{(.*?)}", path)


def test_what_the_usual_linters_recommend_holds(document, operations):
    assert document["info"]["contact"]
    assert document["info"]["license"]
    assert document["security"] == []
    assert "Error" not in document["components"]["schemas"]  # generated, it would hide JavaScript's
    for operation in operations.values():
        assert operation["description"].endswith(".")
        assert operation["tags"]
    for part in parts_with("required", document):
        if isinstance(part["required"], list):
            assert set(part["required"]) <= set(part["properties"])
    for part in parts_with("enum", document):
        for value in part["enum"]:
            check(document, {"type": part.get("type", "string")}, value)


def test_codes_have_names(document):
    schemas = document["components"]["schemas"]
    assert schemas["City"]["x-enum-varnames"][9] == "London"
    assert schemas["Occupation"]["x-enum-varnames"][1] == "SalariedEmployee"
    assert schemas["City"]["enum"] == list(range(15))


def test_what_is_unknown_is_answered_with_where_the_routes_are_listed(client):
    assert "GET /openapi.json" in error(client.get("/nothing"), 404)


def test_the_document_is_printed_without_a_database(document):
    printed = subprocess.run(
        [sys.executable, "-m", "api.openapi"],
        cwd=ROOT,
        env=os.environ | DEFAULTS,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(printed.stdout) == document


def test_every_tag_is_described(document, operations):
    used = {tag for operation in operations.values() for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document["tags"]}


def test_every_part_that_is_shared_is_used(document):
    text = json.dumps(document)
    for kind in ("schemas", "headers", "parameters", "responses"):
        for name in document["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text


def test_everything_has_an_example_and_it_is_what_the_schema_says(document):
    for part in parts_with("schema", document):
        examples = [example["value"] for example in part.get("examples", {}).values()]
        for example in examples or [part["example"]]:
            check(document, part["schema"], example)


def test_a_body_is_described_by_the_schemas_that_check_it(client, operations, monkeypatch):
    checked = []

    def record(properties):
        checked.append(properties)
        return {}

    for module in (clusters, customers, products, segmentations, tables):
        monkeypatch.setattr(module, "read_options", record)
    posts = [key for key in operations if key[1] == "POST" and key[0] not in FILES]
    for path, method in posts:
        client.post(path.format(tableName="customers"))
        body = operations[path, method]["requestBody"]
        fields, is_needed = checked.pop(), path in NEEDING_ALL
        assert body.get("required", False) is is_needed
        needed = {"required": sorted(fields)} if is_needed else {}
        assert body["content"][JSON]["schema"] == needed | {
            "type": "object",
            "properties": fields,
            "additionalProperties": False,
        }


def test_a_whole_number_may_have_a_decimal_point_as_json_schema_has_it(client):
    ok(client.post("/generateDataset", data='{"size": 5.0, "seed": 1e3}', content_type=JSON))
    assert len(ok(client.get("/getCustomers"))) == 5
    ok(client.post("/conductClustering", data='{"n_clusters": 2.0}', content_type=JSON))
    assert list(ok(client.get("/getClustersAmounts"))) == ["0", "1"]
    refused = client.post("/generateDataset", data='{"size": 5.5}', content_type=JSON)
    assert refused.status_code == 422


def largest_size(document):
    body = document["paths"]["/generateDataset"]["post"]["requestBody"]
    return body["content"][JSON]["schema"]["properties"]["size"]["maximum"]


def test_the_largest_dataset_is_that_of_the_settings(app, document):
    assert largest_size(document) == app.extensions["config"].max_dataset_size
    smaller = another(app, max_dataset_size=70).test_client()
    assert largest_size(ok(smaller.get("/openapi.json"))) == 70


IMPORTS = ["/importCustomers", "/importProducts", "/previewImport"]
NEEDING_ALL = {"/saveSegmentation", "/dropSegmentation", "/renameCluster"}
FILES = [*IMPORTS, "/assignCustomers"]  # which take one
NAMING = ("/saveSegmentation", "/dropSegmentation", "/renameCluster")  # what, they must be told
WALK = [
    ("/generateDataset", {"size": 60, "seed": 1}),
    ("/previewClustering", {"n_clusters": 2}),
    ("/conductClustering", {"n_clusters": 3, "features": ["age", "city"]}),
    ("/saveSegmentation", {"name": "2026-11"}),
    ("/renameCluster", {"cluster": 0, "name": "Starters"}),
    ("/dropSegmentation", {"name": "2026-11"}),
    ("/saveSegmentation", {"name": "2026-11"}),
    ("/generateProductDataset", {"size": 40, "seed": 1}),
    ("/conductProductMatch", {}),
    ("/assignCustomer", CUSTOMER | {"city": 3}),
    ("/dropTable/{tableName}", {}),
]


def a_job(client):
    """The answer of a call that is answered later, and changes nothing."""
    return client.post("/dropTable/nothing", headers={"Prefer": "respond-async"})


def reads_of(operations, client):
    """Every route that reads, with a product and a job that there are."""
    (product, *_) = ok(client.get("/getProducts")) or [{"product_id": 1000}]
    names = product | a_job(client).get_json()
    for path, method in operations:
        if method == "GET":
            query = required(operations[path, method])
            yield path, client.get(path.format(**names), query_string=query)


def required(operation):
    """The query that a route can't do without."""
    return {
        p["name"]: p["example"]
        for p in operation.get("parameters", [])
        if p["in"] == "query" and p.get("required")
    }


def test_answers_are_as_described_at_every_stage(client, document, operations):
    done = set()
    for path, body in WALK:
        response = client.post(path.format(tableName="customers"), json=body)
        ok(response)
        check_answer(document, path, "POST", response)
        done.add((path, "POST"))
        for read, response in reads_of(operations, client):
            check_answer(document, read, "GET", response)
            if response.status_code == 200:
                done.add((read, "GET"))
    assert done == {key for key in operations if key[0] not in FILES and key[1] != "DELETE"}


def test_jobs_are_as_described(client, document):
    accepted = a_job(client)
    assert accepted.status_code == 202
    check_answer(document, "/dropTable/{tableName}", "POST", accepted)
    location = accepted.headers["Location"]
    check_answer(document, "/jobs/{job_id}", "DELETE", client.delete(location))
    wait_for(lambda: client.get(location).get_json()["finished"])
    check_answer(document, "/jobs/{job_id}", "GET", client.get(location))
    check_answer(document, "/jobs/{job_id}", "DELETE", client.delete(location))


def test_values_that_are_missing_are_as_described(client, sql, document, operations):
    for path, body in WALK[:-1]:
        ok(client.post(path, json=body))
    sql(
        "UPDATE customers SET age = NULL, annual_income = NULL, city = NULL, occupation = NULL,"
        " annual_spending = NULL, loan_balance = NULL, credit_score = NULL WHERE id % 2 = 0"
    )
    sql(
        "UPDATE products SET product_type = NULL, min_age = NULL, max_age = NULL, benefits = NULL,"
        " min_income = NULL, max_income = NULL, credit_score_required = NULL, channels = NULL,"
        " interest_rate = NULL, annual_fees = NULL, risk_level = NULL, term_length = NULL,"
        " renewable = NULL, reward_points = NULL, product_status = NULL, launch_date = NULL"
    )
    for path, response in reads_of(operations, client):
        ok(response)
        check_answer(document, path, "GET", response)


def test_pages_and_repeated_reads_are_as_described(client, document, operations):
    ok(client.post("/generateDataset", json={"size": 30, "seed": 1}))
    ok(client.post("/generateProductDataset", json={"size": 5}))
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    ok(client.post("/saveSegmentation", json={"name": "2026-11"}))
    ok(client.post("/conductProductMatch"))
    for path, method in operations:
        query = required(operations[path, method])
        names = {p["name"] for p in operations[path, method].get("parameters", [])}
        if "limit" in names:
            page = client.get(path, query_string={"limit": 2})
            assert "Link" in page.headers
            check_answer(document, path, method, page)
            check_answer(document, path, method, client.get(path, query_string={"limit": 0}))
        if "If-None-Match" in names:
            etag = client.get(path, query_string=query).headers["ETag"]
            response = client.get(path, query_string=query, headers={"If-None-Match": etag})
            assert response.status_code == 304
            check_answer(document, path, method, response)


def test_files_are_as_described(client, document, operations):
    for path, body in WALK[:-1]:
        ok(client.post(path, json=body))
    for path, method in operations:
        operation = operations[path, method]
        names = {p["name"] for p in operation.get("parameters", [])}
        if method == "GET" and "format" in names:
            example = operation["responses"]["200"]["content"]["text/csv"]["example"]
            response = client.get(path, headers={"Accept": "text/csv"})
            assert response.mimetype == "text/csv"
            assert response.text.split("\r\n")[0] == example.split("\r\n")[0]
            check_answer(document, path, method, response)
            check_answer(document, path, method, client.get(path, query_string={"format": "x"}))


@pytest.mark.parametrize("path", IMPORTS)
def test_imports_are_as_described(client, document, operations, path):
    operation = operations[path, "POST"]
    for mimetype, content in operation["requestBody"]["content"].items():
        file = content["example"]
        if mimetype != "text/csv":
            file = {"file": (io.BytesIO(file["file"].encode()), "own.csv")}
        response = client.post(path, data=file, content_type=mimetype)
        example = operation["responses"]["200"]["content"][JSON]["example"]
        if "kept_until" in example:
            example = example | {"kept_until": None}  # there is no clean-up here
        assert ok(response) == example
        check_answer(document, path, "POST", response)
    for wrong in ("", "age\n", b"\xff\x00"):
        response = client.post(path, data=wrong, content_type="text/csv")
        assert response.status_code == 422
        check_answer(document, path, "POST", response)


def test_the_example_of_a_broken_file_is_what_the_service_says(client, document):
    header, first, second = examples.file("import_customers").splitlines()
    text = "\n".join([header, first.replace("Glasgow", "Londno"), second[:-1]])
    response = client.post("/importCustomers", data=text, content_type="text/csv")
    example = document["components"]["responses"]["BrokenFile"]["content"][JSON]["example"]
    assert response.get_json() == example


def limited(app, monkeypatch):
    """A client that has made all the requests that it may make in this minute."""
    monkeypatch.setattr(limits, "monotonic", lambda: 1000.0)
    client = another(app, rate_limit=RateLimit(1, 60)).test_client()
    ok(client.get("/"))
    return client


def sentences(app, client, monkeypatch):
    """Yield answers with everything that the service says when it can't do what it is asked."""
    yield client.post("/generateDataset", data="{", content_type=JSON)
    yield client.post("/generateDataset", data=" " * 70_000)
    yield client.post("/generateDataset", data="{1}")
    yield client.post("/generateDataset", json=[])
    yield client.post("/importCustomers")
    yield client.post("/importCustomers", content_type="multipart/form-data")
    for length in ("9", str(2**31)):
        yield client.post(
            "/importCustomers",
            content_type="text/csv",
            environ_overrides={"CONTENT_LENGTH": length},
        )
    yield client.post("/generateDataset", json={"sice": 1})
    yield client.post("/conductClustering", json={"n_clusters": 11})
    yield client.get("/getCustomers?limit=0")
    yield client.get("/getCustomers?format=xml")
    yield client.get("/getCustomers", headers={"X-Workspace": "two words"})
    yield client.post("/generateDataset", headers={"If-Match": '"0"'})
    yield client.get("/selectProductById/999")
    yield client.post("/dropTable/pg_class")
    yield client.get("/nothing")
    yield client.post("/getCustomers")
    yield client.get("/generateDataset")
    yield client.post("/conductClustering")
    yield client.post("/assignCustomer")
    ok(client.post("/generateDataset", json={"size": 2}))
    yield client.post("/conductClustering")
    yield client.post("/conductProductMatch")
    ok(client.post("/conductClustering", json={"n_clusters": 2}))
    yield client.post("/assignCustomer", json={"age": 30})
    yield another(app, api_key="key").test_client().post("/generateDataset")
    yield client.post("/generateDataset", headers={"Origin": "http://other.example"})
    yield client.get("/getCustomers", headers={"Host": "other.example"})
    yield client.get("/getCustomers", environ_overrides={"HTTP_HOST": ""})
    yield client.get("/getCustomers", environ_overrides={"RAW_URI": "http://other.example/"})
    yield limited(app, monkeypatch).get("/")
    for failure in (RuntimeError, DatabaseAway, DatabaseBusy, DatabaseFull, StatementTooLong):
        monkeypatch.setattr(reads, "select_product", Mock(side_effect=failure))
        yield client.get("/selectProductById/999")


def test_the_examples_of_errors_are_what_the_service_says(app, client, document, monkeypatch):
    said = {
        (answer.status_code, answer.get_json()["error"])
        for answer in sentences(app, client, monkeypatch)
    }
    responses = document["components"]["responses"]
    examples = {
        (status, example["value"]["error"])
        for status, shared in errors.ERRORS.items()
        for example in responses[shared.name]["content"][JSON]["examples"].values()
    }
    assert said == examples


def test_what_a_client_gets_wrong_is_answered_as_described(app, client, document, operations):
    keyed = another(app, api_key="key").test_client()
    for path, method, address in calls(operations):
        answers = [
            client.delete(address),
            client.open(address, method=method, headers={"Host": "other.example"}),
        ]
        if keyed.get(address).status_code == 401:
            answers.append(keyed.open(address, method=method))
        if method == "POST":
            answers += [
                client.post(address, data="{", content_type=JSON),
                client.post(address, data="1"),
                client.post(address, data=" " * 70_000),
                client.post(address, json=[]),
                client.post(address, headers={"Origin": "http://other.example"}),
            ]
        for answer in answers:
            assert 400 <= answer.status_code < 500
            check_answer(document, path, method, answer)


def test_what_is_once_too_often_is_answered_as_described(app, document, operations, monkeypatch):
    client = limited(app, monkeypatch)
    for path, method, address in calls(operations):
        if path != "/health":
            answer = client.open(address, method=method)
            assert answer.status_code == 429
            check_answer(document, path, method, answer)


def test_without_data_every_route_answers_as_described(client, document, operations):
    for path, method, address in calls(operations):
        check_answer(document, path, method, client.open(address, method=method))
        client.post("/dropTable/customers")
        client.post("/dropTable/products")


def test_without_a_database_every_route_answers_as_described(app, document, operations):
    client = another(app, Database("host=/nowhere")).test_client()
    for path, method, address in calls(operations):
        answer = client.open(address, method=method)
        usual = dict.fromkeys(("/", "/openapi.json"), 200) | dict.fromkeys(FILES, 415)
        usual |= dict.fromkeys(("/getMigration", *NAMING), 422)
        assert answer.status_code == usual.get(path, 503)
        check_answer(document, path, method, answer)
