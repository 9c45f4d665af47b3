"""How many requests a client may make."""

import collections
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api import limits
from config import RateLimit
from tests.runner import GUNICORN, running
from tests.support import another, error, ok

# Later versions of Python warn of it where there are threads; the children here touch none.
forking = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def clock(monkeypatch):
    """What the counts go by; it stands still unless it is moved."""
    now = [1000.0]
    monkeypatch.setattr(limits, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def client(app, clock):  # noqa: ARG001 - no minute ends by itself
    """A client that may make three requests a minute."""
    return another(app, rate_limit=RateLimit(3, 60)).test_client()


def statuses(client, count, path="/", **options):
    return [client.get(path, **options).status_code for _ in range(count)]


def test_what_is_over_is_refused_with_the_time_to_wait(client):
    assert statuses(client, 3) == [200] * 3
    refused = client.get("/")
    assert error(refused, 429) == "Too many requests from your address; try again in 60 s."
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["Cache-Control"] == "no-store"


def test_after_that_time_the_count_begins_anew(client, clock):
    statuses(client, 3)
    clock[0] += 59.5
    assert client.get("/").headers["Retry-After"] == "1"
    clock[0] += 0.5
    assert statuses(client, 4) == [200, 200, 200, 429]


def test_refusals_do_not_put_off_the_end(client, clock):
    for _ in range(60):
        statuses(client, 4)
        clock[0] += 1
    assert statuses(client, 1) == [200]


def test_every_route_and_method_counts_together(client):
    ok(client.post("/generateDataset", json={"size": 5}))
    ok(client.get("/getCustomers"))
    error(client.get("/nothing"), 404)
    error(client.post("/generateDataset", json={"size": 6}), 429)
    error(client.delete("/getCustomers"), 429)
    error(client.get("/nothing"), 429)


def test_what_is_refused_is_not_done(client, app):
    statuses(client, 3)
    error(client.post("/generateDataset"), 429)
    assert ok(app.test_client().get("/getCustomers")) == []


def test_answers_from_memory_count_as_well(client):
    assert statuses(client, 5, "/getCustomers") == [200, 200, 200, 429, 429]


def test_one_client_does_not_use_up_anothers(client):
    statuses(client, 4)
    other = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert statuses(client, 4, **other) == [200, 200, 200, 429]


def test_preflights_and_the_health_are_free(client):
    page = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "POST"}
    for _ in range(5):
        assert client.options("/generateDataset", headers=page).status_code == 200
        ok(client.get("/health"))
    assert statuses(client, 4) == [200, 200, 200, 429]
    ok(client.get("/health"))


def test_a_page_may_read_a_refusal(client):
    statuses(client, 3)
    refused = client.get("/getCustomers", headers={"Origin": "http://localhost:3000"})
    assert refused.status_code == 429
    assert refused.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]


def test_without_a_limit_there_is_none(app):
    assert statuses(app.test_client(), 500) == [200] * 500


def test_nobody_gets_out_of_it_by_a_header(client):
    for i in range(3):
        ok(client.get("/", headers={"X-Forwarded-For": f"192.0.2.{i}"}))
    error(client.get("/", headers={"X-Forwarded-For": "192.0.2.9"}), 429)


@pytest.mark.parametrize("proxies", [1, 2])
def test_behind_proxies_the_client_is_who_the_first_of_them_saw(app, client, proxies):
    client = another(app, rate_limit=RateLimit(3, 60), proxy_count=proxies).test_client()
    later = ["10.0.0.1"] * (proxies - 1)

    def get(seen, made_up):
        addresses = ", ".join([made_up, seen, *later])
        return client.get("/", headers={"X-Forwarded-For": addresses}).status_code

    assert [get("192.0.2.1", f"198.51.100.{i}") for i in range(4)] == [200, 200, 200, 429]
    assert get("192.0.2.2", "198.51.100.9") == 200


def test_neither_a_port_nor_the_ipv6_form_makes_another_client(app):
    client = another(app, rate_limit=RateLimit(3, 60), proxy_count=1).test_client()
    forms = ["192.0.2.1", "192.0.2.1:5000", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:80"]
    answers = [client.get("/", headers={"X-Forwarded-For": form}) for form in forms]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_a_client_is_counted_from_its_first_request(clock):
    counts = limits.RequestCounts()
    assert counts.add("a", 60) == (1, 60)
    clock[0] += 20
    assert counts.add("a", 60) == (2, 40)
    assert counts.add("b", 60) == (1, 60)
    assert counts.add(None, 60) == (1, 60)


@pytest.fixture
def slow_clock(monkeypatch):
    """A look at the clock takes long enough for others to come in between."""
    monkeypatch.setattr(limits, "monotonic", lambda: time.sleep(0.001) or 1000.0)


def in_a_fork(work):
    """Begin to work in a process that this one forks; give its number."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return child


@forking
@pytest.mark.usefixtures("slow_clock")
def test_forked_processes_count_together():
    counts = limits.RequestCounts()

    def count():
        for _ in range(30):
            counts.add("a", 1000)

    children = [in_a_fork(count) for _ in range(3)]
    count()
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 3
    assert counts.add("a", 1000)[0] == 121


@pytest.mark.usefixtures("slow_clock")
def test_threads_count_together():
    counts = limits.RequestCounts()
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: counts.add("a", 1000)[0], range(100)))
    assert sorted(seen) == list(range(1, 101))


@forking
def test_a_process_that_dies_while_it_counts_holds_up_nobody():
    counts = limits.RequestCounts()

    def die():
        with counts.alone():
            os.kill(os.getpid(), signal.SIGKILL)

    assert os.WTERMSIG(os.waitpid(in_a_fork(die), 0)[1]) == signal.SIGKILL
    assert counts.add("a", 1000)[0] == 1


def test_four_workers_let_exactly_so_many_through(new_database, tmp_path):
    command = [*GUNICORN, "--workers", "4"]
    settings = {"DATABASE_URL": new_database(), "RATE_LIMIT": "100 per hour"}
    with running(command, tmp_path / "log", **settings) as service:
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: service.get("/getCustomers"), range(150)))
        # The first one was that which found out that the service answers.
        assert collections.Counter(a.status_code for a in answers) == {200: 99, 429: 51}
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert 3500 < int(refused.headers["Retry-After"]) <= 3600
        assert service.stop() == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("192.0.2.7:5000", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::FFFF:c000:0207", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:5000", "192.0.2.7"),
        ("[2001:db8:1:2::7]:5000", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_client_is_its_ipv4_address_or_its_ipv6_network(address, client):
    assert limits.client_at(address) == client
