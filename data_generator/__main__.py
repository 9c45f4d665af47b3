"""The generators from the command line: python -m data_generator --help."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

import pandas as pd
import psycopg2

from config import LARGEST_SEED, Config, ConfigError, whole_number
from data_generator import service
from data_generator.csv_files import write_csv
from data_generator.customers import customer_batches
from data_generator.own import with_own_columns
from data_generator.products import generate_products
from db.database import open_database
from db.embedded import EmbeddedServerError
from db.errors import UserError
from progress import counted
from schema import LARGEST_INT
from terminal import INTERRUPTED, on_signals, showing_progress

SIZES = {"customers": service.DEFAULT_CUSTOMERS, "products": service.DEFAULT_PRODUCTS}
EPILOG = """
A CSV file starts with the names of the table's columns; money and rates have two decimals, dates
are as 2024-12-31, channels are as PostgreSQL writes arrays: {"Online","Branch"}. Columns that the
database or a later step fills in (id, cluster, eligibility_criteria, scores) are not in it.
Customers are written as they are drawn, products after all are drawn (about 1 kB of memory each).
"""


def main(argv: list[str] | None = None) -> int:
    """Generate what the arguments ask for; return the exit status, 1 after a sentence of why not.

    Wrong arguments raise SystemExit with 2.
    """
    parser = _parser()
    options = parser.parse_args(argv)
    if options.workspace is not None and not options.database:
        parser.error("argument --workspace: only with --database")
    if options.database and getattr(options, "own", False):
        parser.error("argument --own: only with --csv")
    try:
        with showing_progress():
            fill = _fill_database if options.database else _fill_csv
            fill(parser, options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # who reads has had enough, as head has after its lines
        return 1
    except (ConfigError, UserError, EmbeddedServerError) as error:
        sentence = str(error)
    except psycopg2.Error as error:
        sentence = f"The database refused: {error.diag.message_primary or error}."
    except MemoryError:
        sentence = "There is not enough memory for so many rows."
    except OSError as error:
        sentence = f"The CSV file {options.csv} cannot be written: {error.strerror}."
    else:
        return 0
    print(sentence, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data_generator",
        description="Generate a British bank's customers or products.",
        epilog=EPILOG,
    )
    datasets = parser.add_subparsers(dest="dataset", required=True, metavar="customers|products")
    for name, size in SIZES.items():
        dataset = datasets.add_parser(name, help=f"generate {name}", epilog=EPILOG)
        dataset.add_argument(
            "--size", type=_whole_number(1, LARGEST_INT), default=size, help=f"rows ({size})"
        )
        dataset.add_argument(
            "--seed", type=_whole_number(0, LARGEST_SEED), help="the same seed gives the same rows"
        )
        target = dataset.add_mutually_exclusive_group(required=True)
        target.add_argument("--csv", metavar="FILE", help="write a CSV file (-: standard output)")
        target.add_argument(
            "--database",
            action="store_true",
            help=f"replace the {name} in the database of the service's settings",
        )
        dataset.add_argument(
            "--workspace", metavar="NAME", help="the workspace in the database (the shared one)"
        )
    datasets.choices["customers"].add_argument(
        "--own",
        action="store_true",
        help="with tenure, products held and monthly transactions, and pseudonyms for names;"
        " only with --csv",
    )
    return parser


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            return whole_number(least, most)(text)
        except ValueError as wanted:
            raise argparse.ArgumentTypeError(f"must be {wanted}") from None

    return read


def _fill_database(parser, options: argparse.Namespace) -> None:
    config = Config.from_environment()
    if options.size > config.max_dataset_size:
        parser.error(
            f"argument --size: must be at most {config.max_dataset_size} (MAX_DATASET_SIZE)"
        )
    generate = getattr(service, f"generate_{options.dataset}")
    # A signal ends the process at once, for the driver would make an error of the database's of
    # an exception; PostgreSQL then undoes what was begun.
    with on_signals(signal.SIG_DFL), closing(open_database(config)) as database:
        workspace = database.workspace(options.workspace)
        generate(workspace, options.size, options.seed)


def _fill_csv(_parser, options: argparse.Namespace) -> None:
    with on_signals(signal.default_int_handler):
        write_csv(options.csv, _batches(options))


def _batches(options: argparse.Namespace) -> Iterator[pd.DataFrame]:
    if options.dataset == "customers":
        batches = customer_batches(options.size, options.seed)
        if options.own:
            batches = with_own_columns(batches, options.seed)
    else:
        batches = [generate_products(options.size, options.seed)]
    return counted(batches, f"writing {options.dataset}", options.size)


if __name__ == "__main__":
    sys.exit(main())
