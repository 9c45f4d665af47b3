"""The opt-in JSON bodies: what each field may be, and how a body is read."""

import json

from flask import request
from jsonschema import Draft202012Validator
from werkzeug.exceptions import BadRequest, UnprocessableEntity, UnsupportedMediaType

from config import LARGEST_SEED


def whole_number(least: int, most: int) -> dict:
    """Return the schema of a field that is such a number."""
    return {
        "type": "integer",
        "minimum": least,
        "maximum": most,
        "description": f"a whole number from {least} to {most}",
    }


def dataset_options(largest_size: int) -> dict[str, dict]:
    """Return the schemas of what a new dataset may be asked for."""
    return {"size": whole_number(1, largest_size), "seed": whole_number(0, LARGEST_SEED)}


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
