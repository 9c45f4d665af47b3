"""The rows of the table: what is measured, what it is held against, and its limit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks import work
from benchmarks.measure import Limit, Sample
from benchmarks.stage import Stage

MB = 1e6
MS = 1e-3


@dataclass(frozen=True)
class Row:
    """Work, what it is held against in the same round, and the limit.

    `measure` takes one sample, in the unit, on a dataset of the given size; without `any_size`
    that is always the documented 500. A write is also held to its growth.
    """

    work: str
    against: str
    unit: str
    limit: Limit
    measure: Callable[[Stage, int], Sample]
    any_size: bool = True
    is_write: bool = False


COPY_OUT = r"psql's \copy customers TO a file"

ROWS = (
    Row(
        "generateDataset",
        r"psql's \copy from a file",
        "s",
        Limit(2.5),
        work.generate,
        is_write=True,
    ),
    Row("importCustomers", r"psql's \copy of the file", "s", Limit(4), work.upload, is_write=True),
    Row("conductClustering", COPY_OUT, "s", Limit(4), work.cluster, is_write=True),
    Row(
        "conductClustering, like a kept segmentation",
        "conductClustering",
        "s",
        Limit(0.6),
        work.place_like,
        is_write=True,
    ),
    Row("conductProductMatch, 200 products", COPY_OUT, "s", Limit(5), work.match, is_write=True),
    Row(
        "getCustomers, first time",
        r"psql's \copy of its select to /dev/null",
        "s",
        Limit(1.3),
        work.read_first,
    ),
    Row(
        "peak memory, getCustomers",
        "memory before",
        "MB",
        Limit(1, plus=100 * MB),
        partial(work.memory, lambda _, fresh: fresh.get(work.LIST)),
    ),
    Row(
        "peak memory, importCustomers",
        "memory before",
        "MB",
        Limit(1, plus=150 * MB),
        partial(work.memory, work.import_file),
    ),
    Row(
        "peak memory, conductClustering",
        "memory before",
        "MB",
        Limit(1, plus=700 * MB),
        partial(work.memory, lambda _, fresh: fresh.post("/conductClustering")),
    ),
    Row(
        "peak memory, conductProductMatch",
        "memory before",
        "MB",
        Limit(1, plus=400 * MB),
        partial(work.memory, lambda _, fresh: fresh.post("/conductProductMatch"), clustered=True),
    ),
    Row(
        "peak memory, getOffersByCustomer",
        "memory before",
        "MB",
        Limit(1, plus=100 * MB),
        partial(work.memory, lambda _, fresh: fresh.get("/getOffersByCustomer"), matched=True),
    ),
    Row(
        "getCustomers, first read, median latency",
        "pgbench's of its select",
        "s",
        Limit(1.5, plus=1 * MS),
        work.first_latency,
        any_size=False,
    ),
    Row(
        f"getCustomers, repeated, {work.CONNECTIONS} connections",
        "pgbench's rate of its select",
        "/s",
        Limit(3, at_least=True),
        work.repeated,
        any_size=False,
    ),
    Row(
        f"getCustomers, repeated, {work.CONNECTIONS} connections",
        "the same server's bare view",
        "/s",
        Limit(0.5, at_least=True),
        work.repeated_bare,
        any_size=False,
    ),
    Row(
        "conductClustering, documented size",
        "scikit-learn's KMeans(3, n_init=20).fit",
        "s",
        Limit(2.5),
        work.cluster_few,
        any_size=False,
    ),
)
