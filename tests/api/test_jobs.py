"""Calls that are answered later, in one process: how a job goes, and how it is cancelled."""

import io
import threading
import time
import uuid
from contextlib import contextmanager

import psycopg2
import pytest

from db import jobs
from tests.processes import wait_for
from tests.support import another, error, ok

LATER = {"Prefer": "respond-async"}
ENDED = ("succeeded", "failed", "cancelled")
FILE = (
    b"first_name,last_name,age,annual_income,loan_balance\nAnn,Lee,30,1000,0\nBob,Ray,40,2000,5\n"
)


def start(client, path, **options):
    """Make a call that is answered later; give where its job is."""
    headers = LATER | options.pop("headers", {})
    response = client.post(path, headers=headers, **options)
    assert response.status_code == 202, response.text
    assert response.headers["Preference-Applied"] == "respond-async"
    assert response.headers["Location"] == response.get_json()["location"]
    assert response.headers["Retry-After"] == "1"
    return response.headers["Location"]


def wait_until(client, location, *states):
    wait_for(lambda: ok(client.get(location))["state"] in states)
    return ok(client.get(location))


def answer(client, location):
    """What the call answered, once the job has ended."""
    return wait_until(client, location, *ENDED)["answer"]


@pytest.fixture
def busy(app):
    """Hold the customers as another writer does, so that jobs have to wait in the middle."""

    @contextmanager
    def hold():
        conn = psycopg2.connect(app.extensions["config"].database_url)
        try:
            with conn.cursor() as cursor:
                cursor.execute("SELECT lock_datasets('{customers}')")
                yield
        finally:
            conn.close()

    return hold


def sessions_of_jobs(sql):
    return sql("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'job %'")


def test_a_job_has_the_answer_of_the_call(client):
    location = start(client, "/generateDataset", json={"size": 30, "seed": 1})
    job = wait_until(client, location, *ENDED)
    assert job["state"] == "succeeded"
    assert job["progress"] == 100
    assert job["request"] == "POST /generateDataset"
    assert job["created"] <= job["started"] <= job["finished"]
    assert job["answer"]["status"] == 200
    assert job["answer"]["body"] == {"message": "Dataset generated successfully."}
    customers = ok(client.get("/getCustomers"))
    ok(client.post("/generateDataset", json={"size": 30, "seed": 1}))
    assert ok(client.get("/getCustomers")) == customers


def test_every_post_can_be_answered_later(client):
    for path in ("/generateDataset", "/generateProductDataset"):
        assert answer(client, start(client, path))["status"] == 200
    clusters = answer(client, start(client, "/conductClustering", json={"n_clusters": 4}))
    assert list(clusters["body"]["cluster"]) == ["0", "1", "2", "3"]
    assert answer(client, start(client, "/conductProductMatch"))["status"] == 200
    assert any(ok(client.get("/getProductsByCluster")).values())
    assert answer(client, start(client, "/dropTable/customers"))["body"] == {
        "status": "success",
        "table": "customers",
    }


@pytest.mark.parametrize("form", [False, True])
def test_a_file_outlives_its_request(client, form):
    large = FILE + b"Eve,Fox,50,3000,0\n" * 20_000
    if form:
        location = start(client, "/importCustomers", data={"file": (io.BytesIO(large), "own.csv")})
    else:
        location = start(client, "/importCustomers", data=large, content_type="text/csv")
    assert answer(client, location)["status"] == 200
    assert len(ok(client.get("/getCustomers"))) == 20_002


def test_an_error_is_the_answer_of_a_job_that_failed(client):
    for path, options, status in [
        ("/conductClustering", {}, 409),
        ("/generateDataset", {"json": {"size": 0}}, 422),
        ("/generateDataset", {"data": "{", "content_type": "application/json"}, 400),
        ("/importCustomers", {"data": b"", "content_type": "text/csv"}, 422),
        ("/importCustomers", {"data": FILE, "content_type": "image/png"}, 415),
        ("/dropTable/nothing", {}, 404),
    ]:
        location = start(client, path, **options)
        given = answer(client, location)
        assert ok(client.get(location))["state"] == "failed"
        assert given["status"] == status
        assert given["body"]["error"].endswith(".")
    assert ok(client.get("/getCustomers")) == []


def test_what_is_wrong_with_the_request_itself_is_answered_at_once(client):
    error(client.post("/nothing", headers=LATER), 404)
    error(client.post("/getCustomers", headers=LATER), 405)
    error(client.post("/generateDataset", headers=LATER, data=" " * 70_000), 413)


@pytest.mark.parametrize(
    "prefer",
    ["respond-async", "RESPOND-ASYNC, wait=10", "wait=10,respond-async", "respond-async;x=1"],
)
def test_a_preference_among_others(client, prefer):
    response = client.post("/dropTable/customers", headers={"Prefer": prefer})
    assert response.status_code == 202


@pytest.mark.parametrize("prefer", ["", "wait=10", "respond-async-not", "return=minimal", "\xe9"])
def test_other_preferences_change_nothing(client, prefer):
    ok(client.post("/dropTable/customers", headers={"Prefer": prefer}))


def test_a_read_is_never_answered_later(client):
    assert ok(client.get("/getCustomers", headers=LATER)) == []


def test_nobody_knows_a_job_that_is_none(client):
    for name in (uuid.uuid4(), "1", "x' OR true --", "%00"):
        error(client.get(f"/jobs/{name}"), 404)
        error(client.delete(f"/jobs/{name}"), 404)


def test_of_a_workspace_one_runs_at_a_time_and_the_others_wait_in_turn(client, busy):
    with busy():
        first, *others = [start(client, "/generateDataset", json={"size": n}) for n in (3, 4, 5)]
        wait_until(client, first, "running")
        assert [ok(client.get(other))["state"] for other in others] == ["queued", "queued"]
    finished = [wait_until(client, location, "succeeded") for location in (first, *others)]
    assert [job["started"] for job in finished] == sorted(job["started"] for job in finished)
    assert len(ok(client.get("/getCustomers"))) == 5


def test_too_many_that_wait_are_refused(client, busy):
    with busy():
        waiting = [start(client, "/generateDataset") for _ in range(jobs.MOST_UNFINISHED)]
        refused = client.post("/generateDataset", headers=LATER)
        assert "cancel one" in error(refused, 429)
        assert int(refused.headers["Retry-After"]) > 0
        for location in waiting:
            assert ok(client.delete(location))["state"] == "cancelled"
    assert ok(client.get("/getCustomers")) == []


def test_a_job_that_waits_is_cancelled(client, busy):
    with busy():
        first = start(client, "/generateDataset", json={"size": 3})
        second = start(client, "/generateDataset", json={"size": 4})
        cancelled = ok(client.delete(second))
        assert (cancelled["state"], cancelled["answer"]) == ("cancelled", None)
        assert cancelled["finished"]
    wait_until(client, first, "succeeded")
    assert len(ok(client.get("/getCustomers"))) == 3


def test_a_job_that_runs_is_cancelled_and_lets_go_of_everything(client, busy, sql):
    ok(client.post("/generateDataset", json={"size": 7}))
    before = client.get("/getCustomers").headers["ETag"]
    with busy():
        location = start(client, "/conductClustering")
        wait_for(lambda: sessions_of_jobs(sql))
        assert ok(client.delete(location))["state"] == "cancelled"
        wait_for(lambda: not sessions_of_jobs(sql), seconds=2)
    assert ok(client.delete(location))["state"] == "cancelled"  # once more is no mistake
    assert client.get("/getCustomers").headers["ETag"] == before
    ok(client.post("/conductClustering"))


def test_the_work_that_is_done_is_not_cancelled_any_more(client):
    location = start(client, "/generateDataset", json={"size": 3})
    wait_until(client, location, "succeeded")
    error(client.delete(location), 409)
    assert ok(client.get(location))["state"] == "succeeded"


def test_what_was_cancelled_is_never_committed(client, sql, monkeypatch):
    """Cancelled between the last statement of its work and the commit: the worst moment."""
    confirm = jobs.confirm

    def cancel_first(conn):
        if "MainThread" not in threading.current_thread().name:
            sql(
                "UPDATE background_jobs SET state = 'cancelled', finished = now()"
                " WHERE state = 'running'"
            )
        confirm(conn)

    monkeypatch.setattr("db.runner.LOOK_SECONDS", 60)  # nobody ends its session
    monkeypatch.setattr(jobs, "confirm", cancel_first)
    location = start(client, "/generateDataset", json={"size": 3})
    wait_until(client, location, "cancelled")
    wait_for(lambda: not sessions_of_jobs(sql))
    assert ok(client.get("/getCustomers")) == []


def test_the_log_has_the_calls_own_line_too(client, caplog):
    caplog.set_level("INFO")
    with client.post("/dropTable/customers", headers=LATER, buffered=True) as accepted:
        answer(client, accepted.headers["Location"])
    lines = [record.getMessage() for record in caplog.records]
    assert [line.split()[2] for line in lines if "/dropTable" in line] == ["202", "200"]


def test_an_unexpected_error_ends_the_job(client, monkeypatch):
    monkeypatch.setattr("api.customers.service.generate_customers", None)
    location = start(client, "/generateDataset")
    given = answer(client, location)
    assert given["status"] == 500
    assert "log" in given["body"]["error"]


def test_a_worker_without_a_session_is_dead_and_its_jobs_are_told_as_failed(client, busy, sql):
    with busy():
        running = start(client, "/generateDataset", json={"size": 3})
        queued = start(client, "/generateDataset", json={"size": 4})
        wait_until(client, running, "running")
        wait_for(lambda: sessions_of_jobs(sql))
        sql("UPDATE background_jobs SET worker = gen_random_uuid() WHERE finished IS NULL")
        for location in (running, queued):
            job = ok(client.get(location))
            assert job["state"] == "failed"
            assert job["answer"]["status"] == 503
            assert "nothing has changed" in job["answer"]["body"]["error"]
        wait_for(lambda: not sessions_of_jobs(sql))
    assert ok(client.get("/getCustomers")) == []


def test_a_session_that_was_ended_is_made_anew(client, sql):
    answer(client, start(client, "/dropTable/customers"))
    ended = sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'jobs of %' AND datname = current_database()"
    )
    assert ended
    assert answer(client, start(client, "/dropTable/customers"))["status"] == 200


def test_work_that_was_done_before_the_worker_died_is_no_failure(client, sql):
    sql(
        "INSERT INTO background_jobs (workspace, request, worker, state, written, started)"
        " VALUES ('', 'POST /x', gen_random_uuid(), 'running', true, now())"
    )
    [(job_id,)] = sql("SELECT id FROM background_jobs WHERE request = 'POST /x'")
    job = ok(client.get(f"/jobs/{job_id}"))
    assert (job["state"], job["progress"], job["answer"]["status"]) == ("succeeded", 100, 200)


def test_jobs_are_forgotten_after_a_while(app, client, sql):
    location = start(client, "/dropTable/customers")
    answer(client, location)
    with app.extensions["database"].writing() as conn:
        jobs.forget(conn)
    ok(client.get(location))
    sql(
        "UPDATE background_jobs SET finished = now() - make_interval(secs => %s)",
        jobs.KEPT_SECONDS + 1,
    )
    with app.extensions["database"].writing() as conn:
        jobs.forget(conn)
    error(client.get(location), 404)


def test_of_a_workspaces_jobs_the_last_ones_are_kept(client, sql):
    sql(
        "INSERT INTO background_jobs (workspace, request, worker, state, finished)"
        " SELECT '', 'POST /y', gen_random_uuid(), 'failed', now() - make_interval(secs => n)"
        " FROM generate_series(1, %s) AS n",
        jobs.MOST_KEPT + 5,
    )
    answer(client, start(client, "/dropTable/customers"))
    [(kept,)] = sql("SELECT count(*) FROM background_jobs WHERE finished IS NOT NULL")
    assert kept == jobs.MOST_KEPT + 1


def test_a_service_that_stops_tells_its_jobs_as_failed(app, client, busy, sql):
    other = another(app)
    with busy():
        location = start(other.test_client(), "/generateDataset")
        wait_for(lambda: sessions_of_jobs(sql))
        other.extensions["jobs"].close()
        job = ok(client.get(location))
        assert job["state"] == "failed"
        assert "stopped" in job["answer"]["body"]["error"]
        assert not sessions_of_jobs(sql)


def test_any_process_answers_for_a_job_and_cancels_it(app, client, busy, sql):
    other = another(app)
    try:
        with busy():
            location = start(other.test_client(), "/generateDataset")
            wait_until(client, location, "running")
            wait_for(lambda: sessions_of_jobs(sql))
            assert ok(client.delete(location))["state"] == "cancelled"
            wait_for(lambda: not sessions_of_jobs(sql), seconds=2)
    finally:
        other.extensions["jobs"].close()


def test_progress_is_told_as_it_is_made(client):
    seen = []
    location = start(client, "/generateDataset", json={"size": 400_000})
    wait_for(lambda: seen.append(ok(client.get(location))) or seen[-1]["finished"])
    values = [job["progress"] for job in seen]
    assert values == sorted(values)
    assert values[-1] == 100
    assert len(set(values)) > 3
    running = [job for job in seen if job["state"] == "running" and job["progress"]]
    assert all(job["seconds_left"] >= 0 and job["stage"] for job in running)


def test_a_page_may_ask_for_it_and_read_what_is_answered(client):
    page = "http://localhost:3000"
    asked = ("content-type", "if-match", "prefer", "x-workspace")
    for method, path in [("POST", "/importCustomers"), ("DELETE", f"/jobs/{uuid.uuid4()}")]:
        response = client.options(
            path,
            headers={
                "Origin": page,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": ",".join(asked),
            },
        )
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == page
        assert method in response.headers["Access-Control-Allow-Methods"]
        assert set(asked) <= set(response.headers["Access-Control-Allow-Headers"].split(", "))
    response = client.post("/dropTable/customers", headers=LATER | {"Origin": page})
    exposed = response.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Location", "Preference-Applied", "Retry-After", "X-Kept-Until"} <= set(exposed)


def test_a_page_of_another_origin_cancels_nothing(client, busy):
    with busy():
        location = start(client, "/generateDataset", json={"size": 3})
        error(client.delete(location, headers={"Origin": "http://evil.example"}), 403)
    assert answer(client, location)["status"] == 200


def in_workspace(name=None):
    return {"X-Workspace": name or uuid.uuid4().hex}


def test_a_job_is_known_in_its_workspace_only(client):
    ours = in_workspace()
    location = start(client, "/generateDataset", json={"size": 3}, headers=ours)
    for others in ({}, in_workspace()):
        error(client.get(location, headers=others), 404)
        error(client.delete(location, headers=others), 404)
    wait_for(lambda: ok(client.get(location, headers=ours))["state"] == "succeeded")
    assert len(ok(client.get("/getCustomers", headers=ours))) == 3
    assert ok(client.get("/getCustomers")) == []
    error(client.post("/generateDataset", headers=LATER | in_workspace("../x")), 422)


def test_other_workspaces_need_not_wait(client, busy):
    ours = in_workspace()
    with busy():
        held = start(client, "/generateDataset", json={"size": 3})
        wait_until(client, held, "running")
        location = start(client, "/generateDataset", json={"size": 3}, headers=ours)
        wait_for(lambda: ok(client.get(location, headers=ours))["state"] == "succeeded")
    assert answer(client, held)["status"] == 200


def test_no_more_than_the_setting_says_run_at_once(app, client, busy):
    single = another(app, max_running_jobs=1)
    ours = in_workspace()
    try:
        with busy():
            held = start(single.test_client(), "/generateDataset", json={"size": 3})
            wait_until(client, held, "running")
            waiting = start(single.test_client(), "/generateDataset", headers=ours)
            time.sleep(1)
            assert ok(client.get(waiting, headers=ours))["state"] == "queued"
        wait_for(lambda: ok(client.get(waiting, headers=ours))["state"] == "succeeded")
    finally:
        single.extensions["jobs"].close()


def test_a_workspace_that_a_failed_job_was_the_first_in_is_none(client, sql):
    ours = in_workspace()
    location = start(client, "/importCustomers", data=b"x", content_type="text/csv", headers=ours)
    wait_for(lambda: ok(client.get(location, headers=ours))["state"] == "failed")
    names = sql("SELECT count(*) FROM workspaces WHERE name = %s", ours["X-Workspace"])
    assert names == [(0,)]


def test_a_job_says_until_when_its_data_is_kept(app, client):
    hourly = another(app, cleanup_interval_seconds=3600)
    try:
        location = start(hourly.test_client(), "/generateDataset", json={"size": 3})
        assert answer(client, location)["headers"]["X-Kept-Until"].endswith("Z")
    finally:
        hourly.extensions["jobs"].close()


def test_a_job_is_for_the_version_that_its_call_names(client):
    ok(client.post("/generateDataset", json={"size": 5}))
    etag = client.get("/getCustomers").headers["ETag"]
    ok(client.post("/generateDataset", json={"size": 6}))
    location = start(client, "/conductClustering", headers={"If-Match": etag})
    assert answer(client, location)["status"] == 412
    etag = client.get("/getCustomers").headers["ETag"]
    location = start(client, "/conductClustering", headers={"If-Match": etag})
    assert answer(client, location)["status"] == 200
