"""What customers are offered as columns of a file, a row a customer."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from product_match.offers import NONE, Offers
from product_match.reasons import Reasons
from schema import NO_OFFER_COLUMN, OFFER_COLUMNS, OFFER_RANKS

BETWEEN = "; "  # the reasons of an offer


def offer_columns(offers: Offers, reasons: Reasons) -> pd.DataFrame:
    """Return the columns `schema.OFFERED`: up to three offers, with fit (0 to 1) and reasons."""
    columns = {}
    for rank, name in enumerate(OFFER_RANKS):
        chosen = offers.chosen[:, rank]
        values = (
            picked(chosen, offers.products["product_id"]),
            picked(chosen, offers.products["product_name"]),
            np.where(chosen != NONE, offers.fit[:, rank].round(3), np.nan),
            _joined(reasons, rank),
        )
        columns |= dict(zip((column.format(name) for column in OFFER_COLUMNS), values, strict=True))
    columns[NO_OFFER_COLUMN] = picked(reasons.none, reasons.sentences)
    return pd.DataFrame(columns)


def picked(positions: np.ndarray, values: Sequence) -> pd.Categorical:
    """Return the value at each position, missing at -1."""
    codes, different = pd.factorize(np.asarray(values, dtype=object))
    return pd.Categorical.from_codes(np.append(codes, NONE)[positions], categories=different)


def _joined(reasons: Reasons, rank: int) -> pd.Categorical:
    """Return each customer's reasons for the offer of a rank as one text."""
    codes = pd.DataFrame(reasons.offers[:, rank])
    texts = [
        BETWEEN.join(reasons.sentences[i] for i in row if i != NONE)
        for row in codes.drop_duplicates().itertuples(index=False)
    ]
    positions = codes.groupby(list(codes), sort=False).ngroup().to_numpy()
    nothing = (codes == NONE).all(axis=1)
    return picked(np.where(nothing, NONE, positions), texts)
