"""What a customer is offered, and what was in the way."""

from api.openapi.forms import Named, decimal, list_of, object_of, or_null, whole_number
from api.openapi.schemas.values import CLUSTER, TEXT, TEXTS
from product_match.gates import GATES
from product_match.offers import MOST_OFFERS
from schema import PRODUCT_TYPES

OFFER = Named(
    "Offer",
    object_of(
        fit=decimal(4, 3) | {"description": "how well it suits the customer, from 0 to 1"},
        product_id=whole_number(1),
        product_name=TEXT,
        product_type={"type": "string", "enum": list(PRODUCT_TYPES)},
        reasons=TEXTS,
    ),
)
OFFERS = list_of(OFFER, maxItems=MOST_OFFERS)
NO_OFFER = or_null(TEXT) | {"description": "why there is no offer"}
CLOSED = {
    "type": "object",
    "propertyNames": {"enum": list(PRODUCT_TYPES)},
    "additionalProperties": TEXT,
    "description": "why the best product of a type is not open",
}
CUSTOMER_OFFERS = Named(
    "CustomerOffers",
    object_of(
        cluster=or_null(CLUSTER),
        control=or_null({"type": "boolean"}),
        customer_id=whole_number(1),
        offers=OFFERS,
        reason=NO_OFFER,
        reference=or_null(TEXT),
    ),
)
MATCH_REPORT = Named(
    "MatchReport",
    object_of(
        customers=whole_number(),
        gates=list_of(
            object_of(
                customers=whole_number(),
                gate={"type": "string", "enum": [gate.name for gate in GATES]},
                products=whole_number(),
                reason=TEXT,
                source=TEXT,
                unknown=whole_number(),
            )
        ),
        without_offer=whole_number(),
    ),
)
