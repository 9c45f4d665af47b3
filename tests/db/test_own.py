"""The customers' own columns: they come, are read and go with the customers."""

import io

import numpy as np
import pytest

from db import queries, tables
from db.own import OwnColumn, list_own_columns, read_own, read_references
from tests.support import ok

TEXTS = ["a,b", 'say "hi"', "two\nlines", "tab\there", "back\\slash", None]


@pytest.fixture
def database(app):
    return app.extensions["database"]


@pytest.fixture
def own(database):
    """Six customers with two own numbers and an own text."""
    with tables.replacing_customers(database) as conn:
        names = "".join(f"Ann\tLee{i}" + "\t" * 7 + "\n" for i in range(6))
        with conn.cursor() as cursor:
            cursor.copy_expert(queries.customers.copy_new_customers.sql, io.StringIO(names))
        queries.own.insert_own_columns(
            conn, names=["tenure", "Segment", "rate"], kinds=["number", "text", "number"]
        )
        with conn.cursor() as cursor:
            for i, text in enumerate(TEXTS):
                cursor.execute(
                    "INSERT INTO new_own_values VALUES (%s, %s, %s, %s)",
                    (i + 1, f"C-{i}" if i else None, [i, None if i == 2 else i / 3], [text]),
                )
    return database


def test_they_are_read_by_name_in_the_order_of_the_customers(own):
    with own.reading() as conn:
        queries.customers.lock_for_reading(conn)
        assert list_own_columns(conn) == [
            OwnColumn("tenure", "number"),
            OwnColumn("Segment", "text"),
            OwnColumn("rate", "number"),
        ]
        frame = read_own(conn, ["rate", "Segment", "tenure"])
        assert read_references(conn).tolist() == [None, "C-1", "C-2", "C-3", "C-4", "C-5"]
    assert list(frame) == ["rate", "Segment", "tenure"]
    assert frame["tenure"].tolist() == [0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(frame["rate"], [0, 1 / 3, np.nan, 1, 4 / 3, 5 / 3])
    assert frame["Segment"].tolist() == TEXTS


def test_an_unknown_name_is_a_key_error(own):
    with own.reading() as conn, pytest.raises(KeyError):
        read_own(conn, ["age"])


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("route", ["/dropTable/customers", "/generateDataset"])
def test_they_go_with_the_customers(client, sql, route):
    ok(client.post(route))
    assert sql("SELECT count(*) FROM own_columns") == [(0,)]
    assert sql("SELECT count(*) FROM own_values") == [(0,)]


def test_they_stay_when_the_customers_are_clustered(own, client, sql):
    sql("UPDATE customers SET age = id, annual_income = 10 * id, loan_balance = 0")
    ok(client.post("/conductClustering"))
    with own.reading() as conn:
        queries.customers.lock_for_reading(conn)
        assert read_own(conn, ["Segment"])["Segment"].tolist() == TEXTS
