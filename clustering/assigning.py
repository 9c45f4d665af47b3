"""Many customers placed in clusters that are there: where each belongs, how sure, and why."""

import numpy as np
import pandas as pd

from clustering.engine import NO_CLUSTER
from clustering.model import Assignment, Model

MOST_DECIDING = 3  # figures that are shown


def with_features(model: Model, customers: pd.DataFrame) -> pd.DataFrame:
    """Return the customers with every feature of a model as a column, of its type.

    What a column can't be taken for is missing.
    """
    columns = {}
    for part in model.space.parts:
        column = customers.get(part.name, pd.Series(index=customers.index, dtype=object))
        if part.is_numeric:
            columns[part.name] = pd.to_numeric(column, errors="coerce").astype(float)
        else:
            columns[part.name] = column.astype(object).where(column.notna(), None)
    return pd.DataFrame(columns, index=customers.index)


def assigned(model: Model, customers: pd.DataFrame) -> list[dict]:
    """Return what is to be said of each customer's place, as an object for JSON.

    That is the cluster and its name, the second-best one, how sure it is (0 halfway between the
    two, 1 at the centre), the features that speak the most for the first, each with its share of
    all that do, and whether the customer is unlike everybody in the clusters.
    """
    features = with_features(model, customers)
    rows = _places(model, features, model.assign(features))
    for name in ("reference", "customer_id"):
        if name in customers:
            for row, value in zip(rows, customers[name].tolist(), strict=True):
                row[name] = None if pd.isna(value) else value
    return rows


def _places(model: Model, customers: pd.DataFrame, assignment: Assignment) -> list[dict]:
    decisive = _deciding(model, customers, assignment)
    unlike = model.unlike(customers, assignment).tolist()
    rows = []
    for i, (label, second, certainty) in enumerate(
        zip(
            assignment.labels.tolist(),
            assignment.second.tolist(),
            assignment.certainty.tolist(),
            strict=True,
        )
    ):
        nowhere = label == NO_CLUSTER
        rows.append(
            {
                "certainty": None if nowhere else round(certainty, 4),
                "cluster": None if nowhere else label,
                "cluster_name": None if nowhere else model.names[label],
                "decided_by": [] if nowhere else decisive[i],
                "second_cluster": None if nowhere else second,
                "unlike_everybody": unlike[i] and not nowhere,
            }
        )
    return rows


def _deciding(model: Model, customers: pd.DataFrame, assignment: Assignment) -> list[list[dict]]:
    """Return the features that speak the most for each customer's cluster."""
    gains = np.maximum(model.deciding(customers, assignment).to_numpy(), 0)
    totals = gains.sum(axis=1, keepdims=True)
    shares = np.divide(gains, totals, out=np.zeros_like(gains), where=totals > 0)
    order = np.argsort(-gains, axis=1, kind="stable")[:, :MOST_DECIDING].tolist()
    features = model.features
    values = list(zip(*(customers[name].tolist() for name in features), strict=True))
    return [
        [
            {"feature": features[j], "share": share[j], "value": value[j]}
            for j in places
            if share[j] > 0
        ]
        for places, share, value in zip(order, shares.round(4).tolist(), values, strict=True)
    ]
