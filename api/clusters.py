"""The clusters: find them, list who is in them."""

from flask import Blueprint
from werkzeug.exceptions import UnprocessableEntity

from api.context import database
from api.openapi.forms import by_cluster, list_of, nothing_or, number
from api.openapi.operations import operation
from api.openapi.parameters import (
    AFTER,
    BOM,
    CLUSTER,
    COLUMNS,
    FORMAT,
    LABELS,
    LIMIT,
    SAMPLE,
)
from api.openapi.schemas.clusters import ASSIGNMENT, CLUSTERING, PREVIEW, PROFILE, QUALITY
from api.openapi.schemas.customers import (
    CUSTOMER,
    CUSTOMER_FIELDS,
    INCOME_AND_LOAN,
    WHOLE_CUSTOMER,
)
from api.openapi.schemas.values import TEXT
from api.requests import read_options, read_parameter
from api.responses import chosen_customers, json_answer, members_answer, report_answer
from clustering import service
from clustering.sweep import FEWEST, MOST
from db import reads, samples
from product_match import service as product_match
from schema import FEATURES

N_CLUSTERS = {
    "anyOf": [{"type": "integer", "minimum": FEWEST, "maximum": MOST}, {"const": "auto"}],
    "description": f'a whole number from {FEWEST} to {MOST} or "auto"',
}
FEATURES_OPTION = {
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
    "uniqueItems": True,
    "description": f"a list of one or more different ones of {', '.join(sorted(FEATURES))}"
    " and the customers' own columns",
}
MIN_SHARE = number(0, 0.5) | {
    "description": "the least share of the customers, from 0 to 0.5, that a cluster of auto has"
}
PREVIEW_OPTIONS = {"n_clusters": N_CLUSTERS, "features": FEATURES_OPTION, "min_share": MIN_SHARE}
CLUSTERING_OPTIONS = PREVIEW_OPTIONS | {
    "like": TEXT | {"description": "the name of a segmentation that is kept"},
    "refit": {"type": "boolean", "description": "true or false"},
}

blueprint = Blueprint("clusters", __name__)


@blueprint.post("/conductClustering")
@operation(CLUSTERING, body=CLUSTERING_OPTIONS, errors=(404, 409))
def conduct_clustering():
    """Give every customer a cluster and describe the clusters.

    Three clusters by age, income and loan balance unless the body says otherwise. `like` gives
    everyone the nearest cluster of a segmentation that was saved; to `refit` is to find its
    clusters again from there on, so that a number keeps its meaning. What was matched to earlier
    clusters is forgotten.
    """
    options = read_options(CLUSTERING_OPTIONS)
    if "like" in options:
        if others := set(options) & set(PREVIEW_OPTIONS):
            raise UnprocessableEntity(f"The field like goes without {' and '.join(others)}.")
        clusters = service.conduct_clustering_like(database(), **options)
    elif "refit" in options:
        raise UnprocessableEntity("The field refit goes with like, which names what to refit.")
    else:
        clusters = service.conduct_clustering(database(), **options)
    return clusters.remarks() | {"cluster": clusters.summary()}


@blueprint.post("/previewClustering")
@operation(PREVIEW, body=PREVIEW_OPTIONS, errors=(409,))
def preview_clustering():
    """Say what clusters there would be, and how good they are.

    Nothing is stored, and what is stored stays as it is.
    """
    return service.preview_clustering(database(), **read_options(PREVIEW_OPTIONS))


@blueprint.get("/getCustomersByCluster")
@operation(
    by_cluster(list_of({"anyOf": [CUSTOMER, WHOLE_CUSTOMER]})),
    versioned=True,
    parameters=(CLUSTER, LIMIT, AFTER, FORMAT, COLUMNS, LABELS, BOM),
)
def get_customers_by_cluster():
    """List the customers of each cluster.

    Clusters ascend, customers come by id. Customers without a cluster are left out. `cluster` asks
    for one of them only, page by page (`limit`, `after`); pages without it are those of cluster 0.
    """
    return members_answer(chosen_customers(every_cluster=False), "customers-by-cluster")


@blueprint.get("/getClustersAmounts")
@operation(by_cluster({"type": "integer", "minimum": 1}), versioned=True)
def get_clusters_amounts():
    """Count the customers of each cluster.

    The sum is the number of customers who have a cluster.
    """
    return json_answer(reads.count_clusters(database()))


@blueprint.get("/getIncomeAndLoanByCluster")
@operation(by_cluster(list_of(INCOME_AND_LOAN)), versioned=True, parameters=(SAMPLE,))
def get_income_and_loan_by_cluster():
    """List income and loan balance of the customers of each cluster.

    As `getCustomersByCluster`, with just the two figures to be drawn against each other. `sample`
    asks for a random sample of them; the same customers always give the same one.
    """
    if size := read_parameter(SAMPLE):
        return json_answer(samples.income_and_loan(database(), size))
    return json_answer(reads.list_by_cluster(database(), reads.INCOME_AND_LOAN))


@blueprint.get("/getClusterQuality")
@operation(nothing_or(QUALITY), versioned=True)
def get_cluster_quality():
    """Measure how good the clusters are; nothing to measure while there are none.

    Figures of the stored clusters, how stable they are when the customers are sampled anew, and
    what other numbers of clusters would give.
    """
    return report_answer(service.cluster_quality(database()))


@blueprint.get("/getClusterProfiles")
@operation(by_cluster(PROFILE), versioned=True)
def get_cluster_profiles():
    """Describe the clusters in words and figures; none while there are none.

    A cluster's name says what sets its members apart from all customers; `features` has the
    figures for it, the most telling first.
    """
    return report_answer(service.cluster_profiles(database()))


@blueprint.post("/assignCustomer")
@operation(ASSIGNMENT, body=CUSTOMER_FIELDS, errors=(409,))
def assign_customer():
    """Find the cluster that a customer belongs to, and what to offer.

    The customer needs a value for what the clusters were found by: age, income and loan balance
    unless the call that found them said otherwise. Nothing is stored. A customer from
    `getCustomers` can be sent as it is.
    """
    return product_match.assign_customer(database(), read_options(CUSTOMER_FIELDS))
