"""From a file of customers to their segments: python -m segment --help."""

import argparse
import signal
import sys

import numpy as np
import pandas as pd
from rich.console import Console

from clustering.choice import UnknownFeature
from clustering.clusters import AUTO, DEFAULT_N_CLUSTERS
from clustering.engine import TooFewCustomers
from clustering.features import DEFAULT_FEATURES
from clustering.model import Model
from clustering.sweep import FEWEST, MOST
from config import LARGEST_SEED, whole_number
from datasets.columns import CUSTOMERS, PRODUCTS
from datasets.options import Mapped, Options, WrongOption, read_mapping
from progress import advance
from schema import FEATURES
from segment.files import (
    STANDARD_INPUT,
    STANDARD_OUTPUT,
    Refused,
    check_target,
    read_table,
    write_segments,
)
from segment.models import load_model, save_model
from segment.pipeline import find_segments, match_products, with_segments
from segment.report import Found, print_report, print_understanding, without_cluster
from terminal import INTERRUPTED, on_signals, printable, showing_progress

MEMORY, SPARK = "memory", "spark"
EPILOG = """
Every row is checked before anything is written. The file written has the customers in the order in
which they were read, with their cluster, its name and, when there are products, the best one of the
cluster's that the customer may have. An earlier file of that name is replaced when all is done. The
tables go to standard output, or to standard error when the customers go there.
"""


def main(argv: list[str] | None = None) -> int:
    """Do the walk that the arguments ask for; return the exit status, 1 after saying why not.

    Wrong arguments raise SystemExit with 2.
    """
    options = _parsed(argv)
    if sys.stdout is None:
        return 1  # closed by who started it, as nobody is to read anything
    sys.stdout.reconfigure(errors="replace")  # a terminal that has no minus sign shows a ?
    try:
        with on_signals(signal.default_int_handler):
            _walk(options)
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # who reads has had enough, as head has after its lines
        return 1
    except Refused as refused:
        sentence = str(refused)
    except TooFewCustomers as few:
        of_these = f" of {', '.join(options.features)}" if options.features else ""
        sentence = (
            f"{few.fact}{of_these}: ask for fewer clusters with --clusters or for other features"
            " with --features."
        )
    except UnknownFeature as unknown:
        sentence = str(unknown).replace("The field features", "--features")
    except MemoryError:
        sentence = "There is not enough memory for so many rows."
    except OSError as error:
        sentence = f"The tables cannot be printed: {error.strerror}."
    else:
        return 0
    print(sentence, file=sys.stderr)
    return 1


def _parsed(argv: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(argv)
    if options.refit and options.like is None:
        parser.error("--refit goes with --like")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m segment",
        description="Find the segments among the customers of a CSV file, and what to offer them.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "customers", help="a file of customers: CSV, .xlsx or Parquet (-: standard input)"
    )
    parser.add_argument(
        "--map",
        type=_mapped,
        action="append",
        default=[],
        metavar="COLUMN:NAME",
        help="which column is which documented one: Income:annual_income, or for thousands"
        " Income*1000:annual_income; may be given again",
    )
    parser.add_argument(
        "--invalid",
        choices=["missing"],
        help="take cells that a documented column can't have as missing",
    )
    parser.add_argument(
        "--decimal",
        choices=[".", ","],
        help="what decimals follow, where a column can be read both ways",
    )
    parser.add_argument("--products", metavar="FILE", help="a file of products to match")
    parser.add_argument(
        "--engine",
        choices=[MEMORY, SPARK],
        default=MEMORY,
        help="what finds the clusters: this machine's memory, or Spark, which reads CSV and Parquet"
        " wherever they lie, directories of them too, and writes directories (%(default)s)",
    )
    parser.add_argument(
        "--master",
        metavar="URL",
        help="Spark's master, such as spark://host:7077 or local[4] (what the environment says,"
        " else local[*])",
    )
    parser.add_argument(
        "--conf",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of Spark's, such as spark.executor.memory=2g; may be given again",
    )
    parser.add_argument(
        "--save", metavar="FILE", help="keep the segmentation: scaling, centres, numbers, names"
    )
    parser.add_argument(
        "--like", metavar="FILE", help="give everyone the nearest centre of a kept segmentation"
    )
    parser.add_argument(
        "--refit", action="store_true", help="with --like: find the clusters again from its centres"
    )
    parser.add_argument(
        "--clusters",
        type=_n_clusters,
        default=DEFAULT_N_CLUSTERS,
        metavar="N",
        help=f"how many, {FEWEST} to {MOST}, or {AUTO} for the best silhouette (%(default)s)",
    )
    parser.add_argument(
        "--features",
        type=_features,
        metavar="LIST",
        help=f"what to tell customers apart by, of {','.join(FEATURES)} and the file's own columns"
        f" ({','.join(DEFAULT_FEATURES)} where two of them vary, else the own numbers that do)",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write the customers with their segments: CSV (-: standard output), .xlsx or .parquet;"
        " with Spark a directory of parts, whose name ends in .parquet or .csv",
    )
    parser.add_argument(
        "--control",
        type=_share,
        metavar="SHARE",
        help="say of about this share of the customers that they are a control group, such as 0.1",
    )
    parser.add_argument(
        "--seed", type=whole_number(0, LARGEST_SEED), default=0, help="another seed, another group"
    )
    return parser


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name.startswith("spark.") and equals):
        raise argparse.ArgumentTypeError("must be one of Spark's, such as spark.executor.memory=2g")
    return name, value


def _mapped(text: str) -> Mapped:
    try:
        return read_mapping([text], CUSTOMERS)[0]
    except WrongOption as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _reading(options: argparse.Namespace) -> Options:
    """Return how the file of customers is to be read."""
    return Options(tuple(options.map), options.invalid is not None, options.decimal)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("must be a share from 0 to 1, such as 0.1")
    return share


def _n_clusters(text: str) -> int | str:
    if text == AUTO:
        return AUTO
    if text not in map(str, range(FEWEST, MOST + 1)):
        raise argparse.ArgumentTypeError(
            f"must be a whole number from {FEWEST} to {MOST} or {AUTO}"
        )
    return int(text)


def _features(text: str) -> tuple[str, ...]:
    features = tuple(name.strip() for name in text.split(","))
    if not all(features) or len(set(features)) < len(features):
        raise argparse.ArgumentTypeError(f"must be different ones, such as {','.join(FEATURES)}")
    return features


def _walk(options: argparse.Namespace) -> None:
    like = None if options.like is None else load_model(options.like)
    with showing_progress(transient=True):
        find = _on_spark if options.engine == SPARK else _in_memory
        found = find(options, like)
        if options.save is not None:
            save_model(options.save, found.segments.clusters.model)
    console = Console(
        stderr=options.out == STANDARD_OUTPUT, markup=False, highlight=False, emoji=False
    )
    print_understanding(console, found.said)
    print_report(console, found.segments, found.lists)
    for remark in found.remarks:
        console.print(printable(remark))
    if options.out not in (None, STANDARD_OUTPUT):
        console.print(f"{found.count:,} customers with their segments: {printable(options.out)}")


def _in_memory(options: argparse.Namespace, like: Model | None) -> Found:
    sources = [path for path in (options.customers, options.products) if path is not None]
    if options.out is not None:
        check_target(options.out, sources)
    matches = None
    customers, said = read_table(options.customers, CUSTOMERS, _reading(options))
    products = _products(options)
    advance("finding clusters")
    segments = find_segments(
        customers, options.clusters, options.features, like, refit=options.refit
    )
    if products is not None:
        advance("matching products")
        matches = match_products(customers, segments, products)
    if options.out is not None:
        rows = with_segments(customers, segments, matches, options.control, options.seed)
        write_segments(options.out, rows)
    lists = None if matches is None else matches.lists
    remarks = without_cluster(segments.clusters.model, int(np.isnan(segments.found).sum()))
    return Found(len(customers), said, segments, lists, remarks)


def _on_spark(options: argparse.Namespace, like: Model | None) -> Found:
    if options.customers == STANDARD_INPUT:
        raise Refused("Spark reads no standard input: name a file or a directory.")
    try:
        from segment.spark import find_with_spark  # noqa: PLC0415 - only Spark's users have it
    except ModuleNotFoundError as missing:
        raise Refused(
            f"--engine spark needs {missing.name}: .venv/bin/pip install -r requirements-spark.txt"
        ) from None
    return find_with_spark(options, _reading(options), _products(options), like)


def _products(options: argparse.Namespace) -> pd.DataFrame | None:
    if options.products is None:
        return None
    return read_table(options.products, PRODUCTS, Options()).rows


if __name__ == "__main__":
    sys.exit(main())
