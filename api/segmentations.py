"""Segmentations over the months: keep what the clusters are, and see who has moved since."""

from flask import Blueprint
from werkzeug.exceptions import UnprocessableEntity

from api.context import database
from api.openapi.forms import list_of, whole_number
from api.openapi.operations import operation
from api.openapi.parameters import SINCE
from api.openapi.schemas.segmentations import (
    DROPPED,
    LISTED_SEGMENTATION,
    MIGRATION,
    RENAMED,
    SEGMENTATION,
)
from api.requests import read_options, read_parameter, wanted
from api.responses import report_answer
from clustering import service
from clustering.sweep import MOST

LONGEST_NAME = 100
NAME = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST_NAME,
    "pattern": r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$",
    "description": f"a text of 1 to {LONGEST_NAME} characters",
}
SAVING = {"name": NAME}
RENAMING = {"cluster": whole_number(0, MOST - 1), "name": NAME}

blueprint = Blueprint("segmentations", __name__)


@blueprint.post("/saveSegmentation")
@operation(SEGMENTATION, body=SAVING, needs_all=True, errors=(409,))
def save_segmentation():
    """Keep the clusters by a name.

    What is kept is their scaling, centres, numbers and names, and who was where; it outlives a new
    import. `conductClustering` takes the name as `like`. An earlier one of that name is replaced.
    """
    return service.save_segmentation(database(), _read(SAVING)["name"])


@blueprint.get("/getSegmentations")
@operation(list_of(LISTED_SEGMENTATION))
def get_segmentations():
    """List the segmentations that are kept.

    The latest come first.
    """
    return service.list_segmentations(database())


@blueprint.post("/dropSegmentation")
@operation(DROPPED, body=SAVING, needs_all=True, errors=(404,))
def drop_segmentation():
    """Forget a segmentation that is kept.

    The clusters that the customers have stay as they are.
    """
    name = _read(SAVING)["name"]
    service.drop_segmentation(database(), name)
    return {"status": "success", "name": name}


@blueprint.get("/getMigration")
@operation(MIGRATION, versioned=True, parameters=(SINCE,), errors=(404, 409))
def get_migration():
    """Tell who has moved between clusters since a segmentation was saved.

    Customers are known by their reference, or by id where they have none. The verdict says whether
    to keep the saved clusters, to refit them or to look again.
    """
    since = read_parameter(SINCE)
    if since is None:
        raise UnprocessableEntity("The parameter from must name a segmentation that is kept.")
    return report_answer(service.get_migration(database(), since))


@blueprint.post("/renameCluster")
@operation(RENAMED, body=RENAMING, needs_all=True, errors=(404, 409))
def rename_cluster():
    """Give a cluster a name of one's own.

    It stays while the cluster's number does, in the saved segmentation that it has its number from
    too.
    """
    options = _read(RENAMING)
    service.rename_cluster(database(), options["cluster"], options["name"])
    return options


def _read(fields: dict[str, dict]) -> dict:
    """Read a body that must have all of these fields."""
    options = read_options(fields)
    for name, schema in fields.items():
        if name not in options:
            raise UnprocessableEntity(f"The field {name} must be {wanted(schema)}.")
    return options
