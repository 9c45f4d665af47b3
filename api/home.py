"""GET / says that the service is there."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home():
    """Say that the service is running."""
    return {"message": "The customer segmentation service is running."}
