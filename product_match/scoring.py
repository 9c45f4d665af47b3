"""Which products are recommended to which cluster, how strongly, and why.

A score is a sum of parts, each its weight times a signal from 0 to 1. One part, the eligible
share, is every product's; the others are the cluster's need for a product of this type. The
weights of a product's parts come to 1.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from product_match.eligibility import eligible_shares

RECOMMENDED_FROM = 0.5  # eligible share: what is recommended is open to most of the cluster
COLUMNS = ["product_id", "cluster", "score", "eligible_share", "reasons"]


class Part(NamedTuple):
    """One part of a score: the figure it looks at, its weight, which direction counts, and why."""

    figure: str
    weight: float
    more_counts: bool
    why: str


EVERY_PRODUCT = Part("eligible_share", 0.5, True, "an offer is worth what can be taken up of it")
NEEDS = {
    "Credit Card": (
        Part("spent", 0.35, True, "who spends most of what comes in pays often and runs short"),
        Part("age", 0.15, False, "the young still build the credit history that a card gives"),
    ),
    "Loan": (
        Part("owed", 0.30, True, "who borrows much gains most from a loan on better terms"),
        Part("age", 0.20, False, "homes are bought and furnished in the first half of life"),
    ),
    "Savings Account": (
        Part("kept", 0.30, True, "only what is left over can be put aside"),
        Part("owed", 0.20, False, "paying off a debt earns more than saving beside it"),
    ),
    "Investment": (
        Part("kept", 0.35, True, "only money that is not needed soon can bear a risk"),
        Part("age", 0.15, True, "what there is to invest is gathered over a working life"),
    ),
}


class Figure(NamedTuple):
    """A figure about a cluster: how far above everybody's its signal is 1, and how it is said."""

    span: float
    sentence: str


FIGURES = {
    "kept": Figure(30, "they keep {:z.0f} % of their income, all customers {:z.0f} %"),
    "spent": Figure(30, "they spend {:.0f} % of their income, all customers {:.0f} %"),
    "owed": Figure(2, "they owe {:.1f} times their annual income, all customers {:.1f} times"),
    "age": Figure(30, "they are {:.0f} years old on average, all customers {:.0f}"),
}


def match(products: pd.DataFrame, customers: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """Return one row for each product and cluster it is recommended to, the best scores first.

    A product is recommended when it is Active and at least `RECOMMENDED_FROM` of the cluster's
    members are eligible. Columns: product_id, cluster, score (0 to 1, three decimals),
    eligible_share, reasons (sentences); ordered by cluster, score downwards, product_id.
    """
    active = products[products["product_status"] == "Active"]
    shares = eligible_shares(active, customers, labels)
    row, cluster = np.nonzero(shares >= RECOMMENDED_FROM)
    recommended = active[["product_id", "product_type"]].iloc[row]
    recommended = recommended.assign(cluster=cluster, eligible_share=shares[row, cluster]).merge(
        needs(active["product_type"].unique(), *cluster_figures(customers, labels)),
        on=["product_type", "cluster"],
    )
    share = recommended["eligible_share"]
    recommended["score"] = (EVERY_PRODUCT.weight * share + recommended["need"]).round(3)
    recommended["reasons"] = [
        [f"{100 * part:.0f} % of this cluster meet its criteria", *sentences]
        for part, sentences in zip(share.tolist(), recommended["sentences"], strict=True)
    ]
    order = {"cluster": True, "score": False, "product_id": True}
    return recommended.sort_values(list(order), ascending=list(order.values()), ignore_index=True)[
        COLUMNS
    ]


def cluster_figures(customers: pd.DataFrame, labels: np.ndarray) -> tuple[pd.DataFrame, pd.Series]:
    """Return the figures of each cluster, a row each, and those of everybody.

    kept, spent: percentages of annual income; owed: loan balance in years of income; age. They
    relate the mean known amounts, so that a large income counts for more than a small one. NaN
    where there is no income or nothing known.
    """
    amounts = customers[["age", "annual_income", "annual_spending", "loan_balance"]].astype(float)
    return _figures(amounts.groupby(labels).mean()), _figures(amounts.mean().to_frame().T).iloc[0]


def needs(product_types, figures: pd.DataFrame, everybody: pd.Series) -> pd.DataFrame:
    """Return each cluster's need for each type of product, and the sentences that say why.

    Columns: product_type, cluster, need (0 to the weight the eligible share leaves), sentences.
    """
    rows = [
        (product_type, cluster, *_need(product_type, figures.loc[cluster], everybody))
        for product_type in product_types
        for cluster in figures.index
    ]
    return pd.DataFrame(rows, columns=["product_type", "cluster", "need", "sentences"])


def _need(product_type: str, figures: pd.Series, everybody: pd.Series) -> tuple[float, list[str]]:
    """Return a cluster's weighted need and its sentences; of an unknown type, half and none."""
    if product_type not in NEEDS:
        return (1 - EVERY_PRODUCT.weight) / 2, []
    parts = NEEDS[product_type]
    signals = [_signal(part, figures[part.figure] - everybody[part.figure]) for part in parts]
    sentences = [
        FIGURES[part.figure].sentence.format(figures[part.figure], everybody[part.figure])
        for part in parts
        if not np.isnan(figures[part.figure])
    ]
    return sum(p.weight * signal for p, signal in zip(parts, signals, strict=True)), sentences


def _signal(part: Part, difference: float) -> float:
    """Return 0.5 for a cluster like everybody (or unknown), linear up to 1 and down to 0."""
    if np.isnan(difference):
        return 0.5
    signal = float(np.clip(0.5 + difference / (2 * FIGURES[part.figure].span), 0, 1))
    return signal if part.more_counts else 1 - signal


def _figures(means: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the groups that have these means."""
    income = means["annual_income"].where(means["annual_income"] > 0)
    spent = 100 * means["annual_spending"] / income
    owed = means["loan_balance"] / income
    return pd.DataFrame({"kept": 100 - spent, "spent": spent, "owed": owed, "age": means["age"]})
