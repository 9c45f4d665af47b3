"""The cells of a block as values: each column by its plan, with what is wrong in it.

Values are arrays of Arrow, null for a missing one. A converter also says which cells are wrong
(they are null then) and, when asked, what is wrong with one.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal as Exact
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import schema
from datasets.cells import CellReader, choice_reader, code_reader, read_boolean, read_texts
from datasets.dates import completed_years, read_day
from datasets.formulas import FORMULA, GUARDED
from datasets.numbers import (
    MISSING_MARKS,
    Decimal,
    Numbers,
    read_numbers,
    without_missing,
)
from datasets.plans import Plan
from datasets.spelling import nearest, nearest_each
from schema import ACTIVE, OLDEST, Boolean, Choice, Code, Column, Date, Text, TextList, Whole

_LEAVE_EMPTY = "leave the cell empty if nobody knows"
_TAKE_AS_MISSING = "?invalid=missing takes such cells as missing"
_EARLIEST_BIRTH = 1900
_LONG_DECIMALS = r"\.\d{3}|[eE]"
A_FORMULA = (
    "would run as a formula in a spreadsheet: put an apostrophe before it if it is meant as a text"
)


class Cells(NamedTuple):
    """The values of a column, which cells are wrong, and which were changed to fit."""

    values: pa.Array
    wrong: np.ndarray | None = None
    rounded: int = 0
    others: pa.Array | None = None


class Converter(NamedTuple):
    """How a column is converted, and what is wrong with a cell: the end of a sentence."""

    convert: Callable[[pa.Array], Cells]
    fault: Callable[[str], str]


def measure(column: Column, decimal: Decimal, factor: float = 1.0) -> Converter:
    """Return the converter of a documented number: an amount, an age, a score, a rate."""
    is_whole = isinstance(column.type, Whole)
    least, most = _range(column)
    money = column.type == schema.MONEY

    def convert(raw: pa.Array) -> Cells:
        cells = without_missing(raw)
        marks = pc.fill_null(pc.is_in(cells, value_set=MISSING_MARKS), False)
        if pc.any(marks).as_py():
            cells = pc.if_else(marks, None, cells)
        values, texts = _without_minus_zero(read_numbers(cells, decimal))
        if factor != 1:
            values = pc.multiply(values, factor)
            texts = pc.cast(values, pa.string())
        fits = pc.and_(pc.greater_equal(values, least), pc.less_equal(values, most))
        if column.type == schema.ID:
            fits = pc.and_(fits, pc.equal(values, pc.floor(values)))
        if money and pc.any(pc.match_substring(cells, "%")).as_py():
            fits = pc.and_not(fits, pc.match_substring(cells, "%"))
        fits = pc.fill_null(fits, False)
        wrong = pc.and_not(pc.is_valid(cells), fits)
        values, rounded = _whole(values, column) if is_whole else _to_pence(values, texts)
        has_wrong = pc.any(wrong).as_py()
        if has_wrong:
            values = pc.if_else(wrong, None, values)
        return Cells(values, wrong.to_numpy(zero_copy_only=False) if has_wrong else None, rounded)

    return Converter(convert, lambda cell: _measure_fault(cell, column, decimal))


def _without_minus_zero(numbers: Numbers) -> Numbers:
    if not pc.any(pc.starts_with(numbers.texts, "-")).as_py():
        return numbers
    values = pc.add(numbers.values, 0.0)
    return Numbers(values, pc.if_else(pc.equal(values, 0.0), "0", numbers.texts))


def _range(column: Column) -> tuple[float, float]:
    kind = column.type
    if isinstance(kind, Whole):
        return kind.least, kind.most + (0.999999 if kind.most == OLDEST else 0)
    most = float(kind.most)
    return (-most if kind.negative else 0.0), most


def _whole(values: pa.Array, column: Column) -> tuple[pa.Array, int]:
    """Return whole numbers, and how many had decimals: an age is the years completed."""
    down = pc.floor(values) if column.type.most == OLDEST else pc.round(values)
    changed = pc.sum(pc.not_equal(down, values)).as_py() or 0
    inside = pc.and_(pc.greater_equal(down, 0), pc.less_equal(down, schema.LARGEST_INT))
    return pc.cast(pc.if_else(inside, down, None), pa.int32()), changed


def _to_pence(values: pa.Array, texts: pa.Array) -> tuple[pa.Array, int]:
    """Return amounts as texts of two decimals, half a penny up, and how many were rounded."""
    long = pc.match_substring_regex(texts, _LONG_DECIMALS)
    count = pc.sum(long).as_py() or 0
    if not count:
        return texts, 0
    exact = pc.if_else(long, texts, None)
    rounded = pa.array([cell and _round(cell) for cell in exact.to_pylist()], pa.string())
    changed = pc.sum(pc.not_equal(pc.cast(rounded, pa.float64()), values)).as_py() or 0
    return pc.coalesce(rounded, texts), changed


def _round(cell: str) -> str | None:
    number = Exact(cell)
    if abs(number) >= Exact(10) ** 20:
        return "1e20"
    return format(number.quantize(Exact("0.01"), ROUND_HALF_UP), "f")


def _measure_fault(cell: str, column: Column, decimal: Decimal) -> str:
    """Say what is wrong with a cell of a number, and what it very likely is."""
    number = read_numbers(without_missing(pa.array([cell])), decimal).values[0].as_py()
    least, most = _range(column)
    if isinstance(column.type, Whole):
        wanted = f"must be a whole number from {column.type.least} to {column.type.most}"
    else:
        low = f"-{column.type.most}" if column.type.negative else 0
        such = "1234.50 or £1,234.50, with a decimal point" if decimal == "." else "1234,50"
        wanted = f"must be an amount such as {such}, from {low} to {column.type.most}"
    if number is None:
        return f"{wanted}; {_other_decimal(cell, decimal) or _LEAVE_EMPTY}"
    if column.name == "age" and _EARLIEST_BIRTH <= number <= date.today().year:
        return f"{wanted} (a birth year?)"
    if (number > most and set(str(int(number))) == {"9"}) or number in (-1, -9, -99, -999):
        return f"{wanted} (a code for missing? {_LEAVE_EMPTY})"
    if number < 0 <= least:
        return f"{wanted}, and this one is negative: {_TAKE_AS_MISSING}"
    is_known = column.type == schema.ID or not least <= number <= most
    return wanted if is_known else f"{wanted}; {_LEAVE_EMPTY}"


def _other_decimal(cell: str, decimal: Decimal) -> str | None:
    other: Decimal = "," if decimal == "." else "."
    if read_numbers(pa.array([cell.strip()]), other).values.null_count:
        return None
    return f"this one has a decimal {'comma' if other == ',' else 'point'}, unlike the column"


def own_number(decimal: Decimal) -> Converter:
    """Return the converter of an own column of numbers."""

    def convert(raw: pa.Array) -> Cells:
        cells = without_missing(raw)
        marks = pc.fill_null(pc.is_in(cells, value_set=MISSING_MARKS), False)
        cells = pc.if_else(marks, None, cells)
        values = read_numbers(cells, decimal).values
        wrong = pc.and_(pc.is_valid(cells), pc.is_null(values))
        return Cells(pc.add(values, 0.0), _mask(wrong))

    return Converter(
        convert,
        lambda _cell: f"writes decimals another way than most of the column; {_LEAVE_EMPTY}",
    )


def text(longest: int | None = None, *, formulas: bool = False) -> Converter:
    """Return the converter of a text of at most so many characters, without formulas or with."""

    def convert(raw: pa.Array) -> Cells:
        cells = without_missing(raw, text=True)
        wrong = pa.scalar(False)
        if pc.any(pc.match_substring_regex(cells, r"^['=+\-@\t\r\n＝＋－＠]")).as_py():  # noqa: RUF001
            if not formulas:
                wrong = pc.match_substring_regex(cells, FORMULA)
            guarded = pc.match_substring_regex(cells, GUARDED)
            cells = pc.if_else(guarded, pc.utf8_slice_codeunits(cells, 1), cells)
        if longest:
            wrong = pc.or_(wrong, pc.greater(pc.utf8_length(cells), longest))
        if isinstance(wrong, pa.Scalar):
            return Cells(cells)
        wrong = pc.fill_null(wrong, False)
        return Cells(pc.if_else(wrong, None, cells), _mask(wrong))

    def fault(cell: str) -> str:
        if longest and len(cell) > longest:
            return f"must be a text of at most {longest} characters"
        return A_FORMULA

    return Converter(convert, fault)


def code(column: Column, plan: Plan) -> Converter:
    """Return the converter of a code or its name.

    Others are kept beside where the plan says so, unless they are misspelt names.
    """
    names = column.type.names
    read = code_reader(names)
    wanted = f"must be a whole number from 0 to {len(names) - 1} or one of {', '.join(names)}"

    def convert(raw: pa.Array) -> Cells:
        cells = without_missing(raw)
        unique, places = _unique(cells)
        codes = [read(cell) for cell in unique]
        unknown = [i for i, found in enumerate(codes) if found is None]
        values = pa.array(codes, pa.int32()).take(places)
        if not unknown:
            return Cells(values)
        slips = set()
        if not plan.elsewhere:
            misspelt = nearest_each([unique[i] for i in unknown], names)
            slips = {i for i, m in zip(unknown, misspelt, strict=True) if m or not plan.keep_other}
        wrong = pa.array([i in slips for i in range(len(unique))]).take(places)
        other = set(unknown) - slips
        others = pa.array(
            [cell if i in other else None for i, cell in enumerate(unique)], pa.string()
        ).take(places)
        return Cells(values, _mask(pc.fill_null(wrong, False)), others=others)

    def fault(cell: str) -> str:
        hint = nearest(cell, names)
        return f"{wanted}{f' (did you mean {hint}?)' if hint else ''}"

    return Converter(convert, fault)


def by_cell(read: CellReader) -> Converter:
    """Return the converter of cells that are read one by one, each different one once."""

    def convert(raw: pa.Array) -> Cells:
        unique, places = _unique(without_missing(raw))
        values, wrong = [], []
        for cell in unique:
            value = _try(read, cell)
            values.append(value if isinstance(value, str) else None)
            wrong.append(isinstance(value, ValueError))
        mask = pc.fill_null(pa.array(wrong, pa.bool_()).take(places), False)
        return Cells(pa.array(values, pa.string()).take(places), _mask(mask))

    return Converter(convert, lambda cell: str(_try(read, cell.strip())))


def _try(read: CellReader, cell: str) -> str | ValueError:
    try:
        return read(cell)
    except ValueError as fault:
        return fault


def day(order: str) -> Converter:
    """Return the converter of a day."""

    def read(cell: str) -> str:
        found = read_day(cell, order)
        if found is None:
            raise ValueError("must be a date such as 2024-12-31")
        return found.isoformat()

    return by_cell(read)


def birth(order: str, today: date) -> Converter:
    """Return the converter of a day of birth into an age in completed years."""

    @lru_cache(100_000)
    def age(cell: str) -> int | None:
        found = read_day(cell, order, past=True)
        years = None if found is None else completed_years(found, today)
        return years if years is not None and 0 <= years <= OLDEST else None

    def convert(raw: pa.Array) -> Cells:
        cells = without_missing(raw)
        unique, places = _unique(cells)
        values = pa.array([age(cell) for cell in unique], pa.int32()).take(places)
        return Cells(values, _mask(pc.and_(pc.is_valid(cells), pc.is_null(values))))

    return Converter(
        convert, lambda _cell: f"must be a date of birth such as 1991-03-14; {_LEAVE_EMPTY}"
    )


def whole_id(column: Column) -> Converter:
    """Return the converter of an id that every row must have."""
    inner = measure(column, ".")

    def convert(raw: pa.Array) -> Cells:
        found = inner.convert(raw)
        missing = pc.is_null(without_missing(raw)).to_numpy(zero_copy_only=False)
        wrong = missing if found.wrong is None else found.wrong | missing
        return found._replace(wrong=wrong if wrong.any() else None)

    return inner._replace(convert=convert)


def status() -> Converter:
    """Return the converter of a product's status: Active in any case."""
    inner = text(20)

    def convert(raw: pa.Array) -> Cells:
        cells = inner.convert(raw)
        active = pc.equal(pc.utf8_lower(pc.utf8_trim_whitespace(cells.values)), ACTIVE.lower())
        values = pc.if_else(pc.fill_null(active, False), ACTIVE, cells.values)
        return cells._replace(values=values)

    return Converter(convert, inner.fault)


def documented(column: Column, plan: Plan) -> Converter:
    """Return the converter of a documented column."""
    kind = column.type
    if kind == schema.ID:
        return whole_id(column)
    if column.name == "product_status":
        return status()
    by_type: dict[type, Callable[[], Converter]] = {
        Code: lambda: code(column, plan),
        Text: lambda: text(kind.longest),
        Choice: lambda: by_cell(choice_reader(kind.names)),
        Boolean: lambda: by_cell(read_boolean),
        TextList: lambda: by_cell(read_texts),
        Date: lambda: day(plan.order),
    }
    other = by_type.get(type(kind))
    return other() if other else measure(column, plan.decimal, plan.factor)


def _unique(cells: pa.Array) -> tuple[Sequence[str], pa.Array]:
    """Return the different cells, and for each cell its place, null for a missing one."""
    encoded = pc.dictionary_encode(cells)
    return encoded.dictionary.to_pylist(), encoded.indices


def _mask(wrong: pa.Array) -> np.ndarray | None:
    """Return which cells are wrong, None when none are."""
    return wrong.to_numpy(zero_copy_only=False) if pc.any(wrong).as_py() else None
