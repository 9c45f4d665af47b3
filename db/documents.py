"""Rows put together to documents, in pieces.

No Python object is made for a row, and no more than a page of rows is held at a time.
"""

from collections.abc import Callable, Generator, Iterable

from db.database import Connection

PAGE_SIZE = 5000

# A statement that reads a page: it gives the rows as text, and what to go on after (None: the end).
ReadPage = Callable[..., tuple[str | None, int | None]]


def json_array(conn: Connection, read_page: ReadPage) -> Generator[str]:
    """Yield one JSON array."""
    parting = "["
    for rows in _pages(conn, read_page):
        yield parting + rows
        parting = ","
    yield "[]" if parting == "[" else "]"


def json_object(conn: Connection, readers: dict[int, ReadPage]) -> Generator[str]:
    """Yield one JSON object, with an array under each number."""
    parting = "{"
    for number, read_page in readers.items():
        yield f'{parting}"{number}":'
        yield from json_array(conn, read_page)
        parting = ","
    yield "{}" if parting == "{" else "}"


def csv_file(conn: Connection, header: str, readers: Iterable[ReadPage]) -> Generator[str]:
    """Yield one CSV file: the line that names the columns, then the rows of each reader."""
    yield header
    for read_page in readers:
        yield from _pages(conn, read_page)


def _pages(conn: Connection, read_page: ReadPage) -> Generator[str]:
    """Yield every page that has rows."""
    after = None
    while True:
        rows, after = read_page(conn, after=after, size=PAGE_SIZE)
        if rows:
            yield rows
        if after is None:
            return
