"""What the samples come to: tables for people, JSON for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from benchmarks.measure import Limit, Sample, growth, medians, ratios
from benchmarks.rows import Row

Samples = Mapping[tuple[Row, int], Sequence[Sample]]

GROWTH = 1.1  # ten times the rows in at most eleven times the time
MB, MILLI, MICRO = 1e6, 1e-3, 1e-6


@dataclass(frozen=True)
class Result:
    """A line of the table, at one size of the dataset, with all its rounds.

    It is held to its limit at the largest size only; there is none below.
    """

    work: str
    against: str
    size: int
    unit: str
    limit: Limit | None
    samples: Sequence[Sample]


def results(samples: Samples) -> list[Result]:
    """Return every row at every size, then how the writes grow between the two largest sizes."""
    largest = {row: max(s for r, s in samples if r == row) for row, _ in samples}
    found = [
        Result(row.work, row.against, size, row.unit, limit, taken)
        for (row, size), taken in samples.items()
        for limit in [row.limit if size == largest[row] else None]
    ]
    return found + list(_growths(samples, largest))


def _growths(samples: Samples, largest: Mapping[Row, int]) -> Iterator[Result]:
    for row, size in largest.items():
        smaller = max((s for r, s in samples if r == row and s < size), default=None)
        if row.is_write and smaller:
            limit = Limit(round(GROWTH * size / smaller, 2))
            taken = growth(samples[row, smaller], samples[row, size])
            yield Result(f"{row.work}, growth", f"{smaller:,} rows", size, "s", limit, taken)


def as_json(found: Iterable[Result]) -> list[dict]:
    """Return the results as objects, times in seconds and memory in bytes."""
    return [
        asdict(result)
        | {
            "samples": [sample._asdict() for sample in result.samples],
            "medians": medians(result.samples)._asdict(),
            "ratios": ratios(result.samples)._asdict(),
            "met": result.limit and result.limit.is_met(result.samples),
        }
        for result in found
    ]


def limits_table(found: Iterable[Result]) -> str:
    """Lay out what has a limit, in Markdown."""
    head = ("work", "rows", "against", "median", "its median", "ratio (range)", "limit", "met")
    return _table([head, *(_limit_line(result) for result in found if result.limit)])


def _limit_line(result: Result) -> tuple[str, ...]:
    work, against = (_amount(value, result.unit) for value in medians(result.samples))
    lowest, median, highest = ratios(result.samples)
    return (
        result.work,
        f"{result.size:,}",
        result.against,
        work,
        against,
        f"{median:.2f} ({lowest:.2f} to {highest:.2f})",
        _limit(result.limit, result.unit),
        "yes" if result.limit.is_met(result.samples) else "NO",
    )


def _limit(limit: Limit, unit: str) -> str:
    more = f" + {_amount(limit.plus, unit)}" if limit.plus else ""
    return f"{'≥' if limit.at_least else '≤'} {limit.factor:g} x{more}"


def sizes_table(samples: Samples) -> str:
    """Lay out what each size took, in all and a row, and how it grew from the size before."""
    sizes = sorted({size for row, size in samples if row.any_size})
    head = ["work", *(f"{size:,} rows" for size in sizes)]
    head += [f"{less:,} to {more:,}" for less, more in pairwise(sizes)]
    lines = []
    for row in dict.fromkeys(row for row, _ in samples if row.any_size):
        taken = [medians(samples[row, size]) for size in sizes]
        for name, values in zip(
            (row.work, f"- {row.against}"), zip(*taken, strict=True), strict=True
        ):
            cells = [_amount_at(v, size, row.unit) for v, size in zip(values, sizes, strict=True)]
            lines.append([name, *cells, *(f"{b / a:.2f} x" for a, b in pairwise(values))])
    return _table([head, *lines])


def _amount_at(value: float, size: int, unit: str) -> str:
    per_row = f", {value / size / MICRO:.2f} µs a row" if unit == "s" else ""
    return _amount(value, unit) + per_row


def _amount(value: float, unit: str) -> str:
    if unit == "MB":
        return f"{value / MB:,.0f} MB"
    if unit == "/s":
        return f"{value:,.0f}/s"
    return f"{value:.2f} s" if value >= 1 else f"{value / MILLI:.3g} ms"


def _table(lines: Sequence[Sequence[str]]) -> str:
    """Lay out lines, the first of them the head, as a Markdown table with straight columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in [lines[0], rule, *lines[1:]]
    )
