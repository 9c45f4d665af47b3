"""The API as machines read it: an OpenAPI document."""

from flask import Blueprint

from api.context import config
from api.openapi.document import document

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
def openapi_json():
    """Describe the API for machines."""
    return document(config().max_dataset_size)
