"""What is offered to each customer: of each type the best that is open, then at most three by need.

Products stand best first, and a customer gets of each type the first one that every gate leaves
open. What is dominated stands behind what dominates it, so it is never the first where both are
open. An investment that brings no more than the savings account beside it is worth no risk (price
and value, PRIN 2A.4), and is not offered.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pandas as pd

import progress
from product_match import pricing
from product_match.fit import fits, needs, quality
from product_match.gates import CRITERIA_END, GATES, is_active, ranks, unknown
from product_match.pricing import INVESTMENT, SAVINGS
from schema import PRODUCT_TYPES

# What must be known of customers; any value may be missing (NaN).
FIGURES = ("age", "annual_income", "annual_spending", "loan_balance", "credit_score")
MOST_OFFERS = 3
LEAST_FIT = 0.5  # of a second and a third offer; the best is offered in any case
NONE = -1
THREADS = 2  # NumPy gives the others room while it compares
CELLS = 2**20  # products times customers looked at at once: what a processor's cache holds


class Funnel(NamedTuple):
    """What the gates let through, a row a cluster; a column a gate or a product.

    `sizes`: customers in the cluster; `customers` and `products`: how many had something open
    behind a gate; `unknown`: customers whom a gate stopped because a figure is missing;
    `eligible` and `offered`: customers who meet a product's criteria, and who are offered it.
    """

    clusters: np.ndarray
    sizes: np.ndarray
    customers: np.ndarray
    products: np.ndarray
    unknown: np.ndarray
    eligible: np.ndarray
    offered: np.ndarray

    def count(self, row: int, customers, products, eligible, offered) -> None:
        """Add what was counted among some customers of one cluster."""
        self.customers[row] += customers
        self.products[row] |= products
        self.eligible[row] += eligible
        self.offered[row] += offered


class Offers(NamedTuple):
    """The offers of some customers, a row each, the best first; -1 stands for none.

    `products` are the ones that can be offered; `chosen` (customers x 3) has their positions, `fit`
    how well each suits (0 to 1); `closed` is the gate behind which nothing was left to a customer.
    """

    products: pd.DataFrame
    chosen: np.ndarray
    fit: np.ndarray
    closed: np.ndarray
    funnel: Funnel


def find_offers(
    customers: pd.DataFrame, products: pd.DataFrame, labels: np.ndarray | None = None
) -> Offers:
    """Return what each customer is offered; `labels` are their clusters, -1 for those in none.

    Customers have the columns `FIGURES`, products those of the table.
    """
    labels = np.full(len(customers), NONE) if labels is None else np.asarray(labels)
    products = _on_sale(products)
    order = np.argsort(labels, kind="stable")  # a cluster's customers beside each other
    gates = [
        (value[order], bound)
        for value, bound in (ranks(gate, customers, products) for gate in GATES)
    ]
    need, good = needs(customers)[order], quality(products)
    returns = pricing.yearly_return(products)
    offers = _empty(len(customers), products, *np.unique(labels, return_counts=True))
    chosen, fit, closed = offers.chosen.copy(), offers.fit.copy(), offers.closed.copy()
    ends = np.cumsum(products["product_type"].value_counts().reindex(PRODUCT_TYPES, fill_value=0))

    def offer(part: slice) -> tuple[np.ndarray, ...]:
        is_open, closed[part], *left = _open(gates, part)
        best = _worth_a_risk(_best_of_each_type(is_open, ends.to_numpy()), returns)
        chosen[part], fit[part] = _best(best, fits(need[part], good, best))
        taken = chosen[part][chosen[part] != NONE]
        return *left, np.bincount(taken, minlength=len(products))

    rows, parts = _parts(offers.funnel.sizes, len(products))
    with ThreadPoolExecutor(THREADS) as threads:
        for row, part, counted in zip(rows, parts, threads.map(offer, parts), strict=True):
            offers.funnel.count(row, *counted)
            progress.advance("matching products", part.stop, len(customers))
    offers.chosen[order], offers.fit[order], offers.closed[order] = chosen, fit, closed
    _count_unknown(customers, products, labels, offers.funnel)
    return offers


def _on_sale(products: pd.DataFrame) -> pd.DataFrame:
    """Return the active products of the known types, by type, the best first."""
    known = products["product_type"].isin(PRODUCT_TYPES).to_numpy()
    on_sale = products[known & is_active(products)]
    return on_sale.iloc[pricing.best_first(on_sale)].reset_index(drop=True)


def _empty(n: int, products: pd.DataFrame, clusters: np.ndarray, sizes: np.ndarray) -> Offers:
    """Return no offers of `n` customers yet, to be filled in."""

    def counts(*columns: int) -> np.ndarray:
        return np.zeros((len(clusters), *columns), dtype=int)

    per_gate, per_product = len(GATES), len(products)
    return Offers(
        products,
        np.full((n, MOST_OFFERS), NONE, dtype=np.int32),
        np.zeros((n, MOST_OFFERS)),
        np.full(n, NONE, dtype=np.int8),
        Funnel(
            clusters,
            sizes,
            counts(per_gate),
            counts(per_gate, per_product).astype(bool),
            counts(per_gate),
            counts(per_product),
            counts(per_product),
        ),
    )


def _parts(sizes: np.ndarray, n_products: int) -> tuple[list[int], list[slice]]:
    """Return the customers in parts of one cluster each, and each part's row of the clusters."""
    width = max(1, CELLS // max(n_products, 1))
    ends = np.cumsum(sizes).tolist()
    found = [
        (row, slice(left, min(left + width, end)))
        for row, (end, size) in enumerate(zip(ends, sizes.tolist(), strict=True))
        for left in range(end - size, end, width)
    ]
    return [row for row, _ in found], [part for _, part in found]


def _open(gates: list[tuple[np.ndarray, np.ndarray]], part: slice) -> tuple[np.ndarray, ...]:
    """Return which products are open to whom (products x customers), and each customer's last gate.

    And what each gate leaves: how many customers, which products; and how many meet the criteria.
    """
    is_open = np.ones((len(gates[0][1]), part.stop - part.start), dtype=bool)
    passes = np.empty_like(is_open)
    closed = np.full(is_open.shape[1], NONE, dtype=np.int8)
    customers = np.zeros(len(gates), dtype=int)
    products = np.zeros((len(gates), len(is_open)), dtype=bool)
    for i, (value, bound) in enumerate(gates):
        np.greater_equal(value[np.newaxis, part], bound[:, np.newaxis], out=passes)
        is_open &= passes
        left = is_open.any(axis=0)
        closed[~left & (closed == NONE)] = i
        customers[i] = np.count_nonzero(left)
        products[i] = is_open.any(axis=1)
        if i + 1 == CRITERIA_END:
            eligible = np.count_nonzero(is_open, axis=1)
    return is_open, closed, customers, products, eligible


def _best_of_each_type(is_open: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the position of each customer's first open product of each type, customers x types.

    `ends` are the positions behind the last product of each type.
    """
    first = np.full((is_open.shape[1], len(PRODUCT_TYPES)), NONE, dtype=np.int32)
    for i, rows in enumerate(np.split(is_open, ends[:-1])):
        # The first of n rows counts n, the last 1: the largest that is open is the first one.
        backwards = np.arange(len(rows), 0, -1, dtype=np.min_scalar_type(len(rows)))
        largest = (rows * backwards[:, np.newaxis]).max(axis=0, initial=0)
        first[:, i] = np.where(largest > 0, ends[i] - largest.astype(np.int32), NONE)
    return first


def _worth_a_risk(best: np.ndarray, returns: np.ndarray) -> np.ndarray:
    """Return the best of each type without the investments that bring no more than the savings."""
    saved, invested = PRODUCT_TYPES.index(SAVINGS), PRODUCT_TYPES.index(INVESTMENT)
    brings = np.append(returns, -np.inf)[best]
    worthless = (best[:, saved] != NONE) & (brings[:, invested] <= brings[:, saved])
    best[worthless, invested] = NONE
    return best


def _best(best: np.ndarray, fit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of each customer's offers and their fits, the best first."""
    order = np.argsort(-fit, axis=1, kind="stable")[:, :MOST_OFFERS]
    chosen, fit = np.take_along_axis(best, order, 1), np.take_along_axis(fit, order, 1)
    refused = fit < LEAST_FIT
    refused[:, 0] = False
    refused |= chosen == NONE
    return np.where(refused, NONE, chosen), np.where(refused, 0, fit)


def _count_unknown(
    customers: pd.DataFrame, products: pd.DataFrame, labels: np.ndarray, funnel: Funnel
) -> None:
    row = np.searchsorted(funnel.clusters, labels)
    for i, gate in enumerate(GATES):
        stopped = unknown(gate, customers, products)
        counted = np.bincount(row[stopped], minlength=len(funnel.clusters))
        funnel.unknown[:, i] = counted
