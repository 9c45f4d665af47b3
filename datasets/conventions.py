"""How a column's numbers and days are to be read, decided for the column as a whole."""

from collections.abc import Sequence

from datasets.evidence import Evidence, decimal_of
from datasets.layout import Layout
from datasets.options import Options
from datasets.plans import Plan, Understanding
from datasets.problems import Problem, shortened


def choose_decimals(
    found: Understanding, evidence: Sequence[Evidence], layout: Layout, options: Options
) -> None:
    """Choose a decimal point or comma for each column of numbers.

    What can be read both ways is a problem that names ?decimal=, unless the file itself settles it:
    where commas part its cells, or decimal points are elsewhere, a comma stands for thousands.
    """
    shapes = [evidence[plan.index].shapes for plan in found.plans]
    points = any(shape.point and not shape.others for shape in shapes)
    commas = any(shape.comma and not shape.others for shape in shapes)
    for plan in found.plans:
        shown = evidence[plan.index]
        if plan.kind in ("documented", "number") and shown.numbers:
            by_itself = options.decimal or decimal_of(shown)
            by_file = _decimal_of_file(shown, layout, points=points, commas=commas)
            plan.decimal = by_itself or by_file or "."
            if not (by_itself or by_file):
                found.problems.append(_ambiguous(plan, shown, layout))
            found.warnings += _read_as(plan, shown)


def _decimal_of_file(
    evidence: Evidence, layout: Layout, *, points: bool, commas: bool
) -> str | None:
    shapes = evidence.shapes
    if shapes.either_comma and shapes.either_point:
        return None
    if shapes.either_comma:
        return "." if (layout.separator == "," or points) and not commas else None
    return None if commas or layout.separator == ";" else "."


def _ambiguous(plan: Plan, evidence: Evidence, layout: Layout) -> Problem:
    cell = evidence.examples.get(",") or evidence.examples["."]
    number = cell.replace(",", "").replace(".", "")
    decimal = cell.replace(",", ".")
    big, small = ("?decimal=.", "?decimal=,") if "," in cell else ("?decimal=,", "?decimal=.")
    return Problem(
        layout.line,
        plan.header,
        shortened(cell),
        f"{plan.header} can be read both ways: {shortened(cell)} is {number} with {big} and"
        f" {decimal} with {small}; say which.",
    )


def _read_as(plan: Plan, evidence: Evidence) -> list[str]:
    """Return what is to be said of how a column's numbers were read."""
    shapes, examples, header, said = evidence.shapes, evidence.examples, plan.header, []
    if "," in examples:
        meaning = "decimal commas" if plan.decimal == "," else "thousands"
        said.append(f"The commas of {header} were read as {meaning}, as in {examples[',']}.")
    if plan.decimal == "," and "." in examples:
        said.append(f"The points of {header} were read as thousands, as in {examples['.']}.")
    if "gap" in examples:
        said.append(f"The gaps of {header} were read as thousands, as in {examples['gap']}.")
    if "negative" in examples:
        said.append(f"{header} has numbers written as negative ones, as in {examples['negative']}.")
    if "currency" in examples:
        said.append(f"{header} is taken as it stands, without conversion: {examples['currency']}.")
    if shapes.percent:
        share = f"{shapes.percent} of {shapes.numbers} cells have one"
        said.append(f"The per cent signs of {header} were left out: {share}.")
    return said


def choose_orders(found: Understanding, evidence: Sequence[Evidence], layout: Layout) -> None:
    """Choose whether the day or the month is first in each column of days."""
    for plan in found.plans:
        shown = evidence[plan.index]
        orders = shown.orders
        if plan.kind not in ("documented", "birth") or not any(orders.values()):
            continue
        plan.order = "month" if orders["month"] > orders["day"] else "day"
        if not orders["day"] and not orders["month"]:
            cell = shown.examples["either day"]
            found.problems.append(
                Problem(
                    layout.line,
                    plan.header,
                    cell,
                    f"{plan.header} can be read with the day or the month first, as in {cell}:"
                    " write days as 1991-03-14.",
                )
            )
        else:
            found.warnings.append(
                f"The days of {plan.header} were read with the {plan.order} first, as in"
                f" {shown.examples['day']}."
            )
