"""Which share of each cluster may have which product."""

import numpy as np
import pandas as pd

# Each criterion: the customer's value it is about, and 1 for a lowest or -1 for a highest value.
CRITERIA = {
    "min_age": ("age", 1),
    "max_age": ("age", -1),
    "min_income": ("annual_income", 1),
    "max_income": ("annual_income", -1),
    "credit_score_required": ("credit_score", 1),
}
CELLS = 2**16  # products times customers compared at once: what fits in a processor's cache


def eligible_shares(
    products: pd.DataFrame, customers: pd.DataFrame, labels: np.ndarray
) -> np.ndarray:
    """Return the share of each cluster's members who meet every criterion of each product.

    A criterion that is missing restricts nobody; a customer whose value is missing does not
    meet a criterion about it. Shape (n_products, n_clusters). Money is compared to the penny:
    equal amounts of two decimals are the same 64-bit float.
    """
    bounds, values = _bounds(products), _values(customers)
    sizes = np.bincount(labels)
    counts = [
        _eligible(bounds, [column[labels == cluster] for column in values], len(products))
        for cluster in range(len(sizes))
    ]
    return np.column_stack(counts) / np.maximum(sizes, 1)


def first_eligible(products: pd.DataFrame, customers: pd.DataFrame) -> np.ndarray:
    """Return the position of the first product whose criteria each customer meets; -1 for none."""
    bounds, values = _bounds(products), _values(customers)
    first = np.full(len(customers), -1)
    waiting = np.arange(len(customers))
    for i in range(len(products)):
        meets = np.full(len(waiting), True)
        for bound, value in zip(bounds, values, strict=True):
            meets &= value[waiting] >= bound[i]
        first[waiting[meets]] = i
        waiting = waiting[~meets]
    return first


def _bounds(products: pd.DataFrame) -> list[np.ndarray]:
    return [_at_least(products[criterion], sign) for criterion, (_, sign) in CRITERIA.items()]


def _values(customers: pd.DataFrame) -> list[np.ndarray]:
    return [_at_least(customers[column], sign) for column, sign in CRITERIA.values()]


def _at_least(values: pd.Series, sign: int) -> np.ndarray:
    """Return the values such that every criterion is: the customer's is at least the product's.

    A missing value becomes the lowest there is: nobody falls short of it, and it reaches no other.
    """
    numbers = sign * values.to_numpy(dtype=np.float64)
    return np.where(np.isnan(numbers), -np.inf, numbers)


def _eligible(bounds: list[np.ndarray], values: list[np.ndarray], n_products: int) -> np.ndarray:
    """Return how many of these customers meet all of each product's criteria."""
    n_members = len(values[0])
    width = max(1, min(n_members, CELLS))
    height = CELLS // width
    counts = np.zeros(n_products, dtype=np.int64)
    for left in range(0, n_members, width):
        for top in range(0, n_products, height):
            meets = True
            for bound, value in zip(bounds, values, strict=True):
                meets &= value[left : left + width] >= bound[top : top + height, None]
            counts[top : top + height] += np.count_nonzero(meets, axis=1)
    return counts
