"""The customers: generate them, list them."""

from flask import Blueprint

from api.bodies import SEED, read_options, size_up_to
from api.context import config, database
from api.streams import json_response
from data_generator import service
from db import reads

blueprint = Blueprint("customers", __name__)


@blueprint.post("/generateDataset")
def generate_dataset():
    """Replace the customers by newly generated ones."""
    options = read_options({"size": size_up_to(config().max_dataset_size), "seed": SEED})
    service.generate_customers(database(), **options)
    return {"message": "Dataset generated successfully."}


@blueprint.get("/getCustomers")
def get_customers():
    """List every customer, by id."""
    return json_response(reads.list_customers(database()))
