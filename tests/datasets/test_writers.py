"""Any table has the values it had, by whatever program and convention it is written."""

import csv
import gzip
import io

import openpyxl
import pandas as pd
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datasets.columns import CUSTOMERS
from datasets.options import Options
from datasets.reading import open_reading, read_frame

WORDS = (
    st.text("abcXYZ éß€-.'&", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda text: any(character.isalpha() for character in text))
)
TEXT = st.none() | WORDS.filter(lambda text: not text.startswith(("-", "'")))
AGE = st.integers(0, 130)
INCOME = st.integers(0, 10**8).map(lambda pence: pence / 100)
RATE = st.integers(-(10**6), 10**6).map(lambda number: (10 * number + 1) / 10_000)
VISITS = st.integers(-(10**9), 10**9)
FIGURES = {"age": AGE, "annual_income": INCOME, "rate": RATE, "visits": VISITS}
ROW = st.fixed_dictionaries(
    {name: st.none() | values for name, values in FIGURES.items()}
    | {"visits": VISITS, "segment": TEXT}  # a row of nothing is passed over
)
KNOWN = st.fixed_dictionaries(FIGURES | {"segment": TEXT})
TABLE = st.tuples(st.lists(ROW, max_size=6), KNOWN).map(
    lambda parts: [{name: row[name] for name in HEADERS} for row in [*parts[0], parts[1]]]
)
HEADERS = {
    "age": ["age", "Age", "AGE", "Age (years)"],
    "annual_income": ["annual_income", "Income", "Annual Income (£)", "salary"],
    "rate": ["rate"],
    "visits": ["visits"],
    "segment": ["segment"],
}
MISSING = ["", "NA", "N/A", "#N/A", "NaN", "NULL", "None", r"\N"]
CHOICES = {
    "separator": [",", ";", "\t", "|"],
    "decimal": [".", ","],
    "thousands": ["", ",", ".", " ", "\xa0", "\u202f", "'"],
    "currency": ["{}", "£{}", "{} €", "€ {}"],
    "negative": ["-{}", "({})", "{}-"],
    "missing": MISSING,
    "encoding": ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    "end": ["\n", "\r\n", "\r"],
    "title": ["", "Customers of the bank", "# from the CRM"],
    "totals": [False, True],
    "index": [False, True],
    "empty_column": [False, True],
    "packed": [False, True],
}
CONVENTIONS = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in CHOICES.items()}
).filter(lambda chosen: chosen["thousands"] != chosen["decimal"])
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def read(data, **options):
    with open_reading(io.BytesIO(data), CUSTOMERS, Options(**options)) as reading:
        return read_frame(reading)


def assert_values(frame, rows):
    for name in FIGURES:
        expected = [row[name] for row in rows]
        found = frame[name].astype(object).where(frame[name].notna(), None).tolist()
        assert found == expected, name
    texts = [row["segment"] for row in rows]
    if any(texts):
        assert frame["segment"].tolist() == texts


def number(value, chosen):
    """A number as the convention writes it."""
    digits = f"{abs(value):,.10f}".rstrip("0").removesuffix(".")
    whole, _, decimals = digits.partition(".")
    whole = whole.replace(",", chosen["thousands"])
    text = whole + (chosen["decimal"] + decimals if decimals else "")
    return chosen["negative"].format(text) if value < 0 else text


def cell(name, value, chosen):
    if value is None:
        return "" if name == "segment" else chosen["missing"]
    if name == "segment":
        return value
    text = number(value, chosen)
    return chosen["currency"].format(text) if name == "annual_income" else text


def written(rows, names, chosen):
    """Return the bytes of a file of text."""
    lines = [[names[name] for name in rows[0]]]
    lines += [[cell(name, row[name], chosen) for name in row] for row in rows]
    if chosen["totals"]:
        lines.append(["", "", "", "1", "Total"])
    if chosen["index"]:
        lines = [[str(i - 1) if i else "", *line] for i, line in enumerate(lines)]
        if chosen["totals"]:
            lines[-1][0] = ""
    if chosen["empty_column"]:
        lines = [[*line, ""] for line in lines]
    file = io.StringIO(newline="")
    if chosen["title"]:
        file.write(f"{chosen['title']}{chosen['end']}")
    csv.writer(file, delimiter=chosen["separator"], lineterminator=chosen["end"]).writerows(lines)
    data = file.getvalue().encode(chosen["encoding"], "replace")
    return gzip.compress(data) if chosen["packed"] else data


def encodable(rows, encoding):
    """Return the rows with ? for what the encoding can't write, as they will be written."""
    texts = [row["segment"] and row["segment"].encode(encoding, "replace") for row in rows]
    return [
        row | {"segment": text and text.decode(encoding)}
        for row, text in zip(rows, texts, strict=True)
    ]


@settings(suppress_health_check=QUIET, deadline=None, max_examples=100)
@given(rows=TABLE, chosen=CONVENTIONS, draw=st.randoms(use_true_random=False))
def test_any_mixture_of_conventions(rows, chosen, draw):
    if chosen["encoding"] == "cp1252":
        chosen = chosen | {"thousands": chosen["thousands"].replace("\u202f", "\xa0")}
    names = {name: draw.choice(choices) for name, choices in HEADERS.items()}
    rows = encodable(rows, "cp1252") if chosen["encoding"] == "cp1252" else rows
    data = written(rows, names, chosen)
    assert_values(read(data, decimal=chosen["decimal"]), rows)


def by_pandas(frame, separator, decimal):
    return frame.to_csv(sep=separator, decimal=decimal, index=False).encode()


def by_polars(rows, separator, decimal):
    frame = pl.DataFrame(rows, infer_schema_length=None)
    comma = decimal == "," and separator != ","
    text = frame.write_csv(separator=separator, decimal_comma=comma)
    return text.encode()


def by_openpyxl(rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(file)
    return file.getvalue()


def by_parquet(frame):
    file = io.BytesIO()
    frame.to_parquet(file)
    return file.getvalue()


@settings(suppress_health_check=QUIET, deadline=None, max_examples=30)
@given(
    rows=TABLE,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    decimal=st.sampled_from([".", ","]),
    index=st.booleans(),
)
def test_whatever_program_wrote_it(rows, separator, decimal, index):
    frame = pd.DataFrame(rows).convert_dtypes()
    files = {
        "pandas": by_pandas(frame, separator, decimal),
        "polars": by_polars(rows, separator, decimal),
        "openpyxl": by_openpyxl(rows),
        "Parquet": by_parquet(frame.set_index("segment") if index else frame),
        "categories": by_parquet(frame.astype({"segment": "category"})),
    }
    has_commas = {"pandas"} | ({"polars"} if separator != "," else set())
    for program, data in files.items():
        assert_values(read(data, decimal=decimal if program in has_commas else None), rows)
