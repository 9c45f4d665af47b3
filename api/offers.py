"""The offers: what each customer is offered, and what was in the way."""

from flask import Blueprint

from api.context import database
from api.openapi.forms import by_cluster, list_of
from api.openapi.operations import operation
from api.openapi.parameters import AFTER, BOM, CONTROL, FORMAT, LIMIT, SEED
from api.openapi.schemas.offers import CUSTOMER_OFFERS, MATCH_REPORT
from api.requests import read_parameter
from api.responses import json_answer, list_answer
from db import reads

blueprint = Blueprint("offers", __name__)


@blueprint.get("/getOffersByCustomer")
@operation(
    list_of(CUSTOMER_OFFERS), versioned=True, parameters=(LIMIT, AFTER, FORMAT, BOM, CONTROL, SEED)
)
def get_offers_by_customer():
    """List what each customer is offered, by id, or (?limit=, ?after=) one page of them.

    Up to three products of different types, the best first, each with its `reasons`; `reason` says
    why there is none. With `?control=0.1`, about a tenth of the customers have `control` true: who
    leaves them out of a campaign can measure what it does. The list is empty until
    `conductProductMatch` has run.
    """
    share = read_parameter(CONTROL)
    control = None if share is None else float(share)
    return list_answer(reads.offers_to_customers(control, read_parameter(SEED) or 0), "offers")


@blueprint.get("/getMatchReport")
@operation(by_cluster(MATCH_REPORT), versioned=True)
def get_match_report():
    """Say how many customers and products of each cluster fell at which gate.

    The gates are passed in this order: `customers` fell where the last product closed that had been
    open to them, `products` where the last member fell whom they had been open to. `unknown` counts
    the members whom a gate stopped because a figure is missing.
    """
    return json_answer(reads.match_report(database()))
