"""Whether the database is away: said once, by whichever thread or process notices it first."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

from db.database import Database
from db.errors import DatabaseAway
from db.outage import Outage
from tests.runner import free_port


@pytest.fixture
def messages(caplog):
    caplog.set_level(logging.INFO, "db.outage")
    return lambda: [record.getMessage() for record in caplog.records]


def test_it_is_said_once_that_it_is_away_and_once_that_it_is_back(messages):
    outage = Outage()
    outage.end()
    for _ in range(2):
        for _ in range(3):
            outage.begin("Connection refused")
        for _ in range(3):
            outage.end()
    assert messages() == ["The database is away: Connection refused", "The database is back."] * 2


def test_before_it_was_reached_the_start_says_what_is_wrong(messages):
    outage = Outage()
    outage.begin("Connection refused")
    outage.end()
    assert messages() == []


def test_of_many_threads_one_says_it(messages):
    outage = Outage()
    outage.end()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(outage.begin, ["Connection refused"] * 100))
        list(pool.map(lambda _: outage.end(), range(100)))
    assert messages() == ["The database is away: Connection refused", "The database is back."]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_knows_what_was_said(messages):
    outage = Outage()
    outage.end()
    child = os.fork()
    if not child:
        outage.begin("Connection refused")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    outage.begin("Connection refused")
    assert messages() == []
    outage.end()
    assert messages() == ["The database is back."]


def test_the_reason_is_the_drivers(new_database, messages):
    there = Database(new_database())
    with there.reading():
        pass
    there.close()
    away = Database(f"host=127.0.0.1 port={free_port()} password=s3cret dbname=bank")
    for _ in range(3):
        with pytest.raises(DatabaseAway) as error, away.reading():
            pass
        assert isinstance(error.value.__cause__, psycopg2.OperationalError)
    (sentence,) = messages()
    assert sentence.startswith("The database is away: ")
    assert "Connection refused" in sentence
    assert "s3cret" not in sentence
    with there.reading():
        pass
    assert messages()[1:] == ["The database is back."]
    there.close()
