"""Tables to files that keep types: Parquet, and from that a workbook, both in flat memory."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from math import isfinite
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from datasets.formulas import guard
from schema import Boolean, Code, Date, Decimal, Type, Whole

ROWS_PER_GROUP = 50_000  # of a Parquet file
ROWS_AT_ONCE = 2_000  # of a workbook
# What a sheet holds: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
MOST_ROWS, LONGEST_TEXT = 1_048_576, 32_767
ELSEWHERE = "ask for CSV or Parquet instead"
_CREATED = datetime(2000, 1, 1)  # whenever it was: the same rows give the same bytes
_FIRST_DAY = date(1900, 3, 1)  # from which on all programs count days alike


class TooLarge(Exception):
    """A workbook cannot hold the table."""


class _Exact(float):
    """A number that is written with all its digits: XlsxWriter leaves out the seventeenth."""

    def __format__(self, _form: str) -> str:
        return repr(float(self))


def type_of(kind: Type) -> pa.DataType:
    """Return the type that a documented column has in Arrow."""
    match kind:
        case Whole() | Code():
            return pa.int32()
        case Decimal():
            return pa.decimal128(kind.digits, kind.decimals)
        case Boolean():
            return pa.bool_()
        case Date():
            return pa.date32()
    return pa.string()


def write_parquet(file: BinaryIO, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Write tables of a schema as one Parquet file, a group of rows at a time."""
    schema = pa.schema([field.with_name(guard(field.name)) for field in schema])
    with pa.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(tables):
            writer.write_table(group.rename_columns(schema.names), ROWS_PER_GROUP)


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(map(len, waiting)) >= ROWS_PER_GROUP:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def write_workbook(file: BinaryIO, parquet: BinaryIO, name: str) -> None:
    """Write a Parquet file as a workbook (.xlsx) of one sheet of this name; raises TooLarge.

    Numbers are numbers and texts are texts: none is a formula or a link.
    """
    table = pa.parquet.ParquetFile(parquet)
    count = table.metadata.num_rows
    if count >= MOST_ROWS:
        raise TooLarge(
            f"A workbook has room for {MOST_ROWS - 1:,} rows below its header, and there are"
            f" {count:,}: {ELSEWHERE}."
        )
    with TemporaryDirectory() as directory:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": directory})
        book.set_properties({"created": _CREATED})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        try:
            _write_rows(book.add_worksheet(name), table, day)
        finally:
            book.close()


def _write_rows(sheet: Worksheet, table: pa.parquet.ParquetFile, day: object) -> None:
    names = table.schema_arrow.names
    writers = {date: lambda *cell: sheet.write_datetime(*cell, day), bool: sheet.write_boolean}
    writers |= {str: sheet.write_string, int: sheet.write_number, _Exact: sheet.write_number}
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name)
    batches = table.iter_batches(ROWS_AT_ONCE)
    rows = (row for batch in batches for row in zip(*map(_cells, batch.columns), strict=True))
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is not None and writers[type(cell)](number, column, cell):
                raise TooLarge(
                    f"A cell of a workbook has room for {LONGEST_TEXT:,} characters, and"
                    f" {names[column]} has more in row {number + 1}: {ELSEWHERE}."
                )


def _cells(column: pa.Array) -> list:
    """Return the cells of a column, None for a missing one, in the types that a sheet has."""
    if pa.types.is_decimal(column.type) or pa.types.is_floating(column.type):
        return [
            None if number is None or not isfinite(number) else _Exact(number)
            for number in column.to_pylist()
        ]
    if pa.types.is_date(column.type):
        return [str(day) if day and day < _FIRST_DAY else day for day in column.to_pylist()]
    return column.to_pylist()
