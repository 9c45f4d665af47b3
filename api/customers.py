"""The customers: generate them, list them."""

from flask import Blueprint

from api.answers import json_answer, page_answer
from api.bodies import dataset_options, read_options
from api.context import config, database
from api.queries import read_paging
from data_generator import service
from db import reads

blueprint = Blueprint("customers", __name__)


@blueprint.post("/generateDataset")
def generate_dataset():
    """Replace the customers by newly generated ones."""
    options = read_options(dataset_options(config().max_dataset_size))
    service.generate_customers(database(), **options)
    return {"message": "Dataset generated successfully."}


@blueprint.get("/getCustomers")
def get_customers():
    """List every customer, by id, or (?limit=, ?after=) one page of them."""
    limit, after = read_paging()
    if limit is None:
        return json_answer(reads.list_all(database(), reads.CUSTOMERS))
    return page_answer(reads.list_page(database(), reads.CUSTOMERS, after, limit), limit)
