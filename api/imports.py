"""One's own customers and products, from files."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    RequestEntityTooLarge,
    UnprocessableEntity,
    UnsupportedMediaType,
)
from werkzeug.formparser import FormDataParser

from api.context import config, database, kept_until
from api.media_types import CSV, FORM, TABLES
from api.openapi.operations import operation
from api.openapi.parameters import DECIMAL, INVALID, MAP
from api.openapi.schemas.imports import IMPORTED, PREVIEW
from api.requests import read_parameter
from datasets import service
from datasets.columns import CUSTOMERS, PRODUCTS, Table
from datasets.options import Options, WrongOption, read_mapping

CHARSETS = ("utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be", "windows-1252", "cp1252")
MIB = 1 << 20  # also how much of a file is held in memory; the rest is on disk
MOST_PARTS = 100  # of a form
PIECE_BYTES = 1 << 16
PART = "Only a part of the file has come; send it again."

blueprint = Blueprint("imports", __name__)


@blueprint.post("/importCustomers")
@operation(IMPORTED, takes_file=True, parameters=(MAP, INVALID, DECIMAL), tag="customers")
def import_customers():
    """Replace the customers by those of a file.

    The file is CSV (also by gzip), .xlsx or Parquet; what it is, its content says. Its columns are
    known by their documented names, by usual other names or by `map`; every other column is kept
    as the customer's own, a number or a text. At least two columns of numbers are needed. Without
    an id that is a unique whole number, customers are numbered from 1. Every cell is checked; if
    one is wrong, nothing is changed. The answer says what was understood.
    """
    with received_file() as file:
        found = service.import_customers(
            database(), file, config().max_dataset_size, file_options(CUSTOMERS)
        )
    return _answer(found, "customer", "imported successfully") | {"kept_until": kept_until()}


@blueprint.post("/previewImport")
@operation(PREVIEW, takes_file=True, parameters=(MAP, INVALID, DECIMAL), tag="customers")
def preview_import():
    """Say what an import of a file of customers would be, and store nothing.

    The answer is that of POST /importCustomers, with the first rows as they would be listed.
    """
    with received_file() as file:
        found = service.preview_customers(file, config().max_dataset_size, file_options(CUSTOMERS))
    return _answer(found, "customer", "would be imported")


@blueprint.post("/importProducts")
@operation(IMPORTED, takes_file=True, parameters=(MAP, INVALID, DECIMAL), tag="products")
def import_products():
    """Replace the products by those of a file.

    The column product_type must be there. Products keep their `product_id`; without that column
    they are numbered from 1000. A product without a name gets one of its type and product_id, one
    without a status is Active. Columns that the service computes, such as `score`, may be there and
    are not kept. Every cell is checked; if one is wrong, nothing is changed.
    """
    with received_file() as file:
        found = service.import_products(
            database(), file, config().max_dataset_size, file_options(PRODUCTS)
        )
    return _answer(found, "product", "imported successfully") | {"kept_until": kept_until()}


def file_options(table: Table) -> Options:
    """Return what the query says about the file; answers 422 for what can't be understood."""
    try:
        mapped = read_mapping(read_parameter(MAP) or [], table)
    except WrongOption as wrong:
        raise UnprocessableEntity(f"The parameter map: {wrong}.") from None
    return Options(mapped, read_parameter(INVALID) is not None, read_parameter(DECIMAL))


def _answer(found: service.Imported, noun: str, what: str) -> dict:
    return {
        "message": f"{found.count} {noun}{'' if found.count == 1 else 's'} {what}."
    } | found.said


@contextmanager
def received_file() -> Iterator[IO[bytes]]:
    """Give the request's file, once it is here as a whole: no slow client holds the database.

    Answers 413 for a larger one than the settings allow, 415 for what is none, 400 for half a one.
    """
    most = config().max_import_mib
    with ExitStack() as spaces:

        def make_space(**_about: object) -> IO[bytes]:
            return spaces.enter_context(SpooledTemporaryFile(MIB))

        receive = _receive_form if request.mimetype == FORM else _receive_body
        try:
            if (request.content_length or 0) > most * MIB:
                raise RequestEntityTooLarge
            file = receive(make_space, most * MIB + 1)  # which is the first size that is refused
        except RequestEntityTooLarge:
            raise RequestEntityTooLarge(f"Send one file of at most {most} MiB.") from None
        except ClientDisconnected:
            raise BadRequest(PART) from None
        file.seek(0)
        yield file


def _receive_form(make_space: Callable, limit: int) -> IO[bytes]:
    parser = FormDataParser(make_space, MIB, limit, max_form_parts=MOST_PARTS)
    try:
        _, _, named = parser.parse_from_environ(request.environ)
    except RequestEntityTooLarge:
        if request.content_length is None:
            raise
        named = MultiDict()  # not too large as a whole: a field or the number of them is
    files = [file for files in named.listvalues() for file in files]
    if len(files) != 1:
        raise BadRequest("Send exactly one file in the form, and the whole of it.")
    return files[0].stream


def _receive_body(make_space: Callable, limit: int) -> IO[bytes]:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in TABLES or charset not in CHARSETS or request.content_encoding:
        raise UnsupportedMediaType(
            f"Send the file with Content-Type: {CSV} (or that of .xlsx or Parquet), or in a form"
            f" ({FORM})."
        )
    file = make_space()
    request.max_content_length = limit
    shutil.copyfileobj(request.stream, file, PIECE_BYTES)
    if file.tell() < (request.content_length or 0):
        raise BadRequest(PART)
    return file
