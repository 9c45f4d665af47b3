"""How make installs: what it shows meanwhile, and the one sentence when it can't."""

import ast
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from tests.runner import ROOT

PIP = """
    Collecting numpy==2.4.6 (from -r requirements.txt (line 1))
      Downloading numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (60 kB)
    Processing /opt/wheels/rich-15.0.0-py3-none-any.whl (from -r requirements.txt (line 2))
    Processing /opt/wheels/click-8.5.1-py3-none-any.whl
    Downloading numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl (16.9 MB)
    Using cached narwhals-2.29.0-py3-none-any.whl (501 kB)
    Installing collected packages: numpy, rich, narwhals
"""
FAILURES = {
    "WARNING: Retrying ... '[Errno -3] Temporary failure in name resolution'"
    "\nERROR: No matching distribution found for flask==3.1.3": "no way to the package index",
    "ERROR: No matching distribution found for numpy==2.4.6": "no ready-made package of numpy",
    "ERROR: Could not install packages: [Errno 28] No space left on device": "disk is full",
    "ERROR: Something else.": "pip failed (Something else.)",
    "": "pip failed (it gives no reason)",
}


@pytest.fixture
def install(tmp_path):
    """Run the installation with something in the place of pip that says this and exits so."""
    shutil.copy(ROOT / "install.py", tmp_path)
    (tmp_path / "requirements.txt").write_text(
        "numpy==2.4.6\nrich==15.0.0\nnarwhals==2.29.0\nclick==8.5.1\n"
    )

    def run(said="", status=0, prelude=""):
        python = tmp_path / ".venv" / "bin" / "python"
        if said or status:
            python.parent.mkdir(parents=True)
            python.write_text(
                "#!/bin/sh\ncase $* in *--version*) exit 0;; esac\n"
                f"cat <<'END'\n{textwrap.dedent(said)}\nEND\nexit {status}\n"
            )
            python.chmod(0o755)
        program = f"{prelude}\nimport runpy, sys\nsys.argv = ['install.py', 'requirements.txt']\n"
        program += "runpy.run_path('install.py', run_name='__main__')"
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def sentence(done):
    """Assert that it failed with one line; give it."""
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith(".") or line.endswith(" run")
    return line


def test_each_package_is_shown_with_its_size(install):
    done = install(PIP)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Installing the 4 packages of requirements.txt ...",
        "  1 of 4: rich 15.0.0, on this disk",
        "  2 of 4: click 8.5.1, on this disk",
        "  3 of 4: numpy 2.4.6, 16.9 MB",
        "  4 of 4: narwhals 2.29.0, 501 kB",
        "  unpacking 17 MB ...",
        "Installed (17 MB).",
    ]


@pytest.mark.parametrize("said", FAILURES)
def test_a_failure_is_one_sentence(install, said):
    assert FAILURES[said] in sentence(install(said, 1))


def test_an_old_python_is_told_so(install):
    assert "Python 3.9 is too old" in sentence(
        install(prelude="import sys; sys.version_info = (3, 9, 2)")
    )


def test_a_python_without_venv_is_told_so(install):
    assert "python3-venv" in sentence(
        install(prelude="import sys; sys.modules['ensurepip'] = None")
    )


def test_an_old_python_can_read_it():
    ast.parse((ROOT / "install.py").read_text(), feature_version=(3, 6))


def test_make_says_that_there_is_no_python(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "install.py"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["make", "PYTHON=python3.99", "install"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.startswith("There is no python3.99: ")
    assert done.stdout == ""
