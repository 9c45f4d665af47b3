"""Many customers placed in clusters that are there: where each belongs, how sure, and why."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from clustering.engine import NO_CLUSTER
from clustering.model import Assignment, Model

MOST_DECIDING = 3  # figures that are shown
BATCH_SIZE = 5_000


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


def assigned(model: Model, customers: pd.DataFrame) -> Iterator[list[dict]]:
    """Yield, batch by batch, what is to be said of each customer's place.

    That is the cluster and its name, the second-best one, how sure it is (0 halfway between the
    two, 1 at the centre), the features that speak the most for the first, each with its share of
    all that do, and whether the customer is unlike everybody in the clusters.
    """
    features = with_features(model, customers)
    for start in range(0, len(customers), BATCH_SIZE):
        batch = features.iloc[start : start + BATCH_SIZE]
        assignment = model.assign(batch)
        rows = _places(model, batch, assignment)
        named = customers.iloc[start : start + BATCH_SIZE]
        for name in ("reference", "customer_id"):
            if name in named:
                for row, value in zip(rows, named[name].tolist(), strict=True):
                    row[name] = None if pd.isna(value) else value
        yield rows


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
    totals = gains.sum(axis=1)
    order = np.argsort(-gains, axis=1, kind="stable")[:, :MOST_DECIDING]
    values = [customers[name].tolist() for name in model.features]
    return [
        [
            {
                "feature": model.features[j],
                "share": round(gains[i, j] / totals[i], 4),
                "value": values[j][i],
            }
            for j in order[i].tolist()
            if gains[i, j] > 0
        ]
        for i in range(len(customers))
    ]
