"""What other workspaces cost one: python -m benchmarks.workspaces [--workspaces 1000].

With so many of them instead of one, how long a start, /health and reads take; how long it takes
until all of them are dropped once they are idle; and how long a read takes while another workspace
is written to, against the same read alone.
"""

import argparse
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from statistics import median

import requests

from benchmarks import postgres, service
from benchmarks.postgres import PostgreSQL

CALLS = 200
STARTS = 3
HEAVY = 200_000  # customers that are written and clustered meanwhile
FIRST, OTHER = {"X-Workspace": "first"}, {"X-Workspace": "other"}


def main() -> None:
    """Print the tables: each work's median in milliseconds, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workspaces", description=__doc__)
    parser.add_argument("--workspaces", type=int, default=1000)
    most = parser.parse_args().workspaces
    with postgres.running() as server:
        with _served(server) as url:
            _fill(url, 0, 1)
        one = _costs(server)
        with _served(server) as url:
            _fill(url, 1, most)
        _print(f"with {most} workspaces", "with one", _costs(server), one)
        print(f"All {most} were dropped {_drop_idle(server):.0f} s after the start.\n", flush=True)
        with _served(server) as url:
            alone, beside = _beside_a_writer(url)
        _print("while another is written to", "alone", beside, alone)


@contextmanager
def _served(server: PostgreSQL, **settings: str):
    log = server.directory / "service.log"
    settings |= {"MAX_WORKSPACES": "100000"}
    with service.running(service.APP, server.dsn, log, **settings) as served:
        host, port = served.address
        yield f"http://{host}:{port}"


def _fill(url: str, first: int, end: int) -> None:
    for number in range(first, end):
        name = f"w{number}" if number else FIRST["X-Workspace"]
        _post(url, {"X-Workspace": name}, size=500)


def _post(url: str, headers: dict, path: str = "/generateDataset", **options: object) -> None:
    requests.post(url + path, headers=headers, json=options, timeout=600).raise_for_status()


def _costs(server: PostgreSQL) -> dict[str, float]:
    starts = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with _served(server):
            starts.append(time.perf_counter() - begun)
    with _served(server) as url:
        return {"start": median(starts)} | _reads(url)


def _drop_idle(server: PostgreSQL) -> float:
    begun = time.perf_counter()
    with _served(server, WORKSPACE_IDLE_SECONDS="1"):
        while server.psql("SELECT count(*) FROM workspaces").strip() != "0":
            time.sleep(0.1)
    return time.perf_counter() - begun


def _reads(url: str) -> dict[str, float]:
    session = requests.Session()

    def get(path: str) -> None:
        session.get(url + path, headers=FIRST, timeout=60).raise_for_status()

    return {
        "/health": _median(lambda _: get("/health")),
        "/getCustomers, from memory": _median(lambda _: get("/getCustomers")),
        "/getCustomers?limit=300, from the tables": _median(
            lambda number: get(f"/getCustomers?limit=300&after={number}&{time.monotonic_ns()}")
        ),
    }


def _median(work: Callable[[int], None]) -> float:
    taken = []
    for number in range(CALLS):
        begun = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _beside_a_writer(url: str) -> tuple[dict[str, float], dict[str, float]]:
    alone, finished = _reads(url), threading.Event()

    def write() -> None:
        while not finished.is_set():
            _post(url, OTHER, size=HEAVY)
            _post(url, OTHER, "/conductClustering")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return alone, _reads(url)
    finally:
        finished.set()
        writer.join()


def _print(work: str, against: str, taken: dict[str, float], reference: dict[str, float]) -> None:
    print(f"| | {work} | {against} | ratio |\n|---|---|---|---|")
    for name, value in taken.items():
        other = reference[name]
        print(f"| {name} | {value * 1e3:.2f} ms | {other * 1e3:.2f} ms | {value / other:.2f} |")
    print()


if __name__ == "__main__":
    main()
