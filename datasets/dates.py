"""Days as people write them; only a whole column tells whether the day or the month is first."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

Order = Literal["day", "month"]

_TIME = r"(?:[T ][0-9:.]+(?: ?[AaPp][Mm])?(?:Z|[+-][0-9:]+)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.]?)([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_WITH_MONTH = re.compile(r"[0-9].*[A-Za-z]{3}|[A-Za-z]{3}.*[0-9]")
_NAMED = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%d %b %y")
_HTTP = "%a, %d %b %Y %H:%M:%S GMT"  # as GET /getProducts shows it
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 80_000)  # 1927 to 2119; a smaller number is a year
_YEAR_DIGITS = 4


@lru_cache(100_000)
def read_day(cell: str, order: Order = "day", *, past: bool = False) -> date | None:
    """Return the day that a cell names, None when it names none.

    A year of two digits is in this century, unless the day is to be `past`: then it is the last
    such year.
    """
    cell = cell.strip()
    try:
        if found := _YEAR_FIRST.fullmatch(cell):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if found := _YEAR_LAST.fullmatch(cell):
            first, second = int(found[1]), int(found[3])
            day, month = (first, second) if order == "day" or found[2] == "." else (second, first)
            return _in_century(date(_year(found[4]), month, day), found[4], past=past)
    except ValueError:
        return None
    if cell.isdecimal() and int(cell) in _EXCEL_DAYS:
        return _EXCEL_BEGINS + timedelta(days=int(cell))
    return _named_day(cell, past=past) if _WITH_MONTH.search(cell) else None


def orders_of(cell: str) -> frozenset[Order]:
    """Return in which orders a cell is a day; both when they come to the same."""
    orders = frozenset(order for order in ("day", "month") if read_day(cell, order))
    if len({read_day(cell, order) for order in orders}) == 1 and len(orders) > 1:
        return frozenset()  # written so that no order is needed
    return orders


def completed_years(birth: date, today: date) -> int:
    """Return an age in completed years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _year(digits: str) -> int:
    return int(digits) if len(digits) == _YEAR_DIGITS else 2000 + int(digits)


def _in_century(day: date, digits: str, *, past: bool) -> date:
    if len(digits) < _YEAR_DIGITS and past and day > date.today():
        return day.replace(year=day.year - 100)
    return day


def _named_day(cell: str, *, past: bool) -> date | None:
    for form in (*_NAMED, _HTTP):
        try:
            day = datetime.strptime(cell, form).date()
        except ValueError:
            continue
        digits = cell.rsplit("-", 1)[-1].rsplit(" ", 1)[-1] if "%y" in form else "0000"
        return _in_century(day, digits, past=past)
    return None
