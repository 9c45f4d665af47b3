"""Files as frames and chunks: what was written is what is read."""

import csv
import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datasets import conversion, rows
from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.formulas import guard
from datasets.problems import BrokenFile
from datasets.reading import open_reading, read_frame
from schema import CITIES
from tests.files import HEADER, ROW

NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
).filter(str.strip)
MONEY = st.none() | st.integers(0, 10**12 - 1).map(lambda pence: pence / 100)
CUSTOMER = st.fixed_dictionaries(
    {
        "first_name": NAMES
        | st.sampled_from(["=cmd()", "'=x", "-", "O'Neill", 'a"b', "a\r\nb", "\\N"]),
        "last_name": NAMES,
        "age": st.none() | st.integers(0, 130),
        "occupation": st.none() | st.integers(0, 9),
        "city": st.none() | st.integers(0, 14),
        "annual_income": MONEY,
        "annual_spending": MONEY,
        "loan_balance": MONEY,
        "credit_score": st.none() | st.integers(0, 850),
    }
)
NUMBERS = ["age", "occupation", "city", "credit_score"]
AMOUNTS = ["annual_income", "annual_spending", "loan_balance"]

# The csv module does not quote a CR unless lines end with one.
DIALECTS = [
    {"lineterminator": "\r\n", "quoting": csv.QUOTE_MINIMAL},
    {"lineterminator": "\r\n", "quoting": csv.QUOTE_ALL},
    {"lineterminator": "\n", "quoting": csv.QUOTE_ALL},
]


def read(text, table=CUSTOMERS):
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    with open_reading(file, table) as reading:
        return read_frame(reading)


def written(customer, forms):
    """The cells of a customer, in ways that the draw decides."""
    for name in ("first_name", "last_name"):
        yield name, guard(customer[name])
    for name in NUMBERS:
        yield (
            name,
            ""
            if customer[name] is None
            else forms.choice(["{}", "{}.0", " {}"]).format(customer[name]),
        )
    for name in AMOUNTS:
        yield (
            name,
            ""
            if customer[name] is None
            else forms.choice(["{:.2f}", "£{:,.2f}"]).format(customer[name]),
        )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    customers=st.lists(CUSTOMER, min_size=1, max_size=8),
    forms=st.randoms(use_true_random=False),
    delimiter=st.sampled_from(",;"),
    dialect=st.sampled_from(DIALECTS),
    beginning=st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_customers_are_read_as_they_were_written(customers, forms, delimiter, dialect, beginning):
    rows = [dict(written(customer, forms)) for customer in customers]
    names = forms.sample(list(rows[0]), len(rows[0]))
    file = io.StringIO()
    writer = csv.DictWriter(file, names, delimiter=delimiter, **dialect)
    writer.writeheader()
    writer.writerows(rows)
    frame = read(beginning + file.getvalue().encode())
    assert frame["customer_id"].tolist() == list(range(1, len(customers) + 1))
    for name in customers[0]:
        expected = [customer[name] for customer in customers]
        kept = frame[name].astype(object).where(frame[name].notna(), None).tolist()
        assert kept == expected


def test_a_frame_has_every_column_of_the_table():
    frame = read("first_name,last_name,age,annual_income,loan_balance\nAnn,Lee,30,,5\n")
    assert list(frame) == [column.name for column in CUSTOMERS.columns]
    assert frame["customer_id"].dtype == np.int64
    assert frame["first_name"].dtype == object
    assert {str(frame[name].dtype) for name in (*NUMBERS, *AMOUNTS)} == {"float64"}
    assert frame[["annual_income", "city"]].isna().all(axis=None)


def test_products_are_read_too():
    frame = read("Product_ID;product_type;min_age;channels\n7;loan;;Online, Branch\n", PRODUCTS)
    (product,) = frame.to_dict("records")
    assert product["product_id"] == 7
    assert product["product_name"] == "Loan_7"
    assert pd.isna(product["min_age"])
    assert product["channels"] == '{"Online","Branch"}'
    assert product["benefits"] is None


def test_codes_may_be_names():
    lines = [",".join(["Ann", "Lee", "30", "1", city, "1", "1", "1", "1"]) for city in CITIES]
    assert read("\n".join([HEADER, *lines]))["city"].tolist() == list(range(15))


def small_blocks(monkeypatch):
    monkeypatch.setattr(rows, "BLOCK_BYTES", 100)


def test_every_row_is_checked_however_many_there_are(monkeypatch):
    small_blocks(monkeypatch)
    lines = [ROW] * 20
    assert len(read("\n".join([HEADER, *lines]))) == 20
    for i in range(20):
        wrong = [*lines[:i], ROW.replace("30", "x"), *lines[i + 1 :]]
        with pytest.raises(BrokenFile) as broken:
            read("\n".join([HEADER, *wrong]))
        assert [problem.line for problem in broken.value.problems] == [i + 2]


def test_nothing_is_given_after_a_problem(monkeypatch):
    small_blocks(monkeypatch)
    lines = [ROW, ROW, ROW, ROW.replace("30", "x"), ROW, ROW, ROW.replace("30", "y")]
    file = io.BytesIO("\n".join([HEADER, *lines]).encode())
    found = []
    with open_reading(file, CUSTOMERS) as reading, pytest.raises(BrokenFile) as broken:
        found.extend(len(chunk["age"]) for chunk in reading.chunks())
    assert 0 < sum(found) < 4
    assert [problem.line for problem in broken.value.problems] == [5, 8]
    assert broken.value.count == 2


SLIPS = [("L", "ndon"), ("Lo", "don")]


def test_hints_are_looked_for_only_for_what_is_shown(monkeypatch):
    asked = []
    monkeypatch.setattr(conversion, "nearest", lambda cell, _: asked.append(cell))
    cities = [f"{start}{letter}{end}" for start, end in SLIPS for letter in "bcfghjkqvwxz"]
    cities += [*CITIES, *map(str, range(len(CITIES)))]  # so that most are none of elsewhere
    with pytest.raises(BrokenFile) as broken:
        read("\n".join([HEADER, *(f"Ann,Lee,30,1,{city},1,1,1,1" for city in cities)]))
    assert broken.value.count > 20
    assert len(asked) == 20


def test_wide_cells_fill_no_memory():
    def peak(amount):
        lines = "".join(f'Loan,"{i}\n{"x" * 2000}"\n' for i in range(amount))
        file = io.BytesIO(f"product_type,benefits\n{lines}".encode())
        before = pa.total_allocated_bytes()
        most = 0
        with open_reading(file, PRODUCTS) as reading:
            for chunk in reading.chunks():
                most = max(most, pa.total_allocated_bytes() - before)
                del chunk
        return most

    peak(1)
    assert peak(8000) < 2 * peak(2000)


def test_a_cell_with_a_line_break_is_not_two_cells():
    with pytest.raises(BrokenFile):
        read(f'{HEADER}\nAnn,Lee,"3\n0",1,1,1,1,1,1\n')
    with pytest.raises(BrokenFile):
        read(f'{HEADER}\nAnn,Lee,30,1,1,"1\n2",1,1,1\n')


def test_the_file_is_left_open():
    file = io.BytesIO(f"{HEADER}\n{ROW}\n".encode())
    with open_reading(file, CUSTOMERS) as reading:
        read_frame(reading)
    assert not file.closed


def test_a_line_without_end_is_refused():
    with pytest.raises(BrokenFile, match=r"Line 2|line 2"):
        read(f"{HEADER}\n".encode() + b"x" * (8 << 20))


PRODUCT_IDS = "product_id,product_type"


def test_an_id_names_the_line_that_had_it_last():
    ids = [(7 * i) % 500 + 1 for i in range(2000)]
    with pytest.raises(BrokenFile) as broken:
        read("\n".join([PRODUCT_IDS, *(f"{number},Loan" for number in ids)]), PRODUCTS)
    assert broken.value.count == 1500
    for i, problem in enumerate(broken.value.problems):
        assert problem.line == 502 + i
        assert problem.message == f"{ids[i]} is the product_id of line {2 + i} already."


def test_ids_that_can_not_be_read_are_not_the_same():
    with pytest.raises(BrokenFile) as broken:
        read(f"{PRODUCT_IDS}\nx,Loan\ny,Loan\n,Loan\n,Loan\n", PRODUCTS)
    assert broken.value.count == 4
