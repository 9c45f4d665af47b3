import numpy as np
import pytest

from product_match import reasons
from product_match.columns import offer_columns
from product_match.control import control_group
from product_match.offers import find_offers
from product_match.reasons import closed_types, give_reasons, offers_to_each
from schema import OFFERED
from tests.product_match.frames import customers, products

LOAN = {"product_type": "Loan", "interest_rate": 12.0, "term_length": 60}
SAVER = {"interest_rate": 4.0, "annual_fees": 12.5}


def said(person, *rows):
    """The reasons of each offer to somebody, or why there is none."""
    people = customers(person)
    (offered,) = offers_to_each(people, find_offers(people, products(*rows)))
    return [offer["reasons"] for offer in offered["offers"]] or offered["reason"]


def test_an_offer_says_need_price_and_payment():
    assert said({"age": 30, "loan_balance": 15_000}, LOAN) == [
        [
            "30 years old: homes are bought and furnished",
            "12.00 % a year: no better loan is open",
            "£200 a month for £9,000, of about £840 that is left",
        ]
    ]


def test_what_is_put_aside_costs_a_fee_and_no_payment():
    assert said({"age": 70, "annual_spending": 29_000}, SAVER) == [
        [
            "70 years old: money for later years is to be safe",
            "4.00 % a year, £12.50 a year: no better savings account is open",
        ]
    ]


def test_of_what_is_not_known_nothing_is_said():
    nobody = dict.fromkeys(("age", "annual_income", "annual_spending", "loan_balance"))
    assert said(nobody, SAVER) == [
        ["4.00 % a year, £12.50 a year: no better savings account is open"]
    ]
    assert said({}, SAVER | {"interest_rate": None})[0][1].startswith("a rate that is not known")


@pytest.mark.parametrize(
    ("person", "rows", "expected"),
    [
        (
            {"annual_spending": 30_001},
            [SAVER],
            "spends more than comes in: no credit is offered, and nothing is left to save",
        ),
        ({}, [SAVER | {"product_status": "Inactive"}], "no product is active"),
        ({"age": 17}, [SAVER | {"min_age": 18}], "younger than every product asks"),
        (
            {"credit_score": None},
            [SAVER | {"credit_score_required": 300}],
            "no credit score is known, and every product left asks for it",
        ),
        (
            {"annual_spending": 29_900},
            [LOAN],
            "a payment higher than what is left of the income, for any credit",
        ),
    ],
)
def test_who_has_no_offer_is_told_why(person, rows, expected):
    assert said(person, *rows) == expected


def test_each_type_of_which_nothing_is_open_says_what_closes_the_best():
    person = customers({"age": 72})
    catalogue = products(LOAN, LOAN | {"interest_rate": 13.0, "min_age": 80}, SAVER)
    offers = find_offers(person, catalogue)
    assert closed_types(person, offers.products) == {"Loan": "over 75 at the end of the term"}
    (offered,) = offers_to_each(person, offers)
    assert [offer["product_id"] for offer in offered["offers"]] == [1002]


@pytest.mark.parametrize("most", [-1, 2**23])
def test_sentences_are_found_by_table_and_by_hashing_alike(most, monkeypatch):
    people = customers({"age": 25}, {"age": 61}, {"annual_spending": 40_000}, {"age": None})
    found = find_offers(people, products(LOAN, SAVER))
    monkeypatch.setattr(reasons, "LARGEST_IN_TABLE", most)
    given = give_reasons(people, found)
    assert [given.said(given.offers[i, 0])[:1] for i in range(2)] == [
        ["25 years old: homes are bought and furnished"],
        ["61 years old: money for later years is to be safe"],
    ]
    assert [given.of_none(i) is None for i in range(4)] == [True, True, False, True]


def test_columns_have_a_row_for_each_customer():
    people = customers({"age": 61}, {"annual_spending": 40_000})
    found = find_offers(people, products(SAVER))
    columns = offer_columns(found, give_reasons(people, found))
    assert list(columns) == list(OFFERED)
    assert columns["best_product_id"].tolist()[0] == 1000
    assert columns["best_reasons"].tolist()[0].count("; ") == 1
    assert columns["best_product"].isna().tolist() == [False, True]
    assert columns["no_offer_reason"].isna().tolist() == [True, False]


def test_a_control_group_is_about_its_share_whoever_else_is_there():
    group = control_group(range(10_000), 0.1, seed=7)
    assert 0.09 < group.mean() < 0.11
    assert control_group([5, 17, 400], 0.1, seed=7).tolist() == group[[5, 17, 400]].tolist()
    assert not np.array_equal(group, control_group(range(10_000), 0.1, seed=8))
    assert control_group(["a"], 1.0).all()
    assert not control_group(["a"], 0.0).any()
