import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from product_match import offers
from product_match.gates import GATES, first_closed
from product_match.offers import LEAST_FIT, MOST_OFFERS, NONE, find_offers
from tests.product_match.frames import customers, products

TYPES = ["Credit Card", "Loan", "Savings Account", "Investment"]
BY_NAME = {gate.name: i for i, gate in enumerate(GATES)}


def maybe(values):
    return st.none() | values


CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {
            "age": maybe(st.integers(17, 80)),
            "annual_income": maybe(st.sampled_from([0, 9_000, 20_000, 40_000, 90_000])),
            "annual_spending": maybe(st.sampled_from([0, 9_000, 18_000, 30_000])),
            "loan_balance": maybe(st.sampled_from([0, 2_000, 40_000, 200_000])),
            "credit_score": maybe(st.sampled_from([300, 450, 600, 750])),
        }
    ),
    min_size=1,
    max_size=12,
)
PRODUCT = st.fixed_dictionaries(
    {
        "product_type": st.sampled_from(TYPES),
        "min_age": maybe(st.integers(16, 60)),
        "max_age": maybe(st.integers(30, 90)),
        "min_income": maybe(st.sampled_from([0, 9_000, 30_000])),
        "max_income": maybe(st.sampled_from([20_000, 100_000])),
        "credit_score_required": maybe(st.sampled_from([300, 500, 700])),
        "interest_rate": maybe(st.integers(0, 40)),
        "annual_fees": maybe(st.integers(0, 3).map(lambda step: 50 * step)),
        "risk_level": st.sampled_from(["Low", "High", None]),
        "term_length": maybe(st.sampled_from([12, 60, 300])),
        "reward_points": maybe(st.sampled_from([0, 500])),
        "product_status": st.sampled_from(["Active", "Inactive", None]),
    }
)
PRODUCTS = st.lists(PRODUCT, min_size=1, max_size=10)
BETTER = {  # how much each is changed, to be less demanding; a rate's direction is its type's
    "min_age": -10,
    "max_age": 10,
    "min_income": -5_000,
    "max_income": 50_000,
    "credit_score_required": -100,
    "annual_fees": -60,
    "interest_rate": -7,
}


def offered(people, *rows):
    """The ids of the products that each customer is offered, best first."""
    found = find_offers(people, products(*rows))
    ids = found.products["product_id"].tolist()
    return [[ids[i] for i in row if i != NONE] for row in found.chosen.tolist()]


def test_the_best_of_each_type_that_is_open():
    """The better saver is closed to the poor, the dear twins are open and never offered."""
    people = customers({"annual_spending": 26_000}, {"annual_income": 21_000})
    saver = {"product_type": "Savings Account"}
    card = {"product_type": "Credit Card", "interest_rate": 20.0}
    rows = [
        saver | {"interest_rate": 5.0, "min_income": 25_000},
        saver | {"interest_rate": 4.0},
        saver | {"interest_rate": 4.0, "annual_fees": 1.0},
        card,
        card | {"interest_rate": 20.01},
    ]
    assert [sorted(ids) for ids in offered(people, *rows)] == [[1000, 1003], [1001, 1003]]


def test_a_fit_by_hand():
    """Of 40, owing nothing: (0.7 of a need of (45-40)/23/2 + 1/2) and the better of two cards."""
    rows = [{"product_type": "Credit Card", "interest_rate": rate} for rate in (20.0, 30.0)]
    found = find_offers(customers({}), products(*rows))
    assert found.chosen.tolist() == [[0, NONE, NONE]]
    assert found.fit[0, 0] == pytest.approx(0.7 * (5 / 23 / 2 + 1 / 2) + 0.3)


def test_a_fit_that_is_poor_is_only_offered_as_the_best():
    saver = {"product_type": "Savings Account", "interest_rate": 4.0}
    young = customers({"age": 20, "annual_spending": 15_000})  # keeps half: needs no reserve
    found = find_offers(young, products(saver))
    assert found.chosen[0, 0] == 0
    assert found.fit[0, 0] < LEAST_FIT
    card = {"product_type": "Credit Card", "interest_rate": 20.0}
    assert offered(young, saver, card) == [[1001]]


def test_at_most_three_of_different_types():
    rows = [{"product_type": kind, "term_length": 60} for kind in TYPES for _ in range(2)]
    (ids,) = offered(customers({"age": 30, "loan_balance": 6_000}), *rows)
    assert 1 < len(ids) <= MOST_OFFERS
    assert len({(i - 1000) // 2 for i in ids}) == len(ids)


def test_ties_go_to_the_better_product_whatever_the_ids():
    better, worse = {"interest_rate": 4.1}, {"interest_rate": 4.0}
    assert offered(customers({}), better, worse) == [[1000]]
    assert offered(customers({}), worse, better) == [[1001]]
    rewarding, plain = (
        {"product_type": "Credit Card", "reward_points": points} for points in (900, 0)
    )
    assert offered(customers({}), rewarding, plain) == [[1000]]
    assert offered(customers({}), plain, rewarding) == [[1001]]


def test_an_investment_is_offered_only_where_it_brings_more_than_the_savings():
    """At £40 a year a fund of 4.4 % brings 4 % of £10,000."""
    fund = {"product_type": "Investment", "interest_rate": 4.4, "annual_fees": 40.0}
    older_saver = {"product_type": "Savings Account", "interest_rate": 4.0, "min_age": 50}
    keen = {"annual_spending": 12_000}
    people = customers(keen, keen | {"age": 60})
    assert offered(people, fund, older_saver) == [[1000], [1001]]
    better = fund | {"interest_rate": 4.41}
    assert [sorted(ids) for ids in offered(people, better, older_saver)] == [[1000], [1000, 1001]]


@pytest.mark.parametrize(
    ("person", "gate"),
    [
        ({}, NONE),
        ({"annual_spending": 31_000}, "overspending"),
        ({"age": 17}, "min_age"),
        ({"age": None}, "min_age"),
        ({"credit_score": None}, "credit_score"),
    ],
)
def test_who_has_no_offer_knows_the_last_gate(person, gate):
    found = find_offers(customers(person), products({"min_age": 18, "credit_score_required": 300}))
    assert found.closed.tolist() == [BY_NAME.get(gate, NONE)]


def test_no_products_are_no_offers():
    for rows in ([], [{"product_status": "Inactive"}], [{"product_type": None}]):
        found = find_offers(customers({}, {}), products(*rows) if rows else products({}).head(0))
        assert (found.chosen == NONE).all()
        assert found.closed.tolist() == [0, 0]


def test_the_funnel_counts_who_and_what_is_left_behind_each_gate():
    people = customers({"age": 20}, {"age": 50}, {"age": None}, {"annual_spending": 40_000})
    rows = [{"min_age": 18}, {"min_age": 30}, {"min_age": 60}]
    funnel = find_offers(people, products(*rows), np.array([0, 0, 0, 1])).funnel
    assert funnel.clusters.tolist() == [0, 1]
    assert funnel.sizes.tolist() == [3, 1]
    gate, last = BY_NAME["min_age"], BY_NAME["overspending"]
    assert funnel.customers[:, gate].tolist() == [2, 1]
    assert funnel.customers[:, last].tolist() == [2, 0]
    assert np.count_nonzero(funnel.products, axis=2)[:, gate].tolist() == [2, 2]
    assert np.count_nonzero(funnel.products, axis=2)[:, last].tolist() == [2, 0]
    assert funnel.unknown[:, gate].tolist() == [1, 0]
    assert funnel.eligible.tolist() == [[2, 1, 0], [1, 1, 0]]
    assert funnel.offered.tolist() == [[2, 0, 0], [0, 0, 0]]


@settings(deadline=None, max_examples=25)
@given(CUSTOMERS, PRODUCTS)
def test_what_is_offered_is_open_and_not_dominated(people, rows):
    people, catalogue = customers(*people), products(*rows)
    is_open = first_closed(people, catalogue) == NONE
    for person, ids in enumerate(offered(people, *rows)):
        assert bool(ids) == is_open[:, person].any()
        for i in (product_id - 1000 for product_id in ids):
            assert is_open[i, person]
            for j in np.flatnonzero(is_open[:, person]):
                assert not dominates(catalogue.iloc[j], catalogue.iloc[i])


def dominates(one, other):
    """Whether one is no worse in rate and fee and better in one; unknown rates can't be better."""
    if one["product_type"] != other["product_type"] or np.isnan(one["interest_rate"]):
        return False
    sign = 1 if one["product_type"] in TYPES[:2] else -1
    rates = sign * one["interest_rate"], sign * other["interest_rate"]
    fees = np.nan_to_num(one["annual_fees"]), np.nan_to_num(other["annual_fees"])
    no_worse = not rates[0] > rates[1] and fees[0] <= fees[1]
    return no_worse and (rates[0] != rates[1] or fees[0] < fees[1])


@settings(deadline=None, max_examples=60)
@given(CUSTOMERS, PRODUCTS, st.data())
def test_a_better_product_is_never_offered_to_fewer(people, rows, data):
    people = customers(*people)
    i = data.draw(st.integers(0, len(rows) - 1), "product")
    column = data.draw(st.sampled_from(sorted(BETTER)), "column")
    before = offered(people, *rows)
    better = [row | {"interest_rate": row["interest_rate"]} for row in rows]
    better[i][column] = improved(rows[i], column)
    after = offered(people, *better)
    still_open = first_closed(people, products(*better))[i] == NONE
    was_open = first_closed(people, products(*rows))[i] == NONE
    assert (still_open >= was_open).all()
    for person in np.flatnonzero(was_open):
        assert (1000 + i in after[person]) >= (1000 + i in before[person])
    for person in np.flatnonzero(~still_open):
        assert 1000 + i not in after[person]


def improved(row, column):
    value = row[column]
    if value is None:
        return None
    if column == "interest_rate" and row["product_type"] not in TYPES[:2]:
        return value + 7
    return max(value + BETTER[column], 0)


@settings(deadline=None, max_examples=60)
@given(CUSTOMERS, PRODUCTS, st.sampled_from(["annual_income", "annual_spending", "loan_balance"]))
def test_who_becomes_richer_never_loses_all_offers(people, rows, column):
    rows = [row | {"max_income": None} for row in rows]
    poor, rich = customers(*people), customers(*people)
    rich[column] = poor[column] + 7_000 if column == "annual_income" else poor[column] / 2
    for before, after in zip(offered(poor, *rows), offered(rich, *rows), strict=True):
        assert bool(after) >= bool(before)


@pytest.mark.parametrize("cells", [1, 7, 64, 1_000])
def test_offers_do_not_depend_on_how_much_is_looked_at_at_once(cells, monkeypatch):
    rng = np.random.default_rng(1)
    people = customers(*({"age": age} for age in rng.integers(18, 80, 50)))
    rows = [{"min_age": age, "product_type": TYPES[age % 4]} for age in rng.integers(18, 60, 13)]
    labels = rng.integers(-1, 3, 50)
    expected = find_offers(people, products(*rows), labels)
    monkeypatch.setattr(offers, "CELLS", cells)
    found = find_offers(people, products(*rows), labels)
    assert found.chosen.tolist() == expected.chosen.tolist()
    assert found.fit.tolist() == expected.fit.tolist()
    assert [count.tolist() for count in found.funnel] == [
        count.tolist() for count in expected.funnel
    ]


@settings(deadline=None, max_examples=25)
@given(CUSTOMERS, PRODUCTS)
def test_nobodys_offers_depend_on_who_else_is_a_customer(people, rows):
    together = offered(customers(*people), *rows)
    alone = [offered(customers(person), *rows)[0] for person in people]
    assert together == alone
