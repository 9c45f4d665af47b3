"""Customers who are placed in the clusters that are there, and are not stored."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain

import pandas as pd
from flask import Blueprint, Response, request

from api.context import config, database
from api.imports import file_options, received_file
from api.media_types import CSV, JSON
from api.openapi.forms import list_of
from api.openapi.operations import operation
from api.openapi.parameters import DECIMAL, INVALID, MAP, TEXT_FORMAT
from api.openapi.schemas.clusters import ASSIGNED
from api.openapi.schemas.customers import CUSTOMER_FIELDS
from api.requests import read_format, read_list
from api.spooling import at_client_speed
from clustering import service
from clustering.assigning import assigned
from clustering.model import Model
from datasets.columns import CUSTOMERS
from datasets.formulas import guard
from datasets.reading import open_reading, read_frames
from db.documents import json_document
from product_match.service import offer_products, read_products
from schema import FEATURES, OFFERED

MOST_LISTED = 10_000
LARGEST_LIST = 16 << 20  # bytes
BATCH_SIZE = 5_000  # customers who are assigned at once
NAMING = ("customer_id", "reference")
COLUMNS = (
    *(*NAMING, "cluster", "cluster_name", "second_cluster", "certainty"),
    *("decided_by", "unlike_everybody"),
)

blueprint = Blueprint("assignments", __name__)


@blueprint.post("/assignCustomers")
@operation(
    list_of(ASSIGNED),
    takes_file=True,
    parameters=(MAP, INVALID, DECIMAL, TEXT_FORMAT),
    errors=(409,),
    tag="clusters",
)
def assign_customers():
    """Find the clusters that many customers belong to.

    They come in a file, as importCustomers takes it, or in a JSON list of objects as getCustomers
    lists them. Nothing is stored. Who lacks a feature is placed by the others; who has none has no
    cluster. `certainty` is 0 halfway between the cluster and the second one, 1 at its centre.
    `offers` are up to three of the products as they are now, and `reason` says why there is none.
    """
    with ExitStack() as held:
        listed = request.mimetype == JSON
        frames = None if listed else held.enter_context(_from_file())
        model = service.current_model(database())
        frames = _listed(model) if frames is None else frames
        columns, rows = _answered(model, read_products(database()), frames)
        if read_format(TEXT_FORMAT) == CSV:
            answer = Response(at_client_speed(_csv(columns, rows)), mimetype=CSV)
        else:
            answer = Response(at_client_speed(_json(rows)), mimetype=JSON)
        answer.call_on_close(held.pop_all().close)
    return answer


@contextmanager
def _from_file() -> Iterator[Iterator[pd.DataFrame]]:
    most = config().max_dataset_size
    with (
        received_file() as file,
        open_reading(file, CUSTOMERS, file_options(CUSTOMERS), most) as reading,
    ):
        yield read_frames(reading, BATCH_SIZE)


def _listed(model: Model) -> Iterator[pd.DataFrame]:
    request.max_content_length = LARGEST_LIST
    own = {
        part.name: {"type": ["number" if part.is_numeric else "string", "null"]}
        for part in model.space.parts
        if part.name not in FEATURES
    }
    people = pd.DataFrame(read_list(CUSTOMER_FIELDS, own, MOST_LISTED))
    return (people[start : start + BATCH_SIZE] for start in range(0, len(people), BATCH_SIZE))


def _answered(
    model: Model, catalogue: pd.DataFrame | None, frames: Iterator[pd.DataFrame]
) -> tuple[list[str], Iterator[list[dict]]]:
    """Return the columns of a CSV file of the answers, and these, some at a time."""
    first = next(frames)
    columns = [name for name in COLUMNS if name in first or name not in NAMING]

    def answers() -> Iterator[list[dict]]:
        for batch in chain([first], frames):
            offered = offer_products(catalogue, batch)
            yield [a | o for a, o in zip(assigned(model, batch), offered, strict=True)]

    return columns, answers()


def _json(batches: Iterable[list[dict]]) -> Iterator[str]:
    parting = "["
    for rows in batches:
        yield parting + json_document(rows)[1:-1]
        parting = ","
    yield "]"


def _csv(columns: list[str], batches: Iterable[list[dict]]) -> Iterator[str]:
    yield ",".join([*columns, *OFFERED]) + "\r\n"
    for rows in batches:
        text = io.StringIO()
        csv.writer(text).writerows(
            [*(_cell(row[name]) for name in columns), *_offer_cells(row)] for row in rows
        )
        yield text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(deciding["feature"] for deciding in value)
    if isinstance(value, bool):
        return str(value).lower()
    return guard(value) if isinstance(value, str) else value


def _offer_cells(row: dict) -> list[object]:
    """Return a customer's offers as the columns `schema.OFFERED`."""
    cells: list[object] = []
    for offer in row["offers"]:
        cells += [offer["product_id"], guard(offer["product_name"] or ""), offer["fit"]]
        cells.append("; ".join(offer["reasons"]))
    cells += [None] * (len(OFFERED) - 1 - len(cells))
    return [*cells, row["reason"]]
