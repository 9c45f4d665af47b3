import numpy as np
import pytest

from data_generator import figures
from data_generator.customers import generate_customers
from data_generator.finances import (
    draw_credit_score,
    draw_income,
    draw_mortgage,
    draw_spending,
    draw_unsecured_debt,
)


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def crowd():
    customers = generate_customers(40_000, seed=1)
    earning = customers[customers["annual_income"] > 0]
    return earning["age"].to_numpy(), earning["annual_income"].to_numpy()


def everybody(value, size=4_000):
    return np.full(size, value)


def median_income(rng, occupation, age=40, city=1):
    return np.median(draw_income(rng, everybody(age), everybody(occupation), everybody(city)))


def test_every_occupation_has_an_income(rng):
    for occupation in range(10):
        assert 7_000 < median_income(rng, occupation) < 60_000


def test_students_and_the_retired_earn_the_same_in_every_city(rng):
    for occupation, usual in [(0, 11_000), (4, 19_000)]:
        incomes = [median_income(rng, occupation, city=city) for city in (7, 9)]
        assert incomes == pytest.approx([usual, usual], rel=0.02)


def test_a_young_employee_earns_half_of_one_in_the_forties(rng):
    young, older = (median_income(rng, figures.SALARIED, age) for age in (21, 45))
    assert young / older == pytest.approx(20_400 / 42_500, rel=0.03)


def test_spending_grows_slower_than_income(rng):
    age = everybody(40)
    at_20, at_80 = (np.median(draw_spending(rng, age, everybody(x))) for x in (20_000, 80_000))
    assert at_80 / at_20 == pytest.approx(4**0.83, rel=0.03)


def test_spending_at_the_median_pay_is_part_of_a_households(rng):
    spending = draw_spending(rng, everybody(40), everybody(37_430))
    assert 0.8 < np.median(spending) / (623 * 52) < 0.9


def test_39_per_cent_owe_typically_2500_unsecured(rng, crowd):
    age, income = crowd
    debt = draw_unsecured_debt(rng, age, income)
    assert (debt > 0).mean() == pytest.approx(0.39, abs=0.015)
    assert np.median(debt[debt > 0]) == pytest.approx(2_500, rel=0.05)
    assert (debt <= income).all()


def test_mortgages_are_three_to_four_incomes_at_first(rng):
    income = everybody(50_000)
    mortgage = draw_mortgage(rng, everybody(24), income)
    new = mortgage[mortgage > 0] / 50_000
    assert len(new) > 0
    assert new.min() >= 3
    assert new.max() <= 4


def test_mortgages_are_paid_down_with_age(rng):
    income = everybody(50_000)
    owed = [draw_mortgage(rng, everybody(age), income) for age in (30, 40, 50, 60)]
    typical = [np.median(mortgage[mortgage > 0]) for mortgage in owed]
    assert typical == sorted(typical, reverse=True)
    assert typical[-1] < 0.5 * typical[0]


def test_hardly_anybody_under_25_or_over_67_has_a_mortgage(rng, crowd):
    age, income = crowd
    owes = draw_mortgage(rng, age, income) > 0
    assert owes[age < 25].mean() < 0.05
    assert owes[age > 67].mean() < 0.05
    assert owes[(age >= 35) & (age < 55)].mean() > 0.5


def score(rng, age=40, occupation=1, income=40_000.0, loan=0.0):
    columns = (everybody(age), everybody(occupation), everybody(income), everybody(loan))
    return draw_credit_score(rng, *columns).mean()


def test_credit_score_moves_as_documented(rng):
    usual = score(rng)
    assert score(rng, age=60) > usual + 20
    assert score(rng, income=80_000.0) > usual + 10
    assert score(rng, loan=120_000.0) < usual - 10
    assert score(rng, occupation=5) < usual - 60


def test_credit_score_stays_on_its_scale(rng):
    extremes = [(18, 5, 10.0, 10.0**9), (90, 1, 10.0**9, 0.0)]
    low, high = (draw_credit_score(rng, *map(everybody, person)) for person in extremes)
    assert low.min() == 300
    assert high.max() == 850
