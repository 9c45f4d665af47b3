"""British names in proportion to their frequency, from the lists of Faker's en_GB provider."""

import numpy as np
import pandas as pd
from faker.providers.person.en_GB import Provider

# Faker ranks first names (ONS) but gives no frequencies. Zipf's law as Mandelbrot shifted it,
# frequency ~ 1 / (rank + offset); ten gives the commonest name of a sex about 3 % (assumed).
RANK_OFFSET = 10


def draw_first_names(rng, size):
    """First names as a Categorical of length `size`, women's and men's equally often."""
    return _draw(rng, _first_name_frequencies(), size)


def draw_last_names(rng, size):
    """Last names as a Categorical of length `size`, by Faker's weights."""
    return _draw(rng, pd.Series(Provider.last_names), size)


def _first_name_frequencies():
    by_rank = [
        pd.Series(1 / (np.arange(1, len(names) + 1) + RANK_OFFSET), index=names)
        for names in (Provider.first_names_female, Provider.first_names_male)
    ]
    both = pd.concat([ranked / ranked.sum() for ranked in by_rank])
    return both.groupby(level=0, sort=False).sum()  # a name of both sexes counts once


def _draw(rng, frequencies, size):
    shares = frequencies.to_numpy() / frequencies.sum()
    codes = rng.choice(len(shares), size, p=shares)
    return pd.Categorical.from_codes(codes, categories=frequencies.index)
