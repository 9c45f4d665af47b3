"""What tests say again and again."""

import dataclasses

import numpy as np
import psycopg2
import pytest
import requests

from app import create_app
from clustering.engine import distances, find_centers, nearest, order_by

# The documented routes that list or group what is stored.
LISTS = [
    "/getCustomers",
    "/getCustomersByCluster",
    "/getClustersAmounts",
    "/getIncomeAndLoanByCluster",
    "/getProducts",
    "/getProductsByCluster",
]


def run_sql(dsn, statement, *values):
    conn = psycopg2.connect(dsn)
    try:
        conn.autocommit = True
        with conn.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else None
    finally:
        conn.close()


def another(app, database=None, **settings):
    """The same service with other settings, or another database."""
    config = dataclasses.replace(app.extensions["config"], **settings)
    return create_app(config, database or app.extensions["database"])


def ok(response):
    """Assert success, and return the answer."""
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def error(response, status):
    """Assert an error of this status in the contract's envelope, and return its sentence."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    answer = response.get_json()
    assert list(answer) == ["error"]
    sentence = answer["error"]
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    for secret in ("Traceback", "psycopg2", "SELECT", "/work", "postgresql://", "\n"):
        assert secret not in sentence
    return sentence


def cluster_points(matrix, n_clusters, incomes):
    """Return the labels of points, numbered by mean income."""
    centers = find_centers(matrix, n_clusters)
    order = order_by(nearest(distances(matrix, centers)), n_clusters, np.asarray(incomes, float))
    return nearest(distances(matrix, centers[order]))


def break_a_stream(service, dsn, path="/getCustomers"):
    """Read a long list, take the database away meanwhile, see the transfer break; the answer."""
    assert service.post("/generateDataset", json={"size": 300_000}).status_code == 200
    with requests.get(service.url + path, stream=True, timeout=60) as answer:
        pieces = answer.iter_content(1000)
        next(pieces)
        run_sql(
            dsn,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            list(pieces)
    return answer
