"""What is said of a table that was taken: everything that was changed, dropped or guessed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from datasets.evidence import Evidence
from datasets.plans import Plan
from schema import CUSTOMER, NUMBERS, PRODUCT, Whole

_WHOLE = {column.name for column in (*CUSTOMER, *PRODUCT) if isinstance(column.type, Whole)}
_LEAST_MONEY = 1000  # a year; who earns less in all rows is written in thousands
_FEW_ROWS = 3  # up to which nothing is said of a column that is constant


def remarks_on_columns(plans: Sequence[Plan], evidence: Sequence[Evidence]) -> Iterator[str]:
    """Yield what the cells of each column show that its owner may want to look at."""
    for plan in plans:
        shown = evidence[plan.index]
        if plan.kind in ("number", "documented") and shown.numbers:
            yield from _on_numbers(plan, shown)
        if plan.kind == "birth":
            yield f"{plan.header} gives the age in completed years, as of today."
        if plan.kind in ("number", "documented", "birth") and shown.words + shown.marks:
            words = shown.words + shown.marks
            yield f"{counted(words, 'cell')} of {plan.header} with a word for missing, such as NA."


def _on_numbers(plan: Plan, evidence: Evidence) -> Iterator[str]:
    measures = plan.kind == "number" or plan.target in NUMBERS
    if measures and evidence.minimum == evidence.maximum and evidence.numbers > _FEW_ROWS:
        yield f"{plan.header} is {evidence.minimum:g} in every row."
    for code, times in evidence.codes_for_missing().items():
        if measures and _is_kept(plan, evidence, code):
            many = f"{times} times " if times > 1 else ""
            yield (
                f"{plan.header} is {many}{code}, which looks like a code for missing: leave such"
                " cells empty."
            )
    if (
        plan.target == "annual_income"
        and plan.factor == 1
        and 0 < evidence.maximum < _LEAST_MONEY
        and evidence.numbers > _FEW_ROWS
    ):
        yield (
            f"{plan.header} is at most {evidence.maximum:g}: if it is in thousands, send"
            f" ?map={plan.header}*1000:annual_income."
        )


def _is_kept(plan: Plan, evidence: Evidence, code: int) -> bool:
    """Whether a code comes in as a number, rather than being a problem."""
    return plan.kind == "number" or (
        code >= 0 and plan.target not in ("age", "credit_score") and evidence.numbers > 0
    )


def remarks_on_rows(counts: dict[str, Counter], plans: Sequence[Plan]) -> Iterator[str]:
    """Yield what was done to the cells: `counts` has how often, by what was done and the column."""
    headers = {plan.target: plan.header for plan in plans}
    for name, times in counts["rounded"].items():
        cells, header = counted(times, "cell"), headers.get(name, name)
        if name == "age":
            yield f"{cells} of {header} had decimals: the age is the years completed."
        else:
            to = "whole numbers" if name in _WHOLE else "two decimals"
            were = "was" if times == 1 else "were"
            yield f"{cells} of {header} had more decimals and {were} rounded to {to}."
    for name, times in counts["invalid"].items():
        header = headers.get(name, name)
        were = "was" if times == 1 else "were"
        yield f"{counted(times, 'cell')} of {header} {were} not valid and {were} taken as missing."
    for name, times in counts["unnamed"].items():
        filled = "Customer" if name == "first_name" else "their id"
        yield f"{counted(times, 'customer')} without a {name}: it is {filled}."
    for name, times in counts["repeated"].items():
        yield f"{counted(times, 'row')} with the same {name} and figures as another: taken once."
    for name, times in counts["filled"].items():
        yield f"{counted(times, 'product')} without a {name}: {_FILLED[name]}."


_FILLED = {
    "product_status": "taken as Active",
    "product_name": "named by type and product_id",
}


def counted(number: int, noun: str) -> str:
    """Return a number of things: 1 cell, 2 cells."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
