"""Numbers as people write them: read by a decimal point or a comma, and what shows which."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.numbers import read_numbers, shapes_of, without_missing


def read(cell, decimal="."):
    (text,) = read_numbers(pa.array([cell, "x"]), decimal).texts.to_pylist()[:1]
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("£1,234.50", "1234.50"),
        ("£ 1234", "1234"),
        ("$5", "5"),
        ("5 €", "5"),
        ("5 GBP", "5"),
        ("61 200.00", "61200"),
        ("61\u00a0200.00", "61200"),
        ("14\u202f500", "14500"),
        ("1'234.5", "1234.5"),
        ("1\u2019234.5", "1234.5"),
        ("12,34,567", "1234567"),
        ("(1,200.00)", "-1200"),
        ("(£1,250)", "-1250"),
        ("-1,200.00", "-1200"),
        ("£-5", "-5"),
        ("-£5", "-5"),
        ("\u22125", "-5"),
        ("1200-", "-1200"),
        ("+5", "5"),
        ("6.12E+04", "61200"),
        ("8.8e4", "88000"),
        ("12.5%", "12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0.0", "0"),
    ],
)
def test_a_number_with_a_decimal_point(cell, value):
    assert read(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("28500,50", "28500.50"),
        ("28.500,50", "28500.50"),
        ("1.234.567", "1234567"),
        ("1.234", "1234"),
        ("28 500,5", "28500.5"),
        ("(1,5)", "-1.5"),
        ("€ 0,350", "0.350"),
        ("1200", "1200"),
        ("1,2E3", "1200"),
    ],
)
def test_a_number_with_a_decimal_comma(cell, value):
    assert read(cell, ",") == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    [
        *["1,23", "1,2345", ",123", "0,350", "1.5.0", "£", "--5", "-(5)", "(5", "5)", "12,3456"],
        *["1 23", "abc", "5 apples", "1/2", "12:30", "0x10", "1e999", "٣٠", "1_000", "inf", "nan"],
    ],
)
def test_no_number_with_a_decimal_point(cell):
    assert read(cell) is None


@pytest.mark.parametrize("cell", ["1200.50", "1,234.50", "1.23", "1,5,0", "1'234.5"])
def test_no_number_with_a_decimal_comma(cell):
    assert read(cell, ",") is None


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["28500,50"], {"comma": 1}),
        (["0,350"], {"comma": 1}),
        (["1.234,56", "1.234.567"], {"comma": 2}),
        (["1,234.50", "5.25", "1,234,567"], {"point": 3}),
        (["61,200", "9,999"], {"either_comma": 2}),
        (["61.200"], {"either_point": 1}),
        (["61", "(5)", "£7"], {}),
        (["007", "-0123"], {"identifiers": 2}),
        (["1234567890123456"], {"identifiers": 1}),
        (["5%"], {"percent": 1}),
    ],
)
def test_what_cells_show(cells, shown):
    shapes, _ = shapes_of(pa.array(cells))
    found = {name: count for name, count in shapes._asdict().items() if count}
    assert found == shown | {"numbers": len(cells)}


@given(
    pence=st.integers(-(10**11), 10**11),
    prefix=st.sampled_from(["", "£", "$ ", "€"]),
    style=st.sampled_from(["{:,.2f}", "{:.2f}"]),
    swapped=st.booleans(),
)
def test_amounts_are_read_however_they_are_written(pence, prefix, style, swapped):
    value = Decimal(pence) / 100
    cell = style.format(abs(value))
    if swapped:
        cell = cell.translate(str.maketrans(",.", ".,"))
    cell = f"({prefix}{cell})" if value < 0 else f"{prefix}{cell}"
    assert read(cell, "," if swapped else ".") == value


WORDS = ["", "NA", "na", "N/A", "#N/A", "NaN", "NULL", "None", "-", r"\N", " ", " n/a "]


@pytest.mark.parametrize("word", WORDS)
def test_words_for_missing(word):
    assert without_missing(pa.array([word, "0"])).to_pylist() == [None, "0"]


@pytest.mark.parametrize("name", ["Null", "Na", "Nan", "none", "Noone", "'"])
def test_names_that_sound_like_missing_are_names(name):
    assert without_missing(pa.array([name]), text=True).to_pylist() == [name]


@pytest.mark.parametrize("word", ["", "NA", "N/A", "#N/A", "NaN", "NULL", "None", "-", r"\N", "  "])
def test_words_for_missing_in_texts(word):
    assert without_missing(pa.array([word]), text=True).to_pylist() == [None]
