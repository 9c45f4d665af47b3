"""Why a product is offered to a customer, or why none is, in sentences.

A million customers have few different sentences: each is made once, and the customers point to it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

import progress
from product_match import pricing
from product_match.fit import NEEDS, figures, strongest
from product_match.gates import GATES, first_closed, income_left, sentence
from product_match.offers import NONE, Offers
from schema import LABELS, PRODUCT_TYPES

MOST_SAID = 9_999  # years or per cent; what is more is said as this
LEFT_ROUNDED_TO = 10  # £ a month
LARGEST_IN_TABLE = 2**23
COMBINATIONS = 4  # of the figures of a gate that may be missing, two at most
PER_OFFER = 3  # one of the need, one of the price, one of the payment


class Reasons(NamedTuple):
    """The sentences, and where each customer's stand among them; -1 is none.

    `offers` is customers x offers x `PER_OFFER`; `none` says why a customer has no offer.
    """

    sentences: list[str]
    offers: np.ndarray
    none: np.ndarray

    def said(self, positions: Sequence[int]) -> list[str]:
        """Return the sentences at some positions, such as those of an offer."""
        return [self.sentences[i] for i in positions if i != NONE]

    def of_none(self, customer: int) -> str | None:
        """Return why a customer has no offer; None for one who has."""
        return None if self.none[customer] == NONE else self.sentences[self.none[customer]]


def give_reasons(customers: pd.DataFrame, offers: Offers) -> Reasons:
    """Return why each customer has the offers that were found for them, or none."""
    sentences: list[str] = []
    there = offers.chosen != NONE
    people, chosen = np.nonzero(there)[0], offers.chosen[there]
    keys_and_texts = (
        _needs(customers, offers.products, people, chosen),
        (chosen, _prices(offers.products).__getitem__),
        _payments(customers, offers.products, people, chosen),
    )
    codes = np.full((*there.shape, PER_OFFER), NONE, dtype=np.int32)
    for i, (keys, text) in enumerate(keys_and_texts):
        codes[there, i] = _add(sentences, keys, text)
        progress.advance("giving reasons", i + 1, PER_OFFER)
    return Reasons(sentences, codes, _add(sentences, *_nothing(customers, offers)))


def _add(sentences: list[str], keys: np.ndarray, text: Callable[[int], str]) -> np.ndarray:
    """Add the sentence of each different key, and return where each key's stands; -1 has none."""
    codes, different = _factorize(keys)
    codes[codes != NONE] += len(sentences)
    sentences += map(text, different.tolist())
    return codes


def _factorize(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each key stands among the different ones, and these; -1 is none.

    Small keys are looked up in a table, which is quicker than pandas' hashing.
    """
    if keys.max(initial=0) > LARGEST_IN_TABLE:
        codes, different = pd.factorize(keys, use_na_sentinel=False)
        there = different != NONE
        places = np.append(np.where(there, np.cumsum(there) - 1, NONE), NONE)
        return places[codes].astype(np.int32), different[there]
    is_there = np.zeros(keys.max(initial=0) + 2, dtype=bool)
    is_there[keys] = True
    different = np.flatnonzero(is_there[:-1])
    table = np.full(len(is_there), NONE, dtype=np.int32)
    table[different] = np.arange(len(different))
    return table[keys], different


def _needs(
    customers: pd.DataFrame, products: pd.DataFrame, people: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, Callable[[int], str]]:
    """Return what says most for the need of each offer's type: a signal and the figure."""
    signals = [signal for needs in NEEDS.values() for signal in needs]
    known = figures(customers)
    types = products["product_type"].to_numpy()[chosen]
    keys = np.full(len(chosen), NONE)
    first = 0
    for name in PRODUCT_TYPES:
        offered = types == name
        figures_ = {signal.figure for signal in NEEDS[name]}
        theirs = {figure: known[figure][people[offered]] for figure in figures_}
        most, value = strongest(NEEDS[name], theirs)
        rounded = np.clip(np.nan_to_num(value), 0, MOST_SAID).astype(int)
        said = (first + most) * (MOST_SAID + 1) + rounded
        keys[offered] = np.where(np.isnan(value), NONE, said)
        first += len(NEEDS[name])

    def text(key: int) -> str:
        signal, value = divmod(key, MOST_SAID + 1)
        sentence = signals[signal].sentence.format(value)
        return sentence.replace("owes 0 % of a year's income", "owes next to nothing")

    return keys, text


def _prices(products: pd.DataFrame) -> list[str]:
    """Return what each product costs and that none that is open is better."""
    return [
        f"{_rate(rate)}{f', £{fee:,.2f} a year' if fee else ''}: no better {kind.lower()} is open"
        for rate, fee, kind in zip(
            products["interest_rate"],
            pricing.yearly_fee(products),
            products["product_type"],
            strict=True,
        )
    ]


def _rate(rate: float) -> str:
    return "a rate that is not known" if pd.isna(rate) else f"{rate:.2f} % a year"


def _payments(
    customers: pd.DataFrame, products: pd.DataFrame, people: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, Callable[[int], str]]:
    """Return what a month of each offered credit costs, and how much is left for it."""
    left = np.ceil(np.nan_to_num(income_left(customers)) / 12 / LEFT_ROUNDED_TO)
    steps = np.clip(left, 0, MOST_SAID).astype(int)[people]
    is_credit = pricing.is_credit(products)[chosen]
    payments, amounts = pricing.payment(products), pricing.amount(products)

    def text(key: int) -> str:
        product, step = divmod(key, MOST_SAID + 1)
        return (
            f"£{payments[product]:,.0f} a month for £{amounts[product]:,.0f}, "
            f"of about £{LEFT_ROUNDED_TO * step:,} that is left"
        )

    keys = chosen.astype(int) * (MOST_SAID + 1) + steps
    return np.where(is_credit, keys, NONE), text


def _nothing(customers: pd.DataFrame, offers: Offers) -> tuple[np.ndarray, Callable[[int], str]]:
    """Return the gate behind which nothing was left, and which figures for it are missing."""
    missing = np.zeros(len(customers), dtype=int)
    for i, gate in enumerate(GATES):
        stopped = offers.closed == i
        for bit, name in enumerate(gate.about):
            missing |= np.where(stopped & customers[name].isna().to_numpy(), 1 << bit, 0)

    def text(key: int) -> str:
        gate, bits = GATES[key // COMBINATIONS], key % COMBINATIONS
        names = [LABELS[name] for bit, name in enumerate(gate.about) if bits >> bit & 1]
        if not names:
            return gate.nothing_left
        return f"no {' and no '.join(names)} is known, and every product left asks for it"

    keys = COMBINATIONS * offers.closed.astype(int) + missing
    return np.where(offers.closed == NONE, NONE, keys), text


def offers_to_each(customers: pd.DataFrame, offers: Offers) -> list[dict]:
    """Return what each of some customers is offered, as an object for JSON.

    `offers` has up to three, the best first, each with fit, product_id, product_name, product_type
    and reasons; without any, `reason` says why.
    """
    reasons = give_reasons(customers, offers)
    known = offers.products[["product_id", "product_name", "product_type"]].to_dict("records")
    rows = zip(offers.chosen.tolist(), offers.fit.tolist(), reasons.offers.tolist(), strict=True)
    return [
        {
            "offers": [
                known[position] | {"fit": f"{fit:.3f}", "reasons": reasons.said(said)}
                for position, fit, said in zip(*row, strict=True)
                if position != NONE
            ],
            "reason": reasons.of_none(i),
        }
        for i, row in enumerate(rows)
    ]


def closed_types(customer: pd.DataFrame, products: pd.DataFrame) -> dict[str, str]:
    """Return, for each type of which nothing is open to one customer, what closes the best one.

    The products are those on sale, best first, as `Offers` has them.
    """
    gates = pd.Series(first_closed(customer, products)[:, 0], index=products["product_type"])
    closed = gates.groupby(level=0).min().ne(NONE)
    best = products.drop_duplicates("product_type").set_index("product_type", drop=False)
    return {
        name: sentence(GATES[gates.loc[[name]].iloc[0]], customer.iloc[0], best.loc[name])
        for name in closed.index[closed]
    }
