"""What a table was understood to be: a plan for each column, and what is said of them."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from datasets.dates import Order
from datasets.numbers import Decimal
from datasets.problems import Problem

Kind = Literal["documented", "number", "text", "reference", "birth", "passed over"]


@dataclass
class Plan:
    """What is made of one column of the file: the documented `target`, or an own column's name.

    Of a code's column, `keep_other` is the own column for what is no such code; `elsewhere`: so
    much is not that a name alike is no slip.
    """

    index: int
    header: str
    kind: Kind
    target: str = ""
    factor: float = 1.0
    decimal: Decimal = "."
    order: Order = "day"
    keep_other: str | None = None
    elsewhere: bool = False


class OwnColumn(NamedTuple):
    """A column of the customers' own."""

    name: str
    kind: Literal["number", "text"]


@dataclass
class Understanding:
    """What a table was understood to be, column by column, and what is said of it."""

    plans: list[Plan]
    passed_over: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_ids: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """The documented column that each column of the file is."""
        return {
            plan.header: "age" if plan.kind == "birth" else plan.target
            for plan in self.plans
            if plan.kind in ("documented", "birth", "reference")
        }

    @property
    def own_columns(self) -> list[OwnColumn]:
        """The own columns, in the order of the file."""
        own = [OwnColumn(p.target, p.kind) for p in self.plans if p.kind in ("number", "text")]
        return own + [OwnColumn(p.keep_other, "text") for p in self.plans if p.keep_other]

    def of(self, target: str) -> Plan | None:
        """Return what is made into a documented column."""
        for plan in self.plans:
            if plan.target == target and plan.kind in ("documented", "birth", "reference"):
                return plan
        return None
