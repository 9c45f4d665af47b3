"""From customers that Spark reads to their segments, written by Spark: `--engine spark`."""

import argparse
from collections.abc import Sequence

import pandas as pd
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from clustering.choice import check_features, default_features
from clustering.clusters import AUTO, Clusters, find_auto
from clustering.fitting import find_model, find_model_like
from clustering.model import Model
from clustering.ranks import RANK_ERROR
from clustering.spark import SAMPLE, OnSpark
from clustering.sweep import SILHOUETTE_SAMPLE, silhouette
from datasets.formulas import guard
from datasets.problems import BrokenFile
from datasets.spark import SparkReading
from progress import advance
from schema import FEATURES
from segment.files import Refused, listed
from segment.pipeline import Segments, describe, match_products
from segment.report import Found, without_cluster
from segment.rows import Written
from segment.session import spark_session
from terminal import printable

FORMATS = ("parquet", "csv")
CSV = {
    "header": True,
    "quote": '"',
    "escape": '"',
    "emptyValue": "",
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}


def find_with_spark(
    options: argparse.Namespace,
    reading_options: object,
    products: pd.DataFrame | None,
    like: Model | None,
) -> Found:
    """Find the segments, or place the customers like a model, and write them; raises Refused."""
    kind = None if options.out is None else format_of(options.out)
    try:
        with spark_session(options.master, options.conf) as spark:
            if kind is not None:
                _check_target(spark, options.out)
            advance("checking")
            reading = SparkReading(spark, options.customers, reading_options)
            found = _found(options, reading, products, like)
            if kind is not None:
                advance("writing customers")
                model = found.segments.clusters.model
                _write(options.out, _rows(options, reading, products, model, kind), kind)
            return found
    except BrokenFile as broken:
        raise Refused(listed(printable(options.customers), broken)) from None
    except (Py4JError, PySparkException) as error:
        raise Refused(f"Spark gave up: {_first_line(error)}") from error
    except ConnectionError:
        raise Refused("Spark gave up: the Java process of its driver has ended.") from None


def format_of(path: str) -> str:
    """Return the format that the name of a directory asks for; raises Refused."""
    for name in FORMATS:
        if path.rstrip("/").endswith(f".{name}"):
            return name
    raise Refused(
        f"Spark writes a directory of parts, and {printable(path)!r} is no name for one: it must"
        " end in .parquet or .csv."
    )


def _found(
    options: argparse.Namespace,
    reading: SparkReading,
    products: pd.DataFrame | None,
    like: Model | None,
) -> Found:
    features = options.features if like is None else like.features
    texts = [name for name in reading.texts if name in (features or ())]
    advance("reading")
    customers = OnSpark(reading.figures(texts), reading.count)
    sample = customers.sample.astype(dict.fromkeys(FEATURES, "float64"))
    advance("finding clusters")
    model, reasons = _model(options, customers, sample, features, like)
    tally = customers.tally(model.space, model.centers)
    model = model.named(sample, model.assign(sample).labels)
    clusters = Clusters(sample, model, model.assign(sample), reasons)
    segments = _with_sizes(describe(clusters), tally.sizes.tolist())
    matches = None
    if products is not None:
        advance("matching products")
        matches = match_products(sample, segments, products)
    remarks = list(_remarks(customers, clusters, tally.sizes.tolist()))
    lists = None if matches is None else matches.lists
    return Found(reading.count, reading.said(), segments, lists, remarks)


def _model(
    options: argparse.Namespace,
    customers: OnSpark,
    sample: pd.DataFrame,
    features: tuple[str, ...] | None,
    like: Model | None,
) -> tuple[Model, Sequence[str]]:
    """Return the model, and why it has so many clusters where nobody said how many."""
    features = default_features(sample) if features is None else features
    check_features(sample, list(features))
    if like is not None:
        return (find_model_like(customers, like) if options.refit else like), []
    space = customers.fit_space(features)
    if options.clusters == AUTO:
        return find_auto(customers, space, space.transform(sample))
    return find_model(customers, space, options.clusters), []


def _with_sizes(segments: Segments, sizes: list[int]) -> Segments:
    """Return the segments with the sizes and shares among all customers."""
    total = sum(sizes)
    profiles = {
        number: profile | {"size": sizes[number], "share": sizes[number] / total}
        for number, profile in segments.profiles.items()
    }
    return segments._replace(profiles=profiles)


def _remarks(customers: OnSpark, clusters: Clusters, sizes: list[int]):
    """Yield what the figures are taken from."""
    members = clusters.is_member
    points = clusters.model.space.transform(clusters.customers)[members]
    found = silhouette(pd.DataFrame(points).fillna(0.0).to_numpy(), clusters.labels[members])
    if found is not None:
        yield f"Silhouette: {found:.2f}, of {min(len(points), SILHOUETTE_SAMPLE):,} customers."
    yield f"Fences: by quartiles within {RANK_ERROR:.1%} of their rank."
    if customers.count > SAMPLE:
        yield (
            f"Names, means and best products: by a sample of about {SAMPLE:,} customers; sizes and"
            " shares by all."
        )
    yield from without_cluster(clusters.model, customers.count - sum(sizes))


def _rows(
    options: argparse.Namespace,
    reading: SparkReading,
    products: pd.DataFrame | None,
    model: Model,
    kind: str,
) -> DataFrame:
    written = Written(
        model,
        products,
        [(column.name, column.kind) for column in reading.understanding.own_columns],
        reading.has_references,
        options.control,
        options.seed,
        kind == "csv",
    )
    rows = reading.map(written.function(), written.spark_schema)
    return rows.toDF(*map(guard, rows.columns))


def _check_target(spark: SparkSession, path: str) -> None:
    """Raise Refused if there is something already, on whatever file system the path is."""
    java = spark._jvm  # noqa: SLF001 - Hadoop's file systems have no other way from Python
    target = java.org.apache.hadoop.fs.Path(path)
    settings = spark._jsc.hadoopConfiguration()  # noqa: SLF001
    if target.getFileSystem(settings).exists(target):
        raise Refused(f"There is something at {printable(path)} already: name another directory.")


def _write(path: str, rows: DataFrame, kind: str) -> None:
    writer = rows.write.mode("errorifexists")
    if kind == "csv":
        writer.csv(path, **CSV)
    else:
        writer.parquet(path)


def _first_line(error: Exception) -> str:
    text = printable(
        str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    )
    return text if text.endswith(".") else f"{text}."
