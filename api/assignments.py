"""Customers who are placed in the clusters that are there, and are not stored."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

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
from clustering import service
from clustering.assigning import assigned
from clustering.model import Model
from datasets.columns import CUSTOMERS
from datasets.formulas import guard
from datasets.reading import open_reading, read_frame
from schema import FEATURES

MOST_LISTED = 10_000
LARGEST_LIST = 16 << 20  # bytes
COLUMNS = (
    *("customer_id", "reference", "cluster", "cluster_name", "second_cluster", "certainty"),
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
    """
    from_file = None if request.mimetype == JSON else _from_file()
    model = service.current_model(database())
    customers = _listed(model) if from_file is None else from_file
    batches = assigned(model, customers)
    if read_format(TEXT_FORMAT) == CSV:
        return Response(_csv(batches, list(customers)), mimetype=CSV)
    return Response(_json(batches), mimetype=JSON)


def _from_file() -> pd.DataFrame:
    with (
        received_file() as file,
        open_reading(
            file, CUSTOMERS, file_options(CUSTOMERS), config().max_dataset_size
        ) as reading,
    ):
        return read_frame(reading)


def _listed(model: Model) -> pd.DataFrame:
    request.max_content_length = LARGEST_LIST
    own = {
        part.name: {"type": ["number" if part.is_numeric else "string", "null"]}
        for part in model.space.parts
        if part.name not in FEATURES
    }
    return pd.DataFrame(read_list(CUSTOMER_FIELDS, own, MOST_LISTED))


def _json(batches: Iterable[list[dict]]) -> Iterator[str]:
    parting = "["
    for rows in batches:
        yield parting + ",".join(json.dumps(row, sort_keys=True) for row in rows)
        parting = ","
    yield "]"


def _csv(batches: Iterable[list[dict]], known: list[str]) -> Iterator[str]:
    columns = [name for name in COLUMNS if name in known or name not in COLUMNS[:2]]
    yield ",".join(columns) + "\r\n"
    for rows in batches:
        text = io.StringIO()
        csv.writer(text).writerows([_cell(row[name]) for name in columns] for row in rows)
        yield text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(deciding["feature"] for deciding in value)
    if isinstance(value, bool):
        return str(value).lower()
    return guard(value) if isinstance(value, str) else value
