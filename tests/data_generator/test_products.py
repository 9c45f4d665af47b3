import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_generator.customers import generate_customers
from data_generator.products import generate_products

SEEDS = range(20)
TYPES = {"Credit Card", "Loan", "Savings Account", "Investment"}


@pytest.fixture(scope="module")
def products():
    """Four thousand products of twenty datasets."""
    return pd.concat([generate_products(200, seed) for seed in SEEDS], ignore_index=True)


@settings(deadline=None)
@given(size=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_every_size_and_seed_gives_sound_products(size, seed):
    products = generate_products(size, seed)
    assert len(products) == size
    assert products.notna().all(axis=None)
    assert products["product_id"].is_unique
    assert products["product_id"].between(1000, 9999).all()
    assert (products["product_name"] == names(products)).all()
    assert set(products["product_type"]) <= TYPES
    assert (products["min_age"] >= 18).all()
    assert (products["min_age"] < products["max_age"]).all()
    assert (products["min_income"] >= 0).all()
    assert (products["min_income"] < products["max_income"]).all()
    assert products["credit_score_required"].between(300, 850).all()
    assert products["interest_rate"].between(0, 100, inclusive="neither").all()
    assert (products[["annual_fees", "reward_points"]] >= 0).all(axis=None)
    assert (products["term_length"] > 0).all()
    assert set(products["risk_level"]) <= {"Low", "Medium", "High"}
    assert set(products["product_status"]) <= {"Active", "Inactive"}


def names(products):
    return products["product_type"] + "_" + products["product_id"].astype(str)


def test_columns_are_the_tables():
    assert list(generate_products(1)) == [
        "product_id",
        "product_name",
        "product_type",
        "min_age",
        "max_age",
        "min_income",
        "max_income",
        "credit_score_required",
        "interest_rate",
        "annual_fees",
        "risk_level",
        "benefits",
        "term_length",
        "renewable",
        "reward_points",
        "product_status",
        "launch_date",
        "channels",
    ]


def test_same_size_and_seed_give_the_same_products():
    pd.testing.assert_frame_equal(generate_products(300, 5), generate_products(300, 5))


def test_another_seed_and_no_seed_give_other_products():
    assert not generate_products(50, 1).equals(generate_products(50, 2))
    assert not generate_products(50).equals(generate_products(50))


def test_ids_use_up_four_digits_before_they_grow():
    everyone = generate_products(9_000, seed=1)["product_id"]
    assert sorted(everyone) == list(range(1_000, 10_000))
    longer = generate_products(9_001, seed=1)["product_id"]
    assert longer.is_unique
    assert longer.between(1_000, 99_999).all()
    assert longer.max() > 9_999


def test_money_and_rates_have_two_decimals(products):
    columns = ["min_income", "max_income", "interest_rate", "annual_fees", "reward_points"]
    figures = products[columns].to_numpy()
    assert (figures == figures.round(2)).all()
    assert (figures < 10**8).all()


def test_each_dataset_has_every_type_in_plenty():
    for seed in SEEDS:
        shares = generate_products(200, seed)["product_type"].value_counts(normalize=True)
        assert set(shares.index) == TYPES
        assert shares.min() > 0.15


def test_most_products_are_active(products):
    assert (products["product_status"] == "Active").mean() == pytest.approx(0.8, abs=0.03)


def test_launches_lie_in_ten_fixed_years(products):
    launches = products["launch_date"]
    assert launches.min() >= pd.Timestamp("2015-01-01")
    assert launches.max() <= pd.Timestamp("2024-12-31")
    assert set(launches.dt.year) == set(range(2015, 2025))
    assert (launches == launches.dt.normalize()).all()


def test_channels_are_distinct_and_never_none(products):
    for channels in products["channels"]:
        assert channels
        assert len(set(channels)) == len(channels)
    assert set(products["channels"].explode()) == {"Online", "Branch", "Mobile App"}


def test_changing_one_products_channels_changes_no_other():
    products = generate_products(200, seed=1)
    before = products["channels"].map(len).sum()
    products["channels"].iloc[0].append("Telephone")
    assert products["channels"].map(len).sum() == before + 1


def test_a_loan_has_a_rate_and_a_term_and_no_points(products):
    loans = products[products["product_type"] == "Loan"]
    assert loans["interest_rate"].between(3, 30).all()
    assert loans["term_length"].between(12, 420).all()
    assert (loans[["reward_points", "annual_fees"]] == 0).all(axis=None)


def test_cards_alone_have_points_and_most_a_fee(products):
    is_card = products["product_type"] == "Credit Card"
    assert (products.loc[is_card, "reward_points"] > 0).all()
    assert (products.loc[is_card, "annual_fees"] > 0).mean() > 0.9
    assert (products.loc[~is_card, "reward_points"] == 0).all()


def test_savings_pay_little_and_ask_next_to_no_income(products):
    savings = products[products["product_type"] == "Savings Account"]
    assert (savings["interest_rate"] < 5).all()
    assert (savings["min_income"] <= 1_000).all()
    assert (savings["risk_level"] == "Low").all()


def test_investments_have_all_risks_and_the_risky_are_for_the_young(products):
    investments = products[products["product_type"] == "Investment"]
    oldest = investments.groupby("risk_level")["max_age"].max()
    assert oldest["High"] < oldest["Medium"] < oldest["Low"]
    rates = investments.groupby("risk_level")["interest_rate"].mean()
    assert rates["High"] > rates["Medium"] > rates["Low"]


def test_the_more_a_loan_asks_the_less_it_costs(products):
    personal = products[products["risk_level"].eq("Medium") & products["term_length"].le(84)]
    loans = personal[personal["product_type"] == "Loan"]
    asked, cost = loans["credit_score_required"].rank(), loans["interest_rate"].rank()
    assert asked.corr(cost) < -0.95


def test_benefits_are_a_sentence_with_the_products_own_figures(products):
    assert products["benefits"].str.fullmatch(r"[A-Z][^{}]*\.").all()
    loans = products[products["product_type"] == "Loan"]
    for loan in loans.itertuples():
        assert f"{loan.interest_rate:.2f} %" in loan.benefits
        assert f"{loan.term_length} months" in loan.benefits
    cards = products[products["product_type"] == "Credit Card"]
    for card in cards.itertuples():
        assert f"{card.reward_points:,.0f}" in card.benefits


def eligible(customers, products):
    """Whether each customer (row) meets the criteria of each product (column)."""
    age = customers[["age"]].to_numpy()
    income = customers[["annual_income"]].to_numpy()
    score = customers[["credit_score"]].to_numpy()
    return (
        (age >= products["min_age"].to_numpy())
        & (age <= products["max_age"].to_numpy())
        & (income >= products["min_income"].to_numpy())
        & (income <= products["max_income"].to_numpy())
        & (score >= products["credit_score_required"].to_numpy())
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_young_indebted_and_old_each_find_products_of_every_type(seed):
    customers, products = generate_customers(2_000, seed), generate_products(200, seed)
    active = products[products["product_status"] == "Active"]
    age, loan = customers["age"], customers["loan_balance"]
    for segment in (age < 30, loan > 50_000, age.ge(60) & loan.lt(5_000)):
        share = eligible(customers[segment], active).mean(axis=0)
        within_reach = active.loc[share >= 0.5, "product_type"].value_counts()
        assert set(within_reach.index) == TYPES
        assert within_reach.min() >= 2


def test_criteria_tell_customers_apart(products):
    share = eligible(generate_customers(1_000, seed=1), products).mean(axis=0)
    assert np.quantile(share, 0.1) < 0.4
    assert np.quantile(share, 0.9) > 0.8
