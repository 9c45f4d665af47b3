"""Match the stored products to the stored customers, and keep what each of them is offered."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pandas as pd
from psycopg2.errors import UndefinedTable

import progress
from clustering import service as clustering
from db import reads, tables
from db.copy import copy_in, copy_in_binary, copy_out, copy_out_csv
from db.database import Connection, Database
from db.documents import json_document
from db.queries import customers, offers, products
from db.tables import NoProducts
from product_match.lists import cluster_lists, match_report
from product_match.offers import FIGURES, MOST_OFFERS, NONE, Offers, find_offers
from product_match.reasons import Reasons, closed_types, give_reasons, offers_to_each

STAGES = {
    "reading customers": 15,
    "matching products": 30,
    "giving reasons": 25,
    "writing offers": 25,
    tables.INDEXING: 5,
}
TEXTS = dict.fromkeys(
    ("product_name", "product_type", "product_status", "risk_level", "benefits"), str
)
NO_PRODUCTS = "there are no products"
# The columns of the table offers.
OFFER = {"product": ">i4", "fit": ">i2", "need": ">i4", "price": ">i4", "payment": ">i4"}
ROW = [("customer_id", ">i4"), ("none", ">i4")] + [
    (f"{name}_{rank + 1}", kind) for rank in range(MOST_OFFERS) for name, kind in OFFER.items()
]


def conduct_product_match(database: Database) -> None:
    """Offer each stored customer up to three products, and each cluster what its members get.

    Customers without any cluster are clustered first; a cluster once set is never changed. Raises
    NoCustomers, NoProducts, and TooFewCustomers when they have to be clustered and can't be.
    """
    progress.plan(STAGES)
    with database.writing("customers", "products") as conn:
        progress.advance("reading customers", 0)
        figures = clustering.lock_and_read_customers(conn)
        catalogue = _lock_and_read_products(conn)
        if figures["cluster"].isna().all():
            clusters = clustering.cluster_stored_customers(conn, figures)
            figures = figures.assign(cluster=np.where(clusters.is_member, clusters.labels, np.nan))
        labels = figures["cluster"].fillna(NONE).to_numpy(dtype=int)
        found = find_offers(figures, catalogue, labels)
        progress.advance("giving reasons")
        reasons = give_reasons(figures, found)
        progress.advance("writing offers")
        _store_matches(conn, cluster_lists(figures, labels, found))
        _store_reports(conn, match_report(found, len(catalogue)))
        _store_offers(conn, found, reasons)


def assign_customer(database: Database, customer: dict) -> dict:
    """Return a customer's cluster, the distance to each, and the products to offer.

    Each of the `products` has the fit as its score and the reasons; `reason` says why there is none
    and `closed` why the best of a type is not among them. Nothing is stored. Raises NoClusters, and
    MissingFigures when the customer lacks a figure that the clusters were found by.
    """
    with database.reading() as conn:
        try:
            customers.lock_for_reading(conn)
        except UndefinedTable:
            raise clustering.NoClusters from None
        cluster, distances = clustering.locate_customer(conn, customer)
    return {"cluster": cluster, "distances": distances} | _offered_to(database, customer)


def _offered_to(database: Database, customer: dict) -> dict:
    figures = _figures(pd.DataFrame([customer]))
    with _reading_products(database) as conn:
        if conn is None:
            return {"closed": {}, "products": [], "reason": NO_PRODUCTS}
        found = find_offers(figures, _read_products(conn))
        (offered,) = offers_to_each(figures, found)
        chosen = [_whole_product(conn, offer) for offer in offered["offers"]]
    closed = closed_types(figures, found.products)
    return {"closed": closed, "products": chosen, "reason": offered["reason"]}


def read_products(database: Database) -> pd.DataFrame | None:
    """Return the products as they are now, for `offer_products`; None where there are none."""
    with _reading_products(database) as conn:
        return None if conn is None else _read_products(conn)


def offer_products(catalogue: pd.DataFrame | None, people: pd.DataFrame) -> list[dict]:
    """Return what each of some customers, who need not be stored, is offered of the products.

    See `product_match.reasons.offers_to_each`; without products there is nothing to offer.
    """
    if catalogue is None:
        return [{"offers": [], "reason": NO_PRODUCTS} for _ in range(len(people))]
    figures = _figures(people)
    return offers_to_each(figures, find_offers(figures, catalogue))


def _figures(people: pd.DataFrame) -> pd.DataFrame:
    return people.reindex(columns=FIGURES).apply(pd.to_numeric).astype(float)


@contextmanager
def _reading_products(database: Database) -> Iterator[Connection | None]:
    """Give a connection that holds the products, None when there are none."""
    with database.reading() as conn:
        yield conn if _hold_products(conn) else None


def _hold_products(conn: Connection) -> bool:
    try:
        products.lock_for_reading(conn)
    except UndefinedTable:
        return False
    return True


def _whole_product(conn: Connection, offer: dict) -> dict:
    chosen = {"product_id": offer["product_id"], "after": None, "size": 1}
    text, _ = reads.PRODUCTS.read_page(conn, **chosen)
    return json.loads(text) | {"reasons": offer["reasons"], "score": offer["fit"]}


def _lock_and_read_products(conn: Connection) -> pd.DataFrame:
    try:
        products.lock_for_writing(conn)
    except UndefinedTable:
        raise NoProducts from None
    catalogue = _read_products(conn)
    if catalogue.empty:
        raise NoProducts
    return catalogue


def _read_products(conn: Connection) -> pd.DataFrame:
    return copy_out_csv(conn, products.copy_what_is_matched.sql, TEXTS)


def _store_matches(conn: Connection, lists: pd.DataFrame) -> None:
    products.forget_matches(conn)
    copy_in(conn, products.copy_matches.sql, [lists])
    products.write_matches_to_products(conn)


def _store_reports(conn: Connection, reports: dict[int, dict]) -> None:
    rows = {"cluster": list(reports), "report": list(map(json_document, reports.values()))}
    copy_in(conn, offers.copy_match_reports.sql, [pd.DataFrame(rows)])


def _store_offers(conn: Connection, found: Offers, reasons: Reasons) -> None:
    sentences = {"id": np.arange(1, len(reasons.sentences) + 1), "sentence": reasons.sentences}
    copy_in(conn, offers.copy_offer_sentences.sql, [pd.DataFrame(sentences)])
    offers.create_new_offers(conn)
    rows = _rows(found, reasons)
    rows["customer_id"] = _customer_ids(conn, len(rows))
    copy_in_binary(conn, offers.copy_new_offers.sql, rows, "writing offers")
    progress.advance(tables.INDEXING)
    offers.swap_in_new_offers(conn)


def _rows(found: Offers, reasons: Reasons) -> np.ndarray:
    """Return the rows of the table offers, where 0 is none and sentences count from 1."""
    rows = np.empty(len(found.chosen), dtype=ROW)
    ids = np.append(found.products["product_id"].to_numpy(), 0)
    rows["none"] = reasons.none + 1
    for rank in range(MOST_OFFERS):
        rows[f"product_{rank + 1}"] = ids[found.chosen[:, rank]]
        rows[f"fit_{rank + 1}"] = (1000 * found.fit[:, rank]).round()
        for i, name in enumerate(("need", "price", "payment")):
            rows[f"{name}_{rank + 1}"] = reasons.offers[:, rank, i] + 1
    return rows


def _customer_ids(conn: Connection, amount: int) -> np.ndarray:
    first = customers.first_id_without_gaps(conn, amount=amount)
    if first is not None:
        return np.arange(first, first + amount)
    return copy_out(conn, offers.copy_customer_ids.sql)["id"].to_numpy()
