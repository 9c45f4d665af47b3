import contextlib
import os
import pty
import signal
import subprocess
import sys
import termios
import time
import uuid
from pathlib import Path

import pandas as pd
import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from config import Config
from data_generator import service
from data_generator.__main__ import main
from data_generator.customers import BATCH_SIZE, generate_customers
from data_generator.products import generate_products
from db.database import open_database
from progress import reporting
from tests.support import run_sql

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "data_generator"]
DATASETS = ("customers", "products")
FILLED_IN_LATER = {"id", "cluster", "eligibility_criteria", "score", "cluster_scores"}


@pytest.fixture
def database(new_database, monkeypatch):
    """The address of an empty database that the settings name."""
    address = new_database()
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def call(capsys, *arguments):
    """Run in this process; give the exit status and the lines on standard error."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = stop.code
    return status, capsys.readouterr().err.splitlines()


def refused(capsys, *arguments):
    """Assert that the arguments are wrong, and return the line that says why."""
    status, lines = call(capsys, *arguments)
    assert status == 2
    assert [line for line in lines if "error:" in line] == lines[-1:]
    return lines[-1]


def failed(capsys, *arguments):
    """Assert a failure that is told in one sentence, and return it."""
    status, lines = call(capsys, *arguments)
    assert status == 1
    [sentence] = lines
    assert sentence.endswith(".")
    return sentence


def run(*arguments):
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, capture_output=True, timeout=60, check=True
    )


@contextlib.contextmanager
def started(*arguments, **streams):
    """A run in a process of its own; killed at the end if it still goes on."""
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stderr=subprocess.PIPE, **streams
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def columns(database, dataset):
    names = run_sql(
        database,
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " ORDER BY ordinal_position",
        dataset,
    )
    return [name for (name,) in names if name not in FILLED_IN_LATER]


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_csv_file_is_what_postgresql_reads_into_the_same_rows(tmp_path, database, dataset):
    path = tmp_path / "rows.csv"
    assert main([dataset, "--size", "300", "--seed", "4", "--database"]) == 0
    assert main([dataset, "--size", "300", "--seed", "4", "--csv", str(path)]) == 0
    names = columns(database, dataset)
    assert path.read_text().splitlines()[0].split(",") == names

    listed = ", ".join(names)
    run_sql(database, f"CREATE TABLE read AS SELECT {listed} FROM {dataset} WHERE false")
    copy_csv(database, path)
    stored = run_sql(database, f"SELECT {listed} FROM {dataset} ORDER BY id")
    assert run_sql(database, f"SELECT {listed} FROM read") == stored
    assert len(stored) == 300


def copy_csv(database, path):
    statement = "COPY read FROM STDIN (FORMAT CSV, HEADER MATCH)"
    with contextlib.closing(psycopg2.connect(database)) as conn, path.open() as file, conn:
        conn.cursor().copy_expert(statement, file)


def test_a_csv_file_writes_money_dates_and_channels_as_documented(tmp_path):
    path = tmp_path / "products.csv"
    assert main(["products", "--size", "40", "--seed", "1", "--csv", str(path)]) == 0
    drawn, written = generate_products(40, 1), pd.read_csv(path, dtype=str)
    for money in ("min_income", "max_income", "interest_rate", "annual_fees", "reward_points"):
        assert written[money].str.fullmatch(r"\d+\.\d\d").all()
        assert list(written[money].astype(float)) == list(drawn[money])
    assert list(written["launch_date"]) == [str(date)[:10] for date in drawn["launch_date"]]
    assert '{"Online","Branch"}' in set(written["channels"])


def test_customers_come_in_batches_under_one_header(tmp_path):
    path = tmp_path / "customers.csv"
    size = BATCH_SIZE + 7
    assert main(["customers", "--size", str(size), "--seed", "2", "--csv", str(path)]) == 0
    expected = generate_customers(size, 2).astype({"first_name": str, "last_name": str})
    pd.testing.assert_frame_equal(pd.read_csv(path), expected, check_dtype=False)


@pytest.mark.parametrize(("dataset", "size"), [("customers", 500), ("products", 200)])
def test_without_a_size_there_are_as_many_as_documented(tmp_path, database, dataset, size):
    path = tmp_path / "rows.csv"
    assert main([dataset, "--csv", str(path)]) == 0
    assert len(pd.read_csv(path)) == size
    assert main([dataset, "--database"]) == 0
    assert run_sql(database, f"SELECT count(*) FROM {dataset}") == [(size,)]


def test_the_database_gets_batches_as_one_dataset(database):
    size = BATCH_SIZE + 3
    assert main(["customers", "--size", str(size), "--seed", "2", "--database"]) == 0
    [(count, lowest, highest, income)] = run_sql(
        database, "SELECT count(*), min(id), max(id), sum(annual_income) FROM customers"
    )
    assert (count, lowest, highest) == (size, 1, size)
    assert float(income) == pytest.approx(generate_customers(size, 2)["annual_income"].sum())


def test_a_workspace_is_filled_beside_the_shared_one(capsys, database):
    for place in ((), ("--workspace", "a")):
        size = 10 + len(place)
        status, _ = call(capsys, "customers", "--size", size, "--database", *place)
        assert status == 0
    service = open_database(Config(database_url=database))
    for name, size in ((None, 10), ("a", 12)):
        with service.workspace(name).reading() as conn, conn.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM customers")
            assert cursor.fetchone() == (size,)
    service.close()
    assert "64 of the characters" in failed(
        capsys, "customers", "--database", "--workspace", "../x"
    )
    assert "--workspace: only with --database" in refused(
        capsys, "customers", "--csv", "-", "--workspace", "a"
    )


def test_progress_tells_of_every_row(new_database):
    database = open_database(Config(database_url=new_database()))
    try:
        steps = []
        with reporting(steps.append):
            service.generate_customers(database, BATCH_SIZE + 1, 1)
        assert [(step.stage, step.done) for step in steps] == [
            ("writing customers", BATCH_SIZE),
            ("writing customers", BATCH_SIZE + 1),
            ("indexing", 0),
        ]
        assert steps[-1].percent == 90
    finally:
        database.close()


def test_a_terminal_sees_a_bar_and_a_file_does_not():
    arguments = [*COMMAND, "customers", "--csv", "-"]
    terminal, stderr = pty.openpty()
    termios.tcsetwinsize(stderr, (24, 80))
    subprocess.run(
        arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stderr, timeout=60, check=True
    )
    os.close(stderr)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert "500/500" in shown
    assert run("customers", "--csv", "-").stderr == b""


def test_standard_output_takes_rows_until_its_reader_has_enough():
    """So many rows would fill every disk: they come as they are drawn."""
    arguments = ["customers", "--size", "2147483647", "--csv", "-"]
    with started(*arguments, stdout=subprocess.PIPE) as process:
        lines = [process.stdout.readline() for _ in range(3)]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1
    assert lines[0].startswith(b"first_name,last_name,age,")
    assert lines[1] != lines[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_the_earlier_file_alone(tmp_path, number):
    path = tmp_path / "customers.csv"
    path.write_text("earlier\n")
    with started("customers", "--size", "2147483647", "--csv", path) as process:
        wait_until(lambda: any(p.stat().st_size for p in tmp_path.iterdir() if p != path))
        process.send_signal(number)
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 130
    assert path.read_text() == "earlier\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_the_stored_customers_alone(database, number):
    assert main(["customers", "--size", "10", "--database"]) == 0
    filling = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        " AND query LIKE '%COPY new_customers%' AND state = 'active' AND pid <> pg_backend_pid()"
    )
    with started("customers", "--size", "1000000", "--database") as process:
        wait_until(lambda: run_sql(database, filling))
        process.send_signal(number)
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == -number
    assert run_sql(database, "SELECT count(*) FROM customers") == [(10,)]


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "rows.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    assert main(["customers", "--size", "2", "--csv", str(link)]) == 0
    assert link.is_symlink()
    assert len(target.read_text().splitlines()) == 3


def test_what_is_no_ordinary_file_is_written_into_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["customers", "--size", "2", "--csv", str(pipe)]) == 0
        assert len(os.read(reader, 10_000).splitlines()) == 3
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_wrong_arguments_are_refused_in_a_line(capsys, monkeypatch):
    monkeypatch.setenv("MAX_DATASET_SIZE", "20")
    monkeypatch.setenv("DATABASE_URL", "host=127.0.0.1 port=1")
    assert "required" in refused(capsys)
    assert "accounts" in refused(capsys, "accounts", "--csv", "-")
    assert "--csv --database" in refused(capsys, "customers")
    assert "not allowed with" in refused(capsys, "customers", "--csv", "-", "--database")
    for size in ("0", "-1", "1.5", "ten", "1_000", "٣", "2147483648"):
        assert "from 1 to 2147483647" in refused(capsys, "products", f"--size={size}", "--csv", "-")
    assert "from 0 to" in refused(capsys, "products", "--seed=-1", "--csv", "-")
    assert "at most 20 " in refused(capsys, "products", "--size", "21", "--database")


def test_a_file_that_cannot_be_written_is_a_sentence(capsys, tmp_path):
    (tmp_path / "taken").write_text("")
    for path in (tmp_path, tmp_path / "missing" / "rows.csv", tmp_path / "taken" / "rows.csv"):
        assert str(path) in failed(capsys, "customers", "--csv", path)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_database_that_is_away_is_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "host=127.0.0.1 port=1")
    assert "database" in failed(capsys, "customers", "--database")


def test_a_database_that_refuses_is_a_sentence(capsys, database, monkeypatch):
    role = f"reader_{uuid.uuid4().hex}"
    run_sql(database, f"CREATE ROLE {role} LOGIN")
    monkeypatch.setenv("DATABASE_URL", make_dsn(database, user=role))
    try:
        assert "permission denied" in failed(capsys, "customers", "--database")
    finally:
        run_sql(database, f"DROP ROLE {role}")


def test_a_wrong_setting_or_data_directory_is_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATA_DIR", "/dev/null/data")
    assert "/dev/null/data" in failed(capsys, "customers", "--database")
    monkeypatch.setenv("PORT", "none")
    assert failed(capsys, "customers", "--database").startswith("PORT must be")


@pytest.mark.parametrize("arguments", [["--help"], ["customers", "--help"], ["products", "-h"]])
def test_help_names_the_form_of_a_csv_file(capsys, arguments):
    with pytest.raises(SystemExit):
        main(arguments)
    assert '{"Online","Branch"}' in capsys.readouterr().out
