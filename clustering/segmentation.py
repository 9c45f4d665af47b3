"""Segmentations of earlier months: who was in which cluster, and who has moved since."""

import zlib
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from clustering.engine import NO_CLUSTER, cluster_centers, learning_rows
from clustering.model import Model

NOT_IN_ANY = "none"  # what stands for no cluster
KEEP, REFIT, LOOK_AGAIN = "keep", "refit", "look again"
# From where on kept clusters should be found again, or looked at again: the root mean square of the
# features' shifts in standard deviations, the change of a cluster's share, the share of customers
# who are unlike everybody then.
LIMITS = {REFIT: (0.2, 0.05, 0.03), LOOK_AGAIN: (0.5, 0.15, 0.1)}

MEASURED = (
    "the centres have moved by up to {shift:.2f} standard deviations, the clusters' shares by up to"
    " {share:.1%}, and {unlike:.1%} of the customers are unlike everybody then."
)
SENTENCES = {
    KEEP: f"Keep the clusters: {MEASURED}",
    REFIT: f"Refit the clusters: {MEASURED}",
    LOOK_AGAIN: f"Look again for clusters: {MEASURED}",
}


class Members(NamedTuple):
    """Who is in which cluster: a key for each customer, ascending by id, and the labels.

    Keys are ids, or hashes of the references where customers are known by these.
    """

    keys: np.ndarray
    labels: np.ndarray
    referenced: bool

    @classmethod
    def of(cls, ids: np.ndarray, references: pd.Series | None, labels: np.ndarray) -> Self:
        """Return the members by their references if there are any, otherwise by id."""
        if references is None:
            return cls(ids.astype(np.int64), labels, False)
        named = references.where(references.notna(), pd.Series(ids).astype(str))
        hashes = pd.util.hash_array(named.to_numpy(dtype=object), categorize=False)
        return cls(hashes.view(np.int64), labels, True)

    @classmethod
    def unpack(cls, keys: bytes, labels: bytes, *, referenced: bool) -> Self:
        """Return the members that `pack` gave."""
        steps = np.frombuffer(zlib.decompress(keys), dtype=np.int64)
        return cls(
            np.cumsum(steps), np.frombuffer(zlib.decompress(labels), dtype=np.int8), referenced
        )

    def pack(self) -> dict[str, object]:
        """Return keys and labels in as few bytes as they take."""
        return {
            "keys": zlib.compress(np.diff(self.keys, prepend=0).tobytes()),
            "labels": zlib.compress(self.labels.astype(np.int8).tobytes()),
            "referenced": self.referenced,
        }


class Migration(NamedTuple):
    """Who went from which cluster to which.

    `moved` has an earlier and a later number for each later customer who was there before and is in
    another cluster now, by position.
    """

    table: dict[str, dict[str, int]]
    new: dict[str, int]
    gone: dict[str, int]
    moved: pd.DataFrame

    def to_json(self) -> dict:
        """Return the numbers as plain objects."""
        return {
            "gone": self.gone,
            "moved": len(self.moved),
            "new": self.new,
            "table": self.table,
        }


def migration(before: Members, after: Members) -> Migration:
    """Compare who was in which cluster with who is."""
    earlier = pd.DataFrame({"key": before.keys, "from": before.labels})
    later = pd.DataFrame(
        {"key": after.keys, "to": after.labels, "position": range(len(after.keys))}
    )
    both = earlier.merge(later, how="outer", on="key", indicator="side")
    stayed = both[both["side"] == "both"]
    counts = stayed.groupby(["from", "to"]).size()
    table: dict[str, dict[str, int]] = {}
    for (one, other), count in counts.items():
        table.setdefault(said(one), {})[said(other)] = int(count)
    return Migration(
        table,
        _counts(both.loc[both["side"] == "right_only", "to"]),
        _counts(both.loc[both["side"] == "left_only", "from"]),
        stayed.loc[stayed["from"] != stayed["to"], ["position", "from", "to"]]
        .astype(int)
        .sort_values("position"),
    )


class Drift(NamedTuple):
    """How far customers are from what a kept model was learned from, and what follows.

    `shifts` has for each cluster how far its centre has moved, as the root mean square of the
    features' shifts in standard deviations; `shares` how its share of the customers has changed;
    `unlike` is the share of customers who are unlike everybody then.
    """

    shifts: dict[str, float]
    shares: dict[str, float]
    unlike: float

    @property
    def verdict(self) -> str:
        """Whether to keep the model, to refit it or to look again for clusters."""
        worst = (max(self.shifts.values()), max(map(abs, self.shares.values())), self.unlike)
        return next(
            (
                verdict
                for verdict in (LOOK_AGAIN, REFIT)
                if any(w >= limit for w, limit in zip(worst, LIMITS[verdict], strict=True))
            ),
            KEEP,
        )


def drift(model: Model, customers: pd.DataFrame) -> Drift:
    """Return how far customers have drifted from a kept model."""
    points = model.space.transform(customers)
    assignment = model.assign_points(points)
    rows = learning_rows(points)
    labels = model.assign_points(rows).labels
    present = np.unique(labels)
    centers = cluster_centers(rows, np.searchsorted(present, labels))
    shifts = np.full(model.n_clusters, np.nan)
    shifts[present] = np.sqrt(((centers - model.centers[present]) ** 2).mean(axis=1))
    members = assignment.labels[assignment.labels != NO_CLUSTER]
    shares = np.bincount(members, minlength=model.n_clusters) / max(len(members), 1)
    earlier = np.array(model.sizes) / sum(model.sizes)
    return Drift(
        {str(n): float(shifts[n]) for n in present},
        {str(n): float(change) for n, change in enumerate(shares - earlier)},
        float(model.unlike(customers, assignment).mean()),
    )


def drift_report(model: Model, customers: pd.DataFrame) -> dict:
    """Return how far customers have drifted from a kept model, with a verdict in words."""
    found = drift(model, customers)
    worst = max(found.shifts.values())
    sentence = SENTENCES[found.verdict].format(
        shift=worst, share=max(map(abs, found.shares.values())), unlike=found.unlike
    )
    return {
        "centre_shifts": found.shifts,
        "share_changes": found.shares,
        "unlike_share": found.unlike,
        "verdict": found.verdict,
        "verdict_sentence": sentence,
    }


def said(label: int) -> str:
    """Return a cluster's number as text, or that it is none."""
    return NOT_IN_ANY if label == NO_CLUSTER else str(int(label))


def _counts(labels: pd.Series) -> dict[str, int]:
    return {said(label): int(count) for label, count in labels.value_counts(sort=False).items()}
