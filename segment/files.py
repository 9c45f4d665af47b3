"""The files of the walk: customers and products come in, the customers with segments go out."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from rich.progress import Progress

from data_generator.csv_files import STANDARD_OUTPUT, write_csv
from datasets.columns import Table
from datasets.formulas import guard
from datasets.reading import BrokenFile, read_frame
from schema import CUSTOMER, Code, Whole
from terminal import printable

STANDARD_INPUT = "-"
WHOLE_NUMBERS = [column.name for column in CUSTOMER if isinstance(column.type, Whole | Code)]
TEXTS = ["first_name", "last_name", "cluster_name", "best_product"]
BATCH_SIZE = 50_000


class Refused(Exception):
    """A file that can't be used; the text says why, a problem a line."""


def read_table(path: str, table: Table, bars: Progress) -> pd.DataFrame:
    """Read and check a CSV file, or standard input (-); raises Refused."""
    standard = path == STANDARD_INPUT
    name = "standard input" if standard else printable(path)
    try:
        with open(0 if standard else path, "rb", closefd=not standard) as file:
            size = os.fstat(file.fileno()).st_size  # 0 for a pipe, whose length nobody knows
            task = bars.add_task(f"reading {table.name}", total=size or None)
            return read_frame(bars.wrap_file(file, task_id=task) if size else file, table)
    except BrokenFile as broken:
        raise Refused(_told(name, broken)) from None
    except OSError as error:
        raise Refused(f"The file {name} cannot be read: {error.strerror}.") from None


def check_target(path: str, sources: list[str]) -> None:
    """Raise Refused unless a file can be written there that is none of the sources."""
    target = Path(path)
    if path == STANDARD_OUTPUT:
        return
    directory = target.resolve().parent
    if not os.access(directory, os.W_OK | os.X_OK) or os.path.isdir(target):
        raise Refused(
            f"The file {printable(path)!r} cannot be written: name one in a directory of yours."
        )
    if any(os.path.exists(s) and target.exists() and target.samefile(s) for s in sources):
        raise Refused(f"{printable(path)} is read and would be written over: name another file.")


def write_segments(path: str, customers: pd.DataFrame, bars: Progress) -> None:
    """Write the customers with their segments, as a whole or not at all; raises Refused."""
    task = bars.add_task("writing customers", total=len(customers), unit="rows")
    try:
        write_csv(path, _batches(customers, lambda rows: bars.advance(task, rows)))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"The file {printable(path)} cannot be written: {error.strerror}.") from None


def _told(name: str, broken: BrokenFile) -> str:
    """Return what is wrong with a file, a problem a line."""
    problems = [f"  {printable(problem)}" for problem in broken.problems]
    shown = f", the first {len(problems)} of them" if broken.count > len(problems) else ""
    many = "1 problem" if broken.count == 1 else f"{broken.count:,} problems{shown}"
    return "\n".join([f"The file {name} has {many}:", *problems])


def _batches(customers: pd.DataFrame, progress: Callable[[int], object]) -> Iterator[pd.DataFrame]:
    """Yield the rows as they are to be written: whole numbers whole, and nothing a formula."""
    for start in range(0, len(customers), BATCH_SIZE):
        batch = customers.iloc[start : start + BATCH_SIZE]
        whole = {name: batch[name].astype("Int64") for name in WHOLE_NUMBERS}
        texts = {
            name: batch[name].astype(object).map(guard, na_action="ignore")
            for name in TEXTS
            if name in batch
        }
        yield batch.assign(**whole, **texts)
        progress(len(batch))
