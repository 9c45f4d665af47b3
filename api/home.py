"""Whether the service is there, and whether it can work."""

from flask import Blueprint, Response

from api.context import config, database
from api.requests import JSON

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home():
    """Say that the service is running."""
    return {"message": "The customer segmentation service is running."}


@blueprint.get("/health")
def health():
    """Say what the service stands on; 503 when the database is away."""
    description = database().describe(config().cleanup_interval_seconds)
    return Response(description, mimetype=JSON)
