"""What the routes answer, as JSON schemas; sql/ and the services shape the same objects."""

from api.openapi.forms import (
    by_cluster,
    decimal,
    list_of,
    number,
    object_of,
    or_null,
    ref,
    whole_number,
)
from clustering.quality import FEWEST, MOST
from datasets.problems import MOST_SHOWN
from product_match.service import BEST_PRODUCTS
from schema import CATEGORIES, CITIES, NUMBERS, OCCUPATIONS, PRODUCT_TYPES


def _spelt_out(names: tuple[str, ...]) -> str:
    return ", ".join(f"{code} {name}" for code, name in enumerate(names))


TEXT = {"type": "string"}
TEXTS = list_of(TEXT)
MONEY = decimal(12, 2)
CREDIT_SCORE = whole_number(0, 850)
CLUSTER = whole_number() | {"description": "0 has the lowest mean income, and so on upwards"}
OCCUPATION = whole_number(0, CATEGORIES["occupation"] - 1) | {
    "description": _spelt_out(OCCUPATIONS)
}
CITY = whole_number(0, CATEGORIES["city"] - 1) | {"description": _spelt_out(CITIES)}
ANY_DOCUMENT = {"type": "object", "required": ["openapi", "info", "paths"]}
LAUNCH_DATE = {
    "type": "string",
    "pattern": "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    "|Nov|Dec) [0-9]{4} 00:00:00 GMT$",
}

PRODUCT = {
    "annual_fees": or_null(decimal(10, 2)),
    "benefits": or_null(TEXT),
    "channels": or_null(TEXTS),
    "cluster": or_null(list_of(CLUSTER)),
    "credit_score_required": or_null(CREDIT_SCORE),
    "eligibility_criteria": ref("EligibilityCriteria"),
    "interest_rate": or_null(decimal(5, 2, sign="-?")),
    "launch_date": or_null(LAUNCH_DATE),
    "max_age": or_null(whole_number()),
    "max_income": or_null(MONEY),
    "min_age": or_null(whole_number()),
    "min_income": or_null(MONEY),
    "product_id": whole_number(),
    "product_name": TEXT,
    "product_status": or_null(TEXT),
    "product_type": or_null(TEXT | {"enum": PRODUCT_TYPES}),
    "renewable": or_null({"type": "boolean"}),
    "reward_points": or_null(decimal(10, 2, sign="-?")),
    "risk_level": or_null(TEXT),
    "score": or_null(decimal(5, 3)),
    "term_length": or_null({"type": "integer"}),
}

SCHEMAS = {
    "Error": object_of(error=TEXT | {"description": "one sentence that a person can act on"}),
    "BrokenFile": object_of(
        error=TEXT | {"description": "the first problem, and how many there are"},
        problems=list_of(ref("Problem"), minItems=1, maxItems=MOST_SHOWN),
    ),
    "Problem": object_of(
        column=or_null(TEXT),
        line=whole_number(1),
        message=TEXT | {"description": "one sentence that says what would be right"},
        value=or_null(TEXT),
    ),
    "Message": object_of(message=TEXT),
    "Health": object_of(
        customers={"type": "boolean"},
        database=TEXT,
        next_clean_up=or_null({"type": "string", "format": "date-time"}),
        products={"type": "boolean"},
    ),
    "DroppedTable": object_of(status={"const": "success"}, table=TEXT),
    "Customer": object_of(
        age=or_null(whole_number()),
        annual_income=or_null(MONEY),
        annual_spending=or_null(MONEY),
        city=or_null(CITY),
        cluster=or_null(CLUSTER),
        credit_score=or_null(CREDIT_SCORE),
        customer_id=whole_number(),
        first_name=TEXT,
        last_name=TEXT,
        loan_balance=or_null(MONEY),
        occupation=or_null(OCCUPATION),
    ),
    "IncomeAndLoan": object_of(
        annual_income=or_null(MONEY),
        customer_id=whole_number(),
        loan_balance=or_null(MONEY),
    ),
    "Clustering": object_of(cluster=by_cluster(ref("ClusterSummary"))),
    "ClusterSummary": object_of(
        age=or_null(number(0)),
        annual_income=or_null(number(0)),
        annual_spending=or_null(number(0)),
        city=or_null(CITY),
        credit_score=or_null(number(0, 850)),
        loan_balance=or_null(number(0)),
        occupation=or_null(OCCUPATION),
    )
    | {"description": "the members' means, and their most frequent city and occupation"},
    "ClusterQuality": object_of(
        calinski_harabasz=or_null(number(0)),
        davies_bouldin=or_null(number(0)),
        inertia=number(0),
        silhouette=or_null(number(-1, 1)),
        sizes=by_cluster(whole_number(1)),
        stability=number(-1, 1),
        sweep=list_of(ref("SweepStep")),
    ),
    "SweepStep": object_of(
        inertia=number(0),
        n_clusters=whole_number(FEWEST, MOST),
        silhouette=or_null(number(-1, 1)),
    ),
    "ClusterProfile": object_of(
        features=list_of(ref("ProfileFeature")),
        name=TEXT,
        share=number(0, 1),
        size=whole_number(1),
    ),
    "ProfileFeature": object_of(
        difference=number()
        | {"description": "how far from everybody's mean, in standard deviations"},
        feature={"type": "string", "enum": [*NUMBERS, "share_spent"]},
        mean=number(0),
        overall_mean=number(0),
    ),
    "Assignment": object_of(
        cluster=CLUSTER,
        distances=by_cluster(number(0)),
        products=list_of(ref("OfferedProduct"), maxItems=BEST_PRODUCTS),
    ),
    "EligibilityCriteria": object_of(
        credit_score_required=or_null(CREDIT_SCORE),
        max_age=or_null(whole_number()),
        max_income=or_null(number(0)),
        min_age=or_null(whole_number()),
        min_income=or_null(number(0)),
    )
    | {"description": "the columns of the same names, as numbers"},
    "Product": object_of(**PRODUCT),
    "OfferedProduct": object_of(
        **PRODUCT
        | {
            "eligible_share": decimal(5, 4) | {"description": "of the cluster's members"},
            "reasons": TEXTS,
            "score": decimal(5, 3) | {"description": "how well it suits this cluster"},
        }
    ),
}
