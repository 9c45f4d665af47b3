"""Sixteen clients at four workers for a minute, all twelve routes in turn."""

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
from tests.faults.contract import (
    check_customers,
    check_products,
    check_summary,
    check_what_always_holds,
    get,
)
from tests.runner import GUNICORN, running

SECONDS = 60
CLIENTS, WORKERS = 16, "4"
SIZES = (50, 500, 1500)  # customers; a seed of its own makes each of them one known dataset
PRODUCTS = (20, 200, 300)
SEED = int(os.environ.get("FAULTS_SEED") or random.randrange(2**32))
NOT_THERE = {404, 409}  # ordinary while datasets are dropped and made anew
A_PRODUCT = generate_products(PRODUCTS[-1], seed=PRODUCTS[-1])["product_id"].iloc[0]
FIGURES = ["first_name", "last_name", "age", "occupation", "city", "credit_score"]

# Each route with how often it is called, and the bodies that it may be given.
CALLS = [
    ("GET", "/getCustomers", 4, [None]),
    ("GET", "/getCustomersByCluster", 4, [None]),
    ("GET", "/getClustersAmounts", 4, [None]),
    ("GET", "/getIncomeAndLoanByCluster", 4, [None]),
    ("GET", "/getProducts", 4, [None]),
    ("GET", "/getProductsByCluster", 4, [None]),
    ("GET", f"/selectProductById/{A_PRODUCT}", 4, [None]),
    ("POST", "/generateDataset", 1, [None, *({"size": n, "seed": n} for n in SIZES)]),
    ("POST", "/conductClustering", 2, [None, {"n_clusters": 5}, {"features": ["age", "city"]}]),
    ("POST", "/generateProductDataset", 1, [None, *({"size": n, "seed": n} for n in PRODUCTS)]),
    ("POST", "/conductProductMatch", 2, [None]),
    ("POST", "/dropTable/customers", 0.2, [None]),
    ("POST", "/dropTable/products", 0.2, [None]),
]
WEIGHTS = [weight for _, _, weight, _ in CALLS]


def known_customers():
    """The customers of each size and seed, as rows of the figures that identify them."""
    datasets = {size: pd.concat(customer_batches(size, seed=size)) for size in SIZES if size != 500}
    return {size: rows[FIGURES].to_numpy().tolist() for size, rows in datasets.items()}


def check_whole(path, answer, known):
    """Check that what a GET gave is one whole dataset, however many write meanwhile."""
    if path == "/getCustomers":
        check_customers(answer)
        assert len(answer) in (0, *SIZES)
        if len(answer) in known:
            assert [[row[field] for field in FIGURES] for row in answer] == known[len(answer)]
    elif path == "/getProducts":
        check_products(answer)
        assert len(answer) in (0, *PRODUCTS)
    elif path == "/getClustersAmounts":
        assert sum(answer.values()) in (0, *SIZES)
    elif path in ("/getCustomersByCluster", "/getIncomeAndLoanByCluster"):
        ids = sorted(row["customer_id"] for group in answer.values() for row in group)
        assert ids == list(range(1, len(ids) + 1))
        assert len(ids) in (0, *SIZES)
    elif path == "/getProductsByCluster":
        products = {row["product_id"]: row for rows in answer.values() for row in rows}
        assert all(int(name) in row["cluster"] for name in answer for row in answer[name])
        assert all(
            row["product_id"] in {offer["product_id"] for offer in answer[str(number)]}
            for row in products.values()
            for number in row["cluster"]
        )


def use(service, chance, end, statuses, known):
    """One client: call after call until the end, each answer checked."""
    session = requests.Session()
    while time.monotonic() < end:
        ((method, path, _, bodies),) = chance.choices(CALLS, WEIGHTS)
        body = chance.choice(bodies)
        answer = session.request(method, service.url + path, json=body, timeout=120)
        statuses[path, answer.status_code] += 1
        if answer.status_code == 200:
            check_whole(path, answer.json(), known)
        else:
            assert answer.status_code in NOT_THERE, (path, answer.status_code, answer.text)
            assert list(answer.json()) == ["error"]


def check_a_walk(service):
    """The walk once more, now that all is quiet, with the rules that tie its steps together."""
    groups = "/getCustomersByCluster"
    for path in ("/generateDataset", "/generateProductDataset"):
        assert service.post(path).status_code == 200
    assert get(service, groups) == {}
    summary = service.post("/conductClustering").json()["cluster"]
    check_summary(summary, get(service, groups))
    clustered = get(service, groups)
    assert service.post("/conductProductMatch").status_code == 200
    assert get(service, groups) == clustered
    assert service.post("/conductClustering").json()["cluster"] == summary
    assert get(service, groups) == clustered
    check_what_always_holds(service)
    assert all(row["cluster"] is None for row in get(service, "/getProducts"))


@pytest.mark.timeout(400)
def test_a_minute_of_everything_at_once(data_dir, log):
    print("seed", SEED)
    chance, statuses, known = random.Random(SEED), Counter(), known_customers()
    command = [*GUNICORN, "--workers", WORKERS]
    with running(command, log, DATA_DIR=str(data_dir)) as service:
        end = time.monotonic() + SECONDS
        with ThreadPoolExecutor(CLIENTS) as clients:
            started = [
                clients.submit(use, service, random.Random(chance.random()), end, statuses, known)
                for _ in range(CLIENTS)
            ]
        for client in started:
            client.result()
        print(sorted(statuses.items()))
        assert {path for path, status in statuses if status == 200} == {
            path for _, path, *_ in CALLS
        }
        check_what_always_holds(service)
        check_a_walk(service)
        assert service.stop() == 0
    for fault in ("Unexpected error", "Traceback"):
        assert fault not in log.read_text()
