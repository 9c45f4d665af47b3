"""The envelope, whatever goes wrong."""

import errno
import logging
import os
from unittest.mock import Mock

import pytest

from api import imports
from db import reads
from tests.support import LISTS, error, ok

GETS = ["/", *LISTS, "/selectProductById/1000"]
POSTS = [
    "/generateDataset",
    "/conductClustering",
    "/generateProductDataset",
    "/conductProductMatch",
    "/dropTable/customers",
]


def test_home_says_that_the_service_is_running(client):
    assert "running" in ok(client.get("/"))["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/getcustomers",
        "/getCustomers/",
        "/%00",
        "/%ff/é",
        "/dropTable",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_route_is_404(client, method, path):
    error(client.open(path, method=method), 404)


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_on_a_list_is_405_and_names_the_right_one(client, method, path):
    response = client.open(path, method=method)
    assert method in error(response, 405)
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_on_an_action_is_405_and_names_the_right_one(client, method, path):
    response = client.open(path, method=method)
    assert method in error(response, 405)
    assert set(response.allow) == {"POST", "OPTIONS"}


def test_an_unexpected_error_is_logged_and_kept_from_the_client(client, monkeypatch, caplog):
    monkeypatch.setattr(reads, "list_all", Mock(side_effect=RuntimeError("secret detail")))
    with caplog.at_level(logging.ERROR):
        assert "secret" not in error(client.get("/getCustomers"), 500)
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("path", GETS)
def test_a_query_does_not_change_a_documented_call(client, path):
    assert client.get(f"{path}?_=1").data == client.get(path).data


@pytest.mark.parametrize("path", GETS[:-1])
def test_head_answers_without_a_body(client, path):
    response = client.head(path)
    assert response.status_code == 200
    assert response.data == b""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_temporary_directory_is_503_and_changes_nothing(client, monkeypatch, number):
    ok(client.post("/generateDataset", json={"size": 5}))
    before = ok(client.get("/getCustomers"))
    full = Mock(side_effect=OSError(number, os.strerror(number)))
    monkeypatch.setattr(imports.shutil, "copyfileobj", full)
    answer = client.post(
        "/importCustomers", data="age,annual_income\n1,2\n", content_type="text/csv"
    )
    assert "no room" in error(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert ok(client.get("/getCustomers")) == before


def test_another_error_of_the_system_is_unexpected(client, monkeypatch):
    monkeypatch.setattr(reads, "list_all", Mock(side_effect=OSError(errno.EIO, "secret")))
    assert "secret" not in error(client.get("/getCustomers"), 500)
