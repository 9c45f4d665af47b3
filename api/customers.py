"""The customers: generate them, list them."""

from flask import Blueprint

from api.context import config, database
from api.openapi.forms import list_of, number
from api.openapi.operations import operation
from api.openapi.parameters import AFTER, BOM, COLUMNS, FORMAT, LABELS, LIMIT
from api.openapi.schemas.customers import CUSTOMER, WHOLE_CUSTOMER
from api.openapi.schemas.values import MESSAGE
from api.requests import dataset_options, read_options
from api.responses import chosen_customers, list_answer
from config import Config
from data_generator import service

MOST_MISSING = 0.5
MISSING = number(0, MOST_MISSING) | {
    "description": f"the share of every figure that is missing, from 0 to {MOST_MISSING}"
}

blueprint = Blueprint("customers", __name__)


def customer_options(config: Config) -> dict[str, dict]:
    """Return the schemas of what new customers may be asked for."""
    return dataset_options(config) | {"missing": MISSING}


@blueprint.post("/generateDataset")
@operation(MESSAGE, body=customer_options)
def generate_dataset():
    """Replace the customers by newly generated ones.

    500 of them unless `size` says otherwise, with the ids from 1 on and without clusters. The same
    `seed` and `size` give the same customers. With `missing`, some of their figures are missing, as
    real ones are.
    """
    options = read_options(customer_options(config()))
    service.generate_customers(database(), **options)
    return {"message": "Dataset generated successfully."}


@blueprint.get("/getCustomers")
@operation(
    list_of({"anyOf": [CUSTOMER, WHOLE_CUSTOMER]}),
    versioned=True,
    parameters=(LIMIT, AFTER, FORMAT, COLUMNS, LABELS, BOM),
)
def get_customers():
    """List every customer, by id, or (?limit=, ?after=) one page of them.

    A customer's `cluster` is null until `conductClustering` has run.
    """
    return list_answer(chosen_customers(every_cluster=True), "customers")
