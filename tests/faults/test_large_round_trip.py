"""A large table with many columns of its own goes out and comes in as the same bytes."""

import io

import numpy as np
import pandas as pd
import pytest

from tests.files import CSV
from tests.support import ok

ROWS, OWN_NUMBERS, OWN_TEXTS = 100_000, 14, 6


def table():
    random = np.random.default_rng(1)
    columns = {
        "customer_no": [f"C-{i:07}" for i in random.permutation(ROWS)],
        "age": random.integers(18, 90, ROWS),
        "annual_income": random.lognormal(10, 0.5, ROWS).round(2),
        "loan_balance": random.lognormal(8, 1, ROWS).round(2),
    }
    for i in range(OWN_NUMBERS):
        values = random.normal(0, 10.0**i, ROWS)
        columns[f"number {i}"] = np.where(random.random(ROWS) < 0.1, np.nan, values)
    for i in range(OWN_TEXTS):
        texts = np.array(['a, "b"', "=1+1", "Zoë", "007", "two\nlines", None], dtype=object)
        columns[f"text {i}"] = random.permutation(np.resize(texts, ROWS))
    return pd.DataFrame(columns)


@pytest.mark.timeout(900)
def test_the_same_bytes_come_out_again(client):
    file = io.BytesIO()
    table().to_csv(file, index=False)
    ok(client.post("/importCustomers", data=file.getvalue(), content_type=CSV))
    exported = client.get("/getCustomers?format=csv").data
    assert exported.count(b"\r\n") == ROWS + 1
    for form in ("csv", "parquet"):
        again = client.get(f"/getCustomers?format={form}").data
        ok(client.post("/dropTable/customers"))
        ok(client.post("/importCustomers", data=again, content_type=CSV))
        assert client.get("/getCustomers?format=csv").data == exported
