import json

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.metrics import silhouette_score

from clustering.auto import choose_n_clusters
from clustering.engine import TooFewCustomers
from clustering.features import feature_matrix
from clustering.quality import border_share, inertia, quality
from clustering.sweep import (
    REFIT_SAMPLE,
    SILHOUETTE_SAMPLE,
    silhouette,
    stability,
    sweep,
)
from data_generator.customers import generate_customers
from tests.support import cluster_points

PAIRS = np.float32([[0], [1], [10], [11]])
OF_PAIRS = np.array([0, 0, 1, 1])


def blobs(n_blobs, size=600):
    angles = np.arange(n_blobs) * 2 * np.pi / n_blobs
    centers = 20 * np.column_stack([np.cos(angles), np.sin(angles)])
    points, labels = make_blobs(size, centers=centers, random_state=1)
    return points.astype(np.float32), labels


def clustered(seed, size=500):
    customers = generate_customers(size, seed)
    matrix = feature_matrix(customers)
    return matrix, cluster_points(matrix, 3, customers["annual_income"].to_numpy())


def auto(matrix):
    return choose_n_clusters(sweep(matrix)).n_clusters


def shuffled(matrix, seed):
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.permutation(column) for column in matrix.T])


def test_measures_by_hand():
    measures = quality(PAIRS, OF_PAIRS)
    assert measures["sizes"] == {0: 2, 1: 2}
    assert measures["inertia"] == pytest.approx(4 * 0.5**2)
    # 1 apart from the other of the pair, on average 10.5 or 9.5 from the other pair
    assert measures["silhouette"] == pytest.approx(((1 - 1 / 10.5) + (1 - 1 / 9.5)) / 2)
    # each pair's 0.5 on average from its centre, over the centres' distance of 10
    assert measures["davies_bouldin"] == pytest.approx((0.5 + 0.5) / 10)
    # between: 4 points 5 from the middle, 1 degree of freedom; within: the inertia, 2 degrees
    assert measures["calinski_harabasz"] == pytest.approx((4 * 5**2 / 1) / (1 / 2))


def test_measures_are_json_without_nan():
    for matrix, labels in (clustered(seed=1), (PAIRS, OF_PAIRS), (PAIRS, np.arange(4))):
        assert json.loads(json.dumps(quality(matrix, labels), allow_nan=False))


def test_a_measure_that_does_not_exist_is_none():
    measures = quality(PAIRS, np.arange(4))
    assert measures["silhouette"] is measures["davies_bouldin"] is None
    assert measures["calinski_harabasz"] is None


def test_generated_customers_have_clusters_to_be_trusted():
    datasets = [clustered(seed) for seed in range(20)]
    assert np.mean([silhouette(*dataset) for dataset in datasets]) >= 0.30
    assert np.mean([stability(*dataset) for dataset in datasets]) >= 0.85


def test_stability_tells_blobs_from_noise():
    assert stability(*blobs(3)) == 1
    noise = np.random.default_rng(1).random((300, 4), dtype=np.float32)
    labels = cluster_points(noise, 5, np.arange(300))
    assert stability(noise, labels) < 0.7


@pytest.mark.parametrize("n_blobs", [2, 3, 5, 10])
@pytest.mark.parametrize("size", [60, 600])
def test_auto_finds_the_number_of_blobs(n_blobs, size):
    assert auto(blobs(n_blobs, size)[0]) == n_blobs


@pytest.mark.parametrize(
    ("rows", "expected"), [([1, 5], 2), ([1, 5, 5], 2), ([1, 5, 9] * 40, 3), ([1, 1.1, 9, 9.2], 2)]
)
def test_auto_on_few_different_customers(rows, expected):
    assert auto(np.float32(rows).reshape(-1, 1)) == expected


@pytest.mark.parametrize("size", [0, 1, 5])
def test_auto_needs_two_different_customers(size):
    with pytest.raises(TooFewCustomers):
        auto(np.ones((size, 2), dtype=np.float32))


def test_the_sweep_goes_from_2_to_10():
    steps = sweep(clustered(seed=1)[0]).steps
    assert [step.n_clusters for step in steps] == list(range(2, 11))
    inertias = [step.inertia for step in steps]
    assert inertias == sorted(inertias, reverse=True)


def test_the_sweep_agrees_with_the_measures_of_the_clusters():
    matrix, labels = clustered(seed=1)
    step = sweep(matrix).steps[1]
    assert step.inertia == pytest.approx(inertia(matrix, labels), rel=1e-5)
    assert step.silhouette == pytest.approx(silhouette(matrix, labels))


def test_samples_stand_for_all_rows():
    matrix, labels = clustered(seed=1, size=4 * REFIT_SAMPLE)
    assert sweep(matrix).steps[1].inertia == pytest.approx(inertia(matrix, labels), rel=0.03)
    matrix, labels = matrix[: 2 * SILHOUETTE_SAMPLE], labels[: 2 * SILHOUETTE_SAMPLE]
    assert silhouette(matrix, labels) == pytest.approx(silhouette_score(matrix, labels), abs=0.03)


def test_the_verdict_on_blobs_is_natural_groups():
    for n_blobs in (3, 5):
        matrix, labels = blobs(n_blobs)
        measures = quality(matrix, labels)
        assert measures["verdict"] == "natural groups"
        assert measures["silhouette"] > measures["silhouette_null"] + 0.2
        assert min(measures["stability_by_cluster"].values()) == 1
        assert measures["border_share"] < 0.01


@pytest.mark.parametrize("seed", range(4))
def test_the_verdict_on_shuffled_columns_is_nothing_to_find(seed):
    matrix = shuffled(clustered(seed)[0], seed)
    labels = cluster_points(matrix, 3, np.arange(500))
    assert quality(matrix, labels)["verdict"] == "nothing to find"


def test_the_verdict_on_numbers_that_rise_together_is_slices():
    rng = np.random.default_rng(1)
    together = rng.standard_normal((400, 1)) + 0.5 * rng.standard_normal((400, 3))
    matrix = together.astype(np.float32)
    labels = cluster_points(matrix, 3, np.arange(400))
    assert quality(matrix, labels)["verdict"] == "useful slices"


def test_who_is_between_two_clusters_is_on_the_border():
    matrix = np.float32([[0], [2], [5.2], [8], [10]])  # centres at 2.4 and 9
    assert border_share(matrix, np.array([0, 0, 0, 1, 1])) == 0
    matrix[2] = 5.5  # centres at 2.5 and 9: 3 from one, 3.5 from the other
    assert border_share(matrix, np.array([0, 0, 0, 1, 1])) == 0
    matrix[2] = 5.7
    assert border_share(matrix, np.array([0, 0, 0, 1, 1])) == 1 / 5


def test_auto_says_why():
    matrix, _ = blobs(3)
    choice = choose_n_clusters(sweep(matrix))
    assert choice.reasons[0].startswith("3 clusters have a silhouette of 0.9")
    choice = choose_n_clusters(sweep(matrix), min_share=0.4)
    assert choice.n_clusters == 2
    assert choice.reasons[-1].startswith("3 to 10 clusters were not taken: the smallest would have")
    assert choice.reasons[-1].endswith(" to 33.3% of the customers.")
