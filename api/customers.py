"""The customers: generate them, list them."""

from flask import Blueprint

from api.context import config, database
from api.requests import dataset_options, read_options
from api.responses import list_answer
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
    return list_answer(reads.CUSTOMERS, "customers")
