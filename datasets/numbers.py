"""Numbers as people write them, many cells at a time.

A number may have thousands, a currency, a per cent sign, brackets or a trailing sign for a
negative one, and an exponent. Only a column as a whole tells whether commas are decimal.
"""

from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datasets.formulas import MISSING

Decimal = Literal[".", ","]

_BLANK = r"[\s\x{a0}\x{2007}\x{2009}\x{202f}]"
_QUOTE = r"['\x{2019}]"
_SIGN = r"[-+\x{2212}]"
_MINUS = r"[-\x{2212}]"
_CURRENCY = rf"(?:[£$€¥₹]|GBP|USD|EUR){_BLANK}*"
_GAPS = rf"[1-9]\d{{0,2}}(?:(?:{_BLANK}|{_QUOTE})\d{{3}})+"
_POWER = r"(?:[eE][-+]?\d{1,3})?"
# The digits of a number, by what is its decimal point.
_DIGITS: dict[Decimal, str] = {
    ".": rf"(?:(?:[1-9]\d{{0,2}}(?:,\d{{2,3}})*,\d{{3}}|{_GAPS}|\d+)(?:\.\d*)?|\.\d+){_POWER}",
    ",": rf"(?:(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_GAPS}|\d+)(?:,\d*)?|,\d+){_POWER}",
}
_NUMBERS = {
    decimal: rf"^{_BLANK}*(?P<open>\()?{_BLANK}*(?P<sign>{_SIGN}?){_BLANK}*(?:{_CURRENCY})?"
    rf"(?P<inner>{_SIGN}?){_BLANK}*(?P<digits>{digits}){_BLANK}*(?:{_CURRENCY})?(?P<percent>%?)"
    rf"{_BLANK}*(?P<trailing>{_MINUS}?)(?P<close>\))?{_BLANK}*$"
    for decimal, digits in _DIGITS.items()
}
_THOUSANDS = {".": rf"(?:,|{_BLANK}|{_QUOTE})", ",": rf"(?:\.|{_BLANK}|{_QUOTE})"}
_LEADING_ZERO = rf"^{_BLANK}*[-+]?0\d+{_BLANK}*$"
_LONG = r"^\s*\d{16,}\s*$"  # more digits than a float64 holds: an identifier
_LOWER = pa.array(sorted({word.lower() for word in MISSING}))
_EXACT = pa.array(MISSING)
# What says in numbers that one is missing: as SAS, the UCI repository and people write it, what is
# no number to reckon with, and the errors of spreadsheets.
MISSING_MARKS = pa.array(
    [
        ".",
        "?",
        "--",
        "---",
        "n.a.",
        "N.A.",
        "nil",
        "Inf",
        "-Inf",
        "inf",
        "-inf",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
    ]
)
# What is worth a word where a number has it.
ODDITIES = {
    ",": ",",
    ".": r"\.",
    "gap": rf"\d(?:{_BLANK}|{_QUOTE})\d",
    "negative": rf"^{_BLANK}*\(|{_MINUS}{_BLANK}*$",
    "currency": "[$€¥₹]|USD|EUR",
}


class Numbers(NamedTuple):
    """Cells read as numbers: float64, and their plain texts; both null where a cell is none."""

    values: pa.Array
    texts: pa.Array


def without_missing(cells: pa.Array, *, text: bool = False) -> pa.Array:
    """Return the cells with null for those that say that nothing is there.

    In a text only the words as programs write them count, since Null and Na are names too.
    """
    if text:
        missing = pc.is_in(cells, value_set=_EXACT)
        blank = pc.equal(pc.utf8_length(cells), 0)
        if pc.any(pc.starts_with(cells, " ")).as_py():
            blank = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(cells)), 0)
        return pc.if_else(pc.or_(missing, blank), None, cells)
    trimmed = pc.utf8_trim_whitespace(cells)
    missing = pc.is_in(pc.utf8_lower(trimmed), value_set=_LOWER)
    return pc.if_else(missing, None, trimmed)


def plain_floats(cells: pa.Array) -> pa.Array | None:
    """Return the cells as float64 when all are plain numbers, None otherwise."""
    try:
        values = pc.cast(cells, pa.float64())
    except pa.ArrowInvalid:
        return None
    return values if np.isfinite(_known(values)).all() else None


def _known(values: pa.Array) -> np.ndarray:
    return values.drop_null().to_numpy(zero_copy_only=False)


def read_numbers(cells: pa.Array, decimal: Decimal) -> Numbers:
    """Read cells, null where nothing is there, whose decimals follow a point or a comma."""
    if decimal == "." and (values := plain_floats(cells)) is not None:
        return Numbers(values, cells)
    parts = pc.extract_regex(cells, _NUMBERS[decimal])
    found = pc.is_valid(parts)
    field = {name: pc.struct_field(parts, name) for name in _FIELDS}
    digits = pc.replace_substring_regex(field["digits"], _THOUSANDS[decimal], "")
    if decimal == ",":
        digits = pc.replace_substring(digits, ",", ".")
    signs = pc.binary_join_element_wise(
        *(field[name] for name in ("open", "sign", "inner", "trailing")), ""
    )
    negative = pc.match_substring_regex(signs, rf"{_MINUS}|\(")
    balanced = pc.equal(pc.equal(field["open"], "("), pc.equal(field["close"], ")"))
    once = pc.less_equal(pc.utf8_length(signs), 1)
    texts = pc.binary_join_element_wise(pc.if_else(negative, "-", ""), digits, "")
    found = pc.and_(pc.fill_null(pc.and_(balanced, once), False), found)
    texts = pc.if_else(found, texts, None)
    values = pc.cast(texts, pa.float64())
    finite = pc.is_finite(values)
    return Numbers(pc.if_else(finite, values, None), pc.if_else(finite, texts, None))


_FIELDS = ("open", "sign", "inner", "digits", "percent", "trailing", "close")


class Shapes(NamedTuple):
    """How many cells are written how.

    `point` and `comma` count what only a decimal point or comma explains; `either_comma` and
    `either_point` what could be thousands or decimals, such as 61,200 and 61.200; `identifiers`
    what begins with a zero or has more digits than a number keeps; `others` what is no number. A
    number that only a decimal comma explains may be 1.061.200, without a comma.
    """

    point: int = 0
    comma: int = 0
    either_comma: int = 0
    either_point: int = 0
    percent: int = 0
    identifiers: int = 0
    others: int = 0
    numbers: int = 0

    def __add__(self, more: "Shapes") -> "Shapes":
        """The counts of both."""
        return Shapes(*(one + other for one, other in zip(self, more, strict=True)))


def shapes_of(cells: pa.Array) -> tuple[Shapes, pa.Array]:
    """Return how cells are written that are no plain numbers, and which of them are none at all.

    `cells` has no null.
    """
    by_point = pc.match_substring_regex(cells, _NUMBERS["."])
    by_comma = pc.match_substring_regex(cells, _NUMBERS[","])
    comma, point = pc.match_substring(cells, ","), pc.match_substring(cells, ".")
    both = pc.and_(by_point, by_comma)
    others = pc.invert(pc.or_(by_point, by_comma))
    return (
        Shapes(
            point=_count(pc.and_not(by_point, by_comma)),
            comma=_count(pc.and_not(by_comma, by_point)),
            either_comma=_count(pc.and_(both, comma)),
            either_point=_count(pc.and_(both, point)),
            percent=_count(pc.and_not(pc.match_substring(cells, "%"), others)),
            identifiers=count_identifiers(cells),
            others=_count(others),
            numbers=len(cells) - _count(others),
        ),
        others,
    )


def plain_shapes(cells: pa.Array) -> Shapes:
    """Return how cells are written that are plain numbers; nulls don't count."""
    numbers = len(cells) - cells.null_count
    either = 0
    point = _count(pc.match_substring(cells, "."))
    if point:
        either = _count(pc.match_substring_regex(cells, r"^[-+]?[1-9]\d{0,2}\.\d{3}$"))
    return Shapes(
        point=point - either,
        either_point=either,
        identifiers=count_identifiers(cells),
        numbers=numbers,
    )


def count_identifiers(cells: pa.Array) -> int:
    """Count the cells whose digits are a name rather than a number."""
    if not len(cells):
        return 0
    count = 0
    if pc.any(pc.match_substring_regex(cells, r"^[-+\s]*0\d")).as_py():
        count += _count(pc.match_substring_regex(cells, _LEADING_ZERO))
    if (pc.max(pc.utf8_length(cells)).as_py() or 0) > 15:  # noqa: PLR2004
        count += _count(pc.match_substring_regex(cells, _LONG))
    return count


def _count(mask: pa.Array) -> int:
    return pc.sum(mask).as_py() or 0
