"""Match the stored products to the stored clusters."""

import json

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

from clustering import service as clustering
from db import reads
from db.copy import copy_in, copy_out
from db.database import Connection, Database
from db.queries import products
from db.tables import NoProducts
from product_match.scoring import match

BEST_PRODUCTS = 5  # how many are shown with a customer


def conduct_product_match(database: Database) -> None:
    """Offer each stored cluster the products that suit it, best first.

    Customers without any cluster are clustered first; a cluster once set is never changed. Raises
    NoCustomers, NoProducts, and TooFewCustomers when they have to be clustered and can't be.
    """
    with database.writing("customers", "products") as conn:
        figures = clustering.lock_and_read_customers(conn)
        criteria = _read_criteria(conn)
        if figures["cluster"].isna().all():
            clusters = clustering.cluster_stored_customers(conn, figures)
        else:
            clusters = clustering.read_clusters(conn, figures)
        numbers, labels = np.unique(clusters.labels[clusters.is_member], return_inverse=True)
        matches = match(criteria, clusters.members, labels)
        _store(conn, matches.assign(cluster=matches["cluster"].map(dict(enumerate(numbers)))))


def assign_customer(database: Database, customer: dict) -> dict:
    """Return a customer's cluster, the distance to each, and the cluster's best products.

    Nothing is stored. Raises NoClusters, and MissingFigures when the customer lacks a figure that
    the clusters were found by.
    """
    with database.reading() as conn:
        _, read_matches = reads.first_there(conn, reads.MATCHES, reads.NO_MATCHES)
        if read_matches is None:
            raise clustering.NoClusters
        cluster, distances = clustering.locate_customer(conn, customer)
        offered, _ = read_matches(conn, after=None, cluster=cluster, size=BEST_PRODUCTS)
    return {
        "cluster": cluster,
        "distances": distances,
        "products": json.loads(f"[{offered or ''}]"),
    }


def _read_criteria(conn: Connection) -> pd.DataFrame:
    try:
        products.lock_for_writing(conn)
    except UndefinedTable:
        raise NoProducts from None
    criteria = copy_out(conn, products.copy_criteria.sql)
    if criteria.empty:
        raise NoProducts
    return criteria


def _store(conn: Connection, matches: pd.DataFrame) -> None:
    products.forget_matches(conn)
    rank = matches.groupby("cluster").cumcount() + 1
    rows = matches.assign(rank=rank)
    columns = ["cluster", "rank", "product_id", "score", "eligible_share", "reasons"]
    copy_in(conn, products.copy_matches.sql, [rows[columns]])
    products.write_matches_to_products(conn)
