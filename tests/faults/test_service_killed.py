"""The service is killed with -9 in the middle of what it writes, at random moments."""

import http.client
import json
import os
import random
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.faults.contract import check_what_always_holds
from tests.processes import kill_all, wait_for, worker_of
from tests.runner import GUNICORN, running
from tests.support import run_sql

KILLS = 20  # that left the call without an answer
OF_A_SERVICE = 10  # of so many kills, one is of the whole service, the others of the worker at work
SIZE = 50_000  # rows that take long enough to be killed in between
FIRST = ("/generateDataset", {"size": SIZE, "seed": 1})
SEED = int(os.environ.get("FAULTS_SEED") or random.randrange(2**32))

CLUSTERED = [FIRST, ("/conductClustering", {})]
MATCHED = [*CLUSTERED, ("/conductProductMatch", {})]

STATE = """
    SELECT
        (SELECT md5(string_agg(row::text, '|' ORDER BY id)) FROM customers AS row),
        (SELECT md5(string_agg(row::text, '|' ORDER BY product_id)) FROM products AS row),
        (SELECT md5(string_agg(row::text, '|' ORDER BY cluster, rank)) FROM matches AS row),
        (SELECT features FROM datasets WHERE name = 'customers'
            AND EXISTS (SELECT FROM customers WHERE cluster IS NOT NULL)),
        (SELECT array_agg(relname::text ORDER BY relname) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace)
"""
SESSIONS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
"""
AT_WORK = f"{SESSIONS} AND state <> 'idle'"
LOCKS = f"SELECT locktype, mode FROM pg_locks WHERE pid IN ({SESSIONS})"


def post(service, path, options):
    answer = service.post(path, json=options)
    assert answer.status_code == 200, answer.text


def prepare(service, calls):
    for path, options in calls:
        post(service, path, options)


@contextmanager
def connection(service):
    """A connection that a worker has taken, and the worker."""
    client = http.client.HTTPConnection(urlsplit(service.url).netloc, timeout=60)
    client.connect()
    try:
        yield client, worker_of(service, client.sock.getsockname()[1])
    finally:
        client.close()


def kill_in_the_middle(service, call, moment, *, whole):
    """Kill what serves the call after so many seconds; tell whether the call got no answer."""
    path, options = call
    headers = {"Content-Type": "application/json"}
    with connection(service) as (client, worker):
        client.request("POST", path, json.dumps(options), headers)
        time.sleep(moment)
        if whole:
            kill_all(service)
        else:
            worker.kill()
        try:
            answer = client.getresponse()
        except (http.client.HTTPException, OSError):
            return True
        assert answer.status == 200
        return False


def write_at_once(dsn):
    """Write beside the service; fails when a lock is in the way."""
    conn = psycopg2.connect(dsn, options="-c lock_timeout=5s")
    with conn, conn.cursor() as cursor:
        cursor.execute("LOCK TABLE customers, products, matches, datasets, jobs")
        cursor.execute("SELECT pg_try_advisory_lock(2026, n) FROM generate_series(1, 9) AS n")
        assert all(free for (free,) in cursor.fetchall())
        conn.rollback()
    conn.close()


def check_after_kill(dsn, old, new):
    """Check that the state is one of two, nothing is held and nobody works; gives the state."""
    wait_for(lambda: run_sql(dsn, AT_WORK) == [])
    assert run_sql(dsn, LOCKS) == []
    write_at_once(dsn)
    state = run_sql(dsn, STATE)
    assert state in (old, new)
    return state


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("before", "call"),
    [
        (MATCHED, ("/generateDataset", {"size": SIZE, "seed": 2})),
        (MATCHED, ("/conductClustering", {"n_clusters": 4, "features": ["age"]})),
        ([FIRST], ("/conductProductMatch", {})),
    ],
    ids=["generateDataset", "conductClustering", "conductProductMatch"],
)
def test_what_is_stored_is_the_old_or_the_new_state(new_database, log, before, call):
    print("seed", SEED)
    moments = random.Random(SEED)
    dsn = new_database()
    settings = {"DATABASE_URL": dsn, "CLEANUP_INTERVAL_SECONDS": "0"}
    with running(GUNICORN, log, **settings) as service:
        prepare(service, [("/generateProductDataset", {"seed": 1}), *before])
        old = run_sql(dsn, STATE)
        check_what_always_holds(service)
        begin = time.monotonic()
        post(service, *call)
        duration = time.monotonic() - begin
        new = run_sql(dsn, STATE)
        assert old != new
        check_what_always_holds(service)
    state, kills, kept = new, 0, 0
    while kills < KILLS:
        with running(GUNICORN, log, **settings) as service:
            while service.process.poll() is None:
                if state != old:
                    prepare(service, before)
                    assert run_sql(dsn, STATE) == old
                whole = kills % OF_A_SERVICE == OF_A_SERVICE - 1
                moment = moments.uniform(0, duration)
                unanswered = kill_in_the_middle(service, call, moment, whole=whole)
                state = check_after_kill(dsn, old, new)
                assert unanswered or state == new
                kills += unanswered
                kept += unanswered and state == old
    assert kept > 0
    wait_for(lambda: run_sql(dsn, SESSIONS) == [])
