"""What the cells of a column as a whole show: gathered block by block, in flat memory."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datasets.dates import orders_of, read_day
from datasets.numbers import (
    MISSING_MARKS,
    ODDITIES,
    Decimal,
    Shapes,
    plain_floats,
    plain_shapes,
    read_numbers,
    shapes_of,
    without_missing,
)
from schema import CREDIT_SCORE, LARGEST_INT, OLDEST

EARLIEST, LATEST = 1900, 2030  # years of birth, and what is after them
SURELY_TEXT = 1000  # cells that are no numbers, from which on no more are looked at
MOST_DISTINCT = 1000  # texts that are remembered
# Numbers that systems write for a missing one.
CODES_FOR_MISSING = (-1, *(sign * int("9" * n) for sign in (1, -1) for n in range(2, 10)))


@dataclass
class Ids:
    """The whole numbers of a column, eight bytes a row at most."""

    whole: bool = True
    _parts: list[np.ndarray] = field(default_factory=list)

    def add(self, values: np.ndarray) -> None:
        """Take the next cells, NaN for a missing one."""
        fits = np.isfinite(values).all() and (values == np.floor(values)).all()
        if self.whole and fits and len(values) and 0 <= values.min() <= values.max() <= LARGEST_INT:
            self._parts.append(values.astype(np.int32))
        elif len(values):
            self.spoil()

    def spoil(self) -> None:
        """Note that not every cell is a whole number."""
        self.whole = False
        self._parts = []

    @property
    def all(self) -> np.ndarray:
        """The numbers, in the order of the rows."""
        return np.concatenate([np.empty(0, np.int32), *self._parts])

    @property
    def are_ids(self) -> bool:
        """Whether all are different and 1 or more."""
        return self.whole and self.first_repeated is None and self.all.min(initial=1) > 0

    @property
    def are_row_numbers(self) -> bool:
        """Whether they count the rows, from 0 or 1."""
        numbers = self.all
        return (
            self.whole
            and len(numbers) > 0
            and numbers[0] in (0, 1)
            and bool((np.diff(numbers) == 1).all())
        )

    @property
    def first_repeated(self) -> int | None:
        """A number that is there twice, None when there is none."""
        numbers = np.sort(self.all)
        repeated = numbers[1:][numbers[1:] == numbers[:-1]]
        return int(repeated[0]) if len(repeated) else None


class IdSpan(NamedTuple):
    """What is known of a column's whole numbers without them, in some rows or in all."""

    whole: bool
    count: int
    low: int
    high: int
    first_repeated: int | None

    @classmethod
    def of(cls, ids: Ids) -> Self:
        """Return what is known of some numbers."""
        numbers = ids.all
        ends = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
        return cls(ids.whole, len(numbers), *ends, ids.first_repeated)

    @property
    def are_ids(self) -> bool:
        """Whether all are different and 1 or more."""
        return self.whole and self.first_repeated is None and (self.low > 0 or not self.count)

    @property
    def are_row_numbers(self) -> bool:
        """Whether they can count the rows, from 0 or 1."""
        counting = self.low in (0, 1) and self.high - self.low + 1 == self.count
        return self.whole and self.count > 0 and self.first_repeated is None and counting


@dataclass
class Evidence:
    """What a column's cells are like.

    `known` and `missing` count the cells; of the missing, `words` are written as one. The numbers'
    statistics are those of both readings where a comma may be either. In `beyond`, `age` counts
    what is neither an age, nor a year of birth, nor a code for missing.
    """

    ids: Ids | IdSpan | None = None
    days: bool = False
    codes_only: bool = False
    known: int = 0
    missing: int = 0
    words: int = 0
    marks: int = 0
    shapes: Shapes = field(default_factory=Shapes)
    examples: dict[str, str] = field(default_factory=dict)
    first_other: tuple[int, str] | None = None
    minimum: float = math.inf
    maximum: float = -math.inf
    whole: bool = True
    beyond: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("negative", "score", "age"), 0)
    )
    codes: dict[int, int] = field(default_factory=dict)
    minimum_without_codes: float = math.inf
    maximum_without_codes: float = -math.inf
    distinct: set[str] | None = field(default_factory=set)
    orders: dict[str, int] = field(default_factory=lambda: {"day": 0, "month": 0, "either": 0})
    days_found: int = 0

    @property
    def numbers(self) -> int:
        """How many cells are numbers."""
        return self.shapes.numbers

    @property
    def is_number(self) -> bool:
        """Whether every cell is a number or missing, and none an identifier in digits."""
        return self.numbers > 0 and not (self.shapes.others or self.shapes.identifiers)

    def add(self, raw: pa.Array, numbers: np.ndarray) -> None:
        """Take the cells of a block; `numbers` are those of its rows."""
        if self.shapes.others > SURELY_TEXT and not self.ids:
            self.known += len(raw)
            return
        cells = without_missing(raw)
        present = cells.drop_null()
        self.known += len(present)
        self.missing += cells.null_count
        if cells.null_count:
            self.words += cells.null_count - (
                pc.sum(pc.equal(pc.utf8_trim_whitespace(raw), "")).as_py() or 0
            )
        self._note_distinct(present)
        if self.days:
            self._add_days(present)
        values = plain_floats(cells)
        if values is None:
            values = self._add_odd(cells, numbers)
        else:
            self._note_shapes(plain_shapes(cells))
            if self.shapes.either_point and "." not in self.examples:
                self._note_oddities(present)
        floats = values.to_numpy(zero_copy_only=False)
        if self.ids:
            self.ids.add(floats)
        self._add_statistics(floats[~np.isnan(floats)])

    def _note_distinct(self, present: pa.Array) -> None:
        if self.distinct is None:
            return
        cells = present if self.codes_only else present[:MOST_DISTINCT]
        self.distinct.update(pc.unique(cells).to_pylist())
        if len(self.distinct) > MOST_DISTINCT:
            self.distinct = None

    def _add_days(self, present: pa.Array) -> None:
        counts = pc.value_counts(present)
        for cell, times in zip(
            counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True
        ):
            orders = orders_of(cell)
            if orders:
                self.orders["either" if len(orders) > 1 else next(iter(orders))] += times
                self.examples.setdefault("either day" if len(orders) > 1 else "day", cell)
            if orders or read_day(cell):
                self.days_found += times

    def _add_odd(self, cells: pa.Array, numbers: np.ndarray) -> pa.Array:
        """Take cells of which some are no plain numbers; return those that are numbers."""
        marks = pc.fill_null(pc.is_in(cells, value_set=MISSING_MARKS), False)
        count = pc.sum(marks).as_py() or 0
        self.marks += count
        self.missing += count
        self.known -= count
        cells = pc.if_else(marks, None, cells)
        present = pc.is_valid(cells).to_numpy(zero_copy_only=False)
        known = cells.drop_null()
        shapes, others = shapes_of(known)
        self._note_shapes(shapes)
        self._note_oddities(known.filter(pc.invert(others)))
        if shapes.others and not self.first_other:
            at = int(np.flatnonzero(others.to_numpy(zero_copy_only=False))[0])
            self.first_other = int(numbers[present][at]), known[at].as_py()
        if shapes.others and self.ids:
            self.ids.spoil()
        return pc.coalesce(read_numbers(cells, ".").values, read_numbers(cells, ",").values)

    def _note_shapes(self, shapes: Shapes) -> None:
        self.shapes += shapes
        if shapes.identifiers and self.ids:
            self.ids.spoil()

    def _note_oddities(self, numbers: pa.Array) -> None:
        """Keep an example of each way of writing numbers that is worth a word."""
        for oddity in ODDITIES.keys() - self.examples.keys():
            found = numbers.filter(pc.match_substring_regex(numbers, ODDITIES[oddity]))
            if len(found):
                self.examples[oddity] = found[0].as_py()

    def _add_statistics(self, values: np.ndarray) -> None:
        if not len(values):
            return
        low, high = float(values.min()), float(values.max())
        self.minimum, self.maximum = min(self.minimum, low), max(self.maximum, high)
        self.whole = self.whole and bool((values == np.floor(values)).all())
        if low < 0:
            self.beyond["negative"] += int((values < 0).sum())
        if high > CREDIT_SCORE.most:
            self.beyond["score"] += int((values > CREDIT_SCORE.most).sum())
        values = self._add_codes(values)
        self.beyond["age"] += int(
            ((values < 0) | ((values > OLDEST) & ~((values >= EARLIEST) & (values < LATEST)))).sum()
        )

    def _add_codes(self, values: np.ndarray) -> np.ndarray:
        """Note numbers that may stand for missing ones, and what the others reach; return those."""
        coded = np.isin(values, CODES_FOR_MISSING)
        if coded.any():
            for code, times in zip(*np.unique(values[coded], return_counts=True), strict=True):
                self.codes[int(code)] = self.codes.get(int(code), 0) + int(times)
            values = values[~coded]
        if len(values):
            self.minimum_without_codes = min(self.minimum_without_codes, float(values.min()))
            self.maximum_without_codes = max(self.maximum_without_codes, float(values.max()))
        return values

    def join(self, later: "Evidence") -> None:
        """Take what was gathered of later cells of the column; its ids are left as they are."""
        for count in ("known", "missing", "words", "marks", "days_found", "shapes"):
            setattr(self, count, getattr(self, count) + getattr(later, count))
        for lowest in ("minimum", "minimum_without_codes"):
            setattr(self, lowest, min(getattr(self, lowest), getattr(later, lowest)))
        for highest in ("maximum", "maximum_without_codes"):
            setattr(self, highest, max(getattr(self, highest), getattr(later, highest)))
        for counts in ("beyond", "codes", "orders"):
            own, others = getattr(self, counts), getattr(later, counts)
            setattr(
                self, counts, {key: own.get(key, 0) + others.get(key, 0) for key in own | others}
            )
        self.whole = self.whole and later.whole
        self.examples = later.examples | self.examples
        self.first_other = self.first_other or later.first_other
        if self.distinct is not None and later.distinct is not None:
            self.distinct |= later.distinct
        if self.distinct is None or later.distinct is None or len(self.distinct) > MOST_DISTINCT:
            self.distinct = None

    def codes_for_missing(self) -> dict[int, int]:
        """Return the numbers that very likely say that one is missing, and how often they do.

        That is 99, 999 and so on where all others are far below, or -1, -9, -99 and so on where no
        other is negative.
        """
        high, low = self.maximum_without_codes, self.minimum_without_codes
        return {
            code: times
            for code, times in self.codes.items()
            if (code > 99 and code > 3 * max(high, 1)) or (code < 0 <= low < math.inf)  # noqa: PLR2004
        }


def decimal_of(evidence: Evidence) -> Decimal | None:
    """Return what a column's decimals follow, as far as its own cells show it."""
    shapes = evidence.shapes
    if shapes.comma or shapes.point:
        return "," if shapes.comma > shapes.point else "."
    return None if shapes.either_comma or shapes.either_point else "."
