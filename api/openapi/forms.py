"""The forms that values take in JSON, as schemas."""

from config import LARGEST_INT


class Named(dict):
    """A reference to a schema that the document has under a name; it brings the schema along."""

    def __init__(self, name: str, schema: dict):
        super().__init__({"$ref": f"#/components/schemas/{name}"})
        self.name = name
        self.schema = schema


NOTHING = Named("Nothing", {"type": "object", "maxProperties": 0, "additionalProperties": False})


def list_of(items: dict, **limits: int) -> dict:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **limits}


def by_cluster(schema: dict) -> dict:
    """Return the schema of an object with something for each cluster, under its number."""
    return {
        "type": "object",
        "propertyNames": {"pattern": "^[0-9]+$"},
        "additionalProperties": schema,
    }


def nothing_or(schema: dict) -> dict:
    """Return the schema of an object that may be empty instead."""
    return {"oneOf": [schema, NOTHING]}


def object_of(**properties: dict) -> dict:
    """Return the schema of an object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def with_options(schema: dict, **properties: dict) -> dict:
    """Return the schema of an object that may have these keys too."""
    return {**schema, "properties": schema["properties"] | properties}


def options_of(properties: dict[str, dict]) -> dict:
    """Return the schema of an object with any of these keys, and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def whole_number(least: int = 0, most: int = LARGEST_INT) -> dict:
    """Return the schema of a count, an id or a code."""
    return {"type": "integer", "minimum": least, "maximum": most}


def number(least: float | None = None, most: float | None = None) -> dict:
    """Return the schema of a figure."""
    limits = {"minimum": least, "maximum": most}
    return {"type": "number"} | {name: end for name, end in limits.items() if end is not None}


def decimal(precision: int, scale: int, sign: str = "") -> dict:
    """Return the schema of a DECIMAL(precision, scale): a string with all its decimals."""
    digits = rf"{sign}[0-9]{{1,{precision - scale}}}\.[0-9]{{{scale}}}"
    return {"type": "string", "pattern": f"^{digits}$"}


def or_null(schema: dict) -> dict:
    """Return the schema of a value that may be missing."""
    if "type" not in schema:
        several = schema if "anyOf" in schema else {"anyOf": [schema]}
        return {**several, "anyOf": [*several["anyOf"], {"type": "null"}]}
    known = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **known, "type": [schema["type"], "null"]}
