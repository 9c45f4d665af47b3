"""The parameters that requests may have, in the path, the query and the headers."""

from api.media_types import FORMATS
from api.openapi import examples
from api.openapi.forms import whole_number
from api.openapi.headers import A_VERSION
from db.tables import DROPS

LARGEST_PAGE = 10_000

PRODUCT_ID = {
    "name": "product_id",
    "in": "path",
    "required": True,
    "schema": whole_number(),
    "example": examples.response("select_product_by_id")["product_id"],
}
TABLE_NAME = {
    "name": "tableName",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": sorted(DROPS)},
    "example": "customers",
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "Answer one page of so many rows; the `Link` header has the next one's address.",
    "schema": whole_number(1, LARGEST_PAGE),
    "example": 100,
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "Begin after the row with this id. Without `limit`, pages are the largest.",
    "schema": whole_number(),
    "example": 100,
}
FORMAT = {
    "name": "format",
    "in": "query",
    "description": "Answer JSON or a CSV file, whatever the header `Accept` asks for.",
    "schema": {"type": "string", "enum": list(FORMATS)},
    "example": "csv",
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an earlier answer: 304 when that one still holds.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
