"""Lists: the SELECT of their rows stands once, in sql/; here pages of it become JSON or CSV.

No Python object is made for a row, and no more than a page of rows is held at a time.
"""

import re
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa

from db.arrow import type_of
from db.connections import Connection
from db.queries import lists as pages

PAGE_SIZE = 5000
HIDDEN, IN_CSV = "hidden_", "csv_"  # how a column's name begins that is not shown as it is
_COLUMN = re.compile(r"^ +(?:.* AS |\w+\.)?(\w+),?$", re.MULTILINE)

# A function that reads a page: it gives the rows as text, and what to go on after (None: the end).
ReadPage = Callable[..., tuple[str | None, int | None]]


class Rows(NamedTuple):
    """Rows to read: how to lock their tables (it gives the version), and how to read a page.

    Those that are given as CSV too have a page of that, the line that names its columns, and the
    columns' types.
    """

    lock: Callable[[Connection], str | None]
    read_page: ReadPage
    read_csv_page: ReadPage
    csv_header: Callable[[Connection], str]
    csv_schema: Callable[[Connection], pa.Schema]


def no_rows(_conn: Connection, **_chosen: object) -> tuple[None, None]:
    """Read a page of nothing."""
    return None, None


class Form(NamedTuple):
    """How rows are shown where that is not as they are selected.

    `shown` has the hidden column that is shown under a name. `csv_first` are the columns that come
    first in CSV. `csv_rest` is a hidden column with further cells of CSV, each after a comma, whose
    names `csv_rest_header` gives, and `csv_rest_fields` with their types.
    """

    shown: Mapping[str, str] = MappingProxyType({})
    csv_first: Sequence[str] = ()
    csv_rest: str | None = None
    csv_rest_header: Callable[[Connection], str] = lambda _conn: ""
    csv_rest_fields: Callable[[Connection], Iterable[pa.Field]] = lambda _conn: ()


def rows_of(
    lock: Callable[[Connection], str | None],
    select: str,
    after: str,
    form: Form = Form(),  # noqa: B008 - it cannot be changed
    **chosen: object,
) -> Rows:
    """Return the rows of a SELECT that spells one column a line, in the order of JSON and CSV.

    It takes the parameters after, size and those that are `chosen`; `after` is the column that a
    page goes on after. A column `hidden_x` is not shown; `csv_x` is what CSV shows as `x`.
    """
    columns = [name for name in _columns(select) if not name.startswith(HIDDEN)]
    in_json = [name for name in columns if not name.startswith(IN_CSV)]
    in_json += sorted(set(form.shown) - set(in_json))
    in_csv = [name for name in columns if IN_CSV + name not in columns]
    in_csv = [*form.csv_first, *(name for name in in_csv if name not in form.csv_first)]
    source = {name: name for name in [*in_json, *in_csv]} | form.shown
    json_cells = ", ".join(f"json_cell({source[name]}) AS {name}" for name in in_json)
    csv_cells = ", ',', ".join(f"csv_cell({source[name]})" for name in in_csv)
    csv_cells += f", {form.csv_rest}" if form.csv_rest else ""
    names = [name.removeprefix(IN_CSV) for name in in_csv]
    header = ",".join(names)

    def csv_schema(conn: Connection) -> pa.Schema:
        types = _types(conn, select, chosen)
        fields = [pa.field(n, types[source[c]]) for n, c in zip(names, in_csv, strict=True)]
        return pa.schema([*fields, *form.csv_rest_fields(conn)])

    return Rows(
        lock,
        partial(_read, _fill(pages.json_page.sql, select, after, json_cells), **chosen),
        partial(_read, _fill(pages.csv_page.sql, select, after, csv_cells), **chosen),
        lambda conn: f"{header}{form.csv_rest_header(conn)}\r\n",
        csv_schema,
    )


def json_array(conn: Connection, read_page: ReadPage) -> Generator[str]:
    """Yield one JSON array."""
    separator = "["
    for page in pages_of(conn, read_page):
        yield separator + page
        separator = ","
    yield "[]" if separator == "[" else "]"


def json_object(conn: Connection, readers: dict[int, ReadPage]) -> Generator[str]:
    """Yield one JSON object, with an array under each number."""
    separator = "{"
    for number, read_page in readers.items():
        yield f'{separator}"{number}":'
        yield from json_array(conn, read_page)
        separator = ","
    yield "{}" if separator == "{" else "}"


def csv_file(conn: Connection, header: str, readers: Iterable[ReadPage]) -> Generator[str]:
    """Yield one CSV file: the line that names the columns, then the rows of each reader."""
    yield header
    for read_page in readers:
        yield from pages_of(conn, read_page)


def pages_of(conn: Connection, read_page: ReadPage) -> Generator[str]:
    """Yield every page that has rows."""
    after = None
    while True:
        page, after = read_page(conn, after=after, size=PAGE_SIZE)
        if page:
            yield page
        if after is None:
            return


def _columns(select: str) -> list[str]:
    return _COLUMN.findall(select.partition("\nFROM ")[0])


def _types(conn: Connection, select: str, chosen: dict) -> dict[str, pa.DataType]:
    """Return the types of the columns that are selected."""
    nothing = {"after": None, "cluster": None, "size": 0}
    with conn.cursor() as cursor:
        cursor.execute(select, nothing | chosen)
        return {column.name: type_of(column) for column in cursor.description}


def _fill(page: str, select: str, after: str, cells: str) -> str:
    filled = {"{cells}": cells, "{after}": after, "{select}": select.rstrip(";")}
    for place, text in filled.items():
        page = page.replace(place, text)
    return page


def _read(statement: str, conn: Connection, **chosen: object) -> tuple[str | None, int | None]:
    with conn.cursor() as cursor:
        cursor.execute(statement, chosen)
        return cursor.fetchone()
