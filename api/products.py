"""The products: generate them, match them to clusters, list them."""

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from api.context import config, database
from api.media_types import JSON
from api.openapi.forms import by_cluster, list_of
from api.openapi.operations import operation
from api.openapi.parameters import AFTER, BOM, FORMAT, LIMIT, PRODUCT_ID
from api.openapi.schemas.products import OFFERED_PRODUCT, PRODUCT
from api.openapi.schemas.values import MESSAGE
from api.requests import dataset_options, read_options
from api.responses import grouping_answer, list_answer
from data_generator import service as generator
from db import reads
from product_match import service as product_match

blueprint = Blueprint("products", __name__)


@blueprint.post("/generateProductDataset")
@operation(MESSAGE, body=dataset_options)
def generate_product_dataset():
    """Replace the products by newly generated ones.

    200 of them unless `size` says otherwise. The same `seed` and `size` give the same products.
    """
    options = read_options(dataset_options(config()))
    generator.generate_products(database(), **options)
    return {"message": "Product dataset generated successfully."}


@blueprint.get("/getProducts")
@operation(list_of(PRODUCT), versioned=True, parameters=(LIMIT, AFTER, FORMAT, BOM))
def get_products():
    """List every product, by product_id, or (?limit=, ?after=) one page of them.

    A product's `cluster` and `score` are null until `conductProductMatch` has run.
    """
    return list_answer(reads.PRODUCTS, "products")


@blueprint.post("/conductProductMatch")
@operation(MESSAGE, body={}, errors=(409,))
def conduct_product_match():
    """Find out which products suit which cluster.

    Clusters the customers first if they have no clusters yet.
    """
    read_options({})
    product_match.conduct_product_match(database())
    return {"message": "Product matching completed successfully."}


@blueprint.get("/getProductsByCluster")
@operation(by_cluster(list_of(OFFERED_PRODUCT)), versioned=True, parameters=(FORMAT, BOM))
def get_products_by_cluster():
    """List the products offered to each cluster, best first.

    Every cluster has a key, be its list empty. Here `score` is the product's score for that
    cluster.
    """
    return grouping_answer("products-by-cluster", reads.MATCHES, reads.NO_MATCHES)


@blueprint.get("/selectProductById/<int:product_id>")
@operation(PRODUCT, parameters=(PRODUCT_ID,), errors=(404,))
def select_product_by_id(product_id: int):
    """Show one product.

    It is the object that `getProducts` lists.
    """
    product = reads.select_product(database(), product_id)
    if product is None:
        raise NotFound(f"There is no product {product_id}; GET /getProducts lists those there are.")
    return Response(product, mimetype=JSON)
