"""Lists as workbooks and Parquet: each is written as a whole before anything is answered.

So a client never gets a part that looks whole, and no slow one holds up the database.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO

import pyarrow as pa
from flask import Response
from werkzeug.exceptions import UnprocessableEntity

from api.media_types import XLSX
from api.spooling import SLICE_BYTES
from datasets.exporting import TooLarge, write_parquet, write_workbook


def typed_file(schema: pa.Schema, tables: Iterable[pa.Table], mimetype: str, name: str) -> Response:
    """Return a file of this type with a schema's tables; answers 422 when there is no room for it.

    A workbook's sheet has the `name`.
    """
    with ExitStack() as files:
        file = files.enter_context(TemporaryFile())
        write_parquet(file, schema, tables)
        if mimetype == XLSX:
            file = _as_workbook(file, files.enter_context(TemporaryFile()), name)
        length = file.tell()
        files.pop_all()
    answer = Response(_slices(file), mimetype=mimetype)
    answer.content_length = length
    answer.call_on_close(file.close)
    return answer


def _as_workbook(parquet: BinaryIO, file: BinaryIO, name: str) -> BinaryIO:
    """Write a Parquet file, which is closed, as a workbook."""
    try:
        with parquet:
            write_workbook(file, parquet, name)
    except TooLarge as large:
        raise UnprocessableEntity(str(large)) from None
    return file


def _slices(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(lambda: file.read(SLICE_BYTES), b"")
