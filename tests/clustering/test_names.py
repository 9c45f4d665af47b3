import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.names import PHRASES, cluster_names

DIFFERENCES = st.lists(
    st.fixed_dictionaries({}, optional={f: st.floats(-3, 3) for f in PHRASES}),
    min_size=1,
    max_size=10,
)
ADJECTIVE = r"(much )?(younger|older)|(very )?(low|high)-earning|average"
NOUN = r"customers|(keen )?savers|(heavy )?spenders"
PHRASE = (
    r"(hardly any|little|average) debt|(large|huge) debts|"
    r"((very )?(low|high)|average) credit scores|an average age|average (incomes|spending)"
)
GRAMMAR = re.compile(
    rf"(({ADJECTIVE})(, ({ADJECTIVE}))* )?({NOUN})"
    rf"( with ({PHRASE})((, ({PHRASE}))* and ({PHRASE}))?)?"
    r"(, (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) by income)?"
)


@pytest.mark.parametrize(
    ("differences", "name"),
    [
        ({"age": 0.9, "share_spent": -0.5, "loan_balance": -0.4}, "older savers with little debt"),
        ({"annual_income": -1.4}, "very low-earning customers"),
        ({"age": -0.3, "annual_income": 0.5}, "younger, high-earning customers"),
        ({"share_spent": 1.2, "loan_balance": 1.2}, "heavy spenders with huge debts"),
        (
            {"loan_balance": -1.0, "credit_score": 1.0},
            "customers with hardly any debt and very high credit scores",
        ),
        ({"age": 0.29, "annual_income": -0.29}, "average customers"),
        ({}, "average customers"),
    ],
)
def test_a_name_says_the_differences(differences, name):
    assert cluster_names([differences]) == [name]


def test_a_name_says_the_three_largest_differences():
    differences = {"age": 0.4, "annual_income": 0.5, "loan_balance": 0.6, "credit_score": 0.7}
    assert cluster_names([differences]) == [
        "high-earning customers with large debts and high credit scores"
    ]


def test_clusters_alike_at_first_are_told_apart_by_the_next_difference():
    names = cluster_names([{"age": 0.9, "credit_score": 0.2}, {"age": 0.8, "loan_balance": 0.1}])
    assert names == [
        "older customers with average credit scores",
        "older customers with average debt",
    ]


def test_clusters_alike_in_everything_are_told_apart_by_income():
    names = cluster_names([{"age": -0.5}, {"age": 0.5}, {"age": -0.5}])
    alike = names[0].removesuffix(", first by income")
    assert names == [f"{alike}, first by income", names[1], f"{alike}, second by income"]
    assert names[1] == "older customers"


@settings(deadline=None)
@given(DIFFERENCES)
def test_no_two_clusters_share_a_name(differences):
    names = cluster_names(differences)
    assert len(set(names)) == len(differences)


@settings(deadline=None)
@given(DIFFERENCES)
def test_names_are_english(differences):
    for name in cluster_names(differences):
        assert GRAMMAR.fullmatch(name), name
