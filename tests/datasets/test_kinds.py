"""Tables as people have them: what comes in, value by value, and what is said of it."""

import csv
import datetime
import gzip
import io

import openpyxl
import pandas as pd
import pytest

from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.options import Options, read_mapping
from datasets.reading import BrokenFile, open_reading, read_frame

HEADER = "first_name,last_name,age,annual_income,loan_balance"
PEOPLE = ["Zoë,Brontë,34,28500.5,1200", "John,Smith,51,61200,0", "Ann,Lee,67,14500,350.25"]
PLAIN = "\n".join([HEADER, *PEOPLE, ""])
EXPECTED = {
    "first_name": ["Zoë", "John", "Ann"],
    "last_name": ["Brontë", "Smith", "Lee"],
    "age": [34, 51, 67],
    "annual_income": [28500.5, 61200, 14500],
    "loan_balance": [1200, 0, 350.25],
}


def read(data, table=CUSTOMERS, **options):
    """Return the rows and what is said of them."""
    data = data if isinstance(data, bytes) else data.encode()
    options["mapped"] = read_mapping(options.get("mapped", ()), table)
    with open_reading(io.BytesIO(data), table, Options(**options)) as reading:
        return read_frame(reading), reading.said()


def refused(data, table=CUSTOMERS, **options):
    with pytest.raises(BrokenFile) as broken:
        read(data, table, **options)
    return broken.value


def values(frame, name):
    column = frame[name].astype(object)
    return column.where(column.notna(), None).tolist()


def column(frame_and_said, name):
    return values(frame_and_said[0], name)


def said(found, part):
    """Assert that some warning has this in it."""
    assert any(part in warning for warning in found[1]["warnings"]), found[1]["warnings"]


def assert_expected(frame):
    assert {name: values(frame, name) for name in EXPECTED} == EXPECTED


def workbook():
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(PLAIN)):
        book.active.append([float(c) if c[0].isdigit() else c for c in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet():
    file = io.BytesIO()
    pd.read_csv(io.StringIO(PLAIN)).to_parquet(file)
    return file.getvalue()


FILES = {
    "UTF-8": PLAIN.encode(),
    "UTF-8 with a mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16 big end": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "Unicode text": PLAIN.replace(",", "\t").encode("utf-16"),
    "Windows-1252": PLAIN.encode("cp1252"),
    "gzip": gzip.compress(PLAIN.encode()),
    "CR LF": PLAIN.replace("\n", "\r\n").encode(),
    "CR": PLAIN.replace("\n", "\r").encode(),
    "no end of line": PLAIN.rstrip().encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "pipes": PLAIN.replace(",", "|").encode(),
    "sep line": b"sep=|\n" + PLAIN.replace(",", "|").encode(),
    "blank lines": PLAIN.replace("\n", "\n\n").encode(),
    "all in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.split()
    ).encode(),
    "decimal commas": PLAIN.replace(",", ";").replace(".", ",").encode(),
    "title above": b"Customers as of 31/10/2026,,,,\n,,,,\n" + PLAIN.encode(),
    "title of one cell": b"Customers\n\n" + PLAIN.encode(),
    "comment above": b"# exported by CRM, 31/10/2026\n" + PLAIN.encode(),
    "empty columns": PLAIN.replace("\n", ",,,\n").encode(),
    "empty column at the rows only": PLAIN.replace("\n", ",\n").replace(",\n", "\n", 1).encode(),
    "row numbers": "\n".join(
        f"{i - 1 if i else ''},{line}" for i, line in enumerate(PLAIN.split())
    ).encode(),
    "row numbers of R": "\n".join(
        f"{i},{line}" if i else line for i, line in enumerate(PLAIN.split())
    ).encode(),
    "row numbers of pandas": "\n".join(
        f"{i - 1 if i else 'Unnamed: 0'},{line}" for i, line in enumerate(PLAIN.split())
    ).encode(),
    "totals": f"{PLAIN}Total,,,104200.5,1550.25\n".encode(),
    "totals named twice": f"{PLAIN}Total,Total,152,104200.5,1550.25\n".encode(),
    "grand total": f"{PLAIN},,,,\nGrand total:,,,104200.5,1550.25\n".encode(),
    "other names": PLAIN.replace(HEADER, "First Name,Surname,AGE,Income,Balance").encode(),
    "other spelling": PLAIN.replace(HEADER, "FirstName,last-name,Age,AnnualIncome,debt").encode(),
    "units": PLAIN.replace("annual_income,loan", "annual_income (£),loan").encode(),
    "pounds": PLAIN.replace("28500.5", '"£28,500.50"').encode(),
    "in cents of a thousand": PLAIN.replace("28500.5", "2.85005E+04").encode(),
    "many decimals": PLAIN.replace("28500.5", "28500.4996").encode(),
    "workbook": workbook(),
    "Parquet": parquet(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_the_same_customers_whatever_the_file(data):
    frame, found = read(data)
    assert_expected(frame)
    assert values(frame, "customer_id") == [1, 2, 3]
    assert found["own_columns"] == []


@pytest.mark.parametrize(
    ("name", "passed_over"),
    [
        ("title above", "line 1: 'Customers as of 31/10/2026'"),
        ("comment above", "line 1: '# exported by CRM 31/10/2026'"),
        ("empty columns", "column 6: has no name and holds nothing"),
        ("row numbers", "column 1: has no name and holds row numbers"),
        ("row numbers of pandas", "column 1: has no name and holds row numbers"),
        ("totals", "line 5: a row of totals (Total)"),
        ("grand total", "line 6: a row of totals (Grand total:)"),
    ],
)
def test_what_is_passed_over_is_named(name, passed_over):
    assert passed_over in read(FILES[name])[1]["passed_over"]


def test_every_guess_is_said():
    said(read(FILES["Windows-1252"]), "Windows-1252")
    said(read(FILES["decimal commas"]), "annual_income were read as decimal commas")
    said(read(FILES["many decimals"]), "1 cell of annual_income had more decimals")
    assert read(FILES["other names"])[1]["columns"] == {
        "First Name": "first_name",
        "Surname": "last_name",
        "AGE": "age",
        "Income": "annual_income",
        "Balance": "loan_balance",
    }
    assert read(PLAIN)[1]["warnings"] == []


def rows(header, *lines):
    return "\n".join([header, *lines])


def test_commas_that_can_be_read_both_ways():
    text = "age;annual_income;loan_balance\n51;61,200;0,350\n67;14,500;0,075\n33;9,999;154,000\n"
    (problem,) = refused(text).problems
    assert problem.column == "annual_income"
    assert "?decimal=," in problem.message
    assert "?decimal=." in problem.message
    assert column(read(text, decimal=","), "annual_income") == [61.2, 14.5, 10.0]
    assert column(read(text, decimal=","), "loan_balance") == [0.35, 0.08, 154]
    quoted = 'age,annual_income,x\n51,"61,200",1\n67,"14,500",2\n'
    assert column(read(quoted), "annual_income") == [61200, 14500]
    said(read(quoted), "annual_income were read as thousands")


def test_own_numbers_have_conventions_too():
    found = read("age;rate;paid\n51;0,5;1.234,50\n67;12,25;9,99\n")
    assert column(found, "rate") == [0.5, 12.25]
    assert column(found, "paid") == [1234.5, 9.99]
    assert refused("age;rate;x\n51;1,500;1\n67;2,250;2\n").problems[0].column == "rate"


def test_a_cell_with_another_decimal_point_is_a_problem():
    text = 'age,annual_income\n1,"1,234.50"\n2,"2,000.00"\n3,"12,50"\n'
    (problem,) = refused(text).problems
    assert (problem.line, problem.value) == (4, "12,50")
    assert "this one has a decimal comma" in problem.message


@pytest.mark.parametrize(
    ("dates", "ages"),
    [
        (["14/03/1991", "05/05/1980"], [1991, 1980]),
        (["03/14/1991", "05/05/1980"], [1991, 1980]),
        (["1991-03-14", "1980-05-05T00:00:00"], [1991, 1980]),
        (["14.03.1991", "14 Mar 1980"], [1991, 1980]),
        (["14-Mar-91", ""], [1991, None]),
    ],
)
def test_dates_of_birth_give_the_age(dates, ages):
    found = read(rows("dob,annual_income", *(f"{day},1" for day in dates)))
    today = datetime.date.today()
    for age, year in zip(column(found, "age"), ages, strict=True):
        assert age is None if year is None else age in (today.year - year, today.year - year - 1)
    assert found[1]["columns"]["dob"] == "age"


def test_dates_that_can_be_read_both_ways():
    (problem,) = refused(rows("dob,annual_income,x", "04/03/1991,1,1", "05/06/1980,2,2")).problems
    assert "the day or the month first" in problem.message


def test_a_birth_year_is_no_age():
    problems = refused(rows("age,annual_income", "1975,1", "999,2", "45,3")).problems
    assert "a birth year?" in problems[0].message
    assert "a code for missing?" in problems[1].message


def test_negative_amounts():
    text = rows("age,loan_balance", "51,(1200.00)", '67,"(£1,250)"', "4,-1", "5,3-", "6,7")
    broken = refused(text)
    assert [p.value for p in broken.problems] == ["(1200.00)", "(£1,250)", "-1", "3-"]
    found = read(text, invalid_as_missing=True)
    assert column(found, "loan_balance") == [None] * 4 + [7]
    said(found, "4 cells of loan_balance were not valid and were taken as missing")


def test_words_for_missing():
    text = rows(f"{HEADER},note", r"A,B,N/A,\N,-,NA", "C,D,#N/A,NULL,nan,x", 'E,F,"NaN",5,None,-')
    found = read(text)
    assert column(found, "age") == [None] * 3
    assert column(found, "annual_income") == [None, None, 5]
    assert column(found, "loan_balance") == [None] * 3
    assert column(found, "note") == [None, "x", None]
    said(found, "3 cells of age with a word for missing")
    (problem,) = refused(f"{text}\nG,H,unknown,1,1,1").problems
    assert "leave the cell empty" in problem.message


@pytest.mark.parametrize(
    ("ids", "why"),
    [
        (["0000123", "0000124"], "leading zeros"),
        (["C-00123", "C-00124"], "whole numbers"),
        (["7", "7"], "7 is there twice"),
        (["7", ""], "1 of its cells is empty"),
        (["3000000000", "1"], "whole numbers"),
        (["0", "1"], "whole numbers"),
    ],
)
def test_ids_that_are_none_are_references(ids, why):
    found = read(rows("Customer ID,age,income", *(f"{i},30,1" for i in ids)))
    assert column(found, "customer_id") == [1, 2]
    assert column(found, "reference") == [i or None for i in ids]
    said(found, why)


def test_ids_of_pandas_are_ids():
    found = read(rows("customer_id,age,income", "12.0,30,1", "5.0,31,2"))
    assert column(found, "customer_id") == [12, 5]


def test_names_may_be_missing():
    found = read(rows("id,age,income", "7,30,1", "9,31,2"))
    assert column(found, "first_name") == ["Customer"] * 2
    assert column(found, "last_name") == ["7", "9"]
    said(found, "2 customers without a last_name: it is their id")


def test_other_columns_are_own_ones():
    header = "age,income,tenure,products held,churned,segment,phone,empty,tenure"
    found = read(
        rows(header, "30,1,1.5,2,yes,A,0044123,,7", "31,2,,3,no,B,0044124,,8", "32,3,2,1,no,,1,,9")
    )
    own = ["tenure", "products held", "churned", "segment", "phone", "tenure_2"]
    assert found[1]["own_columns"] == own
    assert column(found, "tenure") == [1.5, None, 2]
    assert column(found, "phone") == ["0044123", "0044124", "1"]
    assert column(found, "segment") == ["A", "B", None]
    assert "empty: has no values" in found[1]["passed_over"]
    said(found, "phone is kept as text: it has leading zeros")
    said(found, "tenure is kept as the own column tenure_2")


def test_an_own_column_never_has_a_documented_name():
    found = read(rows("Years,Age,income", "30,1,1", "31,2,2"), mapped=["Years:age"])
    assert column(found, "age") == [30, 31]
    assert found[1]["own_columns"] == ["Age_other"]
    said(found, "Age is kept as the own column Age_other")


def test_a_synonym_counts_only_when_it_is_clear():
    found = read(rows("age,income,salary", "30,1,2", "31,3,4"))
    assert found[1]["own_columns"] == ["income", "salary"]
    said(found, "income and salary could each be annual_income")
    assert read(rows("age,annual_income,salary", "30,1,2"))[1]["own_columns"] == ["salary"]
    bank = rows("age,balance,loan", *(f"{20 + i},{500 - 50 * i},no" for i in range(30)))
    assert read(bank)[1]["own_columns"] == ["balance", "loan"]
    said(read(bank), "balance has amounts below 0, which loan_balance cannot have")


def test_a_misspelt_column_is_kept_and_hinted_at():
    found = read(rows("age,anual_income,loan_balance", "30,1,2"))
    assert found[1]["own_columns"] == ["anual_income"]
    said(found, "?map=anual_income:annual_income")
    assert read(rows("age,income,shoe_size", "30,1,2"))[1]["warnings"][:-2] == []


def test_a_mapping_with_a_factor():
    found = read(
        rows("Alter,Gehalt,Punkte", "30,25.5,700", "31,31,1000"),
        mapped=["Alter:age", "Gehalt*1000:annual_income", "Punkte*0.85:credit_score"],
    )
    assert column(found, "annual_income") == [25500, 31000]
    assert column(found, "credit_score") == [595, 850]
    assert found[1]["columns"] == {
        "Alter": "age",
        "Gehalt": "annual_income",
        "Punkte": "credit_score",
    }
    said_of_k = read(rows("age,annual_income (£k)", "30,25.5", "31,31"))
    assert column(said_of_k, "annual_income") == [25500, 31000]
    said(said_of_k, "in thousands by its name")


def test_a_mapping_of_no_column():
    (problem,) = refused(PLAIN, mapped=["Gehalt:annual_income"]).problems
    assert problem.message.startswith("No column is called 'Gehalt': there are first_name,")


def test_a_score_on_another_scale():
    found = read(rows("age,credit_score", "30,999", "31,870", "32,700"))
    assert found[1]["own_columns"] == ["credit_score_other"]
    assert column(found, "credit_score_other") == [999, 870, 700]
    assert column(found, "credit_score") == [None] * 3
    said(found, "on another scale than 0 to 850")
    one = rows("age,credit_score", *(f"30,{500 + i}" for i in range(200)), "30,851")
    assert refused(one).problems[0].value == "851"


def test_other_cities_and_occupations():
    found = read(
        rows("age,income,city,job", "30,1,Leeds,Teacher", "31,2,Brighton,student", "32,3,27,")
    )
    assert column(found, "city") == [6, None, None]
    assert column(found, "city_other") == [None, "Brighton", "27"]
    assert column(found, "occupation") == [None, 0, None]
    assert column(found, "occupation_other") == ["Teacher", None, None]
    said(found, "city has values that are none of the 15 documented ones")
    (problem,) = refused(rows("age,income,city", "30,1,Leeds", "31,2,Londno")).problems
    assert "did you mean London?" in problem.message


def test_an_age_with_decimals_is_the_years_completed():
    found = read(rows("age,income", "34.0,1", "51.9,2", "130.5,3"))
    assert column(found, "age") == [34, 51, 130]
    said(found, "2 cells of age had decimals")


def test_ages_in_months_are_an_own_column():
    found = read(rows("age,income", *(f"{12 * i},{i}" for i in range(5, 60))))
    assert found[1]["own_columns"] == ["age_other"]
    said(found, "it is no age in years")


def test_what_looks_odd_is_said():
    lines = [f"{20 + i},{20 + i}.5,7,{999 if i % 5 == 0 else i}" for i in range(20)]
    found = read(rows("age,income,branch,days", *lines))
    said(found, "income is at most 39.5: if it is in thousands")
    said(found, "branch is 7 in every row")
    said(found, "days is 4 times 999, which looks like a code for missing")


def test_a_column_that_is_text_by_a_slip():
    lines = [f"{20 + i % 50},1,{i}" for i in range(200)]
    found = read(rows("age,income,visits", *lines, "30,1,unknown"))
    said(found, "visits is kept as text, since 1 cell is no number, such as 'unknown'")


def test_marks_for_missing_in_numbers():
    found = read(rows("age,income,visits", "30,1,?", "31,.,5", "32,3,6"))
    assert column(found, "visits") == [None, 5, 6]
    assert column(found, "annual_income") == [1, None, 3]
    said(found, "1 cell of visits with a word for missing")


def test_per_cent():
    found = read(rows("age,income,share", "30,1,12.5%", "31,2,7%"))
    assert column(found, "share") == [12.5, 7]
    said(found, "The per cent signs of share were left out")


@pytest.mark.parametrize("first", [PEOPLE[0], "7,2,3,4,5", "34,28500.5,1200"])
def test_a_table_without_names(first):
    broken = refused(rows(first, *(PEOPLE[1:] if "Zoë" in first else [first, first])))
    assert broken.problems[0].message.startswith("The first line must name the columns")


def test_a_table_of_texts():
    assert "no column of numbers" in str(refused("name,city\nAnn,Leeds\nBob,York\n"))
    assert "1 column of numbers" in str(refused("name,age\nAnn,30\nBob,31\n"))


def test_products():
    text = "Name,Type,Status,launch_date\nGold,credit card,ACTIVE,14/03/2021\nEasy,Loan,,05/05/2020"
    found = read(text, PRODUCTS)
    assert column(found, "product_status") == ["Active", "Active"]
    assert column(found, "launch_date") == ["2021-03-14", "2020-05-05"]
    assert refused("product_type,launch_date\nLoan,04/05/2020\n", PRODUCTS).count == 1
    crossed = refused("product_type,min_age,max_age\nLoan,60,18\n", PRODUCTS)
    assert crossed.problems[0].message == "The min_age 60 is above the max_age 18."
