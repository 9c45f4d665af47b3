"""What the clusters are: their means, their quality, what sets them apart."""

from api.openapi.forms import Named, by_cluster, list_of, number, object_of, or_null, whole_number
from api.openapi.schemas.customers import VALUES as CUSTOMER
from api.openapi.schemas.products import OFFERED_PRODUCT
from api.openapi.schemas.values import CLUSTER, TEXT
from clustering.quality import FEWEST, MOST
from product_match.service import BEST_PRODUCTS
from schema import CATEGORIES, NUMBERS, Column, Whole
from schema import CUSTOMER as COLUMNS


def _mean(column: Column) -> dict:
    return number(*column.type) if isinstance(column.type, Whole) else number(0)


SUMMARY = Named(
    "ClusterSummary",
    object_of(
        **{column.name: or_null(_mean(column)) for column in COLUMNS if column.name in NUMBERS},
        **{name: CUSTOMER[name] for name in CATEGORIES},
    )
    | {"description": "the members' means, and their most frequent city and occupation"},
)
CLUSTERING = Named("Clustering", object_of(cluster=by_cluster(SUMMARY)))
SWEEP_STEP = Named(
    "SweepStep",
    object_of(
        inertia=number(0),
        n_clusters=whole_number(FEWEST, MOST),
        silhouette=or_null(number(-1, 1)),
    ),
)
QUALITY = Named(
    "ClusterQuality",
    object_of(
        calinski_harabasz=or_null(number(0)),
        davies_bouldin=or_null(number(0)),
        inertia=number(0),
        silhouette=or_null(number(-1, 1)),
        sizes=by_cluster(whole_number(1)),
        stability=number(-1, 1),
        sweep=list_of(SWEEP_STEP),
    ),
)
PROFILE_FEATURE = Named(
    "ProfileFeature",
    object_of(
        difference=number()
        | {"description": "how far from everybody's mean, in standard deviations"},
        feature={"type": "string", "enum": [*NUMBERS, "share_spent"]},
        mean=number(0),
        overall_mean=number(0),
    ),
)
PROFILE = Named(
    "ClusterProfile",
    object_of(
        features=list_of(PROFILE_FEATURE),
        name=TEXT,
        share=number(0, 1),
        size=whole_number(1),
    ),
)
ASSIGNMENT = Named(
    "Assignment",
    object_of(
        cluster=CLUSTER,
        distances=by_cluster(number(0)),
        products=list_of(OFFERED_PRODUCT, maxItems=BEST_PRODUCTS),
    ),
)
