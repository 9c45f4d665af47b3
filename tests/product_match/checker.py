"""What a regulator would count in a bank's offers, worked out apart from the code that makes them.

Nothing is imported from product_match but what is examined. `python -m tests.product_match.checker`
examines 20 generated banks of 500 and of 5,000 customers and prints every figure.
"""

import sys
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from clustering.features import DEFAULT_FEATURES
from data_generator.customers import generate_customers
from data_generator.products import generate_products
from product_match.lists import cluster_lists
from product_match.offers import find_offers
from segment.pipeline import find_segments

TYPES = ("Credit Card", "Loan", "Savings Account", "Investment")


class Bank(NamedTuple):
    """Customers, their clusters, the products, each customer's offers (ids) and each cluster's."""

    customers: pd.DataFrame
    labels: np.ndarray
    products: pd.DataFrame
    offered: list[list[int]]
    lists: dict[int, list[int]]


def generated_bank(size: int, seed: int, n_products: int = 200) -> Bank:
    """Return a generated bank whose customers are clustered and matched with its products."""
    customers = generate_customers(size, seed)
    products = generate_products(n_products, seed)
    found = find_segments(customers.assign(customer_id=range(1, size + 1)), 3, DEFAULT_FEATURES)
    labels = found.found.astype(int)
    offers = find_offers(customers, products, labels)
    ids = offers.products["product_id"].tolist()
    offered = [[ids[i] for i in row if i >= 0] for row in offers.chosen.tolist()]
    lists = cluster_lists(customers, labels, offers).groupby("cluster")["product_id"].apply(list)
    return Bank(customers, labels, products, offered, lists.to_dict())


def meets_criteria(customers: pd.DataFrame, product: pd.Series) -> np.ndarray:
    """Return who may have a product by its own criteria."""
    return (
        (customers["age"] >= product["min_age"])
        & (customers["age"] <= product["max_age"])
        & (customers["annual_income"] >= product["min_income"])
        & (customers["annual_income"] <= product["max_income"])
        & (customers["credit_score"] >= product["credit_score_required"])
    ).to_numpy()


def monthly_payment(product: pd.Series) -> float:
    """Return what the credit costs a month: every instalment by the schoolbook's formula."""
    rate = product["interest_rate"] / 100
    if product["product_type"] == "Credit Card":
        debt, months = 1_500, 36
    elif "mortgage" in product["benefits"].lower():
        debt, months, rate = 150_000, product["term_length"], rate + 0.01
    else:
        debt, months = 150 * product["term_length"], product["term_length"]
    grown = (1 + rate / 12) ** months
    return debt * (rate / 12) * grown / (grown - 1) + product["annual_fees"] / 12


def debt_of(product: pd.Series) -> float:
    """Return how much the credit adds to a customer's debt."""
    if product["product_type"] == "Credit Card":
        return 1_500
    return 150_000 if "mortgage" in product["benefits"].lower() else 150 * product["term_length"]


def open_to(customers: pd.DataFrame, product: pd.Series) -> dict[str, np.ndarray]:
    """Return, for each promise, whether a product keeps it to each customer."""
    left = customers["annual_income"].to_numpy() - customers["annual_spending"].to_numpy()
    everybody = np.ones(len(customers), dtype=bool)
    promises = {
        "eligible": meets_criteria(customers, product) & (product["product_status"] == "Active"),
        "within what comes in": left >= -0.001,
        "high risk with a surplus": (left > 0) if product["risk_level"] == "High" else everybody,
    }
    if product["product_type"] in ("Credit Card", "Loan"):
        months = 12 * customers["age"].to_numpy() + product["term_length"]
        debt = customers["loan_balance"].to_numpy() + debt_of(product)
        promises |= {
            "75 at the end": months <= 75 * 12,
            "affordable": left / 12 >= monthly_payment(product) - 1e-6,
            "debt": debt <= 4.5 * customers["annual_income"].to_numpy() + 1e-6,
        }
    return promises


def dominates(one: pd.Series, other: pd.Series) -> bool:
    """Return whether a product is no worse than another of its type, and better in one respect."""
    sign = 1 if one["product_type"] in ("Credit Card", "Loan") else -1
    first = (sign * one["interest_rate"], one["annual_fees"])
    second = (sign * other["interest_rate"], other["annual_fees"])
    return (
        one["product_type"] == other["product_type"]
        and first != second
        and first[0] <= second[0]
        and first[1] <= second[1]
    )


def examine(bank: Bank) -> dict[str, float]:
    """Return every figure of a bank's offers; the first ones count what must never be."""
    products = {product["product_id"]: product for _, product in bank.products.iterrows()}
    promises = {i: open_to(bank.customers, product) for i, product in products.items()}
    is_open = {i: np.logical_and.reduce(list(kept.values())) for i, kept in promises.items()}
    better = {
        i: [j for j in products if dominates(products[j], products[i])]
        for i in {i for row in bank.offered for i in row}
    }
    pairs = [(person, i) for person, row in enumerate(bank.offered) for i in row]
    broken = {
        name: sum(name in promises[i] and not promises[i][name][person] for person, i in pairs)
        for name in ("eligible", "within what comes in", "75 at the end", "affordable", "debt")
    }
    broken["high risk"] = sum(
        not promises[i]["high risk with a surplus"][person] for person, i in pairs
    )
    broken["dominated"] = sum(any(is_open[j][person] for j in better[i]) for person, i in pairs)
    broken["two of a type"] = sum(
        len({products[i]["product_type"] for i in row}) < len(row) for row in bank.offered
    )
    return broken | _usefulness(bank, products)


def _usefulness(bank: Bank, products: dict[int, pd.Series]) -> dict[str, float]:
    people = len(bank.offered)
    first = [products[row[0]]["product_type"] for row in bank.offered if row]
    tops = [set(ids[:5]) for ids in bank.lists.values()]
    return {
        "without": sum(not row for row in bank.offered) / people,
        **{f"first: {name}": first.count(name) / people for name in TYPES},
        "shortest list": min(map(len, bank.lists.values())),
        "longest list": max(map(len, bank.lists.values())),
        "fewest types": min(
            len({products[i]["product_type"] for i in ids}) for ids in bank.lists.values()
        ),
        "overlap": np.mean([len(one & other) / 5 for one, other in combinations(tops, 2)]),
        **_rates(bank, products),
    }


def _rates(bank: Bank, products: dict[int, pd.Series]) -> dict[str, float]:
    """Return the mean rate of credit offered, and what it was when all that is open was listed."""
    credit = {i: p for i, p in products.items() if p["product_type"] in ("Credit Card", "Loan")}
    after = [credit[i]["interest_rate"] for row in bank.offered for i in row if i in credit]
    before = [
        product["interest_rate"]
        for product in credit.values()
        for cluster in np.unique(bank.labels)
        if product["product_status"] == "Active"
        and meets_criteria(bank.customers[bank.labels == cluster], product).mean() >= 0.5
    ]
    return {
        "rate before": np.mean(before),
        "rate": np.mean(after),
        "rate to before": np.mean(after) / np.mean(before),
    }


def main() -> None:
    """Print the mean, the least and the most of every figure over 20 banks of either size."""
    for size in (500, 5_000):
        figures = pd.DataFrame([examine(generated_bank(size, seed)) for seed in range(20)])
        print(f"20 banks of {size:,} customers")
        print(figures.agg(["mean", "min", "max"]).T.round(3).to_string())


if __name__ == "__main__":
    main()
