"""Clusters by the customers' own columns are those of scikit-learn on the same points."""

import io

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from tests.files import CSV
from tests.support import ok

N_CLUSTERS = 3
PLANS = np.array(["basic", "plus", "family"])


def table(seed, count=300):
    """Customers of three kinds, by figures without outliers and by a text of few values."""
    random = np.random.default_rng(seed)
    kind = random.integers(0, N_CLUSTERS, count)
    plan = np.where(random.random(count) < 0.8, kind, random.integers(0, len(PLANS), count))
    return pd.DataFrame(
        {
            "tenure": (kind * 4 + random.normal(10, 1, count)).round(2),
            "monthly visits": (kind % 2 * 30 + random.normal(50, 5, count)).round(1),
            "plan": PLANS[plan],
        }
    )


def points(frame):
    """The figures standardised; the plans as columns that together vary as much as one figure."""
    figures = StandardScaler().fit_transform(frame[["tenure", "monthly visits"]])
    plans = pd.get_dummies(frame["plan"]).to_numpy(float)
    return np.hstack([figures, plans / np.sqrt(plans.var(axis=0).sum())])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_clusters_are_those_of_scikit_learn(client, seed, form):
    frame = table(seed)
    file = io.BytesIO()
    frame.to_csv(file, index=False) if form == "csv" else frame.to_parquet(file)
    ok(client.post("/importCustomers", data=file.getvalue(), content_type=CSV))
    options = {"n_clusters": N_CLUSTERS, "features": list(frame)}
    ok(client.post("/conductClustering", json=options))
    found = [customer["cluster"] for customer in ok(client.get("/getCustomers"))]
    with threadpool_limits(1):
        expected = KMeans(N_CLUSTERS, n_init=20, random_state=0, tol=0).fit_predict(points(frame))
    assert adjusted_rand_score(found, expected) == 1
