"""The service is stopped with SIGTERM in the middle of a long request."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
import requests

from tests.faults.contract import check_what_always_holds
from tests.processes import servers, wait_for
from tests.runner import APP, running
from tests.support import run_sql

LARGE = 300_000  # rows that take a while
PATIENT = {"GUNICORN_CMD_ARGS": "--graceful-timeout 25"}  # on a busy machine, too
IMPATIENT = {"GUNICORN_CMD_ARGS": "--graceful-timeout 2"}  # with what will not end by itself
CALLS = {
    "/generateDataset": {"size": LARGE, "seed": 2},
    "/conductClustering": {"n_clusters": 4},
    "/conductProductMatch": {},
}
SESSIONS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
"""
WAITING = f"{SESSIONS} AND wait_event_type = 'Lock'"


@pytest.mark.parametrize("path", CALLS)
def test_a_long_call_under_way_is_finished(data_dir, log, path):
    with running(APP, log, DATA_DIR=str(data_dir), **PATIENT) as service:
        prepare(service)
        with ThreadPoolExecutor(1) as client:
            call = client.submit(service.post, path, json=CALLS[path])
            time.sleep(0.2)
            assert not call.done()
            assert service.stop(signal.SIGTERM) == 0
            assert call.result().status_code == 200
        assert servers(data_dir) == []
    check_after_the_stop(data_dir, log)


def test_a_list_that_a_client_reads_slowly_is_broken_off(data_dir, log):
    with running(APP, log, DATA_DIR=str(data_dir), **IMPATIENT) as service:
        prepare(service)
        with requests.get(service.url + "/getCustomers", stream=True, timeout=60) as answer:
            pieces = answer.iter_content(1000)
            next(pieces)
            assert service.stop(signal.SIGTERM) == 0
            with pytest.raises(requests.exceptions.ChunkedEncodingError):
                list(pieces)
        assert servers(data_dir) == []
    check_after_the_stop(data_dir, log)


def test_a_call_that_waits_for_others_is_broken_off(new_database, log):
    dsn = new_database()
    with running(APP, log, DATABASE_URL=dsn, **IMPATIENT) as service:
        assert service.post("/generateDataset", json={"size": 10}).status_code == 200
        other = psycopg2.connect(dsn)
        other.cursor().execute("LOCK TABLE customers")
        with ThreadPoolExecutor(1) as client:
            call = client.submit(service.post, "/generateDataset", json={"size": 20})
            wait_for(lambda: run_sql(dsn, WAITING))
            assert service.stop(signal.SIGTERM) == 0
            with pytest.raises(requests.exceptions.ConnectionError):
                call.result()
        other.close()
    wait_for(lambda: not run_sql(dsn, SESSIONS))
    assert run_sql(dsn, "SELECT count(*) FROM customers") == [(10,)]


def prepare(service):
    options = {"size": LARGE, "seed": 1}
    assert service.post("/generateDataset", json=options).status_code == 200
    assert service.post("/generateProductDataset").status_code == 200


def check_after_the_stop(data_dir, log):
    """Nothing went wrong, and the next service finds all as it should be."""
    assert "Traceback" not in log.read_text()
    with running(APP, log, DATA_DIR=str(data_dir)) as service:
        customers = service.get("/getCustomers?limit=1").json()
        assert len(customers) == 1
        assert service.post("/generateDataset").status_code == 200
        check_what_always_holds(service)
        assert service.stop(signal.SIGTERM) == 0
    wait_for(lambda: servers(data_dir) == [])
