"""A bank's products: the offer a product belongs to (see `offers`) decides nearly all of it."""

import numpy as np
import pandas as pd

from data_generator.offers import BENEFITS, CRITERIA, OFFERS, SAVINGS, TERMS
from data_generator.sampling import spread_codes

LOWEST_ID = 1_000
ACTIVE_SHARE = 0.8
FIRST_LAUNCH, LAST_LAUNCH = np.datetime64("2015-01-01"), np.datetime64("2024-12-31")
CHANNELS = {
    ("Online", "Branch", "Mobile App"): 0.35,
    ("Online", "Mobile App"): 0.30,
    ("Online", "Branch"): 0.15,
    ("Branch",): 0.08,
    ("Online",): 0.06,
    ("Mobile App",): 0.06,
}


def generate_products(size, seed=None):
    """`size` products (1 or more) as a frame; the same size and seed give the same frame.

    Columns: product_id (unique), product_name, product_type; the criteria min_age, max_age,
    min_income, max_income (£) and credit_score_required; interest_rate (% a year), annual_fees
    (£), risk_level, benefits, term_length (months), renewable, reward_points; product_status,
    launch_date (datetime64), channels (lists of strings). Nothing is missing: what a type has
    none of is 0. Without a seed every call draws afresh.
    """
    rng = np.random.default_rng(seed)
    offer = spread_codes(rng, (share for _, share in OFFERS.values()), size)
    demanding = rng.random(size)  # 0 to 1: where a product lies between the pairs of its offer
    products = pd.DataFrame(
        _identity(rng, offer) | _criteria(rng, offer, demanding) | _terms(rng, offer, demanding)
    )
    products.insert(products.columns.get_loc("term_length"), "benefits", _benefits(offer, products))
    return products.assign(**_market(rng, size))


def _identity(rng, offer):
    product_id = _draw_ids(rng, len(offer))
    product_type = np.array([product_type for product_type, _ in OFFERS.values()])[offer]
    name = [f"{t}_{i}" for t, i in zip(product_type, product_id, strict=True)]
    return {"product_id": product_id, "product_name": name, "product_type": product_type}


def _draw_ids(rng, size):
    """Distinct ids: of four digits, or of up to as many more as it takes for `size` of them."""
    end = 10 * LOWEST_ID
    while end - LOWEST_ID < size:
        end *= 10
    return LOWEST_ID + rng.choice(end - LOWEST_ID, size, replace=False)


def _criteria(rng, offer, demanding):
    """Ages and the highest income lie anywhere in the offer's range, the rest as demanding."""
    min_age, max_age, min_income, max_income, score = zip(*CRITERIA.values(), strict=True)
    size = len(offer)
    return {
        "min_age": _between(min_age, offer, rng.random(size)).astype(int),
        "max_age": _between(max_age, offer, rng.random(size)).astype(int),
        "min_income": _between(min_income, offer, demanding, decimals=-2),
        "max_income": _between(max_income, offer, rng.random(size), decimals=-2),
        "credit_score_required": _between(score, offer, demanding).astype(int),
    }


def _terms(rng, offer, demanding):
    rate, fee, points, half_years, risk, renewable = zip(*TERMS.values(), strict=True)
    is_savings = np.array([kind == SAVINGS for kind, _ in OFFERS.values()])[offer]
    position = np.where(
        is_savings, demanding, rng.random(len(offer))
    )  # the longer, the better paid
    term = 6 * _between(half_years, offer, position)
    return {
        "interest_rate": _between(rate, offer, demanding, decimals=2),
        "annual_fees": _between(fee, offer, demanding, decimals=2),
        "risk_level": np.array(risk)[offer],
        "term_length": term.astype(int),
        "renewable": np.array(renewable)[offer],
        "reward_points": _between(points, offer, demanding),
    }


def _between(pairs, offer, position, decimals=0):
    """For each product the value at `position` (0 to 1) between the two of its offer's pair."""
    low, high = np.array(pairs, dtype=float)[offer].T
    return np.round(low + (high - low) * position, decimals)


def _benefits(offer, products):
    sentences = list(BENEFITS.values())
    figures = products[["min_age", "max_age", "interest_rate", "term_length", "reward_points"]]
    return [
        sentences[code].format(**figures_of_one)
        for code, figures_of_one in zip(offer, figures.to_dict("records"), strict=True)
    ]


def _market(rng, size):
    """Status, launch and channels, which have nothing to do with the offer."""
    days = (LAST_LAUNCH - FIRST_LAUNCH).astype(int)
    channels = list(CHANNELS)
    return {
        "product_status": np.where(rng.random(size) < ACTIVE_SHARE, "Active", "Inactive"),
        "launch_date": FIRST_LAUNCH + rng.integers(days, size=size, endpoint=True),
        "channels": [list(channels[code]) for code in spread_codes(rng, CHANNELS.values(), size)],
    }
