"""The command: files in, a file and tables out, and what it says when something is wrong."""

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from datasets import exporting
from schema import OFFERED
from segment.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = ROOT / "examples" / "customers.csv"
PRODUCTS = ROOT / "examples" / "products.csv"
CREDIT = ROOT / "examples" / "credit.csv"
COMMAND = [sys.executable, "-m", "segment"]
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-9]|9[0-7]|4[0-7])m")
ADDED = ["cluster", "cluster_name", *OFFERED]


def call(capsys, *arguments):
    """Run in this process; give the exit status and what went to either stream."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = stop.code
    out, err = capsys.readouterr()
    return status, out, err


def failed(capsys, *arguments):
    """Assert a failure that wrote nothing, and return the lines that say why."""
    status, out, err = call(capsys, *arguments)
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    return err.splitlines()


def run(*arguments, check=False, **options):
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=60, check=check, **options
    )


def changed(tmp_path, line, old, new, name="broken.csv"):
    """The example with one line changed; lines are counted from 1."""
    lines = CUSTOMERS.read_text().splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path = tmp_path / name
    path.write_text("".join(lines))
    return path


def test_the_whole_walk_on_the_examples(capsys, tmp_path):
    target = tmp_path / "segments.csv"
    arguments = ["--products", PRODUCTS, "--clusters", "auto", "--out", target]
    status, out, err = call(capsys, CUSTOMERS, *arguments)
    assert (status, err) == (0, "")
    given, rows = pd.read_csv(CUSTOMERS), pd.read_csv(target)
    assert list(rows) == ["customer_id", *given, *ADDED]
    pd.testing.assert_frame_equal(rows[list(given)], given)
    assert rows["customer_id"].tolist() == list(range(1, len(given) + 1))
    means = rows.groupby("cluster")["annual_income"].mean()
    assert means.index.tolist() == list(range(len(means)))
    assert means.is_monotonic_increasing
    assert rows.groupby("cluster")["cluster_name"].nunique().eq(1).all()
    assert rows["cluster_name"].nunique() == len(means)
    for title in ("Clusters", "Means", "Best products"):
        assert f"\n{title} " in f"\n{out}"
    assert out.replace("\n", "").endswith(f"200 customers with their segments: {target}")


def test_the_tables_say_what_the_file_says(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    target = tmp_path / "segments.csv"
    call(capsys, CUSTOMERS, "--products", PRODUCTS, "--out", target)
    out = call(capsys, CUSTOMERS, "--products", PRODUCTS)[1]
    rows = pd.read_csv(target)
    clusters, means, best = re.split(r"Means|Best products", out)
    for cluster, members in rows.groupby("cluster"):
        [name] = members["cluster_name"].unique()
        share = f"{len(members) / len(rows):.1%}"
        assert re.search(rf"^ +{cluster} +{len(members)} +{share} +{name} ", clusters, re.M)
        numbers = members[["age", "annual_income", "annual_spending"]].mean()
        said = " +".join(f"{number:,.0f}" for number in numbers)
        assert re.search(rf"^ +{cluster} +{said} ", means, re.M)
        assert members["best_product"].value_counts().index[0] in best
    assert re.search(rf"^ +all +{rows['age'].mean():.0f} ", means, re.M)


def test_without_products_there_are_profiles_only(capsys, tmp_path):
    target = tmp_path / "segments.csv"
    status, out, _ = call(capsys, CUSTOMERS, "--clusters", "2", "--out", target)
    assert status == 0
    assert "Clusters" in out
    assert "Best products" not in out
    assert list(pd.read_csv(target))[-2:] == ["cluster", "cluster_name"]
    assert pd.read_csv(target)["cluster"].nunique() == 2


def test_customers_go_to_standard_output_and_then_the_tables_to_standard_error():
    result = run(CUSTOMERS, "--products", PRODUCTS, "--out", "-", check=True)
    rows = list(csv.reader(io.StringIO(result.stdout.decode())))
    assert len(rows) == 201
    assert {len(row) for row in rows} == {len(rows[0])}
    assert b"Best products" in result.stderr
    assert b"\x1b" not in result.stderr


def test_customers_come_from_standard_input(capsys):
    result = run("-", "--clusters", "2", input=CUSTOMERS.read_bytes(), check=True)
    assert result.stdout.decode() == call(capsys, CUSTOMERS, "--clusters", "2")[1]


def test_the_features_decide(capsys, tmp_path):
    target = tmp_path / "segments.csv"
    call(capsys, CUSTOMERS, "--features", "age", "--clusters", "2", "--out", target)
    ages = pd.read_csv(target).groupby("cluster")["age"].agg(["min", "max"]).sort_values("min")
    assert ages["max"].iloc[0] < ages["min"].iloc[1]


def test_own_columns_are_features_too(capsys, tmp_path):
    target = tmp_path / "segments.csv"
    status, out, _ = call(capsys, CREDIT, "--features", "Limit,Rating", "--out", target)
    assert status == 0
    assert "Limit +" in out
    limits = pd.read_csv(target).groupby("cluster")["Limit"].mean()
    assert limits.max() > 2 * limits.min()


def test_a_feature_that_is_not_there_is_a_sentence(capsys):
    [sentence] = failed(capsys, CREDIT, "--features", "height")
    assert sentence.startswith("--features must be a list of one or more different ones of Cards")


def test_a_kept_segmentation_gives_other_customers_its_clusters(capsys, tmp_path):
    model, whole, half = (tmp_path / name for name in ("m.json", "whole.csv", "half.csv"))
    assert call(capsys, CUSTOMERS, "--clusters", 4, "--save", model, "--out", whole)[0] == 0
    kept = model.read_bytes()
    source = tmp_path / "customers.csv"
    source.write_text("".join(CUSTOMERS.read_text().splitlines(keepends=True)[:101]))
    assert call(capsys, source, "--like", model, "--save", model, "--out", half)[0] == 0
    expected, found = pd.read_csv(whole)["cluster"][:100], pd.read_csv(half)["cluster"]
    assert found.tolist() == expected.tolist()
    assert json.loads(model.read_text())["centers"] == json.loads(kept)["centers"]
    assert call(capsys, source, "--like", model, "--refit", "--out", half)[0] == 0
    refitted = pd.read_csv(half)["cluster"]
    assert (refitted == expected).mean() > 0.8


def test_what_is_no_segmentation_is_a_sentence(capsys, tmp_path):
    wrong = tmp_path / "wrong.json"
    for text in ("", "[]", "{}", '{"features": 1}', "\0"):
        wrong.write_text(text)
        assert failed(capsys, CUSTOMERS, "--like", wrong) == [
            f"The file {wrong} holds no segmentation: --save writes one."
        ]
    away = tmp_path / "away.json"
    assert failed(capsys, CUSTOMERS, "--like", away) == [
        f"The file {away} cannot be read: No such file or directory."
    ]


def test_who_lacks_all_values_is_in_the_file_without_a_cluster(capsys, tmp_path):
    source = tmp_path / "customers.csv"
    lines = [line.split(",") for line in CUSTOMERS.read_text().splitlines()]
    for feature in ("age", "annual_income", "loan_balance"):
        lines[3][lines[0].index(feature)] = ""
    source.write_text("\n".join(map(",".join, lines)))
    target = tmp_path / "segments.csv"
    status, out, _ = call(capsys, source, "--products", PRODUCTS, "--out", target)
    assert status == 0
    assert "Without a cluster: 1, who have no age or annual_income or loan_balance." in (
        " ".join(out.split())
    )
    without = pd.read_csv(target).iloc[2]
    assert without[["age", *ADDED]].drop("no_offer_reason").isna().all()
    assert without["no_offer_reason"].startswith("no age is known")


def test_what_was_written_can_be_read_again(capsys, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert call(capsys, CUSTOMERS, "--products", PRODUCTS, "--out", first)[0] == 0
    assert call(capsys, first, "--products", PRODUCTS, "--out", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()


def test_names_that_a_spreadsheet_would_run_are_written_harmless(capsys, tmp_path):
    source = changed(tmp_path, 2, "Shaun", "'=cmd()", name="customers.csv")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert call(capsys, source, "--out", first)[0] == 0
    assert pd.read_csv(first)["first_name"][0] == "'=cmd()"
    assert call(capsys, first, "--out", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_a_file_with_types_has_what_the_csv_has(capsys, tmp_path, ending):
    own = ROOT / "examples" / "own_columns.csv"
    for name in ("a.csv", f"a.{ending}"):
        arguments = ("--products", PRODUCTS, "--control", "0.5", "--out", tmp_path / name)
        assert call(capsys, own, *arguments)[0] == 0
    expected = pd.read_csv(tmp_path / "a.csv")
    if ending == "parquet":
        types = {f.name: str(f.type) for f in pa.parquet.read_schema(tmp_path / "a.parquet")}
        assert types["annual_income"] == "decimal128(12, 2)"
        assert types["best_product_id"] == types["cluster"] == types["age"] == "int32"
        assert types["control"] == "bool"
        found = pd.read_parquet(tmp_path / "a.parquet")
    else:
        found = pd.read_excel(tmp_path / "a.xlsx", engine="calamine")
    found = found.astype({"annual_income": float, "annual_spending": float, "loan_balance": float})
    pd.testing.assert_frame_equal(
        found.astype({"last_name": int}), expected, check_dtype=False, rtol=1e-12
    )
    assert call(capsys, tmp_path / f"a.{ending}")[0] == 0
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_workbook_without_room_leaves_the_earlier_file_alone(capsys, tmp_path, monkeypatch):
    target = tmp_path / "a.xlsx"
    target.write_text("earlier")
    monkeypatch.setattr(exporting, "MOST_ROWS", 100)
    status, _, err = call(capsys, CUSTOMERS, "--out", target)
    assert (status, target.read_text()) == (1, "earlier")
    assert "A workbook has room for 99 rows below its header, and there are 200" in err


def test_product_names_are_guarded_in_the_file_and_harmless_on_the_terminal(capsys, tmp_path):
    products = tmp_path / "products.csv"
    products.write_text(
        'product_name,product_type,product_status\n"\'=1+1 [red]\x1b[31m",Loan,Active\n'
    )
    target = tmp_path / "segments.csv"
    status, out, _ = call(capsys, CUSTOMERS, "--products", products, "--out", target)
    assert status == 0
    assert set(pd.read_csv(target)["best_product"].dropna()) == {"'=1+1 [red]\x1b[31m"}
    assert "=1+1 [red]" in out
    assert "\x1b" not in out


def test_a_broken_file_is_told_line_by_line_and_nothing_is_written(capsys, tmp_path):
    source = changed(tmp_path, 7, ",", ",,")
    text = source.read_text()
    source.write_text(text.replace("Shaun,Frost,19,", "Shaun,Frost,abc,", 1))
    target = tmp_path / "segments.csv"
    lines = failed(capsys, source, "--out", target)
    assert lines[0] == f"The file {source} has 2 problems:"
    assert lines[1].startswith("  Line 2, age: 'abc' must be a whole number")
    assert lines[2].startswith("  Line 7: ")
    assert len(lines) == 3
    assert not target.exists()


def test_no_more_than_twenty_problems_are_told(capsys, tmp_path):
    source = tmp_path / "broken.csv"
    header, *rows = CUSTOMERS.read_text().splitlines()
    source.write_text("\n".join([header, *(row.replace(",", ",,", 1) for row in rows)]))
    lines = failed(capsys, source)
    assert lines[0] == f"The file {source} has 200 problems, the first 20 of them:"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [f"Line {i}" for i in range(2, 22)]


def test_a_broken_file_cannot_command_the_terminal(capsys, tmp_path):
    source = changed(tmp_path, 2, "19", "\x1b[2J")
    shown = "\n".join(failed(capsys, source))
    assert "[2J" in shown
    assert "\x1b" not in shown


def test_a_column_s_name_cannot_command_the_terminal(capsys, tmp_path):
    source = changed(tmp_path, 1, "first_name", "\x1b[2J")
    status, out, err = call(capsys, source)
    assert status == 0
    assert "[2J" in out + err
    assert "\x1b" not in out + err


def test_broken_products_are_told_too(capsys, tmp_path):
    products = tmp_path / "products.csv"
    products.write_text("product_type\nLoans\n")
    target = tmp_path / "segments.csv"
    lines = failed(capsys, CUSTOMERS, "--products", products, "--out", target)
    assert lines[0].startswith(f"The file {products} has ")
    assert "Line 2, product_type: 'Loans' must be one of" in lines[1]
    assert not target.exists()


def test_files_that_cannot_be_read_or_written_are_a_sentence(capsys, tmp_path):
    away = tmp_path / "missing.csv"
    assert failed(capsys, away) == [f"The file {away} cannot be read: No such file or directory."]
    assert failed(capsys, tmp_path) == [f"The file {tmp_path} cannot be read: Is a directory."]
    assert "missing.csv" in failed(capsys, CUSTOMERS, "--products", away)[0]
    for target in (tmp_path, away / "segments.csv", CUSTOMERS / "segments.csv"):
        assert failed(capsys, CUSTOMERS, "--out", target) == [
            f"The file '{target}' cannot be written: name one in a directory of yours."
        ]
    assert "The file '' cannot be written" in failed(capsys, CUSTOMERS, "--out", "")[0]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_read_is_never_written_over(capsys, tmp_path):
    source = changed(tmp_path, 2, "Shaun", "Shaun", name="customers.csv")
    before, link = source.read_bytes(), tmp_path / "link.csv"
    link.symlink_to(source)
    for target in (source, link):
        [sentence] = failed(capsys, source, "--out", target)
        assert "name another file" in sentence
    [sentence] = failed(capsys, CUSTOMERS, "--products", source, "--out", source)
    assert "name another file" in sentence
    assert source.read_bytes() == before


def test_an_earlier_file_is_replaced_when_all_is_done(capsys, tmp_path):
    target = tmp_path / "segments.csv"
    target.write_text("earlier\n")
    assert call(capsys, changed(tmp_path, 2, ",19,", ",old,"), "--out", target)[0] == 1
    assert target.read_text() == "earlier\n"
    assert call(capsys, CUSTOMERS, "--out", target)[0] == 0
    assert len(pd.read_csv(target)) == 200


def test_a_full_disk_is_a_sentence(capsys):
    assert failed(capsys, CUSTOMERS, "--out", "/dev/full") == [
        "The file /dev/full cannot be written: No space left on device."
    ]


@pytest.mark.parametrize("rows", [1, 2])
def test_too_few_customers_are_a_sentence_for_the_terminal(capsys, tmp_path, rows):
    source = tmp_path / "few.csv"
    source.write_text("".join(CUSTOMERS.read_text().splitlines(keepends=True)[: rows + 1]))
    [sentence] = failed(capsys, source)
    assert sentence.startswith("3 clusters need at least 3 different customers, but there ")
    assert "--clusters" in sentence
    assert "POST" not in sentence


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "required"),
        ([CUSTOMERS, "--clusters", "1"], "from 2 to 10 or auto"),
        ([CUSTOMERS, "--clusters", "11"], "from 2 to 10 or auto"),
        ([CUSTOMERS, "--clusters", "AUTO"], "from 2 to 10 or auto"),
        ([CUSTOMERS, "--clusters", "٣"], "from 2 to 10 or auto"),
        ([CUSTOMERS, "--features", "age,age"], "different ones, such as age,annual_income"),
        ([CUSTOMERS, "--features", ""], "different ones, such as age,annual_income"),
        ([CUSTOMERS, PRODUCTS], "unrecognized arguments"),
        ([CUSTOMERS, "--refit"], "--refit goes with --like"),
        ([CUSTOMERS, "--conf", "executors=2"], "must be one of Spark's"),
    ],
)
def test_wrong_arguments_are_refused_in_a_line(capsys, arguments, said):
    status, out, err = call(capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_walk_leaves_the_earlier_file_alone(tmp_path, number):
    """It is interrupted while it waits for the end of its input."""
    target = tmp_path / "segments.csv"
    target.write_text("earlier\n")
    arguments = [*COMMAND, "-", "--out", str(target)]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            process.stdin.write(CUSTOMERS.read_bytes())
            process.stdin.flush()
            wait_until(lambda: waits_to_read(process.pid))
            process.send_signal(number)
            assert process.stderr.read() == b""
            assert process.wait(timeout=60) == 130
        finally:
            process.kill()
    assert target.read_text() == "earlier\n"
    assert list(tmp_path.iterdir()) == [target]


def waits_to_read(pid):
    """Tell whether the process sleeps and its handler of Ctrl-C is the command's own."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(re.search(r"^SigCgt:\s*(\w+)$", status, re.M)[1], 16)
    return bool(caught & (1 << (signal.SIGTERM - 1))) and "\nState:\tS" in status


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("arguments", [["--out", "-"], []])
def test_a_reader_who_has_enough_is_no_fault(arguments):
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as broken:
        result = subprocess.run(
            [*COMMAND, str(CUSTOMERS), *arguments],
            cwd=ROOT,
            stdout=broken,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == b""


def on_a_terminal(*arguments, columns=80, progress=True, **environment):
    """Run with a terminal for the output, and for progress too or not; give what it showed."""
    terminal, shown = pty.openpty()
    termios.tcsetwinsize(shown, (24, columns))
    said = []
    reader = threading.Thread(target=lambda: said.extend(read_all(terminal)))
    reader.start()
    environment = {k: v for k, v in os.environ.items() if k != "COLUMNS"} | environment
    command = [*COMMAND, *map(str, arguments)]
    stderr = shown if progress else subprocess.DEVNULL
    subprocess.run(
        command, cwd=ROOT, stdout=shown, stderr=stderr, env=environment, timeout=60, check=True
    )
    os.close(shown)
    reader.join(timeout=60)
    os.close(terminal)
    return b"".join(said).decode()


def read_all(descriptor):
    while True:
        try:
            piece = os.read(descriptor, 65_536)
        except OSError:  # Linux's way to say that the other end is closed
            return
        if not piece:
            return
        yield piece


def test_a_terminal_sees_stages_and_rows_and_then_the_tables(tmp_path):
    target = tmp_path / "segments.csv"
    arguments = [CUSTOMERS, "--products", PRODUCTS, "--clusters", "auto", "--out", target]
    shown = on_a_terminal(*arguments, columns=100, TERM="xterm-256color")
    for stage in ("reading", "finding clusters", "matching products", "/200 rows"):
        assert stage in shown
    assert COLOUR.search(shown)
    assert "Best products" in shown


def test_without_colours_when_none_are_wanted():
    shown = on_a_terminal(CUSTOMERS, TERM="xterm-256color", NO_COLOR="1")
    assert "\x1b[" in shown
    assert not COLOUR.search(shown)


@pytest.mark.parametrize("columns", [80, 60, 40, 20])
def test_every_width_shows_everything(capsys, monkeypatch, columns):
    """What is too narrow for a table is a list, and nothing is cut off."""
    shown = {}
    for width in (columns, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        shown[width] = call(capsys, CUSTOMERS, "--products", PRODUCTS)[1]
    assert max(map(len, shown[columns].splitlines())) <= columns
    assert "…" not in shown[columns]
    numbers = re.compile(r"\d+,\d{3}|0\.\d{3}")
    assert sorted(numbers.findall(shown[columns])) == sorted(numbers.findall(shown[200]))


def test_the_width_is_the_terminals():
    shown = on_a_terminal(CUSTOMERS, columns=60, progress=False, TERM="xterm")
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines())) == 60


def test_a_terminal_that_lacks_the_characters_shows_others():
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    result = run(CUSTOMERS, env=environment, check=True)
    assert result.stderr == b""
    assert b"Clusters" in result.stdout


def test_help_says_how(capsys):
    assert "--products FILE" in call(capsys, "--help")[1]


@pytest.mark.parametrize(
    ("output", "said"),
    [("&-", ""), ("/dev/full", "The tables cannot be printed: No space left on device.\n")],
    ids=["closed", "full"],
)
def test_an_output_that_takes_nothing_is_no_traceback(output, said):
    command = f'"{sys.executable}" -m segment examples/customers.csv >{output}'
    ended = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, said)
