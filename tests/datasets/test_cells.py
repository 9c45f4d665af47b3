"""Cells one by one: names of codes, lists, days, and texts that must be guarded."""

import re
from contextlib import suppress
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.cells import code_reader, read_texts
from datasets.dates import completed_years, orders_of, read_day
from datasets.formulas import MISSING_WORDS, guard, is_formula, unguard
from datasets.spelling import nearest, nearest_each, normalised_header, unit_of
from schema import CITIES, OCCUPATIONS

FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"  # = + - @
BEGINNINGS = ["", *"=+-@\t\r\n", *FULL_WIDTH]


def nasty_texts():
    beginnings = st.sampled_from([*BEGINNINGS, "'", "''", *MISSING_WORDS])
    return st.builds("{}{}".format, beginnings, st.text(max_size=5))


@given(text=nasty_texts())
def test_what_is_guarded_is_no_formula_and_comes_back(text):
    assert not is_formula(guard(text))
    assert guard(text) not in MISSING_WORDS
    assert unguard(guard(text)) == text


@given(one=nasty_texts(), other=nasty_texts())
def test_different_texts_stay_different_when_guarded(one, other):
    assert (one == other) == (guard(one) == guard(other))


@pytest.mark.parametrize("text", ["Ann", "O'Neill", "'quoted'", "Null", "Na Li", "none", ""])
def test_ordinary_texts_are_not_guarded(text):
    assert guard(text) == text


@pytest.mark.parametrize("names", [CITIES, OCCUPATIONS], ids=["city", "occupation"])
def test_a_code_may_be_its_name(names):
    read = code_reader(names)
    for code, name in enumerate(names):
        for cell in (str(code), f"{code}.0", name, name.upper(), name.lower()):
            assert read(cell) == code
        assert read(name.replace("-", " ")) == code
    assert read(str(len(names))) is None
    assert read("-1") is None
    assert code_reader(CITIES)("Newcastle upon Tyne") == CITIES.index("Newcastle")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Londno", "London"), ("Cardif", "Cardiff"), ("Leister", "Leicester"), ("leads", "Leeds")],
)
def test_a_slip_is_known(written, meant):
    assert nearest(written, CITIES) == meant


@pytest.mark.parametrize(
    "other", ["Brighton", "York", "Bath", "Derby", "Luton", "Preston", "Paris", "Hull", ""]
)
def test_another_place_is_no_slip(other):
    assert nearest(other, CITIES) is None


@pytest.mark.parametrize("other", ["employed", "Teacher", "Nurse", "admin.", "homeowner", "retail"])
def test_another_occupation_is_no_slip(other):
    assert nearest(other, OCCUPATIONS) is None


def test_many_texts_are_compared_at_once():
    texts = [f"Londn{i}" for i in range(20_000)]
    assert nearest_each([*texts, "Leeds"], CITIES)[-1] is None
    assert nearest_each(["Londn", "Leeds"], CITIES) == ["London", None]


@pytest.mark.parametrize(
    ("header", "words", "unit"),
    [
        ("annual_income (£)", "annual income", "£"),
        ("CreditScore", "credit score", ""),
        (" First-Name ", "first name", ""),
        ("Annual Income (k$)", "annual income", "k$"),
        ("Spending Score (1-100)", "spending score", "1-100"),
        ("customerID", "customer id", ""),
        ("AGE", "age", ""),
    ],
)
def test_a_header_in_words(header, words, unit):
    assert (normalised_header(header), unit_of(header)) == (words, unit)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('{"Online","Mobile App"}', '{"Online","Mobile App"}'),
        ("{Online,Branch}", "{Online,Branch}"),
        ("{}", "{}"),
        (r'{"a\"b","c\\d"}', r'{"a\"b","c\\d"}'),
        ("Online", '{"Online"}'),
        ("Online, Mobile App", '{"Online","Mobile App"}'),
        ("Online;Branch;", '{"Online","Branch"}'),
        (r'say "hi"\, you', r'{"say \"hi\"\\","you"}'),
    ],
)
def test_a_list_is_kept_as_an_array(cell, kept):
    assert read_texts(cell) == kept


@pytest.mark.parametrize(
    "cell", ["{", "{a", "{a}b", '{"a}', '{a"b}', "{{a}}", "{a,}", "{,}", "{a}{b}"]
)
def test_what_is_no_array_is_refused(cell):
    with pytest.raises(ValueError, match="must be a list"):
        read_texts(cell)


def test_a_broken_array_takes_no_longer_than_one_that_is_not():
    def seconds(cell):
        begin = perf_counter()
        with suppress(ValueError):
            read_texts(cell)
        return perf_counter() - begin

    blanks = 20_000 * " "
    right, wrong = ([seconds(f"{{a{blanks}{end}") for _ in range(3)] for end in ("}", '"}'))
    assert min(wrong) < 100 * max(right)


def test_a_broken_array_of_many_items_is_refused_at_once():
    with pytest.raises(ValueError, match="a list"):
        read_texts("{" + "a ," * 200 + '"')  # for ever, if blanks could belong to two parts


@pytest.mark.parametrize(
    "cell",
    [
        "1991-03-14",
        "1991/3/14",
        "19910314",
        "1991-03-14 00:00:00",
        "1991-03-14T09:30:00Z",
        "14.03.1991",
        "14 Mar 1991",
        "14 March 1991",
        "March 14, 1991",
        "14-Mar-91",
        "14/03/1991",
        "14/03/91",
        "33311",
        "Thu, 14 Mar 1991 00:00:00 GMT",
    ],
)
def test_a_day_in_many_forms(cell):
    assert read_day(cell, past=True) == date(1991, 3, 14)


@pytest.mark.parametrize(
    "cell", ["1991", "2024-02-30", "31/04/2020", "2024-W01-1", "x", "", "1,5", "14/03"]
)
def test_what_is_no_day(cell):
    assert read_day(cell) is None


@pytest.mark.parametrize(
    ("cell", "orders"),
    [
        ("14/03/1991", {"day"}),
        ("03/14/1991", {"month"}),
        ("04/03/1991", {"day", "month"}),
        ("05/05/1991", set()),
        ("1991-04-03", set()),
        ("04.03.1991", set()),
        ("x", set()),
    ],
)
def test_the_orders_that_a_day_can_be_read_in(cell, orders):
    assert orders_of(cell) == orders


def test_a_year_of_two_digits_is_past_for_a_birth():
    assert read_day("14/03/91", past=True).year == 1991
    assert read_day("14/03/05", past=True).year == 2005


def test_years_are_completed_on_the_birthday():
    birth = date(1991, 3, 14)
    assert completed_years(birth, date(2026, 3, 13)) == 34
    assert completed_years(birth, date(2026, 3, 14)) == 35
    assert completed_years(date(2004, 2, 29), date(2026, 2, 28)) == 21


@given(st.from_regex(re.compile(r"[0-9/.\-: TZ]{0,12}"), fullmatch=True))
def test_any_cell_is_a_day_or_none(cell):
    assert isinstance(read_day(cell), date | None)
