"""Whatever schemathesis makes up, the service answers as its document says."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from api.openapi.__main__ import documented
from config import Config
from tests.runner import APP, running

LARGEST_DATASET = 200
# Whether there is data, at which version, and how many workspaces, no schema can say.
ACCEPTED = ["2xx", "3xx", 404, 409, 412]
SETTINGS = {
    "generation": {"deterministic": True, "max-examples": 10},
    "request-timeout": 60,
    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
    "operations": [
        {
            # Nor which columns there are, what a file is, and which fields go together.
            "include-path-regex": "^/(assign|import|preview|getPoints|getMigration|rename|save"
            "|conductClustering|dropSegmentation)",
            "checks": {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, 422]}},
        },
    ],
}
DOCUMENT = json.dumps(documented(Config(max_dataset_size=LARGEST_DATASET)))


def without(*names):
    """The document without parameters that many routes have."""
    document = json.loads(DOCUMENT)
    refs = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    for methods in document["paths"].values():
        for operation in methods.values():
            kept = [one for one in operation.get("parameters", []) if one not in refs]
            operation["parameters"] = kept
    return document


def schema_of(document):
    config = schemathesis.Config.from_dict(SETTINGS)
    return schemathesis.openapi.from_dict(document, config=config)


# A job's call is judged when it runs, whose answer is not seen here.
schema = schema_of(without("Prefer"))
shared = schema_of(without("Prefer", "Workspace", "IfMatch"))  # where the data is


@pytest.fixture(scope="module")
def service(new_database, tmp_path_factory):
    with running(
        APP,
        tmp_path_factory.mktemp("service") / "log",
        DATABASE_URL=new_database(),
        CLEANUP_INTERVAL_SECONDS="0",
        MAX_DATASET_SIZE=str(LARGEST_DATASET),
    ) as service:
        yield service


@pytest.fixture
def empty(service):
    """The service without any data."""
    for table in ("customers", "products"):
        service.post(f"/dropTable/{table}")
    return service


@pytest.fixture
def filled(service):
    """The service with customers, clusters, products and matches."""
    service.post("/generateDataset", json={"size": 60, "seed": 1}).raise_for_status()
    service.post("/generateProductDataset", json={"size": 200, "seed": 1}).raise_for_status()
    service.post("/conductProductMatch").raise_for_status()
    return service


once_an_operation = settings(  # its cases share what the fixtures have prepared
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)


@schema.parametrize()
@once_an_operation
def test_without_data_the_service_keeps_to_its_document(case, empty):
    case.call_and_validate(base_url=empty.url)


@shared.parametrize()
@once_an_operation
def test_with_data_the_service_keeps_to_its_document(case, filled):
    case.call_and_validate(base_url=filled.url)
