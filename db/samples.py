"""What a page needs to show any number of customers: samples to draw, and where pages begin.

Each function yields the version of the data first (see Database.version) and then one document.
"""

from collections.abc import Generator

from db.database import Database
from db.own import list_own_columns
from db.queries import samples
from db.reads import CUSTOMERS, lock_existing
from schema import NUMBERS

NO_PAGES = '{"after":[],"customers":0}'


class UnknownColumn(Exception):
    """There is no such column of numbers; `known` are those there are."""

    def __init__(self, name: str, known: list[str]):
        super().__init__(name)
        self.name = name
        self.known = known


def income_and_loan(database: Database, size: int) -> Generator[str]:
    """Income and loan balance of at most so many customers, by cluster."""
    with database.reading_versioned() as conn:
        version, found = lock_existing(conn, CUSTOMERS)
        yield version
        yield samples.sample_of_income_and_loan(conn, size=size) if found else "{}"


def points(database: Database, x: str, y: str, size: int) -> Generator[str]:
    """Two columns' numbers of at most so many customers, by cluster.

    Raises UnknownColumn for a column that is neither a documented nor an own one of numbers.
    """
    with database.reading_versioned() as conn:
        version, found = lock_existing(conn, CUSTOMERS)
        own = [column.name for column in list_own_columns(conn) if column.kind == "number"]
        axes = {"x": x, "x_position": _position(x, own), "y": y, "y_position": _position(y, own)}
        yield version
        yield samples.sample_of_points(conn, size=size, **axes) if found else "{}"


def pages(database: Database, size: int, cluster: int | None) -> Generator[str]:
    """How many customers there are, of one cluster or of all, and where each page begins."""
    with database.reading_versioned() as conn:
        version, found = lock_existing(conn, CUSTOMERS)
        yield version
        yield samples.pages_of_customers(conn, size=size, cluster=cluster) if found else NO_PAGES


def _position(name: str, own: list[str]) -> int | None:
    """Return an own column's position among the own numbers, from 1; None for a documented one."""
    if name in NUMBERS:
        return None
    if name not in own:
        raise UnknownColumn(name, [*NUMBERS, *own])
    return own.index(name) + 1
