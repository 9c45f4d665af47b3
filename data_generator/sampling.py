"""Draws that are spread evenly, so that even a small sample follows its distribution closely."""

import numpy as np

# Beyond these quantiles the published percentiles say nothing, so nobody is drawn there.
LOWEST, HIGHEST = 0.0005, 0.9995


def spread_uniform(rng, size):
    """One uniform draw from each of `size` equal parts of 0 to 1, in random order.

    Latin hypercube sampling (McKay, Beckman and Conover, 1979): the percentiles of 500 rows
    stray from the distribution's far less than those of independent draws.
    """
    return (rng.permutation(size) + rng.random(size)) / size


def spread_codes(rng, shares, size):
    """Codes 0, 1, 2, … in the proportions of `shares`, which need not add up to one."""
    edges = np.cumsum(list(shares))
    edges = edges[:-1] / edges[-1]
    return np.searchsorted(edges, spread_uniform(rng, size), side="right").astype(np.int16)


def spread_logistic(rng, size):
    """Draws from the standard logistic distribution, its far tails cut off."""
    quantile = np.clip(spread_uniform(rng, size), LOWEST, HIGHEST)
    return np.log(quantile / (1 - quantile))
