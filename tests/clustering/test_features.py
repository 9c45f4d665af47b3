import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from clustering.features import (
    FeatureSpace,
    feature_matrix,
    fences,
)
from data_generator.customers import generate_customers
from schema import CATEGORIES, FEATURES

CUSTOMERS = arrays.arrays(
    np.float64, st.tuples(st.integers(0, 12), st.just(7)), elements=st.floats(0, 9_999_999_999.99)
).map(
    lambda amounts: pd.DataFrame(amounts, columns=FEATURES).assign(
        occupation=lambda customers: customers["occupation"] // 1 % 10,
        city=lambda customers: customers["city"] // 1 % 15,
    )
)


def test_the_logarithm_of_an_income_is_standardised():
    incomes = pd.DataFrame({"annual_income": np.exp([0, 1, 2]) - 1})
    expected = [[-np.sqrt(1.5)], [0], [np.sqrt(1.5)]]
    np.testing.assert_allclose(feature_matrix(incomes, ["annual_income"]), expected, atol=1e-6)


def test_the_root_of_a_loan_is_standardised():
    loans = pd.DataFrame({"loan_balance": [0, 1, 4]})
    expected = [[-np.sqrt(1.5)], [0], [np.sqrt(1.5)]]
    np.testing.assert_allclose(feature_matrix(loans, ["loan_balance"]), expected, atol=1e-6)


def test_numbers_come_out_alike_and_money_symmetric():
    matrix = feature_matrix(generate_customers(5_000, seed=1), FEATURES[:5]).astype(float)
    np.testing.assert_allclose(matrix.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(matrix.std(axis=0), 1, atol=1e-5)
    skewness = dict(zip(FEATURES, (matrix**3).mean(axis=0), strict=False))
    assert abs(skewness["annual_income"]) < 0.3
    assert abs(skewness["annual_spending"]) < 0.3
    assert skewness["loan_balance"] < 1.3


@pytest.mark.parametrize("category", CATEGORIES)
def test_all_columns_of_a_category_vary_as_much_as_one_number(category):
    matrix = feature_matrix(generate_customers(5_000, seed=1), [category])
    assert matrix.shape == (5_000, CATEGORIES[category])
    assert matrix.var(axis=0).sum() == pytest.approx(1, abs=1e-4)


def test_customers_of_one_city_do_not_differ():
    matrix = feature_matrix(pd.DataFrame({"city": [3, 3, 9]}), ["city"])
    assert (matrix[0] == matrix[1]).all()
    assert (matrix[0] != matrix[2]).any()


@pytest.mark.parametrize("feature", FEATURES)
def test_a_constant_feature_is_zero(feature):
    customers = pd.DataFrame({feature: [3.0] * 7 if feature in CATEGORIES else [20_000.1] * 7})
    assert not feature_matrix(customers, [feature]).any()


@settings(deadline=None)
@given(CUSTOMERS, st.lists(st.sampled_from(FEATURES), min_size=1, unique=True))
def test_points_are_finite_32_bit_floats(customers, features):
    matrix = feature_matrix(customers, features)
    assert matrix.shape == (len(customers), sum(CATEGORIES.get(f, 1) for f in features))
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()


@settings(deadline=None)
@given(CUSTOMERS.filter(len), st.lists(st.sampled_from(FEATURES), min_size=1, unique=True))
def test_one_customer_alone_gets_the_same_point(customers, features):
    space = FeatureSpace.fit(customers, features)
    np.testing.assert_array_equal(
        space.transform(customers.tail(1)), feature_matrix(customers, features)[-1:]
    )


def test_a_missing_value_is_missing_in_the_point_and_changes_nothing_else():
    customers = generate_customers(300, seed=1).astype({"annual_income": float, "city": float})
    known = customers.iloc[:299]
    customers.loc[299, ["annual_income", "city"]] = np.nan
    matrix = feature_matrix(customers, ["age", "annual_income", "city"])
    assert np.isnan(matrix[299]).tolist() == [False, True] + 15 * [True]
    expected = feature_matrix(known, ["annual_income", "city"])
    np.testing.assert_array_equal(matrix[:299, 1:], expected)


def test_fences_by_hand():
    assert fences(np.arange(1.0, 6.0)) == (2 - 3 * 2, 4 + 3 * 2)


def test_where_half_are_equal_the_fences_are_those_of_the_others():
    """Most owe nothing: what the others owe still counts."""
    loans = np.concatenate([np.zeros(80), np.arange(1.0, 21.0)])
    low, high = fences(loans)
    assert low <= 0
    assert high == pytest.approx(15.25 + 3 * 9.5)


def test_few_who_differ_from_all_others_decide_nothing():
    loans = pd.DataFrame({"loan_balance": [0.0] * 99 + [10**9]})
    assert not feature_matrix(loans, ["loan_balance"]).any()


@settings(deadline=None)
@given(st.integers(0, 50), st.floats(10**6, 9_999_999_999.99))
def test_no_single_amount_decides(seed, amount):
    """One cell of a billion is no further from the others than the fences."""
    customers = generate_customers(200, seed)
    before = feature_matrix(customers, ["annual_income"])
    customers.loc[7, "annual_income"] = amount
    after = feature_matrix(customers, ["annual_income"])
    assert np.abs(after).max() < 9
    assert np.abs(np.delete(after - before, 7)).max() < 0.6


def test_numbers_of_ones_own_are_made_symmetric():
    rng = np.random.default_rng(1)
    own = pd.DataFrame({"spend": rng.lognormal(5, 1.5, 2_000), "score": rng.normal(0, 5, 2_000)})
    matrix = feature_matrix(own, ["spend", "score"]).astype(float)
    assert np.abs((matrix**3).mean(axis=0)).max() < 0.3


def test_texts_are_categories():
    own = pd.DataFrame({"contract": ["monthly", "yearly", None, "monthly"]})
    matrix = feature_matrix(own, ["contract"])
    assert matrix.shape == (4, 2)
    assert np.isnan(matrix[2]).all()
    assert (matrix[0] == matrix[3]).all()
