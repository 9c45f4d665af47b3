"""The process that works on a job is killed with -9, at random moments."""

import http.client
import json
import random
import time

import psutil
import pytest

from tests.faults.test_service_killed import (
    SEED,
    STATE,
    check_after_kill,
    connection,
    prepare,
)
from tests.processes import kill_all, wait_for
from tests.runner import GUNICORN, running
from tests.support import run_sql

SIZE = 20_000
FIRST = ("/generateDataset", {"size": SIZE, "seed": 1})
KILLS = 3  # that a job died of
TOLD_WITHIN = 15  # seconds
FILE = "first_name,last_name,age,annual_income,loan_balance\n" + "".join(
    f"Ann,Lee {i},{20 + i % 60},{20_000 + 7 * i % 50_000},{i % 9_000}\n" for i in range(SIZE)
)
BEFORE = [FIRST, ("/conductClustering", {}), ("/conductProductMatch", {})]
IMPORT = ("/importCustomers", FILE)
UNFINISHED = "SELECT count(*) FROM background_jobs WHERE finished IS NULL"


def request_of(call):
    path, body = call
    if isinstance(body, str):
        return path, body, {"Content-Type": "text/csv"}
    return path, json.dumps(body), {"Content-Type": "application/json"}


def kill_in_the_middle(service, call, moment, kill=psutil.Process.kill):
    """Kill what works on the call's job after so many seconds; give where the job is."""
    path, body, headers = request_of(call)
    with connection(service) as (client, worker):
        client.request("POST", path, body, headers | {"Prefer": "respond-async"})
        location = client.getresponse().headers["Location"]
        time.sleep(moment)
        kill(worker)
    return location


def told(service, location):
    """What the service says of a job that has ended, or whose process has."""
    begin = time.monotonic()
    wait_for(lambda: ended(service, location), seconds=TOLD_WITHIN)
    assert time.monotonic() - begin < TOLD_WITHIN
    return service.get(location).json()


def ended(service, location):
    try:
        return service.get(location).json()["state"] not in ("queued", "running")
    except (OSError, http.client.HTTPException):  # the one that was killed took the connection
        return False


def time_of(service, call):
    path, body, headers = request_of(call)
    begin = time.monotonic()
    assert service.post(path, data=body, headers=headers).status_code == 200
    return time.monotonic() - begin


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("before", "call"),
    [
        (BEFORE, IMPORT),
        (BEFORE, ("/conductClustering", {"n_clusters": 4, "features": ["age"]})),
        ([FIRST], ("/conductProductMatch", {})),
    ],
    ids=["importCustomers", "conductClustering", "conductProductMatch"],
)
def test_a_job_whose_process_died_is_told_as_failed(new_database, log, before, call):
    print("seed", SEED)
    moments = random.Random(SEED)
    dsn = new_database()
    settings = {"DATABASE_URL": dsn, "CLEANUP_INTERVAL_SECONDS": "0"}
    with running(GUNICORN, log, **settings) as service:
        prepare(service, [("/generateProductDataset", {"seed": 1}), *before])
        old = run_sql(dsn, STATE)
        duration = time_of(service, call)
        new = run_sql(dsn, STATE)
        assert old != new
        state, kills = new, 0
        while kills < KILLS:
            if state != old:
                prepare(service, before)
                assert run_sql(dsn, STATE) == old
            location = kill_in_the_middle(service, call, moments.uniform(0, duration))
            job = told(service, location)
            state = check_after_kill(dsn, old, new)
            assert (job["state"], state) in [("failed", old), ("succeeded", new)]
            assert run_sql(dsn, UNFINISHED) == [(0,)]
            if job["state"] == "failed":
                kills += 1
                assert job["answer"]["status"] == 503
                assert "nothing has changed" in job["answer"]["body"]["error"]


def test_a_job_of_a_service_that_died_is_told_as_failed_by_the_next(new_database, log):
    settings = {"DATABASE_URL": new_database(), "CLEANUP_INTERVAL_SECONDS": "0"}
    with running(GUNICORN, log, **settings) as service:
        call = ("/generateDataset", {"size": 900_000})
        location = kill_in_the_middle(service, call, 1, lambda _: kill_all(service))
    with running(GUNICORN, log, **settings) as service:
        assert told(service, location)["state"] == "failed"
        assert service.get("/getCustomers").json() == []
        prepare(service, BEFORE[:2])  # nobody holds the customers
