"""The opt-in query parameters."""

from flask import request
from werkzeug.exceptions import UnprocessableEntity

from config import LARGEST_INT, whole_number

LARGEST_PAGE = 10_000


def read_paging() -> tuple[int | None, int | None]:
    """Return the query's `limit` and `after`, None for what it does not have.

    `after` alone means pages of the largest size. Answers 422 for what is no such number.
    """
    limit = _read("limit", 1, LARGEST_PAGE)
    after = _read("after", 0, LARGEST_INT)
    return (LARGEST_PAGE if limit is None and after is not None else limit), after


def _read(name: str, least: int, most: int) -> int | None:
    text = request.args.get(name)
    if text is None:
        return None
    try:
        return whole_number(least, most)(text)
    except ValueError as wanted:
        raise UnprocessableEntity(f"The parameter {name} must be {wanted}.") from None
