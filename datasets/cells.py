"""What the text of a cell may say, and what is kept of it.

A form reads a cell that is not empty. What it gives is the text that PostgreSQL takes for such a
value; its ValueError says what is wrong, as the end of a sentence that begins with the cell.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

import schema
from datasets.formulas import TRIGGERS, is_formula, unguard
from datasets.spelling import choose, spoken

_WHOLE = re.compile(r"([0-9]+)(?:\.0*)?")  # 30.0 is how pandas writes 30 beside missing values
_AMOUNT = re.compile(r"(-?)(?:£ ?)?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)")
_ITEM = r'\s*(?:"(?:[^"\\]|\\.)*"\s*|[^\s,{}"\\][^,{}"\\]*)'
_ARRAY = re.compile(rf"\{{(?:\s*|{_ITEM}(?:,{_ITEM})*)\}}", re.ASCII | re.DOTALL)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HTTP_DATE = "%a, %d %b %Y 00:00:00 GMT"  # as GET /getProducts shows it
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "t", "y", "1"), "true"),
    **dict.fromkeys(("false", "no", "f", "n", "0"), "false"),
}
_LONGEST_NUMBER = 20  # digits that are worth reading


class Form(NamedTuple):
    """A kind of cell: what is right, how it is read, what can be kept without reading it.

    `wanted` completes the sentence "It must be ...". `plain` is a pattern, without line breaks,
    of cells that are kept as they are. `is_text`: blanks count, and a formula must be guarded.
    """

    wanted: str
    read: Callable[[str], str]
    plain: str | None = None
    is_text: bool = False


def whole_number(least: int, most: int) -> Form:
    """Return the form of a count, an age or an id."""
    wanted = f"a whole number from {least} to {most}"

    def read(cell: str) -> str:
        number = _WHOLE.fullmatch(cell.strip())
        return _number_between(number and number[1], least, most, wanted)

    return Form(wanted, read)


def code(names: Sequence[str]) -> Form:
    """Return the form of a code that may be written as its name."""
    wanted = f"a whole number from 0 to {len(names) - 1} or one of {', '.join(names)}"
    codes = {spoken(name): str(i) for i, name in enumerate(names)}

    def read(cell: str) -> str:
        number = _WHOLE.fullmatch(cell.strip())
        if number:
            return _number_between(number[1], 0, len(names) - 1, wanted)
        return choose(cell, codes, names, wanted)

    return Form(wanted, read)


def choice(names: Sequence[str]) -> Form:
    """Return the form of one of some texts."""
    wanted = f"one of {', '.join(names)}"
    by_sound = {spoken(name): name for name in names}
    return Form(wanted, lambda cell: choose(cell, by_sound, names, wanted))


def amount(digits: int, *, negative: bool = False) -> Form:
    """Return the form of an amount with two decimals and `digits` digits in all, 1,234.50 say."""
    whole = digits - 2
    most = "9" * whole + ".99"
    wanted = (
        "an amount such as 1234.50 or £1,234.50, with a decimal point,"
        f" from {f'-{most}' if negative else 0} to {most}"
    )

    def read(cell: str) -> str:
        parts = _AMOUNT.fullmatch(cell.strip())
        number = parts and parts[2].replace(",", "").lstrip("0")
        if not parts or (parts[1] and not negative) or len(number.split(".")[0]) > whole:
            raise ValueError(f"must be {wanted}")
        return parts[1] + (number or "0")

    return Form(wanted, read, rf"[0-9]{{1,{whole}}}(?:\.[0-9]{{1,2}})?")


def text(longest: int | None = None) -> Form:
    """Return the form of a text of at most so many characters."""
    wanted = f"a text of at most {longest} characters" if longest else "a text"

    def read(cell: str) -> str:
        if is_formula(cell):
            raise ValueError(
                "would run as a formula in a spreadsheet: put an apostrophe before it if it is"
                " meant as a text"
            )
        kept = unguard(cell)
        if longest and len(kept) > longest:
            raise ValueError(f"must be {wanted}")
        return kept

    rest = f"{{0,{longest - 1}}}" if longest else "*"
    odd = r"\n\x00\udc80-\udcff"
    return Form(wanted, read, rf"[^\s'{TRIGGERS}{odd}][^{odd}]{rest}", is_text=True)


def texts() -> Form:
    """Return the form of a list of texts."""
    wanted = 'a list such as Online, Branch or {"Online","Branch"}'

    def read(cell: str) -> str:
        if cell.lstrip().startswith("{"):
            if not _ARRAY.fullmatch(cell.strip()):
                raise ValueError(f"must be {wanted}")
            return cell.strip()
        items = (item.strip() for item in re.split("[,;]", cell))
        quoted = (re.sub(r'(["\\])', r"\\\1", item) for item in items if item)
        return "{" + ",".join(f'"{item}"' for item in quoted) + "}"

    return Form(wanted, read)


def boolean() -> Form:
    """Return the form of a yes or a no."""
    wanted = "true or false"
    return Form(wanted, lambda cell: choose(cell, _BOOLEANS, (), wanted))


def day() -> Form:
    """Return the form of a date."""
    wanted = "a date such as 2024-12-31"

    def read(cell: str) -> str:
        cell = cell.strip()
        try:
            if _ISO_DATE.fullmatch(cell):
                return date.fromisoformat(cell).isoformat()
            return datetime.strptime(cell, _HTTP_DATE).date().isoformat()
        except ValueError:
            raise ValueError(f"must be {wanted}") from None

    return Form(wanted, read)


def _number_between(digits: str | None, least: int, most: int, wanted: str) -> str:
    if not digits or len(digits) > _LONGEST_NUMBER or not least <= int(digits) <= most:
        raise ValueError(f"must be {wanted}")
    return str(int(digits))


_FORMS: dict[type, Callable[..., Form]] = {
    schema.Whole: lambda kind: whole_number(*kind),
    schema.Decimal: lambda kind: amount(kind.digits, negative=kind.negative),
    schema.Code: lambda kind: code(kind.names),
    schema.Choice: lambda kind: choice(kind.names),
    schema.Text: lambda kind: text(kind.longest),
    schema.TextList: lambda _kind: texts(),
    schema.Boolean: lambda _kind: boolean(),
    schema.Date: lambda _kind: day(),
}


def form_of(kind: schema.Type) -> Form:
    """Return the form of the cells of a column of this type."""
    return _FORMS[type(kind)](kind)
