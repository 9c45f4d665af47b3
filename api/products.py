"""The products: generate them, match them to clusters, list them."""

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from api.context import config, database
from api.requests import JSON, dataset_options, read_options
from api.responses import grouping_answer, list_answer
from data_generator import service as generator
from db import reads
from product_match import service as product_match

blueprint = Blueprint("products", __name__)


@blueprint.post("/generateProductDataset")
def generate_product_dataset():
    """Replace the products by newly generated ones."""
    options = read_options(dataset_options(config().max_dataset_size))
    generator.generate_products(database(), **options)
    return {"message": "Product dataset generated successfully."}


@blueprint.get("/getProducts")
def get_products():
    """List every product, by product_id, or (?limit=, ?after=) one page of them."""
    return list_answer(reads.PRODUCTS, "products")


@blueprint.post("/conductProductMatch")
def conduct_product_match():
    """Find out which products suit which cluster."""
    read_options({})
    product_match.conduct_product_match(database())
    return {"message": "Product matching completed successfully."}


@blueprint.get("/getProductsByCluster")
def get_products_by_cluster():
    """List the products offered to each cluster, best first."""
    return grouping_answer("products-by-cluster", reads.MATCHES, reads.NO_MATCHES)


@blueprint.get("/selectProductById/<int:product_id>")
def select_product_by_id(product_id: int):
    """Show one product."""
    product = reads.select_product(database(), product_id)
    if product is None:
        raise NotFound(f"There is no product {product_id}; GET /getProducts lists those there are.")
    return Response(product, mimetype=JSON)
