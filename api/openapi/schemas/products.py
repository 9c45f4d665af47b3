"""A product, and one that is offered to a cluster."""

from api.openapi.forms import Named, decimal, list_of, number, object_of, or_null, whole_number
from api.openapi.schemas.values import CLUSTER, TEXTS, values
from schema import CREDIT_SCORE
from schema import PRODUCT as COLUMNS

ALWAYS = ("product_id", "product_name")
ELIGIBILITY = Named(
    "EligibilityCriteria",
    object_of(
        credit_score_required=or_null(whole_number(*CREDIT_SCORE)),
        max_age=or_null(whole_number()),
        max_income=or_null(number(0)),
        min_age=or_null(whole_number()),
        min_income=or_null(number(0)),
    )
    | {"description": "the columns of the same names, as numbers"},
)
_PRODUCT = values(COLUMNS, ALWAYS) | {
    "cluster": or_null(list_of(CLUSTER)),
    "eligibility_criteria": ELIGIBILITY,
    "score": or_null(decimal(5, 3)),
}

PRODUCT = Named("Product", object_of(**_PRODUCT))
OFFERED_PRODUCT = Named(
    "OfferedProduct",
    object_of(
        **_PRODUCT
        | {
            "eligible_share": decimal(5, 4) | {"description": "of the cluster's members"},
            "offered_index": whole_number()
            | {"description": "100 where as many members are offered it as of all customers"},
            "offered_share": decimal(5, 4) | {"description": "of the cluster's members"},
            "reasons": TEXTS,
            "score": decimal(5, 3) | {"description": "how well it fits those who are offered it"},
        }
    ),
)
FITTING_PRODUCT = Named(
    "FittingProduct",
    object_of(
        **_PRODUCT
        | {
            "reasons": TEXTS,
            "score": decimal(5, 3) | {"description": "how well it fits the customer"},
        }
    ),
)
