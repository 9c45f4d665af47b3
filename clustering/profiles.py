"""What the members of each cluster are like, in figures and in words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clustering.choice import NOT_FEATURES
from clustering.engine import NO_CLUSTER
from clustering.facts import Groups, figures_of
from clustering.features import is_category
from clustering.names import Name
from schema import CATEGORIES, CITIES, FEATURES, NUMBERS, OCCUPATIONS

HIGHEST_SHARE_SPENT = 2.0  # a tiny income would otherwise outweigh everybody else's share
MOST_FREQUENT = 3  # values of a category that are shown
TYPICAL = 5  # customers that are shown
LABELS = {"city": CITIES, "occupation": OCCUPATIONS}
QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}


def summarise(customers: pd.DataFrame, labels: np.ndarray, n_clusters: int) -> dict[int, dict]:
    """Return the means and modes of each cluster's members; missing values do not count.

    The smallest of equally frequent codes is the mode. None where no member has a value.
    """
    columns = {name: _means(customers[name], labels, n_clusters) for name in NUMBERS}
    columns |= {name: _modes(customers[name], labels, n_clusters) for name in CATEGORIES}
    return {
        cluster: {name: columns[name][cluster] for name in sorted(columns)}
        for cluster in range(n_clusters)
    }


def profiles(
    customers: pd.DataFrame, labels: np.ndarray, naming: Sequence[Name], away: np.ndarray
) -> dict[int, dict]:
    """Return what each cluster that has members is like, most unlike features first.

    Each number, the customers' own included, has the cluster's mean, the mean over all customers
    and the difference between the two in standard deviations over all customers; beside them the
    10th, 50th and 90th percentile and the share of members who have nothing. `share_spent` is
    annual spending as a share of annual income, at most 2. A feature without a value in the cluster
    is left out. `categories` has the most frequent values, with an index of 100 for who has them as
    often as everybody. `typical` has the positions of those nearest to the centre, by `away`, their
    distance to it.
    """
    groups = Groups(labels, len(naming))
    features = _features(customers, groups)
    categories = _categories(customers, labels, groups)
    typical = _typical(labels, len(naming), away)
    everybody = sum(groups.sizes)
    return {
        cluster: {
            "because": list(name.because),
            "categories": categories[cluster],
            "features": sorted(features[cluster], key=lambda row: -abs(row["difference"])),
            "name": name.text,
            "share": groups.sizes[cluster] / everybody,
            "size": groups.sizes[cluster],
            "typical": typical[cluster],
        }
        for cluster, name in enumerate(naming)
        if groups.sizes[cluster]
    }


def _features(customers: pd.DataFrame, groups: Groups) -> list[list[dict]]:
    """Return each cluster's numbers beside everybody's."""
    clusters: list[list[dict]] = [[] for _ in range(groups.n_groups)]
    for name, values in _numbers(customers).items():
        means = groups.of(values, np.mean)
        shares = groups.of(values, lambda known: np.mean(known == 0))
        quantiles = {
            key: groups.of(values, lambda known, q=q: np.quantile(known, q))
            for key, q in QUANTILES.items()
        }
        spread = groups.of(values, _deviation)[-1]
        for cluster, features in enumerate(clusters):
            if means[cluster] == means[cluster]:  # known
                features.append(
                    {key: found[cluster] for key, found in quantiles.items()}
                    | {
                        "difference": (means[cluster] - means[-1]) / spread,
                        "feature": name,
                        "mean": means[cluster],
                        "overall_mean": means[-1],
                        "zero_share": shares[cluster],
                    }
                )
    return clusters


def _numbers(customers: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the customers' numbers, the share of income spent and their own ones."""
    own = [name for name in _own(customers) if not is_category(customers, name)]
    figures = figures_of(customers, own)
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing by nothing is missing
        shares = figures["annual_spending"] / figures["annual_income"]
    return {
        **{name: figures[name] for name in NUMBERS},
        "share_spent": np.minimum(shares, HIGHEST_SHARE_SPENT),
        **{name: figures[name] for name in own},
    }


def _own(customers: pd.DataFrame) -> list[str]:
    return [name for name in customers if name not in FEATURES and name not in NOT_FEATURES]


def _deviation(values: np.ndarray) -> float:
    return values.std() if values.min() < values.max() else np.inf


def _categories(customers: pd.DataFrame, labels: np.ndarray, groups: Groups) -> list[dict]:
    """Return each cluster's most frequent values of each category."""
    own = [name for name in _own(customers) if is_category(customers, name)]
    names = [*CATEGORIES, *own]
    clusters: list[dict] = [{} for _ in range(groups.n_groups)]
    for name in names:
        members = customers[name][labels != NO_CLUSTER]
        codes, values = pd.factorize(members, sort=True)
        if len(values):
            counts = np.zeros((groups.n_groups + 1, len(values)))
            known = codes >= 0
            np.add.at(counts, (labels[labels != NO_CLUSTER][known], codes[known]), 1)
            counts[-1] = counts.sum(axis=0)
            for cluster, found in enumerate(clusters):
                found[name] = _most_frequent(name, values, counts[cluster], counts[-1])
    return clusters


def _most_frequent(name: str, values: Sequence, own: np.ndarray, all_: np.ndarray) -> list[dict]:
    order = np.argsort(-own, kind="stable")[:MOST_FREQUENT]
    usual = all_ / all_.sum()
    return [
        {
            "index": round(100 * own[i] / own.sum() / usual[i]),
            "share": float(own[i] / own.sum()),
            "value": LABELS[name][int(values[i])] if name in LABELS else str(values[i]),
        }
        for i in order
        if own[i]
    ]


def _typical(labels: np.ndarray, n_clusters: int, away: np.ndarray) -> list[list[int]]:
    """Return the positions of the members nearest to each centre."""
    found = []
    for cluster in range(n_clusters):
        members = np.flatnonzero(labels == cluster)
        nearest = np.argsort(away[members, cluster], kind="stable")[:TYPICAL]
        found.append(members[nearest].tolist())
    return found


def _means(values: pd.Series, labels: np.ndarray, n_clusters: int) -> list[float | None]:
    """Return the mean of each cluster's known values."""
    numbers = values.to_numpy(dtype=np.float64)
    known = ~np.isnan(numbers) & (labels != NO_CLUSTER)
    sizes = np.bincount(labels[known], minlength=n_clusters)
    sums = np.bincount(labels[known], numbers[known], minlength=n_clusters)
    return [float(s / n) if n else None for s, n in zip(sums, sizes, strict=True)]


def _modes(codes: pd.Series, labels: np.ndarray, n_clusters: int) -> list[int | None]:
    """Return the most frequent of each cluster's known codes, the smallest among equals."""
    numbers = codes.to_numpy(dtype=np.float64)
    known = ~np.isnan(numbers) & (labels != NO_CLUSTER)
    numbers = numbers[known].astype(np.int64)
    counts = np.zeros((n_clusters, numbers.max(initial=0) + 1), dtype=np.int64)
    np.add.at(counts, (labels[known], numbers), 1)
    return [int(row.argmax()) if row.any() else None for row in counts]
