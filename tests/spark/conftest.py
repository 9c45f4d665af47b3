"""One cluster for all tests of Spark, and the tables that they hold both engines to."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from data_generator.customers import generate_customers
from segment.session import spark_session
from tests.spark.cluster import SETTINGS, arguments, running_cluster

ROOT = Path(__file__).resolve().parents[2]
N_CUSTOMERS = 200_000
PARTS = 4
# Of PySpark's own: sockets that it leaves open, what pandas no longer wants of it.
WARNINGS = ("ResourceWarning", "DeprecationWarning", "pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(900))
            for warning in WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{warning}"))


@pytest.fixture(scope="session", autouse=True)
def java_for_short_runs():
    """Java's quicker compiler and the simplest collector: no run here is long enough for others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    with running_cluster(tmp_path_factory.mktemp("cluster"), cores=2) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def spark(cluster):
    """A session of this process on the cluster."""
    with spark_session(cluster.url, list(SETTINGS.items())) as session:
        yield session


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """Generated customers as one Parquet file, and the same in parts."""
    directory = tmp_path_factory.mktemp("generated")
    frame = generate_customers(N_CUSTOMERS, seed=7)
    frame.insert(0, "customer_id", range(1, N_CUSTOMERS + 1))
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pa.parquet.write_table(table, directory / "customers.parquet")
    (directory / "parts").mkdir()
    size = N_CUSTOMERS // PARTS
    for part in range(PARTS):
        path = directory / "parts" / f"part-{part}.parquet"
        pa.parquet.write_table(table.slice(part * size, size), path)
    return directory


@pytest.fixture(scope="session")
def run():
    """Run the command in a process of its own; give what it printed."""

    def run(*given, fails=False):
        command = [sys.executable, "-m", "segment", *map(str, given)]
        ended = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=800
        )
        assert ended.returncode == fails, ended.stderr
        return ended.stderr.splitlines()[-1] if fails else ended.stdout

    return run


@pytest.fixture(scope="session")
def on_cluster(cluster, run):
    """Run the command on the cluster."""
    return lambda *given, **options: run(*given, *arguments(cluster.url), **options)
