"""What a walk found, as tables for the terminal."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from clustering.model import Model
from schema import LABELS
from segment.pipeline import Segments
from terminal import printable

BEST_PRODUCTS = 3  # how many are shown of each cluster
DIFFERENCES = 3  # how many are shown of each cluster
TEXTS = {"who they are", "what sets them apart (sd)", "product", "why"}
TEXT_WIDTH = 16  # characters in which a text is still read with ease
WIDE = 1_000  # characters: room for every table
READABLE = {
    "age": LABELS["age"],
    "annual_income": LABELS["annual_income"],
    "annual_spending": LABELS["annual_spending"],
    "share_spent": "share spent",
    "loan_balance": LABELS["loan_balance"],
    "credit_score": LABELS["credit_score"],
}  # own columns go by their own names


class Found(NamedTuple):
    """What is told of a run: of how many customers, what their file was understood to be.

    `lists` are the clusters' best products, `remarks` sentences that follow the tables.
    """

    count: int
    said: dict
    segments: Segments
    lists: pd.DataFrame | None
    remarks: list[str]


def print_understanding(console: Console, said: dict) -> None:
    """Print what the file was understood to be, where that is more than its columns' own names."""
    renamed = [f"{name} as {target}" for name, target in said["columns"].items() if name != target]
    lines = {
        "Read": ", ".join(renamed),
        "Own columns": ", ".join(said["own_columns"]),
        "Passed over": "; ".join(said["passed_over"]),
    }
    for title, text in lines.items():
        if text:
            console.print(f"{title}: {printable(text)}")
    for warning in said["warnings"]:
        console.print(printable(warning))


def print_report(console: Console, segments: Segments, matches: pd.DataFrame | None = None) -> None:
    """Print what sets the clusters apart, their means and their best products."""
    _print(console, "Clusters", _clusters(segments.profiles))
    _print(console, "Means", _means(segments.profiles))
    if matches is not None:
        _print(console, "Best products", _best_products(segments.profiles, matches))


def without_cluster(model: Model, without: int) -> list[str]:
    """Return the sentence on those who have none of the features, if there are any."""
    if not without:
        return []
    return [f"Without a cluster: {without:,}, who have no {' or '.join(model.features)}."]


def _clusters(profiles: dict[int, dict]) -> Iterator[dict[str, str]]:
    for cluster, profile in profiles.items():
        apart = ", ".join(
            f"{_readable(row['feature'])} {row['difference']:+.1f}".replace("-", "\N{MINUS SIGN}")
            for row in profile["features"][:DIFFERENCES]
        )
        yield {
            "cluster": str(cluster),
            "customers": f"{profile['size']:,}",
            "share": f"{profile['share']:.1%}",
            "who they are": profile["name"],
            "what sets them apart (sd)": apart,
        }


def _readable(feature: str) -> str:
    return READABLE.get(feature) or printable(feature)


def _means(profiles: dict[int, dict]) -> Iterator[dict[str, str]]:
    everybody = {}
    for cluster, profile in profiles.items():
        features = profile["features"]
        everybody |= {row["feature"]: row["overall_mean"] for row in features}
        yield {"cluster": str(cluster)} | _said({row["feature"]: row["mean"] for row in features})
    yield {"cluster": "all"} | _said(everybody)


def _said(means: dict[str, float]) -> dict[str, str]:
    return {
        READABLE[name]: f"{means[name]:,.0f}" if name in means else ""
        for name in READABLE
        if name != "share_spent"  # a mean of shares, beside the reasons' share of means
    }


def _best_products(profiles: dict[int, dict], matches: pd.DataFrame) -> Iterator[dict[str, str]]:
    for cluster in profiles:
        offered = matches[matches["cluster"] == cluster].head(BEST_PRODUCTS)
        if offered.empty:
            yield {"cluster": str(cluster), "product": "none that many of them are offered"}
        for row in offered.itertuples():
            yield {
                "cluster": str(cluster),
                "product": printable(row.product_name),
                "fit": f"{row.score:.3f}",
                "offered": f"{row.offered_share:.0%}",
                "why": "".join(row.reasons[2:3]),  # behind the shares
            }


def _print(console: Console, title: str, rows: Iterable[dict[str, str]]) -> None:
    """Print rows as a table; where it is too narrow for one, each row as a list."""
    rows = list(rows)
    headers = list(max(rows, key=len))
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for header in headers:
        if header in TEXTS:
            table.add_column(header, min_width=TEXT_WIDTH, overflow="fold")
        else:
            table.add_column(header, justify="right")
    for row in rows:
        table.add_row(*(row.get(header, "") for header in headers))
    needed = console.measure(table, options=console.options.update(width=WIDE)).minimum
    if needed <= console.width:
        console.print(table)
        return
    console.print(title, style="bold")
    for row in rows:
        console.print("\n".join(f"{header}: {cell}" for header, cell in row.items()), end="\n\n")
