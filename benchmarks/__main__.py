"""Measure everything the service is held to: python -m benchmarks."""

import argparse
import json
import os
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import client, report, stage
from benchmarks.rows import ROWS, Row

ROUNDS = 3
SIZES = (10_000, 100_000, 1_000_000)
SECONDS = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; the tables go to standard output, what is going on to standard error."""
    options = _parser().parse_args(arguments)
    rows = [row for row in ROWS if re.search(options.only, row.work, re.IGNORECASE)]
    about = _machine()
    samples, postgresql = take_samples(rows, options)
    about |= {"postgresql": postgresql, "load_average_after": os.getloadavg()}
    found = report.results(samples)
    _print_tables(about, samples, found, options)
    if options.json:
        document = {"about": about, "results": report.as_json(found)}
        options.json.write_text(json.dumps(document, indent=1))


def take_samples(rows: Sequence[Row], options: argparse.Namespace) -> tuple[report.Samples, str]:
    """Measure the rows at each size, round after round; also return PostgreSQL's version.

    `options` are those of the command.
    """
    samples = defaultdict(list)
    with stage.ready(options.seconds, options.server) as place:
        for number in range(1, options.rounds + 1):
            for row, size in _order(rows, options.sizes):
                sample = row.measure(place, size)
                samples[row, size].append(sample)
                found = f"{size:,} rows, {row.work}: {sample.ratio:.2f} x"
                _say(f"round {number} of {options.rounds}: {found}")
        return samples, place.rows("SHOW server_version")[0][0]


def _order(rows: Sequence[Row], sizes: Sequence[int]) -> list[tuple[Row, int]]:
    """Return all rows at a size before those at the next, since it takes long to change it."""
    sized = [(row, size) for size in sorted(sizes) for row in rows if row.any_size]
    return [(row, stage.FEW) for row in rows if not row.any_size] + sized


def _machine() -> dict:
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "http_client": client.name(),
        "load_average_before": os.getloadavg(),
    }


def _print_tables(about: dict, samples: report.Samples, found, options) -> None:
    before, after = about["load_average_before"][0], about["load_average_after"][0]
    print(
        f"Rounds: {options.rounds}, on {about['cores']} cores, load average {before:.1f} before and"
        f" {after:.1f} after; Python {about['python']}, PostgreSQL {about['postgresql']};"
        f" requests a second are counted by {about['http_client']}.\n"
    )
    print(report.limits_table(found))
    print("\nHow the figures grow with the rows:\n")
    print(report.sizes_table(samples))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"({ROUNDS})")
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=SIZES,
        help=f"rows, the limits hold for the largest ({','.join(map(str, SIZES))})",
    )
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"for a rate ({SECONDS})")
    parser.add_argument("--only", default="", metavar="PATTERN", help="the work that matches this")
    parser.add_argument(
        "--server", metavar="DSN", help="a PostgreSQL whose database is for this (its own)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round to a file")
    return parser


def _say(event: str) -> None:
    print(event, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
