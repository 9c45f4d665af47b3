"""Facts as published: ASHE 2024, Centre for Cities, ONS Family Spending 2024."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

from data_generator import figures
from data_generator.customers import BATCH_SIZE, customer_batches, generate_customers

SEEDS = range(20)
MONEY = ["annual_income", "annual_spending", "loan_balance"]


@cache
def samples(size):
    return [generate_customers(size, seed) for seed in SEEDS]


@pytest.fixture(params=[500, 5000], ids="{} rows".format)
def datasets(request):
    return samples(request.param)


@pytest.fixture
def crowd():
    return pd.concat(samples(5000), ignore_index=True)


def full_time(customers):
    return customers[customers["occupation"].isin([1, 9])]


def spearman(customers, one, other):
    return customers[one].rank().corr(customers[other].rank())


def assert_within_the_schema(customers):
    assert customers.notna().all(axis=None)
    assert customers["age"].between(18, 95).all()
    assert customers["occupation"].between(0, 9).all()
    assert customers["city"].between(0, 14).all()
    assert customers["credit_score"].between(300, 850).all()
    money = customers[MONEY].to_numpy()
    assert (money >= 0).all()
    assert (money < 10**10).all()
    assert (money == money.round(2)).all()


@settings(deadline=None)
@given(size=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_every_size_and_seed_gives_rows_within_the_schema(size, seed):
    customers = generate_customers(size, seed)
    assert len(customers) == size
    assert_within_the_schema(customers)


def test_half_a_million_rows_are_within_the_schema():
    for batch in customer_batches(500_000, seed=1):
        assert_within_the_schema(batch)


def test_columns_are_the_tables():
    assert list(generate_customers(1)) == [
        "first_name",
        "last_name",
        "age",
        "occupation",
        "city",
        "annual_income",
        "annual_spending",
        "loan_balance",
        "credit_score",
    ]


def test_same_size_and_seed_give_the_same_rows():
    pd.testing.assert_frame_equal(generate_customers(700, 5), generate_customers(700, 5))


def test_another_seed_and_no_seed_give_other_rows():
    assert not generate_customers(50, 1).equals(generate_customers(50, 2))
    assert not generate_customers(50).equals(generate_customers(50))


def test_batches_are_the_whole_in_pieces():
    size = 2 * BATCH_SIZE + 1
    batches = list(customer_batches(size, seed=3))
    assert [len(batch) for batch in batches] == [BATCH_SIZE, BATCH_SIZE, 1]
    whole = generate_customers(size, seed=3)
    pd.testing.assert_frame_equal(pd.concat(batches, ignore_index=True), whole)
    assert not batches[0].equals(batches[1])


@pytest.mark.parametrize(("quantile", "pay"), [(0.1, 22_763), (0.5, 37_430), (0.9, 72_150)])
def test_full_time_income_has_the_published_percentiles(datasets, quantile, pay):
    found = [full_time(customers)["annual_income"].quantile(quantile) for customers in datasets]
    assert found == pytest.approx([pay] * len(SEEDS), rel=0.1)


def test_income_and_spending_go_together(datasets):
    for customers in datasets:
        assert spearman(customers, "annual_income", "annual_spending") >= 0.7


def test_income_and_loan_go_together_in_working_life(datasets):
    for customers in datasets:
        working = customers[customers["age"].between(25, 65)]
        assert spearman(working, "annual_income", "loan_balance") >= 0.4


def test_age_and_credit_score_go_together(datasets):
    for customers in datasets:
        assert spearman(customers, "age", "credit_score") >= 0.4


def test_students_are_young_and_the_retired_old(datasets):
    for customers in datasets:
        assert (customers.loc[customers["occupation"] == 0, "age"] < 26).mean() >= 0.90
        assert (customers.loc[customers["occupation"] == 4, "age"] >= 58).mean() >= 0.95


def test_few_spend_more_than_they_earn(datasets):
    for customers in datasets:
        assert (customers["annual_spending"] > customers["annual_income"]).mean() < 0.12


def test_every_city_and_occupation_occurs():
    for customers in samples(5000):
        assert set(customers["city"]) == set(range(15))
        assert set(customers["occupation"]) == set(range(10))


def test_cities_have_customers_by_their_inhabitants(crowd):
    expected = figures.CITY_INHABITANTS / figures.CITY_INHABITANTS.sum()
    found = crowd["city"].value_counts(normalize=True).sort_index()
    assert list(found) == pytest.approx(list(expected), abs=0.002)
    assert found[9] == pytest.approx(0.55, abs=0.01)  # London
    assert found[14] == pytest.approx(0.016, abs=0.002)  # Southampton


def test_london_earns_above_and_leicester_below_the_median(crowd):
    income = full_time(crowd).groupby("city")["annual_income"].median()
    leicester, london = income[7], income[9]
    assert leicester < 0.92 * 37_430
    assert london > 1.05 * 37_430
    assert income.idxmin() == 7
    assert income.idxmax() == 9


def test_pay_starts_near_the_published_and_peaks_in_the_forties(crowd):
    employed = full_time(crowd)
    young = employed.loc[employed["age"].between(18, 21), "annual_income"]
    assert young.median() == pytest.approx(20_400, rel=0.05)
    assert employed.groupby(employed["age"] // 10)["annual_income"].median().idxmax() == 4


def test_weekly_spending_stays_within_a_households(crowd):
    fifth = pd.qcut(crowd["annual_income"], 5, labels=False)
    weekly = crowd["annual_spending"].groupby(fifth).mean() / 52
    assert weekly.is_monotonic_increasing
    assert weekly[0] < 379
    assert weekly[4] == pytest.approx(949, rel=0.1)
    assert 379 < crowd["annual_spending"].mean() / 52 < 623


def test_loan_balance_has_a_peak_at_zero_and_two_humps(crowd):
    loan = crowd["loan_balance"]
    assert 0.3 < (loan == 0).mean() < 0.5
    # Ranges with one ratio of highest to lowest, so that none is wider than another.
    small, middle, large = (loan.between(low, 4 * low).sum() for low in (1_250, 12_500, 70_000))
    assert small > 3 * middle
    assert large > 3 * middle


def test_credit_score_follows_age_income_debt_and_employment(crowd):
    crowd = crowd[crowd["annual_income"] > 0]  # who has none has no logarithm of it either
    predictors = np.column_stack(
        [
            np.ones(len(crowd)),
            crowd["age"],
            np.log(crowd["annual_income"]),
            crowd["loan_balance"] / crowd["annual_income"],
            crowd["occupation"] == 5,
        ]
    )
    slopes = np.linalg.lstsq(predictors, crowd["credit_score"].to_numpy(float))[0]
    _, by_age, by_income, by_debt, by_unemployment = slopes
    assert by_age > 2
    assert by_income > 20
    assert by_debt < -8
    assert by_unemployment < -60


def test_the_unemployed_have_the_lowest_scores(crowd):
    scores = crowd.groupby("occupation")["credit_score"].median().sort_values()
    assert scores.index[0] == 5
    assert scores.iloc[0] < scores.iloc[1] - 40


def test_three_groups_stand_apart():
    def silhouette(customers):
        money = customers[MONEY].transform(np.log1p)
        scaled = StandardScaler().fit_transform(money.join(customers[["age", "credit_score"]]))
        labels = KMeans(3, n_init=10, random_state=0).fit_predict(scaled)
        return silhouette_score(scaled, labels)

    assert np.mean([silhouette(customers) for customers in samples(500)]) >= 0.35


def test_some_have_no_income_of_their_own(crowd):
    nothing = crowd[crowd["annual_income"] == 0]
    assert 0.002 < len(nothing) / len(crowd) < 0.008
    assert set(nothing["occupation"]) == {5, 6}  # looking for work, keeping house
    assert (nothing["annual_spending"] > 0).all()


def test_some_owe_a_mortgage_late_in_life(crowd):
    late = crowd[crowd["age"].between(66, 74)]
    assert 0.02 < (late["loan_balance"] > late["annual_income"]).mean() < 0.06


def test_some_owe_for_a_car_or_their_studies(crowd):
    students = crowd[crowd["occupation"] == 0]
    assert 0.05 < (students["loan_balance"] >= 7_000).mean() < 0.15
    working = crowd[crowd["age"].between(30, 55)]
    assert 0.02 < working["loan_balance"].between(2_000, 9_000).mean() < 0.15


def test_values_are_missing_only_where_that_is_asked_for():
    whole, some = generate_customers(5_000, 1), generate_customers(5_000, 1, missing=0.03)
    assert whole.notna().all(axis=None)
    figures = some.drop(columns=["first_name", "last_name"])
    assert figures.isna().mean().between(0.02, 0.04).all()
    assert some[["first_name", "last_name"]].notna().all(axis=None)
    known = figures["age"].notna()
    assert (figures.loc[known, "age"] == whole.loc[known, "age"]).all()
