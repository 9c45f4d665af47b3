"""Draw the README's pictures from a real run: python docs/pictures.py.

The run has a PostgreSQL of its own, and the seed makes it the same every time.
"""

import os
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from flask.testing import FlaskClient
from matplotlib.figure import Figure
from werkzeug.test import TestResponse

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from app import close_app, create_app  # noqa: E402 - found only after the line above
from config import Config  # noqa: E402

CUSTOMERS = {"seed": 1, "size": 500}
COLOURS = ("#0072B2", "#E69F00", "#009E73")  # Okabe and Ito's: the colour-blind tell them apart
MARKERS = "osD"
WIDTH = 8  # inches of 100 dots: about the width of a README
READABLE = {
    "age": "age",
    "annual_income": "income",
    "annual_spending": "spending",
    "share_spent": "share of income spent",
    "loan_balance": "loan balance",
    "credit_score": "credit score",
}
STYLE = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "figure.dpi": 100,
    "figure.titlesize": 13,
    "font.size": 9.5,
    "grid.color": "#E4E4E4",
    "legend.frameon": False,
    "savefig.bbox": "tight",
}


def main() -> None:
    """Generate customers, find their clusters, and draw what the service then answers."""
    mpl.use("Agg")
    with running_service() as client:
        ask(client.post("/generateDataset", json=CUSTOMERS))
        ask(client.post("/conductClustering"))
        profiles = ask(client.get("/getClusterProfiles"))
        quality = ask(client.get("/getClusterQuality"))
        customers = ask(client.get("/getCustomersByCluster"))
        ask(client.post("/generateProductDataset", json={"seed": CUSTOMERS["seed"]}))
        ask(client.post("/conductProductMatch"))
        products = ask(client.get("/getProducts"))
        offers = ask(client.get("/getOffersByCustomer"))
    with mpl.rc_context(STYLE):
        save(draw_offers(customers, profiles, products, offers), "offers.png")
        save(draw_scatter(customers, profiles), "scatter.png")
        save(draw_profiles(profiles), "profiles.png")
        save(draw_sweep(quality, len(profiles)), "sweep.png")


@contextmanager
def running_service() -> Iterator[FlaskClient]:
    """Start the service on an empty PostgreSQL of its own, and give a client of it."""
    data_dir = Path(tempfile.gettempdir(), f"customer-segmentation-pictures-{os.getpid()}")
    app = create_app(Config(data_dir=data_dir, cleanup_interval_seconds=0))
    try:
        yield app.test_client()
    finally:
        close_app(app)
        shutil.rmtree(data_dir, ignore_errors=True)


def ask(response: TestResponse) -> dict:
    """Return what the service answered; stop at an error."""
    answer = response.get_json()
    if "error" in answer:
        sys.exit(answer["error"])
    return answer


def draw_scatter(customers: dict, profiles: dict) -> Figure:
    """Draw each customer's loan balance against income and against age, coloured by cluster."""
    figure, panels = plt.subplots(1, 2, figsize=(WIDTH, 4.6), sharey=True, layout="constrained")
    for cluster, colour, marker in zip(profiles, COLOURS, MARKERS, strict=True):
        members = customers[cluster]
        loans = [float(member["loan_balance"]) / 1000 for member in members]
        incomes = [float(member["annual_income"]) / 1000 for member in members]
        ages = [member["age"] for member in members]
        style = {"c": colour, "marker": marker, "alpha": 0.7, "s": 20, "linewidths": 0}
        panels[0].scatter(incomes, loans, label=_legend(profiles[cluster]), **style)
        panels[1].scatter(ages, loans, **style)
    panels[0].set_yscale("function", functions=(_signed_root, _signed_square))
    panels[0].set_yticks([0, 10, 50, 100, 200, 300, 400, 500, 600])
    panels[0].set(xlabel="annual income (£ thousand)", ylabel="loan balance (£ thousand)")
    panels[0].set_xscale("log")
    panels[0].set_xticks([5, 10, 20, 50, 100, 200], ["5", "10", "20", "50", "100", "200"])
    panels[0].minorticks_off()
    panels[1].set_xlabel("age")
    figure.legend(loc="outside lower center")
    figure.suptitle("Those who owe much earn more; those who owe little differ by age")
    return figure


def _signed_root(values: np.ndarray) -> np.ndarray:
    """Return the square root, by which clustering too measures loans."""
    return np.sign(values) * np.sqrt(np.abs(values))


def _signed_square(values: np.ndarray) -> np.ndarray:
    return np.sign(values) * values**2


def _legend(profile: dict) -> str:
    return f"{profile['name']} ({profile['share']:.0%})"


def draw_profiles(profiles: dict) -> Figure:
    """Draw, for each cluster, how its means differ from those of all customers."""
    figure, panels = plt.subplots(
        1, len(profiles), figsize=(WIDTH, 3.4), sharex=True, sharey=True, layout="constrained"
    )
    rows = [
        {row["feature"]: row["difference"] for row in profile["features"]}
        for profile in profiles.values()
    ]
    furthest = max(abs(difference) for row in rows for difference in row.values())
    for axes, profile, row, colour in zip(panels, profiles.values(), rows, COLOURS, strict=True):
        values = [row[name] for name in READABLE]
        bars = axes.barh(list(READABLE.values()), values, color=colour)
        axes.bar_label(
            bars, [f"{value:+.1f}".replace("-", "\N{MINUS SIGN}") for value in values], padding=3
        )
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_title(textwrap.fill(profile["name"], 28))
        axes.set_xlim(-1.45 * furthest, 1.45 * furthest)
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    panels[0].invert_yaxis()
    figure.supxlabel("difference from all customers, in standard deviations", fontsize=9.5)
    figure.suptitle("What sets each cluster apart from all customers")
    return figure


def draw_sweep(quality: dict, n_clusters: int) -> Figure:
    """Draw silhouette and inertia over the number of clusters; a ring is around the one chosen."""
    figure, panels = plt.subplots(1, 2, figsize=(WIDTH, 3.2), layout="constrained")
    numbers = [step["n_clusters"] for step in quality["sweep"]]
    titles = {
        "silhouette": "silhouette (higher is better)",
        "inertia": "inertia (look for the bend)",
    }
    for axes, (measure, title) in zip(panels, titles.items(), strict=True):
        values = [step[measure] for step in quality["sweep"]]
        axes.plot(numbers, values, color=COLOURS[0], marker="o", markersize=5)
        chosen = values[numbers.index(n_clusters)]
        axes.plot(n_clusters, chosen, "o", ms=13, mfc="none", mec=COLOURS[1], mew=2)
        axes.annotate(
            f"{n_clusters} clusters", (n_clusters, chosen), (12, 4), textcoords="offset points"
        )
        axes.set(title=title, xlabel="number of clusters", ylim=(0, 1.15 * max(values)))
        axes.set_xticks(numbers)
    best = max(quality["sweep"], key=lambda step: step["silhouette"])["n_clusters"]
    figure.suptitle(f"The silhouette is best at {best} clusters")
    return figure


def draw_offers(customers: dict, profiles: dict, products: list, offers: list) -> Figure:
    """Draw, for each cluster, how many products a member meets the criteria of, and is offered."""
    types = sorted({product["product_type"] for product in products})
    figure, panels = plt.subplots(1, 2, figsize=(WIDTH, 3.8), layout="constrained")
    offered = {row["customer_id"]: row["offers"] for row in offers}
    counts = [("before: whose criteria a member meets", _eligible(products))]
    counts += [("after: what a member is offered", lambda member: offered[member["customer_id"]])]
    for axes, (title, of_member) in zip(panels, counts, strict=True):
        for place, (cluster, colour) in enumerate(zip(profiles, COLOURS, strict=True)):
            members = customers[cluster]
            means = [
                sum(p["product_type"] == kind for member in members for p in of_member(member))
                / len(members)
                for kind in types
            ]
            heights = [row + 0.26 * (place - 1) for row in range(len(types))]
            label = _legend(profiles[cluster]) if axes is panels[0] else None
            bars = axes.barh(heights, means, height=0.24, color=colour, label=label)
            axes.bar_label(bars, [f"{mean:.2f}" if mean < 1 else f"{mean:.0f}" for mean in means])
        axes.set_yticks(range(len(types)), types if axes is panels[0] else [])
        axes.set(title=title, xlim=(0, 1.15 * axes.get_xlim()[1]))
        axes.grid(visible=False, axis="y")
        axes.invert_yaxis()
    figure.legend(loc="outside lower center")
    figure.suptitle("Products per customer, before the gates and after them")
    return figure


def _eligible(products: list) -> Callable[[dict], list]:
    """Return the active products whose criteria a customer meets, as a function of the customer."""
    active = [product for product in products if product["product_status"] == "Active"]
    return lambda member: [
        product
        for product in active
        if product["min_age"] <= member["age"] <= product["max_age"]
        and float(product["min_income"]) <= float(member["annual_income"])
        and float(member["annual_income"]) <= float(product["max_income"])
        and product["credit_score_required"] <= member["credit_score"]
    ]


def save(figure: Figure, name: str) -> None:
    """Write a picture beside this script; the same run gives the same file."""
    figure.savefig(HERE / name, metadata={"Software": None})
    plt.close(figure)
    print(HERE / name)


if __name__ == "__main__":
    main()
