"""What a cluster is offered, which is the sum of its members' offers, and what was in the way."""

import numpy as np
import pandas as pd

from product_match.fit import NEEDS, figures
from product_match.gates import GATES
from product_match.offers import NONE, Offers

LISTED_FROM = 0.05  # of a cluster's members: what is offered to fewer is not in its list
MOST_LISTED = 15
COLUMNS = [
    "cluster",
    "rank",
    "product_id",
    "score",
    "eligible_share",
    "offered_share",
    "offered_index",
    "reasons",
]
SENTENCES = {
    "age": "they are {:.0f} years old on average, all customers {:.0f}",
    "kept": "they keep {:z.0f} % of their income, all customers {:z.0f} %",
    "owed": "they owe {:.0f} % of a year's income, all customers {:.0f} %",
}


def cluster_lists(customers: pd.DataFrame, labels: np.ndarray, offers: Offers) -> pd.DataFrame:
    """Return what is offered to each cluster, best first: a row a cluster and product.

    A product is listed when at least `LISTED_FROM` of the members are offered it, the best
    `MOST_LISTED` of them. Columns: cluster (label), rank (from 1), product_id; score, the median
    fit of those who are offered it; eligible_share and offered_share of the cluster;
    offered_index, 100 for as many as of all customers; reasons (sentences).
    """
    funnel = offers.funnel
    shares = funnel.offered / funnel.sizes[:, np.newaxis]
    row, product = np.nonzero((shares >= LISTED_FROM) & (funnel.clusters != NONE)[:, np.newaxis])
    overall = funnel.offered.sum(axis=0) / funnel.sizes.sum()
    listed = pd.DataFrame(
        {
            "cluster": funnel.clusters[row],
            "product": product,
            "product_id": offers.products["product_id"].to_numpy()[product],
            "product_type": offers.products["product_type"].to_numpy()[product],
            "eligible_share": (funnel.eligible / funnel.sizes[:, np.newaxis])[row, product],
            "offered_share": shares[row, product],
            "overall": overall[product],
        }
    ).merge(_median_fits(labels, offers), on=["cluster", "product"])
    listed["offered_index"] = (
        (100 * listed["offered_share"] / listed["overall"]).round().astype(int)
    )
    order = {"cluster": True, "score": False, "product_id": True}
    listed = listed.sort_values(list(order), ascending=list(order.values()), ignore_index=True)
    listed["rank"] = listed.groupby("cluster").cumcount() + 1
    listed["reasons"] = _reasons(listed, customers, labels)
    return listed.loc[listed["rank"] <= MOST_LISTED, COLUMNS].reset_index(drop=True)


def _median_fits(labels: np.ndarray, offers: Offers) -> pd.DataFrame:
    there = offers.chosen != NONE
    fits = pd.DataFrame(
        {
            "cluster": labels[np.nonzero(there)[0]],
            "product": offers.chosen[there],
            "score": offers.fit[there],
        }
    )
    return fits.groupby(["cluster", "product"], as_index=False)["score"].median().round(3)


def _reasons(listed: pd.DataFrame, customers: pd.DataFrame, labels: np.ndarray) -> list[list[str]]:
    amounts = customers[["age", "annual_income", "annual_spending", "loan_balance"]].astype(float)
    of_each = pd.DataFrame(figures(amounts.groupby(labels).mean().reset_index()))
    of_each.index = np.unique(labels)
    of_all = pd.DataFrame(figures(amounts.mean().to_frame().T)).iloc[0]
    return [
        [
            f"{row.offered_share:.0%} of this cluster are offered it, {row.overall:.0%} of all",
            f"{row.eligible_share:.0%} of this cluster meet its criteria",
            *_figures(row.product_type, of_each.loc[row.cluster], of_all),
        ]
        for row in listed.itertuples()
    ]


def _figures(product_type: str, of_cluster: pd.Series, of_all: pd.Series) -> list[str]:
    """Return how the cluster differs in what the need for a type of product looks at."""
    return [
        SENTENCES[signal.figure].format(of_cluster[signal.figure], of_all[signal.figure])
        for signal in NEEDS[product_type]
        if not np.isnan(of_cluster[signal.figure])
    ]


def match_report(offers: Offers, n_products: int) -> dict[int, dict]:
    """Return, by cluster, how many customers and products fell at each gate, and why.

    `customers` fell at the gate that closed the last product that was open to them, `products`
    where the last member fell whom they were open to; `unknown` counts the customers whom a gate
    stopped because a figure is missing. `n_products` counts those not on sale too.
    """
    rows = zip(*offers.funnel, strict=True)
    return {
        int(cluster): {
            "customers": int(size),
            "without_offer": int(size - customers[-1]),
            "gates": [
                {
                    "gate": gate.name,
                    "reason": gate.reason,
                    "source": gate.source,
                    "customers": int(customers_fell),
                    "products": int(products_fell),
                    "unknown": int(missing),
                }
                for gate, customers_fell, products_fell, missing in zip(
                    GATES,
                    -np.diff(customers, prepend=size),
                    -np.diff(np.count_nonzero(products, axis=1), prepend=n_products),
                    unknown,
                    strict=True,
                )
            ],
        }
        for cluster, size, customers, products, unknown, _, _ in rows
        if cluster != NONE
    }
