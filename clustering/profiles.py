"""What the members of each cluster are like, in figures and in words."""

import numpy as np
import pandas as pd

from clustering.names import cluster_names
from schema import CATEGORIES, NUMBERS

HIGHEST_SHARE_SPENT = 2.0  # a tiny income would otherwise outweigh everybody else's share


def summarise(customers: pd.DataFrame, labels: np.ndarray) -> dict[int, dict]:
    """Return the means and modes of each cluster's members; missing values do not count.

    The smallest of equally frequent codes is the mode. None where no member has a value.
    """
    columns = {name: _means(customers[name], labels) for name in NUMBERS}
    columns |= {name: _modes(customers[name], labels) for name in CATEGORIES}
    return {
        cluster: {name: columns[name][cluster] for name in sorted(columns)}
        for cluster in range(labels.max() + 1)
    }


def profiles(customers: pd.DataFrame, labels: np.ndarray) -> dict[int, dict]:
    """Return each cluster's name, size, share of all customers and features, most unlike first.

    Each feature has the cluster's mean, the mean over all customers and the difference between
    the two in standard deviations over all customers. `share_spent` is annual spending as a
    share of annual income, at most 2. A feature without a value in the cluster is left out.
    """
    features = _features(customers, labels)
    names = cluster_names([{f["feature"]: f["difference"] for f in row} for row in features])
    sizes = np.bincount(labels).tolist()
    return {
        cluster: {
            "features": features[cluster],
            "name": names[cluster],
            "share": size / len(labels),
            "size": size,
        }
        for cluster, size in enumerate(sizes)
    }


def _features(customers: pd.DataFrame, labels: np.ndarray) -> list[list[dict]]:
    """Return how each cluster differs from everybody, the largest difference first."""
    clusters = [[] for _ in range(labels.max() + 1)]
    for name in (*NUMBERS, "share_spent"):
        values = _share_spent(customers) if name == "share_spent" else customers[name]
        overall = values.mean()
        deviation = values.std(ddof=0) if values.min() < values.max() else np.inf
        for features, mean in zip(clusters, _means(values, labels), strict=True):
            if mean is not None:
                features.append(
                    {
                        "difference": float((mean - overall) / deviation),
                        "feature": name,
                        "mean": mean,
                        "overall_mean": float(overall),
                    }
                )
    return [sorted(features, key=lambda f: -abs(f["difference"])) for features in clusters]


def _share_spent(customers: pd.DataFrame) -> pd.Series:
    """Return each customer's spending as a share of income; missing when both are nothing."""
    shares = customers["annual_spending"] / customers["annual_income"]
    return shares.clip(upper=HIGHEST_SHARE_SPENT)


def _means(values: pd.Series, labels: np.ndarray) -> list[float | None]:
    """Return the mean of each cluster's known values."""
    numbers = values.to_numpy(dtype=np.float64)
    known = ~np.isnan(numbers)
    sizes = np.bincount(labels[known], minlength=labels.max() + 1)
    sums = np.bincount(labels[known], numbers[known], minlength=labels.max() + 1)
    return [float(s / n) if n else None for s, n in zip(sums, sizes, strict=True)]


def _modes(codes: pd.Series, labels: np.ndarray) -> list[int | None]:
    """Return the most frequent of each cluster's known codes, the smallest among equals."""
    numbers = codes.to_numpy(dtype=np.float64)
    known = ~np.isnan(numbers)
    numbers = numbers[known].astype(np.int64)
    counts = np.zeros((labels.max() + 1, numbers.max(initial=0) + 1), dtype=np.int64)
    np.add.at(counts, (labels[known], numbers), 1)
    return [int(row.argmax()) if row.any() else None for row in counts]
