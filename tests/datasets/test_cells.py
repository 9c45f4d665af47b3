"""What a cell may say, and what is kept of it."""

import re
from contextlib import suppress
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import cells
from datasets.cells import form_of
from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.formulas import guard, is_formula, unguard
from schema import CITIES, OCCUPATIONS

A_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
FORMS = {
    f"{table.name} {column.name}": form_of(column.type)
    for table in (CUSTOMERS, PRODUCTS)
    for column in table.columns
}


FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"  # = + - @
BEGINNINGS = ["", *"=+-@\t\r\n", *FULL_WIDTH]


def nasty_texts():
    return st.builds("{}{}{}".format, st.text("'"), st.sampled_from(BEGINNINGS), A_TEXT)


@given(nasty_texts())
def test_what_is_guarded_is_no_formula_and_comes_back(text):
    assert unguard(guard(text)) == text
    assert not is_formula(guard(text))


@given(nasty_texts(), nasty_texts())
def test_different_texts_stay_different_when_guarded(one, other):
    assert (guard(one) == guard(other)) == (one == other)


@pytest.mark.parametrize("text", ["O'Neill", "'quoted'", "Ann", "", "'", "a=b"])
def test_ordinary_texts_are_not_guarded(text):
    assert guard(text) == text == unguard(text)


@given(nasty_texts().filter(bool))
def test_a_text_that_was_guarded_is_read_as_it_was(text):
    assert cells.text().read(guard(text)) == text


@given(st.integers(0, 10**12 - 1), st.sampled_from(["", "£", "£ ", " "]))
def test_amounts_are_read_however_they_are_written(pence, beginning):
    amount = Decimal(pence) / 100
    for form in (f"{amount:.2f}", f"{amount:,.2f}", str(amount)):
        assert Decimal(cells.amount(12).read(f"{beginning}{form}")) == amount
    assert Decimal(cells.amount(12, negative=True).read(f"-{beginning.strip()}{amount}")) == -amount


@pytest.mark.parametrize(
    "cell", ["1,23", "1,2345", ",123", "12,34,567", "1 234", "5.", ".5", "1.5.0", "£", "5£", "- 5"]
)
def test_no_amounts_are_refused(cell):
    with pytest.raises(ValueError, match="must be an amount"):
        cells.amount(12, negative=True).read(cell)


@pytest.mark.parametrize("names", [CITIES, OCCUPATIONS], ids=["city", "occupation"])
def test_a_code_may_be_its_name(names):
    form = cells.code(names)
    for i, name in enumerate(names):
        for cell in (str(i), f" {i} ", f"{i}.0", name, name.upper(), name.lower(), f" {name} "):
            assert form.read(cell) == str(i)
        assert form.read(name.replace("-", " ")) == str(i)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Londno", "London"), ("Cardif", "Cardiff"), ("Newcastle upon Tyne", "Newcastle")],
)
def test_the_nearest_name_is_told(said, meant):
    with pytest.raises(ValueError, match=re.escape(f"(did you mean {meant}?)")):
        cells.code(CITIES).read(said)


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
    assert cells.texts().read(cell) == kept


@pytest.mark.parametrize(
    "cell", ["{", "{a", "{a}b", '{"a}', '{a"b}', "{{a}}", "{a,}", "{,}", "{a}{b}"]
)
def test_what_is_no_array_is_refused(cell):
    with pytest.raises(ValueError, match="must be a list"):
        cells.texts().read(cell)


def test_a_broken_array_takes_no_longer_than_one_that_is_not():
    form, blanks = cells.texts(), 20_000 * " "

    def seconds(cell):
        begin = perf_counter()
        with suppress(ValueError):
            form.read(cell)
        return perf_counter() - begin

    right, wrong = ([seconds(f"{{a{blanks}{end}") for _ in range(3)] for end in ("}", '"}'))
    assert min(wrong) < 100 * max(right)


def test_a_broken_array_of_many_items_is_refused_at_once():
    with pytest.raises(ValueError, match="a list"):
        cells.texts().read("{" + "a ," * 200 + '"')  # for ever, if blanks could belong to two parts


@pytest.mark.parametrize(
    "cell", ["20240101", "2024-1-1", "2024-13-01", "01/02/2024", "2024-W01-1", "x"]
)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match="must be a date"):
        cells.day().read(cell)


@pytest.mark.parametrize(
    "form", [form for form in FORMS.values() if form.plain], ids=lambda f: f.wanted
)
@given(data=st.data())
def test_what_is_plain_is_read_as_it_is(form, data):
    cell = data.draw(st.from_regex(re.compile(form.plain), fullmatch=True))
    read = form.read(cell)
    assert (Decimal(read) == Decimal(cell)) if not form.is_text else (read == cell)
    assert "\n" not in cell


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(cell=nasty_texts().filter(str.strip))
def test_any_cell_is_kept_or_refused_with_a_reason(form, cell):
    try:
        assert isinstance(form.read(cell), str)
    except ValueError as reason:
        assert str(reason).startswith(("must be a", "must be one", "must be true", "would run"))  # noqa: PT017 - either is right


@pytest.mark.parametrize("beginning", BEGINNINGS[1:])
def test_every_beginning_of_a_formula_is_refused_unless_guarded(beginning):
    with pytest.raises(ValueError, match="would run as a formula"):
        cells.text().read(f"{beginning}1")
    assert cells.text().read(f"'{beginning}1") == f"{beginning}1"
