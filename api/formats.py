"""JSON or CSV: what a list is asked for in. JSON, unless CSV is asked for by name."""

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import UnprocessableEntity
from werkzeug.http import parse_accept_header

JSON = "application/json"
CSV = "text/csv"
FORMATS = {"csv": CSV, "json": JSON}
OFFERS = (JSON, CSV, f"{CSV}; charset=utf-8")  # of equals the first


def read_format() -> str:
    """Return the media type that the query's `format` asks for or, without it, the header Accept.

    Answers 422 for a format that there is not.
    """
    name = request.args.get("format")
    if name is None:
        return preferred(request.headers.get("Accept", ""))
    if name not in FORMATS:
        raise UnprocessableEntity(f"The parameter format must be {' or '.join(FORMATS)}.")
    return FORMATS[name]


def preferred(accept: str) -> str:
    """Return what a header Accept prefers: CSV only where it names it, JSON in every other case.

    Every repeated read asks this, so a header that does not name CSV is not parsed.
    """
    if "csv" not in accept.lower():
        return JSON
    best = parse_accept_header(accept, MIMEAccept).best_match(OFFERS, default=JSON)
    return JSON if best == JSON else CSV
