"""What the sender of a file may say about it: which column is which, and how cells are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from datasets.columns import Table
from datasets.numbers import Decimal
from schema import REFERENCE

_FACTOR = re.compile(r"(?P<name>.*\S)\s*\*\s*(?P<factor>\d+(?:\.\d+)?|\.\d+)")


class WrongOption(Exception):
    """An option cannot be understood."""


@dataclass(frozen=True)
class Mapped:
    """A column of the file that stands for a documented one, times a factor."""

    header: str
    target: str
    factor: float = 1.0


@dataclass(frozen=True)
class Options:
    """How a file is read, beyond what it shows itself."""

    mapped: tuple[Mapped, ...] = ()
    invalid_as_missing: bool = False
    decimal: Decimal | None = None


def read_mapping(texts: Sequence[str], table: Table) -> tuple[Mapped, ...]:
    """Return what texts like Income*1000:annual_income say; raises WrongOption."""
    return tuple(_read_mapped(text, table) for text in texts)


def _read_mapped(text: str, table: Table) -> Mapped:
    header, colon, target = (part.strip() for part in text.rpartition(":"))
    targets = [column.name for column in table.columns]
    if table.own_columns:
        targets.append(REFERENCE)
    if not colon or not header or target not in targets:
        raise WrongOption(
            f"{text[:100]!r} must be a column of the file, a colon and one of {', '.join(targets)},"
            " such as Income:annual_income or Income*1000:annual_income"
        )
    if not (found := _FACTOR.fullmatch(header)):
        return Mapped(header, target)
    column = next((column for column in table.columns if column.name == target), None)
    if column is None or not column.is_measure or not float(found["factor"]):
        raise WrongOption(f"{text[:100]!r} multiplies a column that is no amount, age or score")
    return Mapped(found["name"], target, float(found["factor"]))
