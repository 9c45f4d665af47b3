"""Silence is a defect: whatever is changed, dropped or guessed, the answer says."""

import datetime
import io

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest

from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.options import Options, read_mapping
from datasets.reading import open_reading, read_frame

THIRTY = range(30)


def rows(header, *lines):
    return "\n".join([header, *lines, ""]).encode()


def workbook(*cells, others=()):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in cells:
        book.active.append(row)
    for name in others:
        book.create_sheet(name)
    book.save(file)
    return file.getvalue()


def parquet(**columns):
    file = io.BytesIO()
    pa.parquet.write_table(pa.table(columns), file)
    return file.getvalue()


def ages(cells, header="age,income,x"):
    return rows(header, *(f"30,{cell},1" for cell in cells))


# A rule: a file to which it applies, and the essential part of what is said of it.
RULES = {
    "Windows-1252": (rows("name,age,income", "Zoë,30,1").decode().encode("cp1252"), "Windows-1252"),
    "blanks part the cells": (rows("name age income", "A 30 1", "B 31 2"), "parted by blanks"),
    "another mark parts them": (rows("name^age^income", "A^30^1", "B^31^2"), "parted by '^'"),
    "apostrophes are quotes": (
        rows("'name','age','income'", "'A, B','30','1'", "'C','31','2'"),
        "apostrophes around cells were read as quotes",
    ),
    "quotes after blanks": (
        rows("age, name, income", '30, "A, B", 1', '31, "C", 2'),
        "Blanks before quotes were left out",
    ),
    "a title above": (rows("Customers", "", "age,income", "30,1"), "line 1: 'Customers'"),
    "a note below": (
        rows("name,age,income", "A,30,1", "", "Source: CRM"),
        "line 4: 'Source: CRM'",
    ),
    "a note below, in its cells": (
        rows("name,age,income", "A,30,1", ",,", "Source: CRM,,"),
        "line 4: 'Source: CRM'",
    ),
    "totals": (rows("name,age,income", "A,30,1", "Total,,1"), "line 3: a row of totals (Total)"),
    "totals and averages": (
        rows("name,age,income", "A,30,1", "Total,,1", "Average,30,1"),
        "line 4: a row of totals (Average)",
    ),
    "row numbers": (rows(",age,income", "0,30,1", "1,31,2"), "column 1: has no name and holds row"),
    "an empty column without a name": (rows("age,income,", "30,1,"), "column 3: has no name and"),
    "a column without values": (rows("age,income,x", "30,1,", "31,2,NA"), "x: has no values"),
    "a column that the service finds": (
        rows("age,income,cluster", "30,1,2"),
        "cluster: the service",
    ),
    "another sheet": (
        workbook(["age", "income"], [30, 1], others=["More"]),
        "sheet More: only the first one, Sheet, is read",
    ),
    "nested values": (parquet(age=[30], income=[1], s=[{"a": 1}]), "s: holds nested values"),
    "a word for missing": (ages(["NA", 2]), "1 cell of income with a word for missing"),
    "a mark for missing": (ages(["--", 2]), "1 cell of income with a word for missing"),
    "decimal commas": (ages(['"1,5"', '"2,25"']), "commas of income were read as decimal commas"),
    "commas for thousands": (ages(['"1,500"', '"2,250.5"']), "commas of income were read as thou"),
    "commas for lakhs": (ages(['"12,34,567"', 2]), "read as thousands, as in 12,34,567"),
    "points for thousands": (
        rows("age;income;x", "30;1.061.200;1", "31;14.500;2"),
        "points of income were read as thousands, as in 1.061.200",
    ),
    "gaps for thousands": (ages(["61 200", 2]), "gaps of income were read as thousands"),
    "apostrophes for thousands": (ages(["61'200", 2]), "gaps of income were read as thousands"),
    "brackets": (
        rows("age,income,profit", '30,1,"(1,200.00)"', "31,2,3"),
        "profit has numbers written as negative ones, as in (1,200.00)",
    ),
    "a sign behind": (rows("age,income,x", "30,1,5-"), "x has numbers written as negative ones"),
    "a foreign currency": (ages(["$5", 2]), "income is taken as it stands, without conversion: $5"),
    "per cent signs": (
        rows("age,income,x", "30,1,5%"),
        "per cent signs of x were left out: 1 of 1",
    ),
    "more decimals": (ages(["1.005", 2]), "1 cell of income had more decimals and was rounded"),
    "an age with decimals": (rows("age,income", "30.5,1"), "the age is the years completed"),
    "thousands by the header": (rows("age,income (k£)", "30,5"), "taken times 1000"),
    "a date of birth": (rows("dob,income,x", "1991-03-14,1,1"), "gives the age in completed years"),
    "the day first": (rows("dob,income,x", "14/03/1991,1,1"), "day first, as in 14/03/1991"),
    "the month first": (rows("dob,income,x", "03/14/1991,1,1"), "month first, as in 03/14/1991"),
    "ids with zeros": (
        rows("id,age,income", "01,30,1"),
        "kept as the reference, and ids count from",
    ),
    "ids twice": (rows("id,age,income", "1,30,1", "1,31,2"), "1 is there twice"),
    "ids that are missing": (rows("id,age,income", "1,30,1", ",31,2"), "1 of its cells is empty"),
    "no names": (rows("age,income", "30,1"), "1 customer without a first_name: it is Customer"),
    "no last names": (rows("age,income", "30,1"), "without a last_name: it is their id"),
    "other cities": (rows("age,income,city", "30,1,York"), "kept in the own column city_other"),
    "other jobs": (rows("age,income,job", "30,1,Nurse", "31,2,Retired"), "column occupation_other"),
    "other codes": (
        rows("age,income,city", *(f"30,1,{100 + i}" for i in THIRTY)),
        "so its codes are others: kept as the own column city_other",
    ),
    "another scale": (rows("age,credit_score", "30,990", "31,700"), "column credit_score_other"),
    "no age in years": (
        rows("age,income", *(f"{200 + i},1" for i in THIRTY)),
        "no age in years: kept as the own column age_other",
    ),
    "amounts below 0": (
        rows("age,income,balance", *(f"30,{i},{i - 9}" for i in THIRTY)),
        "balance has amounts below 0, which loan_balance cannot have",
    ),
    "no numbers": (
        rows("age,income,x", "30,1,1", "31,unclear,2", "32,3,3"),
        "income is not taken as annual_income, since 1 cell is no number, such as 'unclear'",
    ),
    "a synonym that is mostly text": (
        ages([*["20k-30k"] * 29, "1"]),
        "income is not taken as annual_income, since most of its cells are no numbers",
    ),
    "two synonyms": (rows("age,income,salary", "30,1,2"), "could each be annual_income"),
    "a misspelt name": (rows("age,anual_income,x", "30,1,2"), "?map=anual_income:annual_income"),
    "a name twice": (rows("age,income,x,x", "30,1,2,3"), "x is kept as the own column x_2"),
    "no name": (rows("age,income,", "30,1,a"), "Column 3 has no name and is kept as column_3"),
    "digits that are a name": (rows("age,income,zip", "30,1,01234"), "zip is kept as text"),
    "a text by a slip": (
        rows("age,income,x", *(f"30,1,{i}" for i in range(200)), "31,1,none yet"),
        "x is kept as text, since 1 cell is no number",
    ),
    "a constant": (
        rows("age,income,x", *(f"{i + 20},{i},7" for i in THIRTY)),
        "x is 7 in every row",
    ),
    "a code for missing": (
        rows("age,income,x", *(f"{i + 20},{i},{999 if i == 5 else i}" for i in THIRTY)),
        "x is 999, which looks like a code for missing",
    ),
    "thousands by the figures": (
        rows("age,income", *(f"{i + 20},{i + 20}" for i in THIRTY)),
        "if it is in thousands, send ?map=income*1000:annual_income",
    ),
}
PRODUCT_RULES = {
    "no status": (
        rows("product_type,status", "Loan,", "Loan,Closed"),
        "1 product without a product_s",
    ),
    "no column of it": (rows("product_type", "Loan"), "product_status: taken as Active"),
    "no name": (rows("product_type", "Loan"), "without a product_name: named by type"),
    "again": (
        rows("product_id,product_type,eligible_share", "1,Loan,0.5", "1,Loan,0.7"),
        "1 row with the same product_id and figures as another: taken once",
    ),
    "half a year": (rows("product_type,min_age", "Loan,18.5"), "min_age had more decimals and was"),
    "order of days": (rows("product_type,launch_date", "Loan,14/03/2021"), "with the day first"),
}


def all_said(data, table=CUSTOMERS, **options):
    options["mapped"] = read_mapping(options.get("mapped", ()), table)
    with open_reading(io.BytesIO(data), table, Options(**options)) as reading:
        read_frame(reading)
        said = reading.said()
    return [*said["passed_over"], *said["warnings"]]


@pytest.mark.parametrize(("data", "part"), RULES.values(), ids=RULES)
def test_customers(data, part):
    said = all_said(data)
    assert any(part in sentence for sentence in said), said


@pytest.mark.parametrize(("data", "part"), PRODUCT_RULES.values(), ids=PRODUCT_RULES)
def test_products(data, part):
    said = all_said(data, PRODUCTS)
    assert any(part in sentence for sentence in said), said


def test_cells_taken_as_missing_are_counted():
    said = all_said(ages([-5, "x", 3], "age,annual_income,x"), invalid_as_missing=True)
    assert "2 cells of annual_income were not valid and were taken as missing." in said


def test_a_plain_table_needs_no_word():
    day = datetime.date.today().isoformat()
    text = f"first_name,last_name,age,annual_income,joined\nAnn,Lee,30,1.5,{day}\n"
    assert all_said(text.encode()) == []
