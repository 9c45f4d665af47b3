"""What customers earn, spend and owe, and how creditworthy that makes them.

All functions take and return arrays with one element a customer; money is in £ a year or £.
"""

import numpy as np

from data_generator import figures
from data_generator.sampling import spread_logistic


def draw_income(rng, age, occupation, city):
    """Annual income: usual pay for age and city, or an occupation's own level, and luck.

    Luck is log-logistic (Fisk, 1961) with a wider upper side, as pay is; it is spread evenly
    among the full-time employed, whose percentiles are published, and among everybody else.
    """
    usual, below, above = _usual_income(age, occupation, city)
    full_time = np.isin(occupation, figures.FULL_TIME)
    luck = np.empty(len(age))
    for group in (full_time, ~full_time):
        luck[group] = spread_logistic(rng, np.count_nonzero(group))
    return usual * np.exp(luck * np.where(luck < 0, below, above))


def _usual_income(age, occupation, city):
    """Each customer's usual income, and the spreads below and above it."""
    level = _by_occupation(figures.PAY_FACTOR | figures.FLAT_INCOME)[occupation]
    has_pay = np.isin(occupation, list(figures.PAY_FACTOR))
    usual = level * np.where(has_pay, np.interp(age, *figures.PAY_BY_AGE) * _city_factor()[city], 1)
    below, above = np.where(has_pay[:, np.newaxis], figures.PAY_SPREAD, figures.FLAT_SPREAD).T
    return usual, below, above


def _by_occupation(values):
    return np.array([values[code] for code in range(figures.N_OCCUPATIONS)], dtype=float)


def _city_factor():
    """Each city's pay against the average inhabitant's (geometric mean)."""
    log_pay = np.log(figures.CITY_PAY)
    gap = log_pay - np.average(log_pay, weights=figures.CITY_INHABITANTS)
    return np.exp(figures.CITY_PAY_KEPT * gap)


def draw_spending(rng, age, income):
    """Annual spending: rises with income, but less than in proportion."""
    at_median_pay = figures.HOUSEHOLD_SPENDING * figures.PART_OF_HOUSEHOLD
    usual = at_median_pay * np.exp(figures.SPENDING_ELASTICITY * _log_income(income))
    habit = np.interp(age, *figures.SPENDING_BY_AGE)
    return usual * habit * _luck(rng, figures.SPENDING_NOISE, len(age))


def draw_unsecured_debt(rng, age, income):
    """Cards, overdrafts and personal loans: nothing for most, never above a year's income."""
    owes = rng.random(len(age)) < np.interp(age, *figures.UNSECURED_SHARE_BY_AGE)
    usual = figures.UNSECURED_TYPICAL * np.exp(figures.UNSECURED_ELASTICITY * _log_income(income))
    return owes * np.minimum(usual * _luck(rng, figures.UNSECURED_NOISE, len(age)), income)


def draw_mortgage(rng, age, income):
    """Mortgages of 3 to 4 times income, less what is repaid by now; 0 for those without one."""
    odds = figures.MORTGAGE_ODDS_AT_MEDIAN_PAY * np.exp(
        figures.MORTGAGE_ODDS_ELASTICITY * _log_income(income)
    )
    share = np.interp(age, *figures.MORTGAGE_SHARE_BY_AGE) * odds / (1 + odds)
    owes = rng.random(len(age)) < share
    borrowed = income * rng.uniform(*figures.MORTGAGE_MULTIPLE, len(age))
    return owes * borrowed * (1 - _share_repaid(rng, age))


def draw_late_mortgage(rng, age, income):
    """What is still owed on mortgages that outlast working life; 0 for those without one."""
    owes = rng.random(len(age)) < np.interp(
        age, *figures.LATE_MORTGAGE_SHARE_BY_AGE, left=0, right=0
    )
    return owes * income * rng.uniform(*figures.LATE_MORTGAGE_MULTIPLE, len(age))


def draw_car_finance(rng, age):
    """What is still owed on cars; 0 for those who have none financed."""
    owes = rng.random(len(age)) < np.interp(age, *figures.CAR_FINANCE_SHARE_BY_AGE)
    return owes * figures.CAR_FINANCE_TYPICAL * _luck(rng, figures.CAR_FINANCE_NOISE, len(age))


def draw_student_finance(rng, occupation):
    """What students have borrowed so far for living costs; 0 for those who don't say."""
    owes = (occupation == figures.STUDENT) & (
        rng.random(len(occupation)) < figures.STUDENT_FINANCE_SHARE
    )
    years = rng.integers(1, figures.STUDENT_YEARS, len(occupation), endpoint=True)
    return owes * years * float(figures.STUDENT_FINANCE_A_YEAR)


def draw_no_income(rng, occupation):
    """Who has no income of their own, bool."""
    shares = np.zeros(figures.N_OCCUPATIONS)
    shares[list(figures.NO_INCOME_SHARE)] = list(figures.NO_INCOME_SHARE.values())
    return rng.random(len(occupation)) < shares[occupation]


def _share_repaid(rng, age):
    bought_at = rng.triangular(*figures.HOUSE_BOUGHT_AT, len(age))
    elapsed = (age - bought_at) / (figures.MORTGAGE_ENDS_AT - bought_at)
    return np.clip(elapsed, 0, 0.97) ** figures.REPAYMENT_CURVE


def draw_credit_score(rng, age, occupation, income, loan_balance):
    """Credit score, 300 to 850: up with age and income, down with debt against income.

    The unemployed score low.
    """
    incomes_owed = np.minimum(loan_balance / income, figures.MOST_INCOMES_OWED)
    score = (
        figures.SCORE_AT_40
        + figures.SCORE_PER_YEAR * (np.minimum(age, figures.SCORE_AGE_CAP) - 40)
        + figures.SCORE_PER_LOG_INCOME * _log_income(income)
        + figures.SCORE_PER_YEARLY_INCOME_OWED * incomes_owed
        + figures.SCORE_OF_UNEMPLOYMENT * (occupation == figures.UNEMPLOYED)
        + figures.SCORE_NOISE * rng.standard_normal(len(age))
    )
    return np.clip(np.rint(score), *figures.SCORE_RANGE).astype(np.int16)


def _log_income(income):
    """Income against the median full-time pay, as a logarithm: 0 is the median."""
    return np.log(income / figures.MEDIAN_PAY)


def _luck(rng, noise, size):
    return np.exp(noise * rng.standard_normal(size))
