"""What a call may say beyond its route: an opt-in JSON body, query parameters, a format."""

import json

from flask import request
from jsonschema import Draft202012Validator
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, UnprocessableEntity, UnsupportedMediaType
from werkzeug.http import parse_accept_header

import config
from config import LARGEST_SEED, Config
from schema import LARGEST_INT

JSON = "application/json"
CSV = "text/csv"
FORM = "multipart/form-data"
FORMATS = {"csv": CSV, "json": JSON}
OFFERS = (JSON, CSV, f"{CSV}; charset=utf-8")  # of equals the first
LARGEST_PAGE = 10_000


def whole_number(least: int, most: int) -> dict:
    """Return the schema of a field that is such a number."""
    return {
        "type": "integer",
        "minimum": least,
        "maximum": most,
        "description": f"a whole number from {least} to {most}",
    }


def dataset_options(config: Config) -> dict[str, dict]:
    """Return the schemas of what a new dataset may be asked for."""
    return {"size": whole_number(1, config.max_dataset_size), "seed": whole_number(0, LARGEST_SEED)}


def read_options(properties: dict[str, dict]) -> dict:
    """Read the request's body: an object of some of these fields, or nothing.

    `properties` has a JSON schema for each field, whose description completes the sentence
    "The field <name> must be ...". Answers 400 for what is no JSON, 415 for what does not say
    that it is, 422 for a field that is unknown or has a value it can't have.
    """
    options = _parse_body()
    if not isinstance(options, dict):
        raise UnprocessableEntity("The body must be a JSON object.")
    for name, value in options.items():
        if name not in properties:
            known = " and ".join(properties) or "none"
            raise UnprocessableEntity(f"Unknown field {name[:100]!r}; this call knows {known}.")
        if not Draft202012Validator(properties[name]).is_valid(value):
            raise UnprocessableEntity(
                f"The field {name} must be {properties[name]['description']}."
            )
    return options


def _parse_body() -> object:
    body = request.get_data(cache=False).strip()
    if body in (b"", b"{}"):
        return {}
    if not request.is_json:
        raise UnsupportedMediaType("Send the body as JSON, with Content-Type: application/json.")
    try:
        return json.loads(body.decode(), parse_float=_number, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not valid JSON.") from None


def _number(text: str) -> int | float:
    """Read 5.0 as 5: to JSON Schema, and to many a client, they are the same whole number."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refuse(constant: str):
    raise ValueError(constant)


def read_paging() -> tuple[int | None, int | None]:
    """Return the query's `limit` and `after`, None for what it does not have.

    `after` alone means pages of the largest size. Answers 422 for what is no such number.
    """
    limit = _read_number("limit", 1, LARGEST_PAGE)
    after = _read_number("after", 0, LARGEST_INT)
    return (LARGEST_PAGE if limit is None and after is not None else limit), after


def _read_number(name: str, least: int, most: int) -> int | None:
    text = request.args.get(name)
    if text is None:
        return None
    try:
        return config.whole_number(least, most)(text)
    except ValueError as wanted:
        raise UnprocessableEntity(f"The parameter {name} must be {wanted}.") from None


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
