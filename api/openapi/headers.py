"""The headers that answers have; `ALWAYS` has those of every answer."""

A_VERSION = '"167b04bbc03f72d18990aeb67ee6739f"'
ETAG = {
    "description": "The version of the answer, to be sent as `If-None-Match` next time.",
    "schema": {"type": "string"},
    "example": A_VERSION,
}
LINK = {
    "description": "The next page's address; none on the last page.",
    "schema": {"type": "string"},
    "example": '</getCustomers?limit=100&after=200>; rel="next"',
}
CONTENT_DISPOSITION = {
    "description": "The name of a file; JSON has none.",
    "schema": {"type": "string"},
    "example": 'attachment; filename="customers.csv"',
}
ALLOW = {
    "description": "The methods that the route takes.",
    "required": True,
    "schema": {"type": "string"},
    "example": "GET, HEAD, OPTIONS",
}
RETRY_AFTER = {
    "description": "How many seconds to wait before the next try.",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
    "example": 5,
}
WWW_AUTHENTICATE = {
    "description": "Which header the key comes in.",
    "required": True,
    "schema": {"type": "string"},
    "example": "Apikey header=X-API-Key",
}
LOCATION = {
    "description": "Where the job is.",
    "required": True,
    "schema": {"type": "string"},
    "example": "/jobs/7d0a9c52-4a3e-4a6f-9c1b-5b8f2f0c6e11",
}
PREFERENCE_APPLIED = {
    "description": "What of the header `Prefer` was done.",
    "required": True,
    "schema": {"type": "string"},
    "example": "respond-async",
}
REQUEST_ID = {
    "description": "What the service's log calls this request: the request's own `X-Request-ID`"
    " if it has one of 1 to 128 letters, digits, dots, dashes and underscores, otherwise a new"
    " one.",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,128}$"},
    "example": "5f2a9c0e6b1d4873",
}
ASK_AGAIN = RETRY_AFTER | {
    "description": "While the job has not ended: how many seconds to wait before asking again.",
    "required": False,
    "example": 1,
}
KEPT_UNTIL = {"$ref": "#/components/headers/KeptUntil"}
HEADERS = {
    "RequestId": REQUEST_ID,
    "KeptUntil": {
        "description": "Until when what was written is kept, after the last call about it.",
        "schema": {"type": "string", "format": "date-time"},
        "example": "2026-11-22T11:00:00Z",
    },
}
ALWAYS = {"X-Request-ID": {"$ref": "#/components/headers/RequestId"}}
