from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from clustering.engine import (
    N_INIT,
    NO_CLUSTER,
    START_SAMPLE,
    TooFewCustomers,
    cluster_centers,
    distances,
    distinct_rows,
    fit,
    is_learned_from,
    learning_rows,
    nearest,
)
from clustering.features import DEFAULT_FEATURES, FeatureSpace, feature_matrix
from data_generator.customers import generate_customers
from tests.support import cluster_points

SEEDS = range(20)


def cluster(customers, n_clusters=3):
    matrix = feature_matrix(customers)
    return cluster_points(matrix, n_clusters, customers["annual_income"].to_numpy())


@pytest.mark.parametrize("n_clusters", [2, 3, 10])
@pytest.mark.parametrize("seed", SEEDS)
def test_clusters_are_those_of_scikit_learn(seed, n_clusters):
    customers = generate_customers(500, seed)
    model = KMeans(n_clusters, n_init=N_INIT, random_state=0, tol=0).fit(feature_matrix(customers))
    assert adjusted_rand_score(cluster(customers, n_clusters), model.labels_) == 1


def test_clusters_of_many_customers_are_those_of_scikit_learn():
    customers = generate_customers(3 * START_SAMPLE, seed=1)
    model = KMeans(3, n_init=N_INIT, random_state=1, tol=0).fit(feature_matrix(customers))
    assert adjusted_rand_score(cluster(customers), model.labels_) > 0.999


def test_another_random_state_finds_the_same_clusters():
    scores = []
    for seed in SEEDS:
        matrix = feature_matrix(generate_customers(500, seed))
        labels = fit(matrix, 3).labels_
        scores += [adjusted_rand_score(labels, fit(matrix, 3, state).labels_) for state in (1, 2)]
    assert np.mean(scores) >= 0.98


def test_the_order_of_the_rows_does_not_matter():
    scores = []
    for seed in SEEDS:
        customers = generate_customers(500, seed)
        shuffled = customers.sample(frac=1, random_state=seed)
        scores.append(adjusted_rand_score(cluster(customers)[shuffled.index], cluster(shuffled)))
        assert (cluster(shuffled.sort_index()) == cluster(customers)).all()
    assert np.mean(scores) >= 0.98


@pytest.mark.parametrize("size", [5_000, 2 * START_SAMPLE])
def test_the_number_of_threads_does_not_matter(size):
    matrix = feature_matrix(generate_customers(size, seed=1))
    centers = []
    for n_threads in (1, 2, 3, 7):
        with threadpool_limits(n_threads):
            centers.append(fit(matrix, 3).cluster_centers_.tobytes())
    assert len(set(centers)) == 1


def test_requests_at_the_same_time_do_not_disturb_each_other():
    matrix = feature_matrix(generate_customers(5_000, seed=1))
    with ThreadPoolExecutor(8) as pool:
        centers = list(pool.map(lambda _: fit(matrix, 3).cluster_centers_.tobytes(), range(16)))
    assert set(centers) == {fit(matrix, 3).cluster_centers_.tobytes()}


@pytest.mark.parametrize("n_clusters", [2, 3, 10])
def test_clusters_are_numbered_by_mean_income(n_clusters):
    customers = generate_customers(500, seed=1)
    labels = cluster(customers, n_clusters)
    means = customers.groupby(labels)["annual_income"].mean()
    assert means.index.tolist() == list(range(n_clusters))
    assert means.is_monotonic_increasing


@pytest.mark.parametrize("places", list(permutations([0, 5, 9])))
def test_equal_incomes_are_numbered_by_the_first_member(places):
    first, second, third = places
    matrix = np.float32([[first], [second], [first], [second], [third]])
    assert cluster_points(matrix, 3, np.ones(5)).tolist() == [0, 1, 0, 1, 2]


def test_unknown_incomes_do_not_count_and_come_last():
    matrix = np.float32([[0], [0], [5], [5], [9]])
    incomes = np.array([np.nan, np.nan, 7, np.nan, 6])
    assert cluster_points(matrix, 3, incomes).tolist() == [2, 2, 1, 1, 0]


@pytest.mark.parametrize(
    ("rows", "said"), [([1, 1, 1], "there is 1:"), ([1, 2, 2, 1], "there are 2:"), ([], "are 0:")]
)
def test_too_few_different_customers(rows, said):
    matrix = np.float32(rows).reshape(-1, 1)
    with pytest.raises(TooFewCustomers, match=said):
        cluster_points(matrix, 3, np.ones(len(rows)))


def test_customers_who_hardly_differ_are_too_few():
    incomes = pd.DataFrame({"annual_income": [20_000, 20_000.01, 90_000]})
    matrix = feature_matrix(incomes, ["annual_income"])
    assert distinct_rows(matrix, 3) == 3
    with pytest.raises(TooFewCustomers, match="there are 2:"):
        cluster_points(matrix, 3, np.ones(3))


@settings(deadline=None)
@given(
    arrays.arrays(np.int8, st.tuples(st.integers(0, 30), st.just(2)), elements=st.integers(0, 2))
)
def test_distinct_rows_are_counted(matrix):
    expected = len(set(map(tuple, matrix.tolist())))
    assert distinct_rows(matrix, 10) == expected
    assert distinct_rows(matrix, 2) == min(expected, 2)


def test_centers_and_distances_by_hand():
    matrix = np.float32([[0, 0], [0, 8], [3, 0]])
    centers = cluster_centers(matrix, np.array([0, 0, 1]))
    assert centers.tolist() == [[0, 4], [3, 0]]
    assert distances(matrix, centers).tolist() == [[4, 3], [4, np.sqrt(73)], [5, 0]]


@pytest.mark.parametrize("n_clusters", [2, 3, 10])
def test_each_customer_is_nearest_to_the_center_of_the_own_cluster(n_clusters):
    customers = generate_customers(500, seed=1)
    labels = cluster(customers, n_clusters)
    space = FeatureSpace.fit(customers, DEFAULT_FEATURES)
    centers = cluster_centers(space.transform(customers), labels)
    for i in range(0, 500, 25):
        point = space.transform(customers.iloc[[i]])
        assert distances(point, centers).argmin() == labels[i]


def test_what_a_customer_lacks_does_not_count_and_the_rest_is_scaled_up():
    nan = np.nan
    points = np.float32([[0, 0], [nan, 4], [nan, nan]])
    away = distances(points, np.float64([[3, 4], [9, 7]]))
    np.testing.assert_allclose(away[0], [5, np.sqrt(130)])
    np.testing.assert_allclose(away[1], [0, np.sqrt(2 * 3**2)])
    assert np.isnan(away[2]).all()
    assert nearest(away).tolist() == [0, 0, NO_CLUSTER]


def test_complete_points_are_learned_from_unless_they_are_few():
    nan = np.nan
    half = np.float32([[1, 1], [2, 2], [nan, 3], [4, nan], [nan, nan]])
    assert is_learned_from(half).tolist() == [True, True, False, False, False]
    fewer = half[1:]
    assert is_learned_from(fewer).tolist() == [True, True, True, False]
    assert learning_rows(fewer).tolist() == [[2, 2], [0, 3], [4, 0]]
