"""The clusters that Spark finds beside those of one machine, on the same customers."""

import pytest
from sklearn.metrics import adjusted_rand_score

from clustering.choice import default_features
from clustering.clusters import find_clusters
from clustering.fitting import find_model, find_model_like
from clustering.spark import OnSpark
from datasets.columns import CUSTOMERS
from datasets.options import Options
from datasets.reading import open_reading, read_frame
from datasets.spark import SparkReading
from schema import FEATURES
from tests.spark.conftest import ROOT


class Table:
    """A table as one machine has it, and as Spark has it."""

    def __init__(self, spark, path):
        with path.open("rb") as file, open_reading(file, CUSTOMERS) as reading:
            self.frame = read_frame(reading).astype(dict.fromkeys(FEATURES, "float64"))
        reading = SparkReading(spark, str(path), Options())
        self.customers = OnSpark(reading.figures(), reading.count)
        self.features = default_features(self.customers.sample)
        self.space = self.customers.fit_space(self.features)
        self.found = {}

    def on_one_machine(self, n_clusters):
        if n_clusters not in self.found:
            self.found[n_clusters] = find_clusters(self.frame, n_clusters)
        return self.found[n_clusters]

    def placed(self, model):
        """Where Spark's model puts the customers, and what it calls the clusters."""
        labels = model.assign(self.frame).labels
        return labels, model.named(self.frame, labels).names


@pytest.fixture(scope="module")
def tables(generated):
    real = ROOT / "examples" / "credit.csv"  # published: An Introduction to Statistical Learning
    return {"generated": generated / "customers.parquet", "real": real}, {}


@pytest.fixture(params=["generated", "real"])
def table(request, spark, tables):
    paths, read = tables
    if request.param not in read:
        read[request.param] = Table(spark, paths[request.param])
    return read[request.param]


def test_the_default_features_are_the_same(table):
    assert table.features == default_features(table.frame)


@pytest.mark.parametrize("n_clusters", [3, 5, 8])
def test_from_starts_of_its_own(table, n_clusters):
    expected = table.on_one_machine(n_clusters)
    model = find_model(table.customers, table.space, n_clusters)
    labels, names = table.placed(model)
    assert adjusted_rand_score(expected.labels, labels) >= 0.95
    assert list(names) == list(expected.model.names)


@pytest.mark.parametrize("n_clusters", [3, 5, 8])
def test_from_the_centres_of_a_kept_segmentation(table, n_clusters):
    expected = table.on_one_machine(n_clusters)
    model = find_model_like(table.customers, expected.model)
    labels, names = table.placed(model)
    assert adjusted_rand_score(expected.labels, labels) >= 0.98
    assert list(names) == list(expected.model.names)
    assert sum(model.sizes) == len(table.frame)


def test_the_counts_are_those_of_one_machine(table):
    expected = table.on_one_machine(3).model
    tally = table.customers.tally(expected.space, expected.centers)
    assert tally.sizes.tolist() == list(expected.sizes)
    assert tally.order.tolist() == [0, 1, 2]
    assert tally.reach == pytest.approx(expected.reach, rel=0.02)
