"""What is measured: each function takes one sample, on a dataset of the given size."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from benchmarks import client, service
from benchmarks.measure import Sample, median_seconds, seconds
from benchmarks.postgres import SELECT
from benchmarks.service import Service
from benchmarks.stage import Stage
from clustering.engine import N_INIT
from clustering.features import DEFAULT_FEATURES, feature_matrix

CONNECTIONS = 8
FIRST_READS = 100
FITS = 10
LIST = "/getCustomers"
IMPORT = "/importCustomers"


def generate(stage: Stage, size: int) -> Sample:
    """The service makes and writes the rows; psql writes the same ones from a file."""
    work = seconds(partial(stage.generate, size))
    stage.settle()
    file = stage.postgres.directory / "rows"
    stage.postgres.psql(f"\\copy customers TO '{file}'")
    return Sample(work, _copy_in(stage, file))


def upload(stage: Stage, size: int) -> Sample:
    """The service imports the rows of a CSV file; psql copies the same file."""
    stage.hold(size)
    file = _csv_file(stage)
    work = seconds(partial(stage.upload, file))
    stage.settle()
    return Sample(work, _copy_in(stage, file, "(FORMAT CSV, HEADER)"))


def _csv_file(stage: Stage) -> Path:
    file = stage.postgres.directory / "customers.csv"
    stage.postgres.psql(f"\\copy customers TO '{file}' (FORMAT CSV, HEADER)")
    return file


def _copy_in(stage: Stage, file: Path, options: str = "") -> float:
    stage.postgres.psql("CREATE TABLE copied (LIKE customers INCLUDING ALL)")
    taken = seconds(partial(stage.postgres.psql, f"\\copy copied FROM '{file}' {options}"))
    stage.postgres.psql("DROP TABLE copied")
    return taken


def cluster(stage: Stage, size: int) -> Sample:
    """The service finds and writes the clusters; psql copies the customers to a file."""
    stage.hold(size)
    return Sample(seconds(stage.cluster), _copy_out(stage))


def place_like(stage: Stage, size: int) -> Sample:
    """The service places the customers in kept clusters; it finds and writes them anew."""
    stage.hold(size)
    anew = seconds(stage.cluster)
    stage.service.post("/saveSegmentation", name="kept")
    stage.settle()
    like = partial(stage.service.post, "/conductClustering", like="kept")
    return Sample(seconds(like), anew)


def match(stage: Stage, size: int) -> Sample:
    """The service matches the products to the clusters; psql copies the customers to a file."""
    stage.hold(size, clustered=True)
    return Sample(seconds(partial(stage.service.post, "/conductProductMatch")), _copy_out(stage))


def _copy_out(stage: Stage) -> float:
    stage.settle()
    file = stage.postgres.directory / "rows"
    return seconds(partial(stage.postgres.psql, f"\\copy customers TO '{file}'"))


def read_first(stage: Stage, size: int) -> Sample:
    """The service lists customers that nobody has read yet; psql copies the same select."""
    stage.hold(size)
    stage.touch()
    select = " ".join(SELECT.read_text().rstrip(";\n").split())
    return Sample(
        seconds(partial(stage.service.get, LIST)),
        seconds(partial(stage.postgres.psql, f"\\copy ({select}) TO '/dev/null'")),
    )


def memory(
    work: Callable[[Stage, Service], object],
    stage: Stage,
    size: int,
    *,
    clustered: bool = False,
    matched: bool = False,
) -> Sample:
    """A service that has just been started: its peak during the work, its memory before."""
    stage.hold(size, clustered=clustered or matched)
    if matched:
        stage.service.post("/conductProductMatch")
    with stage.start(service.APP) as fresh:
        before = fresh.memory()
        fresh.reset_peak_memory()
        work(stage, fresh)
        return Sample(fresh.peak_memory(), before)


def first_latency(stage: Stage, size: int) -> Sample:
    """The list after each change, on one connection; pgbench's latency for its select."""
    stage.hold(size)
    with client.Connection(stage.service.address) as connection:
        work = median_seconds(partial(connection.get, LIST), FIRST_READS, before=stage.touch)
    return Sample(work, stage.postgres.latency(FIRST_READS))


def repeated(stage: Stage, size: int) -> Sample:
    """The list from many connections while nothing changes; pgbench's rate for its select."""
    stage.hold(size)
    return Sample(_rate(stage, stage.service, LIST), stage.postgres.rate(CONNECTIONS, stage.load))


def repeated_bare(stage: Stage, size: int) -> Sample:
    """The same; a constant of its size from a bare view, served by the same server."""
    stage.hold(size)
    length = stage.service.get(LIST)
    with stage.start(service.bare_view(length)) as bare:
        return Sample(_rate(stage, stage.service, LIST), _rate(stage, bare, "/"))


def _rate(stage: Stage, served: Service, path: str) -> float:
    served.get(path)
    return client.rate(served.address, path, CONNECTIONS, stage.load)


def cluster_few(stage: Stage, size: int) -> Sample:
    """Clustering by the service; nothing but scikit-learn's fit of the same points, in one thread.

    Several threads gain nothing on so few, and lose a lot whenever a core is busy.
    """
    stage.hold(size)
    names = ", ".join(DEFAULT_FEATURES)
    figures = stage.rows(f"SELECT {names} FROM customers ORDER BY id")  # noqa: S608 - our names
    points = feature_matrix(pd.DataFrame(figures, columns=DEFAULT_FEATURES, dtype=float))
    fit = partial(KMeans(n_clusters=3, n_init=N_INIT).fit, points)
    with threadpool_limits(1):
        against = median_seconds(fit, FITS)
    with client.Connection(stage.service.address) as connection:
        work = median_seconds(partial(connection.post, "/conductClustering"), FITS)
    return Sample(work, against)


def import_file(stage: Stage, fresh: Service) -> None:
    """Have a service import the customers that are stored, from a CSV file."""
    fresh.upload(IMPORT, _csv_file(stage))
