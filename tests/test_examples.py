"""The example files stay what the generators make."""

from pathlib import Path

import pandas as pd
import pytest

from data_generator.__main__ import main
from tests.support import ok

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("customers", ["customers", "--size", "200", "--seed", "7"]),
        ("products", ["products", "--size", "30", "--seed", "1"]),
        ("own_columns", ["customers", "--own", "--size", "200", "--seed", "7"]),
    ],
)
def test_the_examples_are_made_by_the_generators(tmp_path, name, arguments):
    path = tmp_path / "rows.csv"
    assert main([*arguments, "--csv", str(path)]) == 0
    assert path.read_bytes() == (EXAMPLES / f"{name}.csv").read_bytes()


def test_own_columns_come_with_the_customers_that_there_are_without_them():
    own, plain = (pd.read_csv(EXAMPLES / f"{name}.csv") for name in ("own_columns", "customers"))
    assert own["reference"].is_unique
    assert own[plain.columns[2:]].equals(plain[plain.columns[2:]])
    assert (own["tenure"] <= own["age"]).all()
    assert own["products_held"].between(1, 8).all()
    assert 40 < own["monthly_transactions"].mean() < 90


def test_the_example_with_own_columns_is_taken_for_what_it_is(client):
    file = (EXAMPLES / "own_columns.csv").read_bytes()
    said = ok(client.post("/importCustomers", data=file, content_type="text/csv"))
    assert said["own_columns"] == ["tenure", "products_held", "monthly_transactions"]
    assert said["columns"]["reference"] == "reference"
    first = ok(client.get("/getCustomers?columns=all&limit=1"))[0]
    assert first["reference"].startswith("C-")
    assert set(first["own"]) == {"tenure", "products_held", "monthly_transactions"}
