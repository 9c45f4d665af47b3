"""Customers' data reach no log, whatever goes wrong while they are loaded."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import requests

from tests.files import HEADER, row
from tests.processes import servers, wait_for
from tests.runner import APP, running

NAME = "Zebulon"
CSV = {"Content-Type": "text/csv"}
GOOD = row(first_name=NAME)
BROKEN = [
    "\n".join([HEADER, *[GOOD] * 60_000, row(first_name=NAME, age=f"{NAME}s age")]),
    "\n".join([HEADER, row(first_name=NAME, annual_income="9" * 40)]),
    HEADER + "\n" + GOOD + "\n\x00",
]
MANY = "\n".join([HEADER, *[GOOD] * 300_000])


def test_no_cell_is_in_any_log(data_dir, log):
    settings = {"DATA_DIR": str(data_dir), "STATEMENT_TIMEOUT_SECONDS": "1", "LOG_LEVEL": "DEBUG"}
    with running(APP, log, **settings) as service:
        for file in BROKEN:
            answer = service.post("/importCustomers", data=file.encode(), headers=CSV)
            assert answer.status_code >= 400, answer.text
        assert service.post("/importCustomers?first_name=Zebulon", data=b"x").status_code >= 400
        assert service.post("/importCustomers", data=f"{HEADER}\n{GOOD}", headers=CSV).ok
        hold_back(service, data_dir)
        kill_the_server_during_an_import(service, data_dir)
        assert service.stop() == 0
    logs = [log, *data_dir.glob("18/*.log")]
    assert len(logs) == 2
    for path in logs:
        text = path.read_text()
        assert text
        assert NAME not in text


def hold_back(service, data_dir):
    """Let an import wait for a lock until its time is over."""
    sockets = next(data_dir.glob("18/.s.PGSQL.5432")).parent
    other = psycopg2.connect(host=str(sockets), user="postgres", dbname="postgres")
    with contextlib.closing(other):
        other.cursor().execute("LOCK TABLE customers")
        answer = service.post("/importCustomers", data=MANY.encode(), headers=CSV)
        assert answer.status_code == 503, answer.text


def kill_the_server_during_an_import(service, data_dir):
    with ThreadPoolExecutor(1) as client:
        call = client.submit(service.post, "/importCustomers", data=MANY.encode(), headers=CSV)
        time.sleep(0.5)
        for process in servers(data_dir):
            process.kill()
        with contextlib.suppress(requests.ConnectionError):
            assert call.result().status_code in (200, 503)
    wait_for(lambda: service.get("/health").status_code == 200)
