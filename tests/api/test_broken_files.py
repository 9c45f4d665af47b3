"""Files that are broken, each in its own way: what is said, and that nothing is changed."""

import pytest

import schema
from tests.files import HEADER, OLD, PRODUCT, ROW, broken, row, send
from tests.support import ok

CITIES = (
    "Belfast, Birmingham, Bristol, Cardiff, Edinburgh, Glasgow, Leeds, Leicester, Liverpool,"
    " London, Manchester, Newcastle, Nottingham, Sheffield, Southampton"
)
AMOUNT = "must be an amount such as 1234.50 or £1,234.50, with a decimal point,"
AN_AMOUNT = f"{AMOUNT} from 0 to 9999999999.99"
AN_AGE = "must be a whole number from 0 to 130"
A_CITY = f"must be a whole number from 0 to 14 or one of {CITIES}"
A_FORMULA = (
    "would run as a formula in a spreadsheet: put an apostrophe before it if it is meant as a text."
)


def with_cell(column, cell):
    """A file whose second row has this cell, which is in line 3."""
    return f"{HEADER}\n{ROW}\n{row(**{column: cell})}\n"


def with_header(header):
    return f"{header}\n{ROW}\n"


# A broken file; the line, the column and the sentence that it is answered with.
BROKEN = {
    "empty": ("", 1, None, "The file is empty. The first line must name the columns, such as"),
    "header only": (
        HEADER,
        2,
        None,
        "There is no row below the header; with curl, send a file by --data-binary.",
    ),
    "header and blank lines": (f"{HEADER}\n\n,,,,,,,,\n", 2, None, "There is no row below"),
    "no header": (
        f"{ROW}\n{ROW}\n",
        1,
        None,
        "The first line must name the columns, such as first_name,last_name,age,annual_income;"
        " this one looks like a row: Ann, Lee, 30,",
    ),
    "column twice": (
        f"{HEADER},Age\n{ROW},3\n",
        1,
        "Age",
        "The column age is there twice: give one of them another name.",
    ),
    "quote in the header": (f'"{HEADER}\n{ROW}\n', 1, None, "A quote in the header is not closed."),
    "quote in the header below sep": (
        f'sep=,\n"{HEADER}\n{ROW}\n',
        2,
        None,
        "A quote in the header is not closed.",
    ),
    "name without end": (with_header("x" * 200_000), 1, None, "A name in the header is very long."),
    "columns without end": (
        with_header(f"{HEADER},{'x,' * 100_000}y"),
        1,
        None,
        "The file has 100,010 columns; at most 5,000 can be read.",
    ),
    "sep of colons": (f"sep=:\n{HEADER}\n{ROW}\n", 1, None, "The cells must be parted by"),
    "sep and the other": (
        f"sep=;\n{HEADER}\n{ROW}\n",
        2,
        None,
        "The table has no column of numbers, and customers are told apart by at least 2",
    ),
    "sep and a wrong cell": (
        f"sep=;\r\n{HEADER}\r\n{row(age='x')}\r\n".replace(",", ";"),
        3,
        "age",
        f"'x' {AN_AGE}",
    ),
    "text in a number": (with_cell("age", "abc"), 3, "age", f"'abc' {AN_AGE}"),
    "negative age": (with_cell("age", "-1"), 3, "age", f"'-1' {AN_AGE}"),
    "age of many digits": (with_cell("age", "9" * 10), 3, "age", f"'9999999999' {AN_AGE}"),
    "digits of another script": (with_cell("age", "٣٠"), 3, "age", f"'٣٠' {AN_AGE}"),
    "Londno": (
        with_cell("city", "Londno"),
        3,
        "city",
        f"'Londno' {A_CITY} (did you mean London?).",
    ),
    "misspelt occupation": (
        with_cell("occupation", "freelanser"),
        3,
        "occupation",
        "'freelanser' must be a whole number from 0 to 9 or one of Student, Salaried Employee,"
        " Self-Employed, Business Owner, Retired, Unemployed, Homemaker, Freelancer, Contractor,"
        " Government Employee (did you mean Freelancer?).",
    ),
    "negative income": (
        with_cell("annual_income", "-5"),
        3,
        "annual_income",
        f"'-5' {AN_AMOUNT}",
    ),
    "decimal comma": (
        with_cell("annual_income", '"1234,50"'),
        3,
        "annual_income",
        f"'1234,50' {AN_AMOUNT}",
    ),
    "amount too large": (
        with_cell("annual_spending", "10000000000"),
        3,
        "annual_spending",
        f"'10000000000' {AN_AMOUNT}",
    ),
    "formula": (with_cell("first_name", "=cmd()"), 3, "first_name", f"'=cmd()' {A_FORMULA}"),
    "formula with +": (with_cell("last_name", "+1+1"), 3, "last_name", f"'+1+1' {A_FORMULA}"),
    "formula with -": (with_cell("last_name", "-2"), 3, "last_name", f"'-2' {A_FORMULA}"),
    "formula with @": (
        with_cell("first_name", "@SUM(A1)"),
        3,
        "first_name",
        f"'@SUM(A1)' {A_FORMULA}",
    ),
    "formula behind a tab": (
        with_cell("first_name", "\t=1"),
        3,
        "first_name",
        rf"'\t=1' {A_FORMULA}",
    ),
    "full-width formula": (with_cell("first_name", "＝1"), 3, "first_name", f"'＝1' {A_FORMULA}"),  # noqa: RUF001 - meant
    "row too short": (
        f"{HEADER}\n{ROW}\nAnn,Lee,30\n{ROW}\n",
        3,
        None,
        "This row has 3 cells, but the header has 9; perhaps the file is cut off.",
    ),
    "row too long": (
        f"{HEADER}\n{row(annual_income='28,000.50')}\n",
        2,
        None,
        "This row has 10 cells, but the header has 9; perhaps a cell with a comma is not in"
        " quotes.",
    ),
    "rows with the other separator": (
        f"{HEADER}\n{ROW.replace(',', ';')}\n",
        2,
        None,
        "This row has 1 cell, but the header has 9; perhaps the file is cut off.",
    ),
    "unclosed quote": (
        f'{HEADER}\n{ROW}\n"{ROW}\n{ROW}\n',
        3,
        None,
        "A quote in this row is not closed, or the file is cut off.",
    ),
    "unclosed quote before others": (
        f'{HEADER}\n"{ROW}\n"Ann",{ROW[4:]}\n',
        2,
        None,
        "A cell of this row goes on behind its closing quote; perhaps a quote is not closed,",
    ),
    "unclosed quote in a long file": (
        f'{HEADER}\n{ROW}\n"{ROW}\n' + f"{ROW}\n" * 5000,
        3,
        None,
        "A cell of this row is very long; perhaps a quote is not closed.",
    ),
    "cut in the middle of a row": (
        f"{HEADER}\n{ROW}\n{ROW}\n{ROW[:20]}",
        4,
        None,
        "This row has 6 cells, but the header has 9; perhaps the file is cut off.",
    ),
    "cut in the middle of a cell": (
        f'{HEADER}\n{ROW}\n"An',
        3,
        None,
        "A quote in this row is not closed, or the file is cut off.",
    ),
    "cut in the middle of a character": (
        f"{HEADER}\n{row(first_name='Zoë')}".encode()[: len(HEADER) + 4],
        2,
        None,
        "This row has 1 cell, but the header has 9; perhaps the file is cut off.",
    ),
    "null byte": (
        with_cell("first_name", "A\0nn"),
        3,
        None,
        "This line has a null byte: save the file as CSV UTF-8.",
    ),
    "null byte in a number": (
        with_cell("age", "3\0"),
        3,
        None,
        "This line has a null byte: save the file as CSV UTF-8.",
    ),
    "workbook": (
        b"PK\x03\x04\x14\x00\x06\x00",
        1,
        None,
        "The file is an archive, or a workbook that cannot be read: save it as CSV UTF-8, .xlsx",
    ),
    "compressed": (b"\x1f\x8b\x08\x00", 1, None, "The compressed file is damaged or cut off."),
    "JSON": (b'[{"age": 1}]', 1, None, "The file is JSON: save it as CSV UTF-8, .xlsx or Parquet."),
    "behind lines within a cell": (
        f'{HEADER}\n"An\nn\r\nA",{ROW[4:]}\n\n{row(age="x")}\n',
        6,
        "age",
        f"'x' {AN_AGE}",
    ),
    "in a file of CRs": (
        f"{HEADER}\r{ROW}\r{row(age='x')}\r",
        3,
        "age",
        f"'x' {AN_AGE}",
    ),
}
BROKEN_PRODUCTS = {
    "no type": ("product_id\n1\n", 1, "product_type", "The column product_type is missing."),
    "unknown columns": (
        f"{PRODUCT},shoe_size,benefit\n1,Loan,,,,,,43,x\n",
        1,
        "shoe_size",
        "Unknown columns 'shoe_size', 'benefit' (did you mean benefits?); there can be"
        f" {', '.join(column.name for column in schema.PRODUCT)}.",
    ),
    "unknown type": (
        f"{PRODUCT}\n1,Laon,,,,,\n",
        2,
        "product_type",
        "'Laon' must be one of Credit Card, Loan, Savings Account, Investment (did you mean"
        " Loan?).",
    ),
    "neither name nor type": (
        f"{PRODUCT}\n1,,true,,,,\n",
        2,
        "product_name",
        "A product needs a product_name or a product_type.",
    ),
    "perhaps renewable": (
        f"{PRODUCT}\n1,Loan,perhaps,,,,\n",
        2,
        "renewable",
        "'perhaps' must be true or false.",
    ),
    "30 February": (
        f"{PRODUCT}\n1,Loan,,2024-02-30,,,\n",
        2,
        "launch_date",
        "'2024-02-30' must be a date such as 2024-12-31.",
    ),
    "half a list": (
        f'{PRODUCT}\n1,Loan,,,"{{Online,",,\n',
        2,
        "channels",
        '\'{Online,\' must be a list such as Online, Branch or {"Online","Branch"}.',
    ),
    "rate of 1000 %": (
        f"{PRODUCT}\n1,Loan,,,,1000,\n",
        2,
        "interest_rate",
        f"'1000' {AMOUNT} from -999.99 to 999.99.",
    ),
    "long risk": (
        f"{PRODUCT}\n1,Loan,,,,,unthinkable\n",
        2,
        "risk_level",
        "'unthinkable' must be a text of at most 10 characters.",
    ),
    "id 0": (
        f"{PRODUCT}\n0,Loan,,,,,\n",
        2,
        "product_id",
        "'0' must be a whole number from 1 to 2147483647.",
    ),
    "half an id": (
        f"{PRODUCT}\n1.5,Loan,,,,,\n",
        2,
        "product_id",
        "'1.5' must be a whole number from 1 to 2147483647.",
    ),
    "no id": (
        f"{PRODUCT}\n1,Loan,,,,,\n,Loan,,,,,\n",
        3,
        "product_id",
        "The product_id is missing.",
    ),
    "score of 851": (
        "product_type,credit_score_required\nLoan,851\n",
        2,
        "credit_score_required",
        "'851' must be a whole number from 0 to 850.",
    ),
    "text in a number": (
        f"{PRODUCT}\n1,Loan,,,,free,\n",
        2,
        "interest_rate",
        f"'free' {AMOUNT} from -999.99 to 999.99; leave the cell empty if nobody knows.",
    ),
    "column without a name": (
        f"{PRODUCT},\n1,Loan,,,,,,x\n",
        1,
        "column_8",
        "Unknown column 'column_8'; there can be"
        f" {', '.join(column.name for column in schema.PRODUCT)}.",
    ),
    "id twice": (
        f"{PRODUCT}\n1,Loan,,,,,\n1,Loan,,,,,Low\n",
        3,
        "product_id",
        "1 is the product_id of line 2 already.",
    ),
}


@pytest.mark.parametrize(("text", "line", "column", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_answered_with_its_line_and_changes_nothing(
    client, text, line, column, sentence
):
    ok(send(client, OLD))
    before = client.get("/getCustomers")
    said, problems = broken(send(client, text))
    assert (problems[0]["line"], problems[0]["column"]) == (line, column)
    assert problems[0]["message"].startswith(sentence)
    place = f"line {line}, {column}" if column else f"line {line}"
    assert f"{place}: {problems[0]['message']}" in said[0].lower() + said[1:]
    after = client.get("/getCustomers")
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"), BROKEN_PRODUCTS.values(), ids=BROKEN_PRODUCTS
)
def test_a_broken_file_of_products_changes_nothing_either(client, text, line, column, sentence):
    ok(send(client, "product_type\nLoan\n", "/importProducts"))
    before = client.get("/getProducts").data
    _, problems = broken(send(client, text, "/importProducts"))
    (first,) = problems
    assert (first["line"], first["column"], first["message"]) == (line, column, sentence)
    assert client.get("/getProducts").data == before
