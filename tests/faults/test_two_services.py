"""Two services, as on two machines, on one database: each answers for what the other does."""

import time

import pytest
import requests

from tests.processes import kill_all, wait_for
from tests.runner import APP, running

LARGE = 300_000  # rows that take a while
ASYNC = {"Prefer": "respond-async"}
TOLD_WITHIN = 15  # seconds


@pytest.fixture
def services(new_database, tmp_path):
    """Both, neither of which has anything but the database in common with the other."""
    dsn = new_database()
    with (
        running(APP, tmp_path / "one", DATABASE_URL=dsn) as one,
        running(APP, tmp_path / "other", DATABASE_URL=dsn) as other,
    ):
        yield one, other


def begin(service, size=LARGE, workspace=None):
    """Where a job of this service is."""
    headers = ASYNC | ({"X-Workspace": workspace} if workspace else {})
    answer = service.post("/generateDataset", json={"size": size}, headers=headers)
    assert answer.status_code == 202, answer.text
    return answer.headers["Location"]


def state(service, location):
    answer = service.get(location)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_one_tells_how_the_others_job_is_doing_and_what_became_of_it(services):
    one, other = services
    location = begin(one)
    seen = []
    while (job := state(other, location))["state"] in ("queued", "running"):
        seen.append(job["progress"])
        time.sleep(0.05)
    assert job["state"] == "succeeded", job
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert len(other.get("/getCustomers").json()) == LARGE


def test_one_cancels_the_others_job(services):
    one, other = services
    assert one.post("/generateDataset", json={"size": 10}).status_code == 200
    location = begin(one)
    wait_for(lambda: state(other, location)["state"] == "running")
    assert requests.delete(other.url + location, timeout=60).status_code == 200
    assert state(one, location)["state"] == "cancelled"
    assert len(one.get("/getCustomers").json()) == 10


def test_one_tells_the_jobs_of_the_other_as_failed_when_that_is_killed(services):
    one, other = services
    assert one.post("/generateDataset", json={"size": 10}).status_code == 200
    location = begin(one)
    wait_for(lambda: state(other, location)["state"] == "running")
    kill_all(one)
    wait_for(lambda: state(other, location)["state"] == "failed", seconds=TOLD_WITHIN)
    assert len(other.get("/getCustomers").json()) == 10
    assert other.post("/generateDataset", json={"size": 20}).status_code == 200


def test_a_workspaces_jobs_wait_for_one_another_whoever_works_on_them(services):
    one, other = services
    first, second = begin(one, workspace="bank"), begin(other, 30, workspace="bank")
    bank = {"X-Workspace": "bank"}

    def state_in_bank(service, location):
        return requests.get(service.url + location, headers=bank, timeout=60).json()["state"]

    while (later := state_in_bank(one, second)) != "succeeded":
        assert later == "queued" or state_in_bank(other, first) == "succeeded"
    rows = requests.get(one.url + "/getCustomers", headers=bank, timeout=60).json()
    assert len(rows) == 30


def test_a_clean_up_is_done_by_one_of_them(new_database, tmp_path):
    settings = {"DATABASE_URL": new_database(), "CLEANUP_INTERVAL_SECONDS": "2"}
    begun = time.monotonic()
    logs = [tmp_path / "one", tmp_path / "other"]
    with running(APP, logs[0], **settings) as one, running(APP, logs[1], **settings) as other:
        for service in (one, other, one):
            assert service.post("/generateDataset", json={"size": 10}).status_code == 200
            wait_for(lambda: other.get("/getCustomers").json() == [])
    said = sum(log.read_text().count("the clean-up was due") for log in logs)
    assert 3 <= said <= (time.monotonic() - begun) / 2
