"""Lists are read from a streaming replica, and are never older than what was written before."""

import tempfile
import time
from pathlib import Path

import pytest
import requests

from tests.faults.postgres import separate_postgres
from tests.processes import wait_for
from tests.runner import APP, running
from tests.support import run_sql

SIZE, ROUNDS = 40, 50
STATISTICS_SECONDS = 5  # by then a server has written them
READS_OF_CUSTOMERS = """
    SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) FROM pg_stat_all_tables
    WHERE relname = 'customers'
"""


@pytest.fixture(scope="module")
def servers():
    """A primary and its streaming replica, in a directory that any user may reach."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        directory = Path(name)
        directory.chmod(0o755)
        with (
            separate_postgres(directory / "primary") as primary,
            separate_postgres(directory / "replica", primary) as replica,
        ):
            yield primary, replica


@pytest.fixture
def service(servers, log):
    """A service that reads from the replica whatever it can, and remembers nothing."""
    with beside(servers, log.parent) as service:
        yield service


def beside(servers, directory):
    primary, replica = servers
    settings = {"DATABASE_URL": primary.dsn, "READ_DATABASE_URL": replica.dsn, "CACHE_MIB": "0"}
    return running(APP, directory / "log", **settings)


def scalar(server, query):
    return run_sql(server.dsn, query)[0][0]


def catch_up(servers):
    """Wait until the replica has what was written to the primary."""
    primary, replica = servers
    written = scalar(primary, "SELECT pg_current_wal_insert_lsn()")
    wait_for(lambda: scalar(replica, f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))


def generate(service, size, workspace=None):
    answer = service.post("/generateDataset", json={"size": size}, headers=headers(workspace))
    assert answer.status_code == 200, answer.text


def amount(service, workspace=None):
    answer = requests.get(service.url + "/getCustomers", headers=headers(workspace), timeout=60)
    assert answer.status_code == 200, answer.text
    return len(answer.json())


def headers(workspace):
    return {"X-Workspace": workspace} if workspace else {}


def reads_while_listing(service, server, workspace, seconds):
    """How often a server's customers were read while they were listed, as its statistics say."""
    before, end = scalar(server, READS_OF_CUSTOMERS), time.monotonic() + seconds
    while time.monotonic() < end:
        assert amount(service, workspace) == SIZE
        time.sleep(0.1)
    return scalar(server, READS_OF_CUSTOMERS) - before


@pytest.mark.parametrize("workspace", [None, "bank-1"])
def test_lists_are_read_from_the_replica_alone(servers, service, workspace):
    generate(service, SIZE, workspace)
    catch_up(servers)
    primary, replica = servers
    assert reads_while_listing(service, replica, workspace, STATISTICS_SECONDS)
    assert not reads_while_listing(service, primary, workspace, STATISTICS_SECONDS)


@pytest.mark.parametrize("workspace", [None, "bank-2"])
def test_what_was_written_is_read_at_once_from_any_service(servers, service, workspace, tmp_path):
    with beside(servers, tmp_path) as other:
        for size in range(1, ROUNDS):
            generate(service, size, workspace)
            assert amount(other, workspace) == size
            assert amount(service, workspace) == size


@pytest.mark.parametrize("workspace", [None, "bank-3"])
def test_a_replica_that_stands_still_is_left_alone(servers, service, workspace):
    _, replica = servers
    generate(service, 10, workspace)
    run_sql(replica.dsn, "SELECT pg_wal_replay_pause()")
    try:
        for size in (20, 30):
            generate(service, size, workspace)
            assert amount(service, workspace) == size
    finally:
        run_sql(replica.dsn, "SELECT pg_wal_replay_resume()")


def test_without_its_replica_a_service_reads_from_the_primary(servers, service):
    _, replica = servers
    generate(service, 10)
    catch_up(servers)
    assert amount(service) == 10
    replica.kill()
    try:
        assert amount(service) == 10
        generate(service, 20)
        assert amount(service) == 20
    finally:
        replica.start()
