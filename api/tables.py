"""The tables themselves: drop one."""

from flask import Blueprint

from api.context import database
from api.requests import read_options
from db import tables

blueprint = Blueprint("tables", __name__)


@blueprint.post("/dropTable/<string:table_name>")
def drop_table(table_name: str):
    """Drop the customers or the products."""
    read_options({})
    tables.drop_table(database(), table_name)
    return {"status": "success", "table": table_name}
