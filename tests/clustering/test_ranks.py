"""Quantiles and moments of values that lie in several places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.ranks import RANK_ERROR, STEPS, Moments, Ranks, quantiles

PLACES = st.lists(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=30).map(np.array), min_size=1
).filter(lambda places: sum(map(len, places)))


@given(PLACES)
def test_few_values_have_exact_quantiles(places):
    found = quantiles([Ranks.of(values) for values in places], (0.25, 0.75))
    assert found == pytest.approx(np.quantile(np.concatenate(places), (0.25, 0.75)))


@pytest.mark.parametrize("seed", range(5))
def test_many_values_have_quantiles_within_the_error(seed):
    rng = np.random.default_rng(seed)
    places = [rng.lognormal(rng.normal(), 1, rng.integers(1, 20 * STEPS)) for _ in range(7)]
    values = np.sort(np.concatenate(places))
    shares = (0.01, 0.25, 0.5, 0.75, 0.99)
    for share, found in zip(shares, quantiles(list(map(Ranks.of, places)), shares), strict=True):
        assert np.searchsorted(values, found) / len(values) == pytest.approx(share, abs=RANK_ERROR)


def test_a_place_says_no_more_than_it_may():
    assert len(Ranks.of(np.arange(10.0**6)).values) == STEPS


@given(PLACES)
def test_moments_are_those_of_all_values(places):
    found = Moments(0, 0.0, 0.0)
    for values in places:
        found = found.joined(Moments.of(values))
    everything = np.concatenate(places)
    assert found.count == len(everything)
    assert found.mean == pytest.approx(everything.mean(), abs=1e-6)
    assert found.squares / found.count == pytest.approx(everything.var(), rel=1e-6, abs=1e-6)


@given(st.floats(-1e6, 1e6), st.lists(st.integers(0, 5), min_size=1))
def test_equal_values_have_no_spread(value, counts):
    found = Moments(0, 0.0, 0.0)
    for count in counts:
        found = found.joined(Moments.of(np.full(count, value)))
    assert found.squares == 0
