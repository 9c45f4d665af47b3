"""The benchmarks as a whole: each kind of work is measured."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.rows import ROWS
from tests.runner import ROOT


@pytest.mark.timeout(900)
def test_the_command_measures_every_row(tmp_path):
    file = tmp_path / "figures.json"
    options = ["--rounds", "1", "--seconds", "1", "--sizes", "100", "--json", str(file)]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", *options],
        cwd=ROOT,
        env=os.environ | {"GUNICORN_CMD_ARGS": "--workers 1"},  # so that it starts sooner
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    results = json.loads(file.read_text())["results"]
    assert {(r["work"], r["against"]) for r in results} == {(r.work, r.against) for r in ROWS}
    for result in results:
        assert min(result["medians"].values()) > 0
        assert result["met"] in (True, False)
        assert len(result["samples"]) == 1
        assert f"| {result['work']} " in run.stdout
