"""Whole files as they were sent: what each comes in as, value by value, or why it does not."""

import gzip
import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.options import Options
from datasets.reading import BrokenFile, open_reading, read_frame

HEADER = "first_name,last_name,age,annual_income,loan_balance"
PEOPLE = [
    "Zoë,Brontë,34,28500.5,1200",
    "John,Smith,51,61200,0",
    "Mary,O'Neill,29,19800,350.25",
    "Ann,Lee,67,14500,0",
    "Paul,Kaye,45,88000,154000",
    "Ravi,Patel,38,41000,22000",
]
NAMES = [line.split(",")[:2] for line in PEOPLE]
WHOLE = {
    "customer_id": [1, 2, 3, 4, 5, 6],
    "first_name": [first for first, _ in NAMES],
    "last_name": [last for _, last in NAMES],
    "age": [34, 51, 29, 67, 45, 38],
    "annual_income": [28500.5, 61200, 19800, 14500, 88000, 41000],
    "loan_balance": [1200, 0, 350.25, 0, 154000, 22000],
}


def lines(*rows, end="\n"):
    return end.join([*rows, ""])


def with_each(header, *cells):
    """The people with a further cell each, or without those that are no text."""
    return lines(f"{HEADER},{header}", *(f"{p},{c}" for p, c in zip(PEOPLE, cells, strict=True)))


def few(*rows):
    return lines(HEADER, *rows)


def birthday(day, month, year):
    today = date.today()
    return today.year - year - ((today.month, today.day) < (month, day))


def workbook():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADER.split(","))
    for first, last, *figures in (line.split(",") for line in PEOPLE):
        book.active.append([first, last, *map(float, figures)])
    book.save(file)
    return file.getvalue()


def parquet():
    file = io.BytesIO()
    pd.read_csv(io.StringIO(lines(HEADER, *PEOPLE))).to_parquet(file)
    return file.getvalue()


PLAIN = lines(HEADER, *PEOPLE, end="\r\n")
TABS = PLAIN.replace(",", "\t")
INCOMES, LOANS, AGES = "annual_income", "loan_balance", "age"
# A file; what comes in (column by column, all or some); the essential part of what is said.
TAKEN = {
    "cp1252": (PLAIN.encode("cp1252"), WHOLE, "Windows-1252"),
    "utf16 unicode text": (TABS.encode("utf-16"), WHOLE, None),
    "tabs": (TABS, WHOLE, None),
    "semicolons, decimal commas": (
        "\ufeff" + PLAIN.replace(",", ";").replace(".", ","),
        WHOLE,
        "annual_income were read as decimal commas, as in 28500,5",
    ),
    "thousands, three digits": (
        few('John,Smith,51,"61,200",0', 'Ann,Lee,67,"14,500",0', 'P,K,45,"88,000",1'),
        {INCOMES: [61200, 14500, 88000]},
        "annual_income were read as thousands, as in 61,200",
    ),
    "birth dates": (
        lines(
            "first_name,last_name,date_of_birth,annual_income,loan_balance",
            "Zoë,Brontë,14/03/1991,28500.5,1200",
            "John,Smith,02/11/1974,61200,0",
            "Mary,O'Neill,30/06/1996,19800,350.25",
        ),
        {AGES: [birthday(14, 3, 1991), birthday(2, 11, 1974), birthday(30, 6, 1996)]},
        "date_of_birth gives the age",
    ),
    "trailing empty columns": (
        lines(f"{HEADER},,,", *(f"{line},,," for line in PEOPLE)),
        WHOLE,
        "column 8: has no name and holds nothing",
    ),
    "totals below": (f"{PLAIN}Total,,,253000.5,177550.25\r\n", WHOLE, "line 8: a row of totals"),
    "title above": (f"Customers as of 31/10/2026,,,,\r\n,,,,\r\n{PLAIN}", WHOLE, "line 1: 'Custom"),
    "comment first": (f"# exported by CRM 31/10/2026\n{PLAIN}", WHOLE, "line 1: '# exported by"),
    "index of pandas": (
        lines(f",{HEADER}", *(f"{i},{line}" for i, line in enumerate(PEOPLE))),
        WHOLE,
        "column 1: has no name and holds row numbers",
    ),
    "no-break spaces": (
        few("John,Smith,51,61\xa0200.00,0", "Ann,Lee,67,14\u202f500,0", "P,K,45,88 000,1"),
        {INCOMES: [61200, 14500, 88000]},
        "annual_income were read as thousands",
    ),
    "words for missing": (
        few(
            "John,Smith,N/A,61200,-",
            "Ann,Lee,67,#N/A,0",
            "P,K,45,88000,NULL",
            "Q,L,na,NaN,",
            "R,M,33,.,None",
        ),
        {
            AGES: [None, 67, 45, None, 33],
            INCOMES: [61200, None, 88000, None, None],
            LOANS: [None, 0, None, None, None],
        },
        "2 cells of age with a word for missing",
    ),
    "nulls of MySQL": (
        few(r"John,Smith,\N,61200,0", r"Ann,Lee,67,\N,0", "P,K,45,88000,1"),
        {AGES: [None, 67, 45], INCOMES: [61200, None, 88000]},
        "1 cell of age with a word for missing",
    ),
    "scientific": (
        few("John,Smith,51,6.12E+04,0", "Ann,Lee,67,1.45E+04,0", "P,K,45,8.8e4,1.54E+05"),
        {INCOMES: [61200, 14500, 88000], LOANS: [0, 0, 154000]},
        None,
    ),
    "many decimals": (
        few("J,S,51,14890.999999999998,0", "A,L,67,106025.00000001,0", "P,K,45,88000.125,1"),
        {INCOMES: [14891, 106025, 88000.13]},
        "3 cells of annual_income had more decimals and were rounded",
    ),
    "minus zero": (few("J,S,51,61200,-0.0", "A,L,67,14500,-0"), {LOANS: [0, 0]}, None),
    "ids with leading zeros": (
        lines("customer_id,age,annual_income", "0000123,34,1", "0000124,51,2", "0004711,29,3"),
        {"customer_id": [1, 2, 3], "reference": ["0000123", "0000124", "0004711"]},
        "customer_id is kept as the reference, and ids count from 1",
    ),
    "ids with letters": (
        lines("customer_id,age,annual_income", "C-00123,34,1", "C-00124,51,2"),
        {"customer_id": [1, 2], "reference": ["C-00123", "C-00124"]},
        "customer_id is kept as the reference",
    ),
    "no names": (
        lines("customer_id,age,annual_income", "7,34,28500.5", "9,51,61200"),
        {"first_name": ["Customer"] * 2, "last_name": ["7", "9"], AGES: [34, 51]},
        "2 customers without a last_name: it is their id",
    ),
    "more columns": (
        with_each("tenure,number_of_products,churned", *(f"{i},{i % 3},{i % 2}" for i in range(6))),
        WHOLE
        | {
            "tenure": [0, 1, 2, 3, 4, 5],
            "number_of_products": [0, 1, 2] * 2,
            "churned": [0, 1] * 3,
        },
        None,
    ),
    "other names": (
        PLAIN.replace(HEADER, "First Name,Surname,Age,Income,Balance"),
        WHOLE,
        None,
    ),
    "units": (PLAIN.replace(HEADER, HEADER.replace("e,l", "e (£),l") + " (£)"), WHOLE, None),
    "scores over 850": (
        with_each("credit_score", 999, 870, 700, 640, 961, 560),
        WHOLE | {"credit_score": [None] * 6, "credit_score_other": [999, 870, 700, 640, 961, 560]},
        "credit_score goes up to 999, so it is on another scale than 0 to 850",
    ),
    "other jobs and cities": (
        with_each(
            "occupation,city",
            "Teacher,Leeds",
            "Nurse,Brighton",
            "Student,Paris",
            "Retired,London",
            "Self employed,York",
            "admin.,Bath",
        ),
        WHOLE
        | {
            "occupation": [None, None, 0, 4, 2, None],
            "occupation_other": ["Teacher", "Nurse", None, None, None, "admin."],
            "city": [6, None, None, 9, None, None],
            "city_other": [None, "Brighton", "Paris", None, "York", "Bath"],
        },
        "kept in the own column city_other",
    ),
    "gzip": (gzip.compress(PLAIN.encode()), WHOLE, None),
    "workbook": (workbook(), WHOLE, None),
    "Parquet": (parquet(), WHOLE, None),
}
# A file; the problems: line, column, value, and the essential part of the sentence.
REFUSED = {
    "negative in brackets": (
        few("John,Smith,51,61200,(1200.00)", "Ann,Lee,67,14500,0", 'P,K,45,88000,"(£1,250)"'),
        [
            (2, LOANS, "(1200.00)", "and this one is negative: ?invalid=missing takes such cells"),
            (4, LOANS, "(£1,250)", "and this one is negative"),
        ],
    ),
    "negative in brackets, with thousands": (
        few('A,B,51,61200,"(1,200.00)"', 'A,B,51,61200,"-1,200.00"'),
        [(2, LOANS, "(1,200.00)", "negative"), (3, LOANS, "-1,200.00", "negative")],
    ),
    "another word for missing": (
        few("Q,L,33,1,unknown", "R,M,33,1,2", "S,N,44,51000,0"),
        [(2, LOANS, "unknown", "leave the cell empty if nobody knows")],
    ),
    "no header": (lines(*PEOPLE), [(1, None, None, "The first line must name the columns")]),
    "impossible ages": (
        few("J,S,1975,61200,0", "A,L,999,14500,0", "P,K,45,88000,1", "Total,Total,3019,163700,1"),
        [(2, AGES, "1975", "a birth year?"), (3, AGES, "999", "a code for missing?")],
    ),
    "commas that are either": (
        lines(
            "customer_id;first_name;age;annual_income;loan_balance",
            "1;Jörg;51;61,200;0,350",
            "2;Ann;67;14,500;0,000",
            "3;P;45;88,125;0,075",
            "4;Q;33;9,999;154,000",
        ),
        [(1, INCOMES, "61,200", "?decimal=. and 61.200 with ?decimal=,")],
    ),
}


def read(data, table=CUSTOMERS, **options):
    data = data if isinstance(data, bytes) else data.encode()
    with open_reading(io.BytesIO(data), table, Options(**options)) as reading:
        frame = read_frame(reading)
        said = reading.said()
    columns = {name: frame[name].astype(object) for name in frame}
    values = {name: column.where(column.notna(), None).tolist() for name, column in columns.items()}
    return values, [*said["passed_over"], *said["warnings"]]


def assert_refused(data, problems, table=CUSTOMERS):
    with pytest.raises(BrokenFile) as broken:
        read(data, table)
    found = broken.value.problems
    assert [problem[:3] for problem in found] == [problem[:3] for problem in problems]
    for problem, (*_, part) in zip(found, problems, strict=True):
        assert part in problem.message


@pytest.mark.parametrize(("data", "expected", "part"), TAKEN.values(), ids=TAKEN)
def test_taken_value_by_value(data, expected, part):
    values, said = read(data)
    assert {name: values[name] for name in expected} == expected
    assert part is None or any(part in sentence for sentence in said), said


@pytest.mark.parametrize(("data", "problems"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_sentence_that_ends_the_search(data, problems):
    assert_refused(data, problems)


def test_cells_that_cannot_be_are_missing_on_request():
    values, said = read(REFUSED["negative in brackets"][0], invalid_as_missing=True)
    assert values[LOANS] == [None, 0, None]
    assert "2 cells of loan_balance were not valid and were taken as missing." in said
    values, _ = read(REFUSED["impossible ages"][0], invalid_as_missing=True)
    assert values[AGES] == [None, None, 45]  # and the totals are nobody


def test_commas_are_read_as_the_caller_says():
    data = REFUSED["commas that are either"][0]
    values, _ = read(data, decimal=",")
    assert values[INCOMES] == [61.2, 14.5, 88.13, 10]
    assert values[LOANS] == [0.35, 0, 0.08, 154]


def test_products():
    values, said = read(
        "product_name,product_type\nGold Card,Credit Card\nEasy Saver,Savings Account\n", PRODUCTS
    )
    assert values["product_status"] == ["Active", "Active"]
    assert "2 products without a product_status: taken as Active." in said
    crossed = "product_name,product_type,min_age,max_age\nGold Card,Credit Card,60,18\n"
    assert_refused(
        crossed, [(2, "min_age", None, "The min_age 60 is above the max_age 18.")], PRODUCTS
    )


def test_a_byte_order_mark_that_was_saved_as_letters_is_no_part_of_a_name():
    for mark in ("\ufeff\ufeff", "ï»¿"):
        file = f"{mark}customer_id,age,income\n7,30,1\n8,31,2\n".encode()
        values, _ = read(file)
        assert values["customer_id"] == [7, 8]
