"""Whether the service is there, and whether it can work."""

from flask import Blueprint, Response, current_app

from api.context import config, database
from api.media_types import JSON
from api.openapi.document import document
from api.openapi.operations import SERVICE, operation
from api.openapi.schemas.home import ANY_DOCUMENT, HEALTH
from api.openapi.schemas.values import MESSAGE

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@operation(MESSAGE, errors=(429,), tag=SERVICE)
def home():
    """Say that the service is running.

    It needs no database and no key.
    """
    return {"message": "The customer segmentation service is running."}


@blueprint.get("/health")
@operation(HEALTH, errors=(503,), tag=SERVICE)
def health():
    """Say what the service stands on; 503 when the database is away.

    It needs no key, and is not counted where the service limits how often a client may call.
    """
    description = database().describe(config().cleanup_interval_seconds)
    return Response(description, mimetype=JSON)


@blueprint.get("/openapi.json")
@operation(ANY_DOCUMENT, errors=(429,), tag=SERVICE)
def openapi_json():
    """Describe the API for machines.

    An OpenAPI document: every route, what it takes and what it answers.
    """
    return document(current_app)
