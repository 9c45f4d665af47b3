"""The files of the walk: customers and products come in, the customers with segments go out."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

import pandas as pd
import pyarrow as pa

from data_generator.csv_files import STANDARD_OUTPUT, whole_file, write_csv
from datasets.columns import Table
from datasets.exporting import TooLarge, type_of, write_parquet, write_workbook
from datasets.formats import Spaces
from datasets.formulas import guard
from datasets.options import Options
from datasets.reading import BrokenFile, open_reading, read_frame
from progress import counted
from schema import CUSTOMER, MONEY
from terminal import printable

STANDARD_INPUT = "-"
AMOUNTS = {column.name for column in CUSTOMER if column.type == MONEY}
WHOLE_NUMBERS = {column.name for column in CUSTOMER if column.is_number} - AMOUNTS
TYPES = {column.name: type_of(column.type) for column in CUSTOMER}
BATCH_SIZE = 50_000
WORKBOOK, PARQUET = ".xlsx", ".parquet"  # how the names of files end that are no CSV


class Refused(Exception):
    """A file that can't be used; the text says why, a problem a line."""


class Customers(NamedTuple):
    """What a file holds: its rows, and what it was understood to be."""

    rows: pd.DataFrame
    said: dict


def read_table(path: str, table: Table, options: Options) -> Customers:
    """Read and check a file, or standard input (-), as the service does; raises Refused."""
    standard = path == STANDARD_INPUT
    name = "standard input" if standard else printable(path)
    try:
        with (
            open(0 if standard else path, "rb", closefd=not standard) as file,
            Spaces() as spaces,
            open_reading(_seekable(file, spaces), table, options) as reading,
        ):
            return Customers(read_frame(reading), reading.said())
    except BrokenFile as broken:
        raise Refused(listed(name, broken)) from None
    except OSError as error:
        raise Refused(f"The file {name} cannot be read: {error.strerror}.") from None


def _seekable(file: BinaryIO, spaces: Spaces) -> BinaryIO:
    """Return a file that can be read twice: what a pipe gives is written to a temporary one."""
    if file.seekable():
        return file
    copy = spaces.make()
    shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy


def check_target(path: str, sources: list[str]) -> None:
    """Raise Refused unless a file can be written there that is none of the sources."""
    target = Path(path)
    if path == STANDARD_OUTPUT:
        return
    directory = target.resolve().parent
    if not os.access(directory, os.W_OK | os.X_OK) or os.path.isdir(target):
        raise Refused(
            f"The file {printable(path)!r} cannot be written: name one in a directory of yours."
        )
    if any(os.path.exists(s) and target.exists() and target.samefile(s) for s in sources):
        raise Refused(f"{printable(path)} is read and would be written over: name another file.")


def write_segments(path: str, customers: pd.DataFrame) -> None:
    """Write the customers with their segments, as a whole or not at all; raises Refused.

    They are CSV, or a workbook or Parquet where the name ends in .xlsx or .parquet.
    """
    ending = Path(path).suffix.lower()
    try:
        if ending in (WORKBOOK, PARQUET):
            _write_typed(path, customers, ending)
        else:
            write_csv(path, counted(_batches(customers), "writing customers", len(customers)))
    except BrokenPipeError:
        raise
    except TooLarge as large:
        raise Refused(str(large)) from None
    except OSError as error:
        raise Refused(f"The file {printable(path)} cannot be written: {error.strerror}.") from None


def _write_typed(path: str, customers: pd.DataFrame, ending: str) -> None:
    schema = pa.schema([pa.field(name, _type(customers[name])) for name in customers])
    parts = (customers.iloc[i : i + BATCH_SIZE] for i in range(0, len(customers), BATCH_SIZE))
    tables = (_typed(part, schema) for part in parts)
    tables = counted(tables, "writing customers", len(customers))
    with whole_file(path, binary=True) as file:
        if ending == PARQUET:
            write_parquet(file, schema, tables)
            return
        with TemporaryFile() as parquet:
            write_parquet(parquet, schema, tables)
            write_workbook(file, parquet, "customers")


def _type(column: pd.Series) -> pa.DataType:
    """Return the type of a column; whole numbers may be the categories of one."""
    values = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    kinds = {"integer": pa.int32(), "boolean": pa.bool_(), "floating": pa.float64()}
    return TYPES.get(column.name) or kinds.get(pd.api.types.infer_dtype(values), pa.string())


def _typed(customers: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    columns = []
    for field in schema:
        column = customers[field.name]
        if pa.types.is_string(field.type):
            column = column.astype(object).map(_guarded, na_action="ignore")
        elif isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype("Int64")
        columns.append(pa.array(column, from_pandas=True).cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def listed(name: str, broken: BrokenFile) -> str:
    """Return what is wrong with a file, a problem a line."""
    problems = [f"  {printable(problem)}" for problem in broken.problems]
    shown = f", the first {len(problems)} of them" if broken.count > len(problems) else ""
    many = "1 problem" if broken.count == 1 else f"{broken.count:,} problems{shown}"
    return "\n".join([f"The file {name} has {many}:", *problems])


def _batches(customers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows as they are to be written: whole numbers whole, and nothing a formula."""
    for start in range(0, len(customers), BATCH_SIZE):
        batch = customers.iloc[start : start + BATCH_SIZE]
        yield batch.assign(**{name: _written(batch[name]) for name in batch})


def _written(column: pd.Series) -> pd.Series:
    """Return a column as it is to be written; own numbers keep all their digits."""
    if column.name in WHOLE_NUMBERS:
        return column.astype("Int64")
    if column.name in AMOUNTS:
        return column
    if column.dtype == "float64":
        texts = pa.array(column, from_pandas=True).cast(pa.string())
        return pd.Series(texts.to_pylist(), index=column.index, dtype=object)
    if column.dtype == object or isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype(object).map(_guarded, na_action="ignore")
    return column


def _guarded(value: object) -> object:
    return guard(value) if isinstance(value, str) else value
