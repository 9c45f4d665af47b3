"""What a page needs to show any number of customers: samples to draw, and where pages begin."""

from flask import Blueprint
from werkzeug.exceptions import UnprocessableEntity

from api.context import database
from api.openapi.forms import by_cluster, list_of
from api.openapi.operations import operation
from api.openapi.parameters import CLUSTER, PAGE_SIZE, SAMPLE, X, Y
from api.openapi.schemas.samples import PAGES, POINT
from api.requests import read_parameter
from api.responses import json_answer
from db import samples

blueprint = Blueprint("samples", __name__)


@blueprint.get("/getPoints")
@operation(by_cluster(list_of(POINT)), versioned=True, parameters=(X, Y, SAMPLE), tag="clusters")
def get_points():
    """List two figures of a sample of the customers of each cluster.

    Income and loan balance of 5000 customers unless the query says otherwise. A figure is any
    column of numbers, an own one too; who lacks one of the two is left out. The same customers
    always give the same sample.
    """
    x, y, size = (_parameter_or_example(parameter) for parameter in (X, Y, SAMPLE))
    try:
        return json_answer(samples.points(database(), x, y, size))
    except samples.UnknownColumn as unknown:
        known = ", ".join(unknown.known)
        raise UnprocessableEntity(
            f"There is no column of numbers {unknown.name[:100]!r}; there are {known}."
        ) from None


@blueprint.get("/getCustomerPages")
@operation(PAGES, versioned=True, parameters=(PAGE_SIZE, CLUSTER), tag="customers")
def get_customer_pages():
    """Tell how many customers there are, and after which id each page of them begins.

    With that id as `after` and the same `limit`, the lists answer any page at once.
    """
    size = _parameter_or_example(PAGE_SIZE)
    return json_answer(samples.pages(database(), size, read_parameter(CLUSTER)))


def _parameter_or_example(parameter: dict) -> str | int:
    value = read_parameter(parameter)
    return parameter["example"] if value is None else value
