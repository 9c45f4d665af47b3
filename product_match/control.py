"""A control group: customers whom a campaign leaves out, so that what it does can be measured."""

from collections.abc import Iterable
from hashlib import sha256

import numpy as np

BUCKETS = 2**32


def control_group(names: Iterable[object], share: float, seed: int = 0) -> np.ndarray:
    """Return who is in the control group, given each customer's reference or else id.

    About `share` of them are, whoever the others are: the same seed leaves a customer in the group
    or out of it for ever. sql/offers.sql computes the same.
    """
    return np.array([_bucket(f"{seed}:{name}") < share * BUCKETS for name in names], dtype=bool)


def _bucket(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4])
