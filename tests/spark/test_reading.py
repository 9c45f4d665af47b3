"""Spark reads what one machine reads: the same columns, values, remarks and problems."""

import gzip

import pandas as pd
import pyarrow as pa
import pytest

from datasets.columns import CUSTOMERS
from datasets.options import Options, read_mapping
from datasets.problems import BrokenFile
from datasets.reading import frame_of, open_reading, read_frame
from datasets.spark import SparkReading
from tests.spark.conftest import ROOT

GERMAN = 'Kunde;Alter;Einkommen;Notiz\nK1;31;"1.234,50";"a;b"\nK2;42;99,5;\nK3;;7;"so ""it"" is"\n'
MESSY = (
    "id,dob,Income ($000),city,score,tenure\n"
    "7,1980-02-03,12.5,London,650,1\n"
    "9,1990-12-31,£1,Leeds,NA,2\n"
    "\n"
    "12,NA,-,Paris,700,?\n"
    "Total,,13.5,,,3\n"
)
REPEATED = "customer_id,age,annual_income\n1,20,1000\n2,30,2000\n1,40,3000\n"
WRONG = "age,annual_income\n20,1000\nabc,2000\nabc,3000\n200,4000\n"


def on_one_machine(path, options):
    with path.open("rb") as file, open_reading(file, CUSTOMERS, options) as reading:
        return read_frame(reading), reading.said()


def with_spark(spark, path, options):
    """The rows and what is said; all columns come as texts, to compare them."""
    reading = SparkReading(spark, str(path), options)
    reading.figures()

    def pickled(chunks):
        for chunk in chunks:
            batch = pa.RecordBatch.from_pydict(chunk)
            with pa.ipc.new_stream(sink := pa.BufferOutputStream(), batch.schema) as writer:
                writer.write_batch(batch)
            yield pa.RecordBatch.from_arrays([pa.array([sink.getvalue().to_pybytes()])], ["part"])

    parts = [row.part for row in reading.map(pickled, "part binary").collect()]
    table = pa.concat_tables([pa.ipc.open_stream(bytes(part)).read_all() for part in parts])
    columns = {name: table[name] for name in table.column_names}
    return frame_of(columns, reading.numbers), reading.said()


TABLES = {
    "german.csv": (GERMAN, Options(read_mapping(["Einkommen:annual_income"], CUSTOMERS))),
    "messy.csv": (MESSY, Options()),
    "repeated.csv": (REPEATED, Options()),
    "invalid.csv": (WRONG, Options(invalid_as_missing=True)),
}


@pytest.mark.parametrize("name", [*TABLES, "credit.csv", "own_columns.csv", "customers.csv"])
def test_a_file_is_read_in_the_same_way(spark, tmp_path, name):
    path, options = ROOT / "examples" / name, Options()
    if name in TABLES:
        text, options = TABLES[name]
        path = tmp_path / name
        path.write_text(text)
    expected, said = on_one_machine(path, options)
    found, said_by_spark = with_spark(spark, path, options)
    pd.testing.assert_frame_equal(found, expected)
    totals = [text for text in said.pop("passed_over") if "totals" in text]
    assert len([text for text in said_by_spark.pop("passed_over") if "totals" in text]) == len(
        totals
    )
    assert said_by_spark == said


def test_a_directory_is_read_as_one_table(spark, tmp_path):
    text = (ROOT / "examples" / "own_columns.csv").read_text().splitlines(keepends=True)
    directory = tmp_path / "parts"
    directory.mkdir()
    (directory / "a.csv").write_text("".join(text[:90]))
    with gzip.open(directory / "b.csv.gz", "wt") as file:
        file.write("".join([text[0], *text[90:]]))
    (directory / "_SUCCESS").touch()
    expected, _ = on_one_machine(ROOT / "examples" / "own_columns.csv", Options())
    found, _ = with_spark(spark, directory, Options())
    found, expected = (f.sort_values("reference", ignore_index=True) for f in (found, expected))
    assert sorted(found["customer_id"]) == sorted(expected["customer_id"])
    other = [name for name in expected if name not in ("customer_id", "last_name")]
    pd.testing.assert_frame_equal(found[other], expected[other])


@pytest.mark.parametrize("name", ["customers.csv", "own_columns.csv"])
def test_parquet_has_its_own_types(spark, tmp_path, name):
    path = tmp_path / "customers.parquet"
    pd.read_csv(ROOT / "examples" / name).to_parquet(path, index=False)
    expected, said = on_one_machine(path, Options())
    found, said_by_spark = with_spark(spark, path, Options())
    pd.testing.assert_frame_equal(found, expected)
    assert said_by_spark == said


def test_what_is_wrong_is_told_with_how_often(spark, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text(WRONG)
    with pytest.raises(BrokenFile) as broken:
        with_spark(spark, path, Options())
    assert broken.value.count == 3
    first, second = (problem.message for problem in broken.value.problems)
    assert first.startswith("'abc' must be a whole number from 0 to 130")
    assert first.endswith(", 2 times.")
    assert second.startswith("'200' must be a whole number")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("age,annual_income\n20,1000\n30\n40,1,2\n", "2 rows have fewer or more cells"),
        ("age,annual_income\n", "There is no row below the header."),
        ("", "There is no such file, or nothing in it."),
        ("Customers of 2026\n\nage,annual_income\n20,1000\n", "the first line of each file must"),
        ("age,name\n20,x\n", "The table has 1 column of numbers"),
        ("age,annual_income,name\n20,1000,Zo\xeb\n", "not in UTF-8"),
    ],
)
def test_what_is_no_table_is_refused(spark, tmp_path, text, said):
    path = tmp_path / "broken.csv"
    path.write_text(text, encoding="cp1252")
    with pytest.raises(BrokenFile) as broken:
        with_spark(spark, path, Options())
    assert said in str(broken.value)


def test_files_with_other_columns_are_refused(spark, tmp_path):
    (tmp_path / "a.csv").write_text("age,annual_income\n20,1000\n")
    (tmp_path / "b.csv").write_text("annual_income,age\n1000,20\n")
    with pytest.raises(BrokenFile) as broken:
        with_spark(spark, tmp_path, Options())
    assert "other columns" in str(broken.value)
