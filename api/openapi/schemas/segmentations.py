"""Segmentations that are kept, and who has moved since."""

from api.openapi.forms import (
    Named,
    by_cluster,
    list_of,
    number,
    object_of,
    whole_number,
    with_options,
)
from api.openapi.schemas.customers import VALUES as CUSTOMER
from api.openapi.schemas.values import CLUSTER, TEXT
from clustering.segmentation import KEEP, LOOK_AGAIN, NOT_IN_ANY, REFIT
from clustering.service import MOST_MOVED

_KEPT = object_of(
    clusters=list_of(object_of(cluster=CLUSTER, name=TEXT, size=whole_number())),
    features=list_of(TEXT),
    name=TEXT,
)
SEGMENTATION = Named("Segmentation", _KEPT)
LISTED_SEGMENTATION = Named(
    "ListedSegmentation",
    object_of(**_KEPT["properties"], saved_at={"type": "string", "format": "date-time"}),
)
DROPPED = Named("DroppedSegmentation", object_of(status=TEXT, name=TEXT))
RENAMED = Named("RenamedCluster", object_of(cluster=CLUSTER, name=TEXT))

_NUMBER = {"type": "string", "pattern": f"^([0-9]+|{NOT_IN_ANY})$"}
_COUNTS = {
    "type": "object",
    "propertyNames": {"pattern": _NUMBER["pattern"]},
    "additionalProperties": whole_number(1),
}


def _then_and_now(schema: dict) -> dict:
    return object_of(**{"from": schema, "to": schema})


MOVED = Named(
    "MovedCustomer",
    with_options(
        object_of(**{"customer_id": CUSTOMER["customer_id"], "from": _NUMBER, "to": _NUMBER}),
        reference={"type": ["string", "null"]},
    ),
)
MIGRATION = Named(
    "Migration",
    object_of(
        **{"from": TEXT},
        centre_shifts=by_cluster(number(0))
        | {"description": "root mean square of the features' shifts, in standard deviations"},
        gone=_COUNTS | {"description": "who was in which cluster and is here no longer"},
        moved=whole_number() | {"description": "how many are in another cluster now"},
        moved_customers=list_of(MOVED, maxItems=MOST_MOVED),
        names=_then_and_now(list_of(TEXT)),
        new=_COUNTS | {"description": "who is in which cluster and was not here before"},
        share_changes=by_cluster(number(-1, 1)),
        sizes=_then_and_now(list_of(whole_number())),
        table={
            "type": "object",
            "propertyNames": {"pattern": _NUMBER["pattern"]},
            "additionalProperties": _COUNTS,
            "description": "how many went from which cluster (outside) to which (inside)",
        },
        unlike_share=number(0, 1)
        | {"description": "who is unlike everybody that the kept clusters were found in"},
        verdict={"type": "string", "enum": [KEEP, REFIT, LOOK_AGAIN]},
        verdict_sentence=TEXT,
    ),
)
