"""The service as a whole: how it starts, serves, survives and ends."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
import requests

from db import embedded
from tests.processes import servers, wait_for
from tests.runner import APP, DEFAULTS, GUNICORN, ROOT, free_port, running
from tests.support import break_a_stream, run_sql


def test_the_documented_walk_in_order(data_dir, log):
    with running(APP, log, DATA_DIR=str(data_dir)) as service:
        for path in ("/generateDataset", "/conductClustering", "/generateProductDataset"):
            assert service.post(path).status_code == 200
        assert service.post("/conductProductMatch").status_code == 200
        assert len(service.get("/getCustomers").json()) == 500
        assert sum(service.get("/getClustersAmounts").json().values()) == 500
        assert len(service.get("/getProducts").json()) == 200
        offered = service.get("/getProductsByCluster").json()["0"]
        assert service.get(f"/selectProductById/{offered[0]['product_id']}").status_code == 200
        for table in ("customers", "products"):
            assert service.post(f"/dropTable/{table}").json()["status"] == "success"
        assert service.stop() == 0
        assert servers(data_dir) == []
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_with_its_postgresql(data_dir, log, number):
    with running(APP, log, DATA_DIR=str(data_dir)) as service:
        assert servers(data_dir)
        assert service.stop(number) == 0
        assert servers(data_dir) == []


def test_after_kill_9_of_the_service_the_data_is_still_there(data_dir, log):
    with running(APP, log, DATA_DIR=str(data_dir)) as service:
        assert service.post("/generateDataset", json={"size": 42}).status_code == 200
        service.process.kill()
        service.process.wait()
        port = service.url.rsplit(":", 1)[1]
    wait_for(lambda: not listens(port))
    with running(APP, log, DATA_DIR=str(data_dir), PORT=port) as service:
        assert len(service.get("/getCustomers").json()) == 42
        assert service.stop() == 0
    wait_for(lambda: servers(data_dir) == [])


def test_the_built_in_server_is_shared_by_two_services(data_dir, log):
    with (
        running(APP, log, DATA_DIR=str(data_dir)) as one,
        running(APP, log, DATA_DIR=str(data_dir)) as other,
    ):
        assert one.post("/generateDataset", json={"size": 7}).status_code == 200
        assert one.stop() == 0
        assert len(other.get("/getCustomers").json()) == 7
        assert other.stop() == 0
        assert servers(data_dir) == []


def start_in_vain(**settings):
    """Start a service that can't run; give the one line that it says."""
    environment = os.environ | DEFAULTS | settings
    ended = subprocess.run(
        APP, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def run_app(*arguments):
    return subprocess.run(
        [*APP, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_version_is_the_projects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    done = run_app("--version")
    assert (done.returncode, done.stdout) == (0, f"customer-segmentation {project['version']}\n")


@pytest.mark.parametrize("arguments", [["--port", "80"], ["serve"], ["--verison"]])
def test_arguments_that_it_does_not_know_are_refused(arguments):
    done = run_app(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"unrecognized arguments: {' '.join(arguments)}" in done.stderr


def test_a_wrong_setting_stops_the_start_with_a_sentence():
    assert start_in_vain(PORT="five").startswith("PORT must be ")


def test_a_port_in_use_stops_the_start_with_a_sentence(new_database):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        sentence = start_in_vain(PORT=port, DATABASE_URL=new_database())
    assert sentence.startswith(f"Can't listen on 127.0.0.1:{port} ")


def test_an_unreachable_database_stops_the_start_with_a_sentence():
    address = f"postgresql://ann:s3cret@127.0.0.1:{free_port()}/bank"
    sentence = start_in_vain(DATABASE_URL=address, PORT=str(free_port()))
    assert sentence.startswith("The database that DATABASE_URL names can't be used: ")
    assert "s3cret" not in sentence


def test_each_hour_is_dropped_once_by_four_workers_one_of_which_dies(new_database, log):
    dsn = new_database()
    command = [*GUNICORN, "--workers", "4"]
    with running(command, log, DATABASE_URL=dsn, CLEANUP_INTERVAL_SECONDS="2") as service:
        begin = time.monotonic()
        run_sql(dsn, "UPDATE jobs SET last_run = now()")
        before = log.read_text().count("Dropped the tables")
        time.sleep(8.5)
        workers = psutil.Process(service.process.pid).children()
        assert len(workers) == 4
        workers[0].kill()
        time.sleep(begin + 21 - time.monotonic())
        assert log.read_text().count("Dropped the tables") - before == 10
        assert service.stop() == 0


def test_a_clean_up_that_is_overdue_happens_before_anybody_is_served(new_database, log):
    dsn = new_database()
    with running(APP, log, DATABASE_URL=dsn) as service:
        assert service.post("/generateDataset").status_code == 200
        assert service.stop() == 0
    run_sql(dsn, "UPDATE jobs SET last_run = now() - interval '1 day'")
    with running(APP, log, DATABASE_URL=dsn) as service:
        assert service.get("/getCustomers").json() == []
        due = datetime.fromisoformat(service.get("/health").json()["next_clean_up"])
        assert due > datetime.now(UTC)
        assert service.stop() == 0


def test_a_worker_that_dies_is_replaced(new_database, log):
    with running(GUNICORN, log, DATABASE_URL=new_database()) as service:
        for worker in psutil.Process(service.process.pid).children():
            worker.kill()
        wait_for(lambda: answers(service))


def test_a_separately_started_server_serves_as_well(log):
    with tempfile.TemporaryDirectory(prefix="segmentation-") as name:
        Path(name).chmod(0o755)
        with (
            embedded.start(Path(name, "other")) as server,
            running(APP, log, DATABASE_URL=server.dsn) as service,
        ):
            assert service.post("/generateDataset").status_code == 200
            assert len(service.get("/getCustomers").json()) == 500
            assert service.stop() == 0
            assert run_sql(server.dsn, "SELECT count(*) FROM customers") == [(500,)]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def answers(service):
    try:
        return service.get("/").status_code == 200
    except requests.ConnectionError:
        return False


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_stream_whose_database_fails_midway_breaks(new_database, log, form):
    dsn = new_database()
    path = f"/getCustomers?format={form}"
    with running(APP, log, DATABASE_URL=dsn) as service:
        break_a_stream(service, dsn, path)
        whole = service.get(path)
        rows = whole.json() if form == "json" else whole.text.splitlines()[1:]
        assert len(rows) == 300_000


def test_a_million_customers_stream_in_little_memory(new_database, log):
    with running(APP, log, DATABASE_URL=new_database()) as service:
        assert service.post("/generateDataset", json={"size": 1_000_000}).status_code == 200
        assert service.get("/getCustomers?limit=1").status_code == 200
        workers = psutil.Process(service.process.pid).children()
        before = sum(worker.memory_info().rss for worker in workers)
        most, last = 0, b""
        with requests.get(service.url + "/getCustomers", stream=True, timeout=60) as answer:
            for piece in answer.iter_content(10_000_000):
                last = piece
                most = max(most, sum(worker.memory_info().rss for worker in workers))
        assert last.endswith(b"}]")
        assert b'"customer_id":1000000,' in last[-300:]
        assert most - before < 100_000_000


def test_a_long_file_is_assigned_in_little_memory(new_database, log):
    """Neither the file nor the answer is ever held as a whole."""
    header = b"age,annual_income,annual_spending,loan_balance,credit_score,note\n"
    row = b"40,%d,9,0,600," + 500 * b"x" + b"\n"

    def assign(size):
        data = header + b"".join(row % (20_000 + i % 30_000) for i in range(size))
        headers = {"Content-Type": "text/csv"}
        address = service.url + "/assignCustomers"
        most, last, rows = 0, b"", 0
        with requests.post(address, data=data, headers=headers, stream=True, timeout=300) as answer:
            assert answer.status_code == 200
            for piece in answer.iter_content(1_000_000):
                last = piece
                rows += piece.count(b'"unlike_everybody"')
                most = max(most, sum(worker.memory_info().rss for worker in workers))
        assert last.endswith(b"}]")
        assert rows == pytest.approx(size, abs=size / 1_000)  # a piece may end within the word
        return most

    with running((*GUNICORN, "--workers", "1"), log, DATABASE_URL=new_database()) as service:
        for path in ("/generateDataset", "/conductClustering", "/generateProductDataset"):
            assert service.post(path).status_code == 200
        workers = psutil.Process(service.process.pid).children()
        before = max(assign(10_000) for _ in range(2))
        assert assign(100_000) - before < 50_000_000
