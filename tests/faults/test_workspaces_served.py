"""Eight clients in eight workspaces, all routes in turn: nobody meets another's data."""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import requests

from data_generator.customers import customer_batches
from data_generator.products import generate_products
from tests.runner import GUNICORN, running
from tests.support import run_sql

SECONDS = float(os.environ.get("FAULTS_SECONDS") or 20)
CLIENTS, WORKERS = 8, "4"
SEED = int(os.environ.get("FAULTS_SEED") or random.randrange(2**32))
CUSTOMER = ["first_name", "last_name", "age", "occupation", "city", "credit_score"]
PRODUCT = ["product_id", "product_name", "min_age", "credit_score_required", "term_length"]
GROUPINGS = ["/getCustomersByCluster", "/getIncomeAndLoanByCluster", "/getProductsByCluster"]
READS = [
    *GROUPINGS,
    "/getCustomers",
    "/getCustomers?limit=7",
    "/getClustersAmounts",
    "/getClusterProfiles",
    "/getClusterQuality",
    "/getProducts",
    "/health",
]
WRITES = [
    "/generateDataset",
    "/generateProductDataset",
    "/conductClustering",
    "/conductProductMatch",
    "/dropTable/customers",
    "/dropTable/products",
]


def rows(frame, columns):
    """A frame's rows as JSON has them, of these columns."""
    cells = frame[columns].astype(object).where(frame[columns].notna(), None)
    return cells.to_numpy().tolist()


class Client:
    """Somebody with a workspace, whose customers and products are nobody else's."""

    def __init__(self, service, number):
        self.service, self.name = service, f"Client-{number}_{SEED}"
        self.size, self.seed = 60 + number, 1000 + number
        self.customers = rows(pd.concat(customer_batches(self.size, self.seed)), CUSTOMER)
        self.products = sorted(rows(generate_products(self.size, self.seed), PRODUCT))
        self.session, self.chance = requests.Session(), random.Random(SEED + number)
        self.statuses, self.tags = Counter(), set()

    def run(self, end):
        """Call all routes at random until the end, and look at what comes."""
        for path in WRITES[:4]:
            assert self.write(path).status_code == 200
        while time.monotonic() < end:
            if self.chance.random() < 0.25:
                self.write(self.chance.choice(WRITES))
            else:
                self.read(self.chance.choice(READS))

    def call(self, method, path, **options):
        headers = {"X-Workspace": self.name} | options.pop("headers", {})
        answer = self.session.request(
            method, self.service.url + path, headers=headers, timeout=60, **options
        )
        self.statuses[path, answer.status_code] += 1
        return answer

    def write(self, path):
        size = {"json": {"size": self.size, "seed": self.seed}} if "generate" in path else {}
        answer = self.call("POST", path, **size)
        assert answer.status_code in (200, 409), answer.text
        assert ("X-Kept-Until" in answer.headers) == (answer.status_code == 200)
        return answer

    def read(self, path):
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        if found and "ETag" in answer.headers:
            self.tags.add(answer.headers["ETag"])
        self.check(path, found)

    def check(self, path, found):
        """Check that what a GET gave is this client's own."""
        if path == "/getCustomers":
            assert [[row[name] for name in CUSTOMER] for row in found] in ([], self.customers)
        elif path == "/getProducts":
            assert [[row[name] for name in PRODUCT] for row in found] in ([], self.products)
        elif path == "/getClustersAmounts":
            assert sum(found.values()) in (0, self.size)
        elif path in GROUPINGS[:2]:
            ids = sorted(row["customer_id"] for group in found.values() for row in group)
            assert ids in ([], list(range(1, self.size + 1)))
        elif path == GROUPINGS[2]:
            for product in (row for group in found.values() for row in group):
                assert [product[name] for name in PRODUCT] in self.products


@pytest.mark.timeout(SECONDS + 160)
def test_nobody_meets_anothers_data(new_database, log):
    dsn = new_database()
    settings = {"DATABASE_URL": dsn, "CLEANUP_INTERVAL_SECONDS": "3", "MAX_WORKSPACES": "8"}
    print(f"FAULTS_SEED={SEED}")
    with running([*GUNICORN, "--workers", WORKERS], log, **settings) as service:
        clients = [Client(service, number) for number in range(CLIENTS)]
        end = time.monotonic() + SECONDS
        with ThreadPoolExecutor(CLIENTS) as pool:
            for run in [pool.submit(client.run, end) for client in clients]:
                run.result()
        assert requests.get(service.url + "/getCustomers", timeout=60).json() == []
        assert run_sql(dsn, "SELECT count(*) FROM workspaces") == [(CLIENTS,)]
        assert service.stop() == 0
    tags = [client.tags for client in clients]
    assert sum(map(len, tags)) == len(set().union(*tags)) > CLIENTS
    calls = sum((client.statuses for client in clients), Counter())
    assert {path for path, status in calls if status == 200} == {*READS, *WRITES}
    print(sum(calls.values()), "calls", sorted(calls.items()))
    for fault in ("Unexpected error", "Traceback"):
        assert fault not in log.read_text()
