"""What a call may say beyond its route: an opt-in JSON body, query parameters, a format."""

import json

from flask import request
from jsonschema import Draft202012Validator
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, UnprocessableEntity, UnsupportedMediaType
from werkzeug.http import parse_accept_header

from api.media_types import CSV, FORMATS, JSON, PARQUET, XLSX
from api.openapi.forms import whole_number
from api.openapi.parameters import AFTER, FORMAT, LARGEST_PAGE, LIMIT
from config import LARGEST_SEED, LONGEST_NUMBER, Config

CSV_IN_UTF8 = f"{CSV}; charset=utf-8"
OFFERS = (JSON, CSV, CSV_IN_UTF8, XLSX, PARQUET)  # of equals the first
_FILES = ("csv", "spreadsheetml", "parquet")  # of which one is in a header that names a file


def dataset_options(config: Config) -> dict[str, dict]:
    """Return the schemas of what a new dataset may be asked for."""
    return {
        "size": whole_number(1, config.max_dataset_size) | {"description": "how many rows"},
        "seed": whole_number(0, LARGEST_SEED)
        | {"description": "the same seed and size give the same rows"},
    }


def read_options(properties: dict[str, dict]) -> dict:
    """Read the request's body: an object of some of these fields, or nothing.

    `properties` has a JSON schema for each field. Answers 400 for what is no JSON, 415 for what
    does not say that it is, 422 for a field that is unknown or has a value it can't have.
    """
    options = _parse_body()
    if not isinstance(options, dict):
        raise UnprocessableEntity("The body must be a JSON object.")
    for name, value in options.items():
        if name not in properties:
            known = " and ".join(properties) or "none"
            raise UnprocessableEntity(f"Unknown field {name[:100]!r}; this call knows {known}.")
        _check(f"field {name}", value, properties[name])
    return options


def read_list(properties: dict[str, dict], more: dict[str, dict], most: int) -> list[dict]:
    """Read the request's body: a list of at most so many objects with some of these fields.

    Fields of the customers' own are those in `more`. Answers as `read_options` does.
    """
    rows = _parse_body()
    if not isinstance(rows, list) or not 0 < len(rows) <= most:
        raise UnprocessableEntity(f"The body must be a list of 1 to {most} customers, or a file.")
    validators = {
        name: Draft202012Validator(schema) for name, schema in (more | properties).items()
    }
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise UnprocessableEntity(f"Customer {number} in the list must be a JSON object.")
        for name, value in row.items():
            if name not in validators:
                raise UnprocessableEntity(
                    f"Customer {number} in the list has an unknown field {name[:100]!r}; known are"
                    f" {', '.join(validators)}."
                )
            if not validators[name].is_valid(value):
                must = wanted(validators[name].schema)
                raise UnprocessableEntity(
                    f"The field {name} of customer {number} in the list must be {must}."
                )
    return rows


def _parse_body() -> object:
    body = request.get_data(cache=False).strip()
    if request.content_length is None:
        request.stream.read(1)  # 413 for what goes on after the limit, where it was cut off
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
    limit, after = read_parameter(LIMIT), read_parameter(AFTER)
    return (LARGEST_PAGE if limit is None and after is not None else limit), after


def read_parameter(parameter: dict) -> str | int | list[str] | None:
    """Return what the query says for a parameter of the document, None if it says nothing.

    A list has every value that the query gives. Answers 422 for a value that can't be.
    """
    name, schema = parameter["name"], parameter["schema"]
    texts = request.args.getlist(name)
    if not texts:
        return None
    value = texts if schema["type"] == "array" else texts[0]
    if schema["type"] == "integer":
        value = _whole_number(value)
    _check(f"parameter {name}", value, schema)
    return value


def _whole_number(text: str) -> int | str:
    """Return the number, or the text if it is none that is worth reading."""
    short = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if short else text


def _check(what: str, value: object, schema: dict) -> None:
    if not Draft202012Validator(schema).is_valid(value):
        raise UnprocessableEntity(f"The {what} must be {wanted(schema)}.")


def wanted(schema: dict) -> str:
    """Return what a value must be, as the end of a sentence.

    Whole numbers, choices, booleans and plain texts are put into words here; of any other schema,
    the description is the end of the sentence.
    """
    if "maximum" in schema:
        return f"a whole number from {schema['minimum']} to {schema['maximum']}"
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"] if value is not None)
    usual = "true or false" if "boolean" in schema.get("type", ()) else "a text"
    return schema.get("description", usual)


def read_format(parameter: dict = FORMAT) -> str:
    """Return the media type that the query's `format` asks for or, without it, the header Accept.

    It is one of those that the parameter knows. Answers 422 for a format that there is not.
    """
    if name := read_parameter(parameter):
        return FORMATS[name]
    mimetype = preferred(request.headers.get("Accept", ""))
    return mimetype if mimetype in map(FORMATS.get, parameter["schema"]["enum"]) else JSON


def preferred(accept: str) -> str:
    """Return what a header Accept prefers: a file only where it names one, otherwise JSON.

    Every repeated read asks this, so a header that names no file is not parsed.
    """
    named = accept.lower()
    if not any(name in named for name in _FILES):
        return JSON
    best = parse_accept_header(accept, MIMEAccept).best_match(OFFERS, default=JSON)
    return CSV if best == CSV_IN_UTF8 else best
