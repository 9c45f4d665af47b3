"""The figures the generated customers stand on, each with its source.

"Assumed" marks a plausible choice of this model for which no published figure is claimed.
Curves over age are pairs of ages and values, straight lines between them.
"""

import numpy as np

from schema import CITIES, OCCUPATIONS

# Codes of the customers table's occupations.
STUDENT, SALARIED, SELF_EMPLOYED, BUSINESS_OWNER, RETIRED = 0, 1, 2, 3, 4
UNEMPLOYED, HOMEMAKER, FREELANCER, CONTRACTOR, GOVERNMENT = 5, 6, 7, 8, 9
N_OCCUPATIONS = len(OCCUPATIONS)

# Full-time employed: those on a payroll, as the Annual Survey of Hours and Earnings counts them.
FULL_TIME = (SALARIED, GOVERNMENT)

# --- Life stages (assumed; shares near those of British adults) ---
# Stage: share of customers, (youngest, usual, oldest) age, occupations in per cent.
LIFE_STAGES = {
    "studying": (0.09, (18, 19, 27), {STUDENT: 100}),
    "starting out": (
        0.19,
        (18, 24, 34),
        {SALARIED: 66, GOVERNMENT: 9, UNEMPLOYED: 8, FREELANCER: 7}
        | {SELF_EMPLOYED: 4, CONTRACTOR: 4, HOMEMAKER: 2},
    ),
    "established": (
        0.44,
        (26, 42, 62),
        {SALARIED: 56, GOVERNMENT: 15, SELF_EMPLOYED: 8, BUSINESS_OWNER: 5}
        | {CONTRACTOR: 5, FREELANCER: 4, HOMEMAKER: 4, UNEMPLOYED: 3},
    ),
    "late career": (
        0.06,
        (50, 60, 69),
        {SALARIED: 52, GOVERNMENT: 13, SELF_EMPLOYED: 12, BUSINESS_OWNER: 8}
        | {UNEMPLOYED: 4, HOMEMAKER: 4, FREELANCER: 4, CONTRACTOR: 3},
    ),
    "retired": (0.22, (56, 69, 93), {RETIRED: 100}),
}

# --- Cities ---
# London is Greater London; the others are their local authorities, which are but a part of their
# built-up areas (Manchester's has 2.7 million inhabitants). So London has more of these customers,
# 55 per cent, than its share of the fifteen built-up areas would be, about 40 per cent.
# City: inhabitants in thousands (ONS, NRS and NISRA, mid-2023, rounded); average pay in £
# (London, Edinburgh, Leicester: Centre for Cities, Cities Outlook; the others assumed).
CITY_FIGURES = {
    "Belfast": (350, 35_500),
    "Birmingham": (1_166, 36_500),
    "Bristol": (483, 39_500),
    "Cardiff": (384, 36_000),
    "Edinburgh": (523, 40_846),
    "Glasgow": (632, 37_500),
    "Leeds": (829, 37_000),
    "Leicester": (380, 31_502),
    "Liverpool": (504, 36_500),
    "London": (8_945, 49_455),
    "Manchester": (580, 38_000),
    "Newcastle": (312, 35_500),
    "Nottingham": (329, 34_500),
    "Sheffield": (573, 35_000),
    "Southampton": (256, 37_500),
}
CITY_INHABITANTS, CITY_PAY = np.array([CITY_FIGURES[city] for city in CITIES], dtype=float).T

# More than half of these customers live in London, yet their pay as a whole must meet the British
# percentiles: so only this part of the (logarithmic) gaps between cities is kept (assumed).
CITY_PAY_KEPT = 0.5

# --- Income, £ a year ---
# ASHE 2024, full-time: median 37,430, 10th percentile 22,763, 90th 72,150, ages 18 to 21 about
# 20,400, the peak in the forties. Usual pay at other ages is assumed to join these up, and the
# spreads (of a log-logistic on either side of the usual pay) are set to meet the percentiles.
MEDIAN_PAY = 37_430
PAY_BY_AGE = (
    (18, 21, 26, 35, 45, 55, 70),
    (18_900, 20_400, 29_800, 39_500, 42_500, 40_500, 35_500),
)
PAY_SPREAD = (0.15, 0.295)

# Against an employee of that age and city (assumed).
PAY_FACTOR = {
    SALARIED: 1.0,
    GOVERNMENT: 1.0,
    SELF_EMPLOYED: 0.72,
    FREELANCER: 0.8,
    CONTRACTOR: 1.12,
    BUSINESS_OWNER: 1.25,
}
# Whatever the age and city (assumed; the full maintenance loan outside London was £10,227 in
# 2024/25 and the full new State Pension £11,502, to which most add work or a private pension).
FLAT_INCOME = {STUDENT: 11_000, RETIRED: 19_000, UNEMPLOYED: 8_500, HOMEMAKER: 10_500}
FLAT_SPREAD = (0.12, 0.22)

# Some who keep house or look for work live on a partner's income and have none of their own
# (both shares assumed).
NO_INCOME_SHARE = {HOMEMAKER: 0.12, UNEMPLOYED: 0.05}

# --- Spending, £ a year ---
# ONS Family Spending, 2024: a household spends £623 a week, £379 to £949 over the income fifths.
# A customer is one person: at the median pay theirs is this part of a household's. It grows by
# SPENDING_ELASTICITY per cent for each per cent of income. (Both assumed: the level and spread
# leave most people within their income, as a household's whole spending would not.)
HOUSEHOLD_SPENDING = 623 * 52
PART_OF_HOUSEHOLD = 0.84
SPENDING_ELASTICITY = 0.83
SPENDING_BY_AGE = ((18, 30, 60, 80), (1.03, 1.03, 0.97, 0.90))
SPENDING_NOISE = 0.15

# --- Debt, £ ---
# About 39 % hold unsecured debt, typically £2,500; how age spreads it is assumed.
UNSECURED_SHARE_BY_AGE = ((18, 30, 50, 65, 75, 92), (0.41, 0.47, 0.44, 0.29, 0.20, 0.10))
UNSECURED_TYPICAL = 2_750  # at the median pay, so that the typical debt of all is £2,500
UNSECURED_ELASTICITY = 0.5
UNSECURED_NOISE = 0.9

# Mortgages are 3 to 4 times income when taken out, none for most under 25 or over 67; the share
# at each age at the highest incomes, and the odds at lower ones, are assumed.
MORTGAGE_SHARE_BY_AGE = (
    (24, 28, 35, 45, 55, 62, 67, 70),
    (0.01, 0.40, 0.80, 0.85, 0.75, 0.40, 0.03, 0),
)
MORTGAGE_ODDS_AT_MEDIAN_PAY = 9
MORTGAGE_ODDS_ELASTICITY = 4.5
MORTGAGE_MULTIPLE = (3, 4)
HOUSE_BOUGHT_AT = (24, 31, 44)  # youngest, usual, oldest age
MORTGAGE_ENDS_AT = 67
REPAYMENT_CURVE = 1.4  # of a repayment mortgage: little of the debt goes at first

# 5 % of households of 65 and over were buying with a mortgage (English Housing Survey 2018 to 2019,
# Housing across the life course, chapter 3); how it falls with age, and that little of these
# mortgages is repaid, is assumed.
LATE_MORTGAGE_SHARE_BY_AGE = ((60, 66, 75, 85), (0, 0.05, 0.04, 0.01))
LATE_MORTGAGE_MULTIPLE = (0.5, 3)  # of a year's income, still owed

# Car finance: about one in eight adults of working age, typically £4,000 still owed (both assumed;
# the average advance on a used car was £12,499 in November 2018, Finance & Leasing Association).
CAR_FINANCE_SHARE_BY_AGE = ((20, 25, 55, 70, 80), (0, 0.12, 0.13, 0.05, 0))
CAR_FINANCE_TYPICAL = 4_000
CAR_FINANCE_NOISE = 0.5

# Student finance, rounded from the average maintenance loan, £7,010 in 2021/22 (Student Loans
# Company, Student support for higher education in England 2022). Few banks see it, since it is on
# no credit file: one in ten students declares it (assumed).
STUDENT_FINANCE_SHARE = 0.1
STUDENT_FINANCE_A_YEAR = 7_000
STUDENT_YEARS = 3

# --- Credit score: the documented 300 to 850; all weights assumed ---
SCORE_RANGE = (300, 850)
SCORE_AT_40 = 645  # on the median pay, without debt
SCORE_PER_YEAR = 2.9  # up to the age of SCORE_AGE_CAP
SCORE_AGE_CAP = 75
SCORE_PER_LOG_INCOME = 35
SCORE_PER_YEARLY_INCOME_OWED = -12  # up to MOST_INCOMES_OWED
MOST_INCOMES_OWED = 5
SCORE_OF_UNEMPLOYMENT = -90
SCORE_NOISE = 42

# --- What a bank knows beyond the documented columns (python -m data_generator customers --own) ---
# CMA, Retail banking market investigation, 2016: 57 % have been with their bank for more than ten
# years, 37 % for more than twenty. Nobody before this age (assumed), and nobody longer than since.
TENURE_STEPS = ((0, 0.43, 0.63, 1), (0, 10, 20, 60))  # shares of customers, years
FIRST_ACCOUNT = 11
# UK Finance, UK Payment Markets 2024: 48.1 billion payments in 2023, 85 % by consumers, which is
# about 62 a month for each of 55 million adults. How spending and luck spread them is assumed.
MONTHLY_PAYMENTS = 62
PAYMENTS_ELASTICITY = 0.5
PAYMENTS_NOISE = 0.45
# Products beside the current account (assumed): more with income and the years at the bank.
MORE_PRODUCTS = 0.9
PRODUCTS_PER_LOG_INCOME = 0.6
PRODUCTS_PER_YEAR = 0.02
MOST_PRODUCTS = 8
