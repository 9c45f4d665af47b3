"""The parameters that requests may have, in the path, the query and the headers."""

from api.media_types import FORMATS
from api.openapi import examples
from api.openapi.forms import whole_number
from api.openapi.headers import A_VERSION
from config import LARGEST_SEED
from db.tables import DROPS

LARGEST_PAGE = 10_000
LARGEST_SAMPLE = 100_000

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
    "description": "Answer JSON or a file, whatever the header `Accept` asks for. `xlsx` and"
    " `parquet` have the columns and texts of the CSV file; numbers are numbers.",
    "schema": {"type": "string", "enum": list(FORMATS)},
    "example": "csv",
}
TEXT_FORMAT = FORMAT | {
    "description": "Answer JSON or a CSV file, whatever the header `Accept` asks for.",
    "schema": {"type": "string", "enum": ["csv", "json"]},
}
CLUSTER = {
    "name": "cluster",
    "in": "query",
    "description": "Only the customers of this cluster.",
    "schema": whole_number(),
    "example": 0,
}
PAGE_SIZE = {
    "name": "size",
    "in": "query",
    "description": "How many rows a page has.",
    "schema": whole_number(1, LARGEST_PAGE),
    "example": 200,
}
SAMPLE = {
    "name": "sample",
    "in": "query",
    "description": "A random sample of at most so many customers; the same ones every time.",
    "schema": whole_number(1, LARGEST_SAMPLE),
    "example": 5000,
}
X = {
    "name": "x",
    "in": "query",
    "description": "The column of numbers that goes across; it may be an own one.",
    "schema": {"type": "string"},
    "example": "annual_income",
}
Y = {
    "name": "y",
    "in": "query",
    "description": "The column of numbers that goes up; it may be an own one.",
    "schema": {"type": "string"},
    "example": "loan_balance",
}
SINCE = {
    "name": "from",
    "in": "query",
    "required": True,
    "description": "The name of the saved segmentation to compare with.",
    "schema": {"type": "string"},
    "example": "2026-11",
}
JOB_ID = {
    "name": "job_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "example": examples.response("get_job")["job_id"],
}
PREFER = {
    "name": "Prefer",
    "in": "header",
    "description": "`respond-async`: answer 202 at once and do the call as a job, which"
    " `GET /jobs/{job_id}` tells about.",
    "schema": {"type": "string"},
    "example": "respond-async",
}
CONTROL = {
    "name": "control",
    "in": "query",
    "description": "Put about this share of the customers into a control group.",
    "schema": {
        "type": "string",
        "pattern": r"^(0|1|0?\.[0-9]{1,6})$",
        "description": "a share from 0 to 1, such as 0.1",
    },
    "example": "0.1",
}
SEED = {
    "name": "seed",
    "in": "query",
    "description": "Another seed makes another control group, the same one the same.",
    "schema": whole_number(0, LARGEST_SEED),
    "example": 1,
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an earlier answer: 304 when that one still holds.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
COLUMNS = {
    "name": "columns",
    "in": "query",
    "description": "`all`: also the own columns and the reference, which CSV has always.",
    "schema": {"type": "string", "enum": ["all"]},
    "example": "all",
}
LABELS = {
    "name": "labels",
    "in": "query",
    "description": "`names`: city and occupation by name rather than by code.",
    "schema": {"type": "string", "enum": ["names"]},
    "example": "names",
}
BOM = {
    "name": "bom",
    "in": "query",
    "description": "`true`: CSV begins with a mark by which spreadsheets know that it is UTF-8.",
    "schema": {"type": "string", "enum": ["true", "false"]},
    "example": "true",
}
MAP = {
    "name": "map",
    "in": "query",
    "description": "Which column of the file is which documented one, perhaps times a factor:"
    " `Their Column:annual_income`, `Income*1000:annual_income`. Repeatable.",
    "schema": {"type": "array", "items": {"type": "string"}},
    "example": ["Income*1000:annual_income"],
}
INVALID = {
    "name": "invalid",
    "in": "query",
    "description": "Take cells that a documented column can't have as missing, and count them.",
    "schema": {"type": "string", "enum": ["missing"]},
    "example": "missing",
}
DECIMAL = {
    "name": "decimal",
    "in": "query",
    "description": "What decimals follow, where a column can be read both ways.",
    "schema": {"type": "string", "enum": [".", ","]},
    "example": ",",
}
# Those of every route that is about data, by their names in the document.
WORKSPACE = {
    "name": "X-Workspace",
    "in": "header",
    "description": "The workspace that the call is about; without it, the one that all share. The"
    " first write makes it. Whoever knows its name may use it.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    "example": "q7Xb2_fR9kLm4Tz8",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` of a list: 412 when the data is no longer at that version.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
PARAMETERS = {"Workspace": WORKSPACE, "IfMatch": IF_MATCH, "Prefer": PREFER}


def parameter(name: str) -> dict:
    """Return a reference to one of the document's parameters."""
    return {"$ref": f"#/components/parameters/{name}"}
