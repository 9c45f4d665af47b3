"""The command on a cluster: the same rows as on one machine, whatever happens to a worker."""

import json
import subprocess
import sys
import time

import pandas as pd
import pytest

from tests.spark.cluster import arguments, running_cluster
from tests.spark.conftest import ROOT

PRODUCTS = ROOT / "examples" / "products.csv"
CUSTOMERS = ROOT / "examples" / "customers.csv"


def rows(path):
    """The rows of a file or of a directory of parts, by id."""
    frame = pd.read_parquet(path)
    return frame.sort_values("customer_id", ignore_index=True)


@pytest.fixture(scope="module")
def kept(generated, run):
    """A segmentation that one machine found, and the rows that it wrote."""
    model, target = generated / "kept.json", generated / "kept.parquet"
    source = generated / "customers.parquet"
    run(source, "--products", PRODUCTS, "--control", 0.1, "--save", model, "--out", target)
    return model, rows(target)


def test_a_kept_segmentation_gives_the_same_rows(generated, kept, on_cluster, tmp_path):
    model, expected = kept
    target, again = tmp_path / "segments.parquet", tmp_path / "again.json"
    options = ["--products", PRODUCTS, "--control", 0.1, "--like", model, "--save", again]
    said = on_cluster(generated / "parts", *options, "--out", target)
    pd.testing.assert_frame_equal(rows(target), expected)
    assert f"200,000 customers with their segments: {target}" in said.replace("\n", "")
    earlier, later = (json.loads(path.read_text()) for path in (model, again))
    assert later == earlier


def test_a_segmentation_that_spark_found_serves_one_machine(run, on_cluster, tmp_path):
    model, parts, whole = (tmp_path / name for name in ("m.json", "parts.csv", "whole.csv"))
    options = ["--products", PRODUCTS]
    on_cluster(CUSTOMERS, *options, "--clusters", 4, "--save", model, "--out", parts)
    run(CUSTOMERS, *options, "--like", model, "--out", whole)
    found = pd.concat([pd.read_csv(part) for part in sorted(parts.glob("part-*.csv"))])
    expected = pd.read_csv(whole)
    fits = [name for name in expected if name.endswith("_fit")]  # with two decimals in a CSV file
    found[fits] = found[fits].round(2)
    pd.testing.assert_frame_equal(
        found.sort_values("customer_id", ignore_index=True), expected, atol=0.0051
    )


def segmented(source, directory, kill_after=None):
    """Run on a cluster of its own; give the rows, the model, and how many tasks it took.

    A worker is killed after so many tasks.
    """
    directory.mkdir()
    target, model = directory / "segments.parquet", directory / "model.json"
    options = ["--products", PRODUCTS, "--clusters", 5, "--save", model, "--out", target]
    with running_cluster(directory, cores=2) as cluster:
        command = [sys.executable, "-m", "segment", source, *options, *arguments(cluster.url)]
        with subprocess.Popen([*map(str, command)], cwd=ROOT) as process:
            while kill_after and process.poll() is None:
                if n_tasks(directory) >= kill_after:
                    cluster.kill_a_worker()
                    kill_after = None
                time.sleep(0.1)
            assert process.wait(timeout=600) == 0
    assert not kill_after
    return rows(target), json.loads(model.read_text()), n_tasks(directory)


def n_tasks(directory):
    """Count the tasks that a cluster's executors have begun."""
    logs = directory.glob("work*/app-*/*/stderr")
    return sum(log.read_text().count("Running task") for log in logs)


def test_killing_a_worker_midway_changes_nothing(generated, tmp_path):
    source = generated / "parts"
    expected, model, tasks = segmented(source, tmp_path / "undisturbed")
    found, model_after, _ = segmented(source, tmp_path / "killed", kill_after=tasks // 2)
    assert model_after == model
    pd.testing.assert_frame_equal(found, expected)


def test_what_is_there_is_not_written_over(on_cluster, tmp_path):
    target = tmp_path / "segments.parquet"
    target.mkdir()
    said = on_cluster(CUSTOMERS, "--out", target, fails=True)
    assert said == f"There is something at {target} already: name another directory."


def test_what_spark_cannot_write_is_refused_at_once(run, tmp_path):
    said = run(CUSTOMERS, "--engine", "spark", "--out", tmp_path / "segments.txt", fails=True)
    assert said.endswith("it must end in .parquet or .csv.")


@pytest.mark.parametrize("home", ["/nowhere", "fake"])
def test_without_a_java_there_is_a_sentence(run, monkeypatch, tmp_path, home):
    if home == "fake":
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
        java.chmod(0o755)
        home = str(tmp_path)
    monkeypatch.setenv("JAVA_HOME", home)
    said = run(CUSTOMERS, "--engine", "spark", fails=True)
    assert said.startswith("Spark needs Java 17 or later, and ")
    assert "JAVA_HOME" in said
