"""Measure Spark on millions of rows, Parquet to Parquet, beside one machine: see --help.

python -m benchmarks.spark --sizes 2000000 20000000

Two executors of one core and 2 GB each on a standalone cluster of this machine; the driver's JVM
has 1 GB. What is measured: the time of the command as a whole, and the most memory that the driver
(Python and its JVM together) or the single machine's process held, read twice a second.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil
import pyarrow as pa
import pyarrow.parquet

from data_generator.csv_files import write_csv
from data_generator.customers import generate_customers
from data_generator.products import generate_products
from tests.spark.cluster import arguments, running_cluster

ROOT = Path(__file__).resolve().parent.parent
ROWS_AT_ONCE = 500_000
N_PRODUCTS = 200
SETTINGS = {"spark.executor.memory": "2g", "spark.driver.memory": "1g"}
LARGEST_ALONE = 2_000_000  # rows that one machine is asked for, unless told otherwise
SAMPLE_SECONDS = 0.5


class Measured(NamedTuple):
    """How long a run took, and the most memory that its processes held at once (bytes)."""

    seconds: float
    memory: int


def main() -> None:
    """Run the command; a line for each size goes to standard output."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(dir=options.directory) as name:
        directory = Path(name)
        products = directory / "products.csv"
        write_csv(str(products), [generate_products(N_PRODUCTS, seed=1)])
        for size in options.sizes:
            source = Path(options.customers or directory) / f"{size}.parquet"
            if not source.exists():
                write_customers(source, size)
            found = on_spark(directory / f"spark {size}", source, products)
            _print(size, "Spark", found)
            if size <= options.alone:
                _print(size, "one machine", alone(directory / f"alone {size}", source, products))


def write_customers(target: Path, size: int) -> None:
    """Write so many generated customers to a directory of Parquet files."""
    target.mkdir()
    for part, begin in enumerate(range(0, size, ROWS_AT_ONCE)):
        frame = generate_customers(min(ROWS_AT_ONCE, size - begin), seed=part)
        frame.insert(0, "customer_id", range(begin + 1, begin + len(frame) + 1))
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pa.parquet.write_table(table, target / f"part-{part:05}.parquet")


def on_spark(directory: Path, source: Path, products: Path) -> Measured:
    """Measure the command on a cluster."""
    directory.mkdir()
    with running_cluster(directory, cores=1) as cluster:
        target = directory / "segments.parquet"
        spark = arguments(cluster.url, **SETTINGS)
        return measured(source, "--products", products, "--out", target, *spark)


def alone(directory: Path, source: Path, products: Path) -> Measured:
    """Measure the command on this machine, which takes one file."""
    directory.mkdir()
    whole, target = directory / "customers.parquet", directory / "segments.parquet"
    with pa.parquet.ParquetWriter(whole, pa.parquet.read_schema(next(source.iterdir()))) as writer:
        for part in sorted(source.iterdir()):
            writer.write_table(pa.parquet.read_table(part))
    return measured(whole, "--products", products, "--out", target)


def measured(*given: object) -> Measured:
    """Run the command and measure its process with those that it started."""
    begun, most = time.perf_counter(), 0
    command = [sys.executable, "-m", "segment", *map(str, given)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(SAMPLE_SECONDS)
    if process.returncode:
        sys.exit(f"The command failed: {' '.join(command)}")
    return Measured(time.perf_counter() - begun, most)


def _memory(pid: int) -> int:
    try:
        own = psutil.Process(pid)
        return sum(one.memory_info().rss for one in [own, *own.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0


def _print(size: int, what: str, found: Measured) -> None:
    print(f"{size:>12,} {what:12} {found.seconds:7.0f} s {found.memory / 1e9:5.2f} GB", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000_000, 20_000_000])
    parser.add_argument(
        "--alone", type=int, default=LARGEST_ALONE, help="rows that one machine is asked for"
    )
    parser.add_argument("--directory", help="where files go for the time being")
    parser.add_argument("--customers", help="where the customers are kept for another time")
    return parser


if __name__ == "__main__":
    main()
