"""Files as frames and chunks: what was written is what is read."""

import csv
import io
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datasets import reading, spelling
from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.formulas import guard
from datasets.problems import BrokenFile
from datasets.reading import read_chunks, read_frame
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
        "age": st.none() | st.integers(0, 2**31 - 1),
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
    return read_frame(io.BytesIO(text if isinstance(text, bytes) else text.encode()), table)


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


def test_every_row_is_checked_however_many_there_are(monkeypatch):
    monkeypatch.setattr(reading, "ROWS_PER_BATCH", 3)
    rows = [ROW] * 20
    assert len(read("\n".join([HEADER, *rows]))) == 20
    for i in range(20):
        wrong = [*rows[:i], ROW.replace("30", "x"), *rows[i + 1 :]]
        with pytest.raises(BrokenFile) as broken:
            read("\n".join([HEADER, *wrong]))
        assert [problem.line for problem in broken.value.problems] == [i + 2]


def test_nothing_is_given_after_a_problem(monkeypatch):
    monkeypatch.setattr(reading, "ROWS_PER_BATCH", 2)
    rows = [ROW, ROW, ROW, ROW.replace("30", "x"), ROW, ROW, ROW.replace("30", "y")]
    chunks = read_chunks(io.BytesIO("\n".join([HEADER, *rows]).encode()), CUSTOMERS)
    assert len(next(chunks)["age"]) == 2
    with pytest.raises(BrokenFile) as broken:
        next(chunks)
    assert [problem.line for problem in broken.value.problems] == [5, 8]
    assert broken.value.count == 2


def test_a_mistake_that_is_made_again_and_again_is_looked_at_once(monkeypatch):
    asked = []
    monkeypatch.setattr(spelling, "nearest", lambda said, _: asked.append(said))
    rows = [f"Ann,Lee,30,1,{city},1,1,1,1" for city in ["Brighton"] * 1000]
    with pytest.raises(BrokenFile) as broken:
        read("\n".join([HEADER, *rows]))
    assert broken.value.count == 1000
    assert len(asked) < 10


def test_wide_cells_fill_no_memory():
    def peak(amount):
        rows = "".join(f'Loan,"{i}\n{"x" * 2000}"\n' for i in range(amount))
        file = io.BytesIO(f"product_type,benefits\n{rows}".encode())
        tracemalloc.start()
        try:
            assert sum(len(chunk["benefits"]) for chunk in read_chunks(file, PRODUCTS)) == amount
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(8000) < 2 * peak(2000)


def test_a_cell_with_a_line_break_is_not_two_cells():
    with pytest.raises(BrokenFile):
        read(f'{HEADER}\nAnn,Lee,"3\n0",1,1,1,1,1,1\n')
    with pytest.raises(BrokenFile):
        read(f'{HEADER}\nAnn,Lee,30,1,1,"1\n2",1,1,1\n')


def test_the_file_is_left_open():
    file = io.BytesIO(f"{HEADER}\n{ROW}\n".encode())
    read_frame(file, CUSTOMERS)
    assert not file.closed


def test_a_line_without_end_is_refused_before_it_is_all_read():
    file = io.BytesIO(f"{HEADER}\n".encode() + b"x" * (8 << 20))
    with pytest.raises(BrokenFile, match=r"Line 2|line 2"):
        read_frame(file, CUSTOMERS)


def test_an_id_names_the_line_that_had_it_last():
    ids = [(7 * i) % 500 + 1 for i in range(2000)]
    rows = [f"{number},{ROW}" for number in ids]
    with pytest.raises(BrokenFile) as broken:
        read("\n".join([f"id,{HEADER}", *rows]))
    assert broken.value.count == 1500
    for i, problem in enumerate(broken.value.problems):
        assert problem.line == 502 + i
        assert problem.message == f"{ids[i]} is the customer_id of line {2 + i} already."


def test_ids_that_can_not_be_read_are_not_the_same():
    with pytest.raises(BrokenFile) as broken:
        read(f"id,{HEADER}\nx,{ROW}\ny,{ROW}\n,{ROW}\n,{ROW}\n")
    assert broken.value.count == 4
