"""What the clusters are: their means, their quality, what sets them apart."""

from api.openapi.forms import (
    Named,
    by_cluster,
    list_of,
    number,
    object_of,
    or_null,
    whole_number,
    with_options,
)
from api.openapi.schemas.customers import VALUES as CUSTOMER
from api.openapi.schemas.offers import CLOSED, NO_OFFER, OFFERS
from api.openapi.schemas.products import FITTING_PRODUCT
from api.openapi.schemas.values import CLUSTER, TEXT
from clustering.profiles import TYPICAL
from clustering.quality import VERDICTS
from clustering.sweep import FEWEST, MOST
from product_match.offers import MOST_OFFERS
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
SENTENCES = list_of(TEXT)
REMARKS = {
    "features": list_of(TEXT) | {"description": "what they were found by, if not as usual"},
    "incomplete": whole_number(1) | {"description": "who lack some of the features"},
    "without_cluster": whole_number(1) | {"description": "who lack all of the features"},
    "why": TEXT | {"description": "what became of those who lack something"},
    "reasons": SENTENCES | {"description": "why there are so many clusters, where that was `auto`"},
}
CLUSTERING = Named("Clustering", with_options(object_of(cluster=by_cluster(SUMMARY)), **REMARKS))
SILHOUETTE = or_null(number(-1, 1))
SWEEP_STEP = Named(
    "SweepStep",
    object_of(
        inertia=number(0),
        n_clusters=whole_number(FEWEST, MOST),
        silhouette=SILHOUETTE,
        silhouette_null=SILHOUETTE,
        smallest_share=number(0, 1),
    ),
)
QUALITY = Named(
    "ClusterQuality",
    object_of(
        border_share=number(0, 1)
        | {"description": "who is at most a tenth further from a second cluster"},
        calinski_harabasz=or_null(number(0)),
        davies_bouldin=or_null(number(0)),
        inertia=number(0),
        silhouette=SILHOUETTE,
        silhouette_null=SILHOUETTE | {"description": "with every feature shuffled on its own"},
        sizes=by_cluster(whole_number(1)),
        stability=number(-1, 1) | {"description": "mean adjusted Rand index with bootstraps"},
        stability_by_cluster=by_cluster(number(0, 1))
        | {"description": "mean Jaccard index with the nearest cluster of bootstraps"},
        sweep=list_of(SWEEP_STEP),
        verdict={"type": "string", "enum": list(VERDICTS)},
        verdict_sentence=TEXT,
    ),
)
PROFILE_FEATURE = Named(
    "ProfileFeature",
    object_of(
        difference=number()
        | {"description": "how far from everybody's mean, in standard deviations"},
        feature=TEXT | {"description": "a number, `share_spent` or a column of one's own"},
        mean=number(),
        median=number(),
        overall_mean=number(),
        p10=number(),
        p90=number(),
        zero_share=number(0, 1),
    ),
)
FREQUENT_VALUE = Named(
    "FrequentValue",
    object_of(
        index=whole_number() | {"description": "100: as often as among all customers"},
        share=number(0, 1),
        value=TEXT,
    ),
)
PROFILE = Named(
    "ClusterProfile",
    object_of(
        because=SENTENCES | {"description": "what the name says, in figures"},
        categories={"type": "object", "additionalProperties": list_of(FREQUENT_VALUE)},
        features=list_of(PROFILE_FEATURE),
        name=TEXT,
        share=number(0, 1),
        size=whole_number(1),
        typical=list_of(CUSTOMER["customer_id"], maxItems=TYPICAL)
        | {"description": "the ids of those nearest to the centre"},
    ),
)
ASSIGNED = Named(
    "AssignedCustomer",
    with_options(
        object_of(
            certainty=or_null(number(0, 1)),
            cluster=or_null(CLUSTER),
            cluster_name=or_null(TEXT),
            decided_by=list_of(
                object_of(
                    feature=TEXT,
                    share=number(0, 1),
                    value={"type": ["number", "string"]},
                )
            )
            | {"description": "what speaks for the cluster against the second one, the most first"},
            offers=OFFERS,
            reason=NO_OFFER,
            second_cluster=or_null(CLUSTER),
            unlike_everybody={"type": "boolean"},
        ),
        customer_id=or_null(CUSTOMER["customer_id"]),
        reference=or_null(TEXT),
    ),
)
PREVIEW = Named(
    "ClusteringPreview",
    with_options(
        object_of(cluster=by_cluster(SUMMARY), profiles=by_cluster(PROFILE), quality=QUALITY),
        **REMARKS,
    ),
)
ASSIGNMENT = Named(
    "Assignment",
    object_of(
        closed=CLOSED,
        cluster=CLUSTER,
        distances=by_cluster(number(0)),
        products=list_of(FITTING_PRODUCT, maxItems=MOST_OFFERS),
        reason=NO_OFFER,
    ),
)
