"""The values that the routes answer with, column by column as in schema.py."""

import re
from collections.abc import Callable
from typing import Any

from api.openapi.forms import Named, decimal, list_of, object_of, or_null, whole_number
from schema import Boolean, Choice, Code, Column, Date, Decimal, Text, TextList, Whole

TEXT = {"type": "string"}
TEXTS = list_of(TEXT)
CLUSTER = whole_number() | {"description": "0 has the lowest mean income, and so on upwards"}
DATE = {
    "type": "string",
    "pattern": "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    "|Nov|Dec) [0-9]{4} 00:00:00 GMT$",
}
MESSAGE = Named("Message", object_of(message=TEXT))


def _code(names: tuple[str, ...]) -> dict:
    """Return the schema of a code, which is a name's place among these.

    Generated clients take the names from `x-enum-varnames`.
    """
    return whole_number(0, len(names) - 1) | {
        "description": ", ".join(f"{code} {name}" for code, name in enumerate(names)),
        "enum": list(range(len(names))),
        "x-enum-varnames": [re.sub(r"\W", "", name) for name in names],
    }


_BY_TYPE: dict[type, Callable[[Any], dict]] = {
    Whole: lambda kind: whole_number(kind.least, kind.most),
    Decimal: lambda kind: decimal(kind.digits, kind.decimals, "-?" if kind.negative else ""),
    Code: lambda kind: _code(kind.names),
    Choice: lambda kind: TEXT | {"enum": list(kind.names)},
    Text: lambda _: TEXT,
    TextList: lambda _: TEXTS,
    Boolean: lambda _: {"type": "boolean"},
    Date: lambda _: DATE,
}


def value(column: Column) -> dict:
    """Return the schema of a column's values in JSON, where they are not missing."""
    schema = _plain(column)
    return Named(column.name.title(), schema) if isinstance(column.type, Code) else schema


def accepted(column: Column) -> dict:
    """Return the schema of a column's values as a body may give them: money as a number, too."""
    if not isinstance(column.type, Decimal):
        return _plain(column)
    digits, decimals, _ = column.type
    whole, most = digits - decimals, column.type.most
    return {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": float(most)},
            {"type": "string", "pattern": rf"^[0-9]{{1,{whole}}}(\.[0-9]{{1,{decimals}}})?$"},
        ],
        "description": f'an amount such as 148222.5 or "148222.50", from 0 to {most}',
    }


def _plain(column: Column) -> dict:
    return _BY_TYPE[type(column.type)](column.type)


def values(columns: tuple[Column, ...], always: tuple[str, ...]) -> dict[str, dict]:
    """Return the schemas of a row's values, by column; others than the `always` may be missing."""
    return {
        column.name: value(column) if column.name in always else or_null(value(column))
        for column in columns
    }
