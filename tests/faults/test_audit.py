"""What is said about vulnerabilities of the dependencies: none is passed over in silence."""

import json
import os
import subprocess
import sys

import pytest

from tests.runner import ROOT

SAFE = {"name": "flask", "version": "3.1.3", "vulns": []}
UNKNOWN = {"name": "numpy", "skip_reason": "Dependency not found"}
UNSAFE = {
    "name": "jinja2",
    "version": "3.1.6",
    "vulns": [{"id": "PYSEC-2099-1", "fix_versions": ["3.1.7"]}],
}


@pytest.fixture
def audit(tmp_path):
    """Run the audit with something in pip-audit's place that prints this and exits so."""

    def run(output, status, error=""):
        (tmp_path / "pip_audit.py").write_text(
            f"import sys\nprint({output!r})\nprint({error!r}, file=sys.stderr)\nsys.exit({status})"
        )
        return subprocess.run(
            [sys.executable, ROOT / ".ci" / "audit.py"],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def listing(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_vulnerability_fails_and_is_named(audit):
    done = audit(listing(SAFE, UNSAFE, UNKNOWN), 1)
    assert done.returncode == 1
    assert "jinja2 3.1.6 has the vulnerability PYSEC-2099-1, fixed in 3.1.7." in done.stdout


def test_none_is_said_of_those_only_that_were_asked_for(audit):
    done = audit(listing(SAFE, UNKNOWN, UNKNOWN), 0)
    assert done.returncode == 0
    assert "in 1 packages" in done.stdout
    assert "other 2 packages can't be reached" in done.stdout


@pytest.mark.parametrize(
    ("output", "error"),
    [
        (listing(UNKNOWN), ""),
        ("", "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='pypi.org', port=443)"),
    ],
)
def test_data_out_of_reach_is_said_in_one_line(audit, output, error):
    done = audit(output, 1, error)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "can't be reached" in done.stdout


@pytest.mark.parametrize("status", [1, 2])
def test_a_call_that_fails_otherwise_fails(audit, status):
    done = audit("", status, "No module named pip_audit")
    assert done.returncode == status
    assert "No module named pip_audit" in done.stderr
