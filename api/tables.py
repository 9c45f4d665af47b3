"""The tables themselves: drop one."""

from flask import Blueprint

from api.context import database
from api.openapi.forms import Named, object_of
from api.openapi.operations import operation
from api.openapi.parameters import TABLE_NAME
from api.openapi.schemas.values import TEXT
from api.requests import read_options
from db import tables

DROPPED_TABLE = Named("DroppedTable", object_of(status={"const": "success"}, table=TEXT))

blueprint = Blueprint("tables", __name__)


@blueprint.post("/dropTable/<string:table_name>")
@operation(DROPPED_TABLE, body={}, parameters=(TABLE_NAME,), errors=(404,))
def drop_table(table_name: str):
    """Drop the customers or the products.

    Dropping a table that is already gone is a success too.
    """
    read_options({})
    tables.drop_table(database(), table_name)
    return {"status": "success", "table": table_name}
