"""Datasets as CSV files that PostgreSQL's COPY and pandas read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pandas as pd

STANDARD_OUTPUT = "-"


def write_csv(target: str, batches: Iterable[pd.DataFrame]) -> None:
    """Write batches of rows to a file, or to standard output (-), as they come.

    The first row has the names of the columns. Floats have two decimals, dates are as 2024-12-31
    and lists as PostgreSQL's arrays: {"Online","Branch"}. A file is there as a whole or not at
    all; an earlier one stays until then. Raises OSError.
    """
    with whole_file(target) as file:
        for i, batch in enumerate(batches):
            _with_arrays(batch).to_csv(
                file,
                index=False,
                header=i == 0,
                float_format="%.2f",
                date_format="%Y-%m-%d",
                lineterminator="\n",
            )


def _with_arrays(batch: pd.DataFrame) -> pd.DataFrame:
    lists = [name for name in batch if isinstance(batch[name].iloc[0], list)]
    return batch.assign(**{name: batch[name].map(_array) for name in lists})


def _array(items: list[str]) -> str:
    """Write a list as PostgreSQL's array; no item here has a quote or a backslash."""
    return "{" + ",".join(f'"{item}"' for item in items) + "}"


@contextmanager
def whole_file(target: str, *, binary: bool = False) -> Iterator[IO]:
    """Open standard output or a file, for text or for bytes.

    An ordinary file is written beside and then renamed, so that it is whole or not there. Raises
    OSError.
    """
    path = Path(target)
    mode, encoding = ("wb", None) if binary else ("w", "utf-8")
    if target == STANDARD_OUTPUT or (path.exists() and not path.is_file()):  # a pipe or a device
        is_open = target == STANDARD_OUTPUT
        with open(1 if is_open else path, mode, encoding=encoding, closefd=not is_open) as file:
            yield file
        return
    path = path.resolve()  # a link stays a link
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open(mode, encoding=encoding) as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
