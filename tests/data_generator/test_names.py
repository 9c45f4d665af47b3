import numpy as np
import pandas as pd
import pytest
from faker.providers.person.en_GB import Provider

from data_generator.names import draw_first_names, draw_last_names

SIZE = 200_000


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def shares(names):
    return pd.Series(names).value_counts(normalize=True)


def test_last_names_come_as_often_as_faker_weighs_them(rng):
    weights = pd.Series(Provider.last_names)
    found = shares(draw_last_names(rng, SIZE))
    assert found.index[0] == "Smith"
    for name in ("Smith", "Jones", "Harper"):
        assert found[name] == pytest.approx(weights[name] / weights.sum(), rel=0.15)


def test_first_names_come_by_rank(rng):
    found = shares(draw_first_names(rng, SIZE))
    assert found["David"] == pytest.approx(found["Susan"], rel=0.1)
    assert found["David"] == pytest.approx(0.015, abs=0.003)  # half are men, 3 % of them David
    ranked = [found[name] for name in ("David", "Simon", "Gordon", "Owen")]
    assert ranked == sorted(ranked, reverse=True)


def test_all_names_occur_and_none_is_foreign_to_the_lists(rng):
    assert set(draw_last_names(rng, SIZE)) == set(Provider.last_names)
    assert set(draw_first_names(rng, SIZE)) == set(Provider.first_names)


def test_a_million_names_are_small(rng):
    assert pd.Series(draw_last_names(rng, 10**6)).memory_usage(deep=True) < 3 * 10**6
