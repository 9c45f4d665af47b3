"""What a file is, by its content, and its rows as CSV in UTF-8, whatever it is."""

import codecs
import csv
import datetime
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NoReturn

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from datasets.problems import BrokenFile, Problem

BLOCK_BYTES = 1 << 20  # how much is read at once, and how much of a file is held in memory
SEPARATORS = (",", ";", "\t", "|")
LONGEST_LINE = 1 << 20  # characters; a longer one counts as several
LARGEST_UNPACKED = 1 << 30  # bytes that a compressed file or a workbook may have inside
GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# How files begin that hold no table.
OTHER_FILES = {
    b"%PDF": "is a PDF",
    b"{": "is JSON",
    b"[": "is JSON",
    b"<": "is a page or XML",
}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before that of UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAVE = "save it as CSV UTF-8, .xlsx or Parquet"


@dataclass
class Text:
    """A table as CSV: a file in UTF-8 without a mark, its lines parted by LF or CR LF.

    `separator` is what parts its cells, None where that is still to be found out. A row of a sheet
    is counted as a `row`, one of a text file by its line. `notes` says what was guessed,
    `passed_over` what the file has beside.
    """

    file: BinaryIO
    separator: str | None = None
    unit: str = "line"
    notes: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


class Spaces(ExitStack):
    """Temporary files that no directory names, closed at the end."""

    def make(self) -> BinaryIO:
        """Return an empty one."""
        return self.enter_context(SpooledTemporaryFile(BLOCK_BYTES))


def open_text(file: BinaryIO, spaces: Spaces) -> Text:
    """Return the table in a file: CSV, also by gzip, a workbook's first sheet, or Parquet.

    Raises BrokenFile for what is none of these.
    """
    beginning = _peek(file)
    if beginning.startswith(GZIP):
        return open_text(_unpacked(file, spaces), spaces)
    if beginning.startswith(PARQUET):
        return _from_parquet(file, spaces)
    if beginning.startswith(WORKBOOKS):
        return _from_workbook(file, spaces)
    for mark, fault in OTHER_FILES.items():
        if beginning.lstrip().startswith(mark):
            refuse(f"The file {fault}: {_SAVE}.")
    return _from_text(file, beginning, spaces)


def refuse(message: str, line: int = 1) -> NoReturn:
    """Raise BrokenFile for a file as a whole."""
    raise BrokenFile([Problem(line, None, None, message)], 1)


def _peek(file: BinaryIO) -> bytes:
    beginning = file.read(4096)
    file.seek(0)
    return beginning


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(BLOCK_BYTES), b"")


def spooled(blocks: Iterable[bytes], spaces: Spaces) -> BinaryIO:
    """Return a temporary file of these blocks; raises BrokenFile for too many of them."""
    file = spaces.make()
    for block in blocks:
        file.write(block)
        if file.tell() > LARGEST_UNPACKED:
            refuse(f"The file is larger than {LARGEST_UNPACKED >> 20} MiB when it is unpacked.")
    file.seek(0)
    return file


def _unpacked(file: BinaryIO, spaces: Spaces) -> BinaryIO:
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
            return spooled(_blocks(unpacked), spaces)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        refuse("The compressed file is damaged or cut off.")


def _from_parquet(file: BinaryIO, spaces: Spaces) -> Text:
    try:
        table = pa.parquet.ParquetFile(file)
        batches = table.iter_batches(BLOCK_BYTES >> 4)
        return text_of_batches(table.schema_arrow, batches, spaces)
    except pa.ArrowException:
        refuse("The Parquet file is damaged or of a kind that cannot be read.")


def text_of_batches(schema: pa.Schema, batches: Iterable[pa.RecordBatch], spaces: Spaces) -> Text:
    """Return the columns of a Parquet file as a table."""
    nested = [f"{field.name}: holds nested values" for field in schema if _is_nested(field.type)]
    return Text(_written(schema, batches, spaces.make()), ",", "row", passed_over=nested)


def _written(schema: pa.Schema, batches: Iterable[pa.RecordBatch], target: BinaryIO) -> BinaryIO:
    """Write the columns of a Parquet file as CSV; what is no single value is left empty."""
    texts = pa.schema([pa.field(name, pa.string()) for name in schema.names])
    sink = pa.PythonFile(target, mode="w")
    with pa.csv.CSVWriter(sink, texts) as writer:
        for batch in batches:
            columns = [texts_of(column) for column in batch.columns]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=texts))
    target.seek(0)
    return target


def _is_nested(kind: pa.DataType) -> bool:
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return pa.types.is_nested(kind) and not (is_list and not pa.types.is_nested(kind.value_type))


def texts_of(column: pa.Array) -> pa.Array:
    """Return the values of a Parquet file's column as they would stand in a CSV file.

    A list has commas, a moment no zeros that say nothing; what has other parts is null.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return texts_of(column.dictionary_decode())
    if _is_nested(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_nested(kind):
        return pa.array([None if v is None else ",".join(map(str, v)) for v in column.to_pylist()])
    if pa.types.is_duration(kind):
        return pa.array([v and str(v.total_seconds()) for v in column.to_pylist()], pa.string())
    texts = column.cast(pa.string())
    if pa.types.is_temporal(kind):
        texts = pc.replace_substring_regex(texts, r"(\.\d*?)0+(Z?)$", r"\1\2")
        texts = pc.replace_substring_regex(texts, r"\.(Z?)$", r"\1")
        texts = pc.replace_substring_regex(texts, r" 00:00:00Z?$", "")
    return texts


def _from_workbook(file: BinaryIO, spaces: Spaces) -> Text:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                refuse(f"The workbook is larger than {LARGEST_UNPACKED >> 20} MiB when unpacked.")
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        rows = spooled(_lines_of(sheet), spaces)
    except (CalamineError, IndexError, ValueError):
        refuse(f"The file is an archive, or a workbook that cannot be read: {_SAVE}.")
    first, *others = book.sheet_names
    passed_over = [f"sheet {name}: only the first one, {first}, is read" for name in others]
    return Text(rows, ",", "row", passed_over=passed_over)


def _lines_of(sheet: CalamineSheet) -> Iterator[bytes]:
    """Yield the rows of a sheet as lines of CSV, from its first row and column on."""
    above, left = sheet.start or (0, 0)
    yield b"\n" * above
    for row in sheet.iter_rows():
        line = io.StringIO(newline="")
        csv.writer(line).writerow([*[""] * left, *map(_cell, row)])
        yield line.getvalue().encode()


def _cell(value: object) -> str:
    """Return a cell of a workbook as text: a whole number without a point, a day without a time."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        return str(int(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _from_text(file: BinaryIO, beginning: bytes, spaces: Spaces) -> Text:
    encoding = _encoding(file, beginning)
    notes = []
    if encoding == "cp1252":
        notes.append(
            "The file is not UTF-8 and was read as Windows-1252: look at names with accents."
        )
    only_cr = b"\r" in beginning and b"\n" not in beginning
    if encoding == "utf-8" and not only_cr:
        return Text(file, notes=notes)
    end: Callable[[str], str] = (lambda text: text.replace("\r", "\n")) if only_cr else str
    decoded = (end(text).encode() for text in _decoded(file, encoding))
    return Text(spooled(decoded, spaces), notes=notes)


def _encoding(file: BinaryIO, beginning: bytes) -> str:
    for mark, encoding in MARKS.items():
        if beginning.startswith(mark):
            return encoding
    if b"\0" in beginning:
        if set(beginning[1::2]) == {0} or beginning[1::2].count(0) > len(beginning) // 3:
            return "utf-16-le"
        if beginning[::2].count(0) > len(beginning) // 3:
            return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        lines = 1
        for block in _blocks(file):
            if (found := block.find(b"\0")) >= 0:
                lines += block.count(b"\n", 0, found)
                refuse("This line has a null byte: save the file as CSV UTF-8.", lines)
            lines += block.count(b"\n")
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8"


def _decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(
        "replace" if encoding == "cp1252" else "strict"
    )
    try:
        for block in _blocks(file):
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        name = encoding[:6].upper()
        refuse(f"The file is in {name} and damaged or cut off: save it as CSV UTF-8.")
