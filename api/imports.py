"""One's own customers and products, from CSV files."""

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
    UnsupportedMediaType,
)
from werkzeug.formparser import FormDataParser

from api.context import config, database
from api.media_types import CSV, FORM
from api.openapi.operations import operation
from api.openapi.schemas.values import MESSAGE
from datasets import service

CSV_TYPES = (CSV, "application/csv")
CHARSETS = ("utf-8", "utf8", "us-ascii")
MIB = 1 << 20  # also how much of a file is held in memory; the rest is on disk
MOST_PARTS = 100  # of a form
PIECE_BYTES = 1 << 16
PART = "Only a part of the file has come; send it again."

blueprint = Blueprint("imports", __name__)


@blueprint.post("/importCustomers")
@operation(MESSAGE, takes_file=True, tag="customers")
def import_customers():
    """Replace the customers by those of a CSV file.

    The columns first_name, last_name, age, annual_income and loan_balance must be there. Customers
    keep their ids from the column `id` or `customer_id`; without it they are numbered from 1.
    Columns that the service computes, such as `cluster`, may be there and are not kept. Every row
    is checked; if one is wrong, nothing is changed.
    """
    with _received_file() as file:
        rows = service.import_customers(database(), file, config().max_dataset_size)
    return _message(rows, "customer")


@blueprint.post("/importProducts")
@operation(MESSAGE, takes_file=True, tag="products")
def import_products():
    """Replace the products by those of a CSV file.

    The column product_type must be there. Products keep their `product_id`; without that column
    they are numbered from 1000. A product without a name gets one of its type and product_id.
    Columns that the service computes, such as `score`, may be there and are not kept. Every row is
    checked; if one is wrong, nothing is changed.
    """
    with _received_file() as file:
        rows = service.import_products(database(), file, config().max_dataset_size)
    return _message(rows, "product")


def _message(rows: int, noun: str) -> dict[str, str]:
    return {"message": f"{rows} {noun}{'' if rows == 1 else 's'} imported successfully."}


@contextmanager
def _received_file() -> Iterator[IO[bytes]]:
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
    if request.mimetype not in CSV_TYPES or charset not in CHARSETS or request.content_encoding:
        raise UnsupportedMediaType(
            f"Send the file in UTF-8 with Content-Type: {CSV}, or in a form ({FORM})."
        )
    file = make_space()
    request.max_content_length = limit
    shutil.copyfileobj(request.stream, file, PIECE_BYTES)
    if file.tell() < (request.content_length or 0):
        raise BadRequest(PART)
    return file
