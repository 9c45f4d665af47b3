"""PostgreSQL is killed with -9 and started again while clients read and write."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pandas as pd
import requests

from data_generator.customers import customer_batches
from tests.faults.contract import check_what_always_holds, get
from tests.faults.postgres import separate_postgres
from tests.processes import servers, wait_for, workers
from tests.runner import APP, running
from tests.support import LISTS

GETS = [*LISTS, "/selectProductById/1000", "/health"]
POSTS = [
    "/generateDataset",
    "/conductClustering",
    "/generateProductDataset",
    "/conductProductMatch",
    "/dropTable/customers",
]
LARGE = 20_000  # rows: a list of so many leaves while it is read
AWAY, BROKEN = 503, "a list that broke off"


def ask(service, method, path, **options):
    """Call the service; gives 200, AWAY when it says so as it should, or BROKEN."""
    plain = {"Accept-Encoding": "identity"}
    try:
        answer = requests.request(method, service.url + path, headers=plain, timeout=60, **options)
    except requests.exceptions.ChunkedEncodingError:
        return BROKEN
    if answer.status_code != AWAY:
        assert answer.status_code == 200, answer.text
        return answer.status_code
    assert list(answer.json()) == ["error"]
    assert int(answer.headers["Retry-After"]) > 0
    return AWAY


class Load:
    """Clients that call without a pause: readers, one that clusters, one that generates.

    The last one stops at its first failure; `sizes` has the last size that it was told is stored,
    and the size that it had asked for then.
    """

    def __init__(self, service):
        self._service = service
        self.finished = threading.Event()
        self.answers = Counter()
        self.sizes = []

    def read(self, path):
        while not self.finished.is_set():
            self.answers[path, ask(self._service, "GET", path)] += 1

    def cluster(self):
        while not self.finished.is_set():
            for path in ("/conductClustering", "/conductProductMatch"):
                self.answers[path, ask(self._service, "POST", path)] += 1

    def generate(self):
        for size in range(LARGE, 2 * LARGE):
            self.sizes = [*self.sizes[-1:], size]
            options = {"size": size, "seed": size}
            if ask(self._service, "POST", "/generateDataset", json=options) != 200:
                break
            if self.finished.is_set():
                break

    def seen(self, answer, *paths):
        """Tell whether each of the paths was answered so."""
        return all(self.answers[path, answer] for path in paths)


@contextmanager
def load_on(service):
    load = Load(service)
    for path in ("/generateDataset", "/generateProductDataset"):
        assert ask(service, "POST", path) == 200
    with ThreadPoolExecutor(len(LISTS) + 2) as clients:
        started = [clients.submit(load.read, path) for path in LISTS]
        started += [clients.submit(load.cluster), clients.submit(load.generate)]
        load.generating = started[-1]
        try:
            wait_for(lambda: load.seen(200, *LISTS, "/conductProductMatch") and load.sizes[1:])
            yield load
        finally:
            load.finished.set()
        for client in started:
            client.result()


def check_the_last_committed_dataset(service, load):
    """The customers are those of the last answer, or of the call that got none, to the last row."""
    stored = [row | {"cluster": None} for row in get(service, "/getCustomers")]
    assert len(stored) in load.sizes
    size = len(stored)
    generated = pd.concat(customer_batches(size, seed=size), ignore_index=True)
    for field in ("first_name", "last_name", "age", "occupation", "city", "credit_score"):
        assert [row[field] for row in stored] == generated[field].tolist()
    for field in ("annual_income", "annual_spending", "loan_balance"):
        assert [float(row[field]) for row in stored] == generated[field].tolist()


def check_that_all_is_normal(service):
    for path in POSTS[:4]:
        assert ask(service, "POST", path) == 200
    customers, products = check_what_always_holds(service)
    assert (len(customers), len(products)) == (500, 200)


def test_the_built_in_server_is_back_by_itself(data_dir, log):
    with running(APP, log, DATA_DIR=str(data_dir)) as service:
        with load_on(service) as load:
            before = workers(service)
            (server,) = servers(data_dir)
            server.kill()
            wait_for(load.generating.done)
            load.answers.clear()
            wait_for(lambda: load.seen(200, *LISTS, "/conductProductMatch"))
        check_the_last_committed_dataset(service, load)
        check_that_all_is_normal(service)
        assert workers(service) == before
        assert service.stop() == 0
    assert "Unexpected error" not in log.read_text()


def test_a_separate_server_may_come_and_go(data_dir, log):
    with (
        separate_postgres(data_dir) as server,
        running(APP, log, DATABASE_URL=server.dsn) as service,
    ):
        with load_on(service) as load:
            before = workers(service)
            server.kill()
            wait_for(load.generating.done)
            load.answers.clear()
            wait_for(lambda: load.seen(AWAY, *LISTS, "/conductProductMatch"))
            assert {ask(service, "GET", path) for path in GETS} == {AWAY}
            assert {ask(service, "POST", path) for path in POSTS} == {AWAY}
            assert ask(service, "GET", "/") == 200
            server.start()
            load.answers.clear()
            wait_for(lambda: load.seen(200, *LISTS, "/conductProductMatch"))
        check_the_last_committed_dataset(service, load)
        check_that_all_is_normal(service)
        assert workers(service) == before
        assert service.stop() == 0
    assert "Unexpected error" not in log.read_text()
