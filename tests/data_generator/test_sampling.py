import numpy as np
import pytest

from data_generator.sampling import spread_codes, spread_logistic, spread_uniform


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def test_each_part_holds_one_draw_somewhere_within_it(rng):
    drawn = spread_uniform(rng, 1_000)
    assert sorted((drawn * 1_000).astype(int)) == list(range(1_000))
    within = drawn * 1_000 % 1
    assert np.quantile(within, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.05)


def test_draws_come_in_random_order(rng):
    drawn = spread_uniform(rng, 1_000)
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.1


def test_codes_come_in_the_proportions_of_their_shares(rng):
    codes = spread_codes(rng, [5, 0, 3, 2], 100)
    assert np.bincount(codes) == pytest.approx([50, 0, 30, 20], abs=1)


def test_logistic_draws_have_its_quartiles_and_no_far_tails(rng):
    drawn = spread_logistic(rng, 10_000)
    quartile = np.log(3)  # of the standard logistic distribution
    assert np.quantile(drawn, [0.25, 0.5, 0.75]) == pytest.approx(
        [-quartile, 0, quartile], abs=0.01
    )
    assert np.abs(drawn).max() == pytest.approx(np.log(0.9995 / 0.0005))
