"""The OpenAPI document as a whole.

What a route answers stands beside its view, in `@operation`, and is held against the service by
tests: the routes answer JSON text that PostgreSQL has shaped, so there are no Python types that a
framework could make it from. What bodies may have is not written here: the schemas that check them
are put into the document.
"""

from collections.abc import Iterator

from flask import Flask

from api.openapi.errors import error_responses
from api.openapi.forms import Named
from api.openapi.headers import HEADERS
from api.openapi.operations import describe
from api.openapi.parameters import PARAMETERS
from config import VERSION

OPENAPI_VERSION = "3.1.1"
DESCRIPTION = """\
Generates a British bank's customers and products, finds segments among the customers with K-Means
and matches products to them.

Every answer is JSON; what lists customers or products can be had as a CSV file too. Money, rates
and scores are strings with all their decimals, counts and codes are integers, a missing value is
`null`. An error is `{"error": "<a sentence>"}` with a fitting status, 404 for any route that is not
named here.

With the header `X-Workspace`, a call is about a workspace of that name, which has customers and
products of its own; without it, about the one that all share.

Lists and groupings are empty while there is no data. A dataset is replaced as a whole: who reads
meanwhile gets the old one or the new one.

Any POST with the header `Prefer: respond-async` is answered 202 at once and becomes a job, which
`Location` names: it says how far it is and, in the end, what the call answers. Of a workspace's
jobs one runs at a time.
"""
CONTACT = {"name": "The customer segmentation service's authors"}
TAGS = {
    "service": "The service itself.",
    "customers": "Generate or import them, list them.",
    "clusters": "Find them, see who is in them and what sets them apart.",
    "segmentations": "Keep clusters over the months, name them, see who has moved.",
    "products": "Generate or import them, match them to the clusters, list them.",
    "offers": "What each customer is offered, and what was in the way.",
    "tables": "Drop them.",
    "jobs": "Calls that are answered later: watch them, cancel them.",
}
SECURITY_SCHEMES = {
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "When the service has a key, every route but `/`, `/health` and"
        " `/openapi.json` needs it; where reads are open, only those that are no GET.",
    }
}


def document(app: Flask) -> dict:
    """Return the document of an application's routes."""
    paths, responses = _paths(app), error_responses()
    return {
        "openapi": OPENAPI_VERSION,
        "info": {
            "title": "Customer segmentation",
            "version": VERSION,
            "description": DESCRIPTION,
            "contact": CONTACT,
            "license": {"name": "MIT License", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "The service that serves this document."}],
        "security": [],  # for what does not say that it takes a key
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(_named_schemas([paths, responses])),
            "headers": HEADERS,
            "parameters": PARAMETERS,
            "responses": responses,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _paths(app: Flask) -> dict[str, dict]:
    paths: dict[str, dict] = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if hasattr(view, "operation"):  # a test sees to it that all but Flask's own have one
            path, operations = describe(rule, view, app.extensions["config"])
            paths.setdefault(path, {}).update(operations)
    return paths


def _named_schemas(part: object) -> Iterator[tuple[str, dict]]:
    """Yield every schema that is referred to within a part of the document, by its name."""
    if isinstance(part, Named):
        yield part.name, part.schema
        part = part.schema
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from _named_schemas(one)
