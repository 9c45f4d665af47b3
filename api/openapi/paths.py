"""The routes: what each does, takes and answers."""

from api.clusters import CLUSTERING_OPTIONS, CUSTOMER
from api.openapi.answers import ANY_DOCUMENT
from api.openapi.errors import errors
from api.openapi.forms import by_cluster, list_of, nothing_or, ref
from api.openapi.operations import get, get_list, post, post_file
from api.openapi.parameters import PRODUCT_ID, TABLE_NAME
from api.requests import dataset_options


def paths(largest_dataset: int) -> dict[str, dict]:
    """Return every path of the API."""
    return {
        "/": get(
            "home",
            "service",
            "Say that the service is running.",
            ref("Message"),
            responses=errors(429),
        ),
        "/health": get(
            "health",
            "service",
            "Say what the service stands on; 503 when the database is away.",
            ref("Health"),
            responses=errors(503),
        ),
        "/openapi.json": get(
            "openapi_json",
            "service",
            "Describe the API for machines.",
            ANY_DOCUMENT,
            responses=errors(429),
        ),
        "/generateDataset": post(
            "generate_dataset",
            "customers",
            "Replace the customers by newly generated ones.",
            ref("Message"),
            dataset_options(largest_dataset),
            description="500 of them unless `size` says otherwise, with the ids from 1 on and"
            " without clusters. The same `seed` and `size` give the same customers.",
        ),
        "/importCustomers": post_file(
            "import_customers",
            "customers",
            "Replace the customers by those of a CSV file.",
            ref("Message"),
            description="The columns first_name, last_name, age, annual_income and loan_balance"
            " must be there. Customers keep their ids from the column `id` or `customer_id`;"
            " without it they are numbered from 1. Columns that the service computes, such as"
            " `cluster`, may be there and are not kept. Every row is checked; if one is wrong,"
            " nothing is changed.",
        ),
        "/getCustomers": get_list(
            "get_customers",
            "customers",
            "List every customer, by id, or (?limit=, ?after=) one page of them.",
            list_of(ref("Customer")),
            paged=True,
        ),
        "/conductClustering": post(
            "conduct_clustering",
            "clusters",
            "Give every customer a cluster and describe the clusters.",
            ref("Clustering"),
            CLUSTERING_OPTIONS,
            responses=errors(409),
            description="Three clusters by age, income and loan balance unless the body says"
            " otherwise. What was matched to earlier clusters is forgotten.",
        ),
        "/getCustomersByCluster": get_list(
            "get_customers_by_cluster",
            "clusters",
            "List the customers of each cluster.",
            by_cluster(list_of(ref("Customer"))),
        ),
        "/getClustersAmounts": get_list(
            "get_clusters_amounts",
            "clusters",
            "Count the customers of each cluster.",
            by_cluster({"type": "integer", "minimum": 1}),
        ),
        "/getIncomeAndLoanByCluster": get_list(
            "get_income_and_loan_by_cluster",
            "clusters",
            "List income and loan balance of the customers of each cluster.",
            by_cluster(list_of(ref("IncomeAndLoan"))),
        ),
        "/getClusterQuality": get(
            "get_cluster_quality",
            "clusters",
            "Measure how good the clusters are; nothing to measure while there are none.",
            nothing_or(ref("ClusterQuality")),
            responses=errors(429, 503),
        ),
        "/getClusterProfiles": get(
            "get_cluster_profiles",
            "clusters",
            "Describe the clusters in words and figures; none while there are none.",
            by_cluster(ref("ClusterProfile")),
            responses=errors(429, 503),
        ),
        "/assignCustomer": post(
            "assign_customer",
            "clusters",
            "Find the cluster that a customer belongs to, and what to offer.",
            ref("Assignment"),
            CUSTOMER,
            responses=errors(409),
            description="The customer needs a value for what the clusters were found by: age,"
            " income and loan balance unless the call that found them said otherwise. Nothing is"
            " stored. A customer from `getCustomers` can be sent as it is.",
        ),
        "/generateProductDataset": post(
            "generate_product_dataset",
            "products",
            "Replace the products by newly generated ones.",
            ref("Message"),
            dataset_options(largest_dataset),
            description="200 of them unless `size` says otherwise. The same `seed` and `size` give"
            " the same products.",
        ),
        "/importProducts": post_file(
            "import_products",
            "products",
            "Replace the products by those of a CSV file.",
            ref("Message"),
            description="The column product_type must be there. Products keep their `product_id`;"
            " without that column they are numbered from 1000. A product without a name gets"
            " one of its type and product_id. Columns that the service computes, such as"
            " `score`, may be there and are not kept. Every row is checked; if one is wrong,"
            " nothing is changed.",
        ),
        "/getProducts": get_list(
            "get_products",
            "products",
            "List every product, by product_id, or (?limit=, ?after=) one page of them.",
            list_of(ref("Product")),
            paged=True,
        ),
        "/conductProductMatch": post(
            "conduct_product_match",
            "products",
            "Find out which products suit which cluster.",
            ref("Message"),
            {},
            responses=errors(409),
            description="Clusters the customers first if they have no clusters yet.",
        ),
        "/getProductsByCluster": get_list(
            "get_products_by_cluster",
            "products",
            "List the products offered to each cluster, best first.",
            by_cluster(list_of(ref("OfferedProduct"))),
        ),
        "/selectProductById/{product_id}": get(
            "select_product_by_id",
            "products",
            "Show one product.",
            ref("Product"),
            parameters=[PRODUCT_ID],
            responses=errors(404, 429, 503),
        ),
        "/dropTable/{tableName}": post(
            "drop_table",
            "tables",
            "Drop the customers or the products.",
            ref("DroppedTable"),
            {},
            parameters=[TABLE_NAME],
            responses=errors(404),
            description="Dropping a table that is already gone is a success too.",
        ),
    }
