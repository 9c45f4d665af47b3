"""Names for clusters that a marketer would write, such as "Retired, debt-free · 69, £26k".

A name opens with who the members are, goes on with what their money is like, and ends with two
figures to hold it against: "Mortgaged mid-career · 43, owes 2.7 × income". It says nothing but
statements that are true (see `statements`), in at most seven words.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from clustering.facts import Groups, facts_of, own_numbers
from clustering.statements import Cluster, Statement, amount, plain, statements

MOST_WORDS = 7
MOST_FIGURES = 2
MOST_SAID = 3  # statements beside the head
SLACK = 0.15  # by how much a limit may be missed by what an earlier name says
DRIFT = 0.1  # by how much, as a share, a figure may be off that an earlier name has
CUSTOMERS = Statement("customers", "Customers", 0.0, "", head=True)
FORMATS = {
    "age": "{:.0f}",
    "annual_income": "£{amount}",
    "credit_score": "score {:.0f}",
    "incomes_owed": "owes {:.1f} × income",
    "loan_balance": "owes £{amount}",
    "annual_spending": "spends £{amount}",
}
WITHOUT_ADJECTIVE = {"Retired", "over_sixty", "Older", "Younger"}  # heads that are adjectives too


class Name(NamedTuple):
    """A cluster's name: its text, the keys of what it says, the facts it ends with, and why.

    A name given by hand has nothing but its text.
    """

    text: str
    keys: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    because: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, fields: dict) -> Self:
        """Return the name that `to_json` gave."""
        figures = tuple((fact, value) for fact, value in fields["figures"])
        return cls(fields["text"], tuple(fields["keys"]), figures, tuple(fields["because"]))

    def to_json(self) -> dict:
        """Return the name as plain texts and numbers."""
        return self._asdict()


def name_clusters(
    customers: pd.DataFrame,
    labels: np.ndarray,
    n_clusters: int,
    features: Sequence[str],
    earlier: Sequence[Name] = (),
) -> list[Name]:
    """Return a name for each cluster, no two alike.

    An earlier name stays as long as what it says still holds, or nearly so: a word does not come
    and go with noise. A name given by hand stays anyway.
    """
    own = own_numbers(customers, features)
    facts = facts_of(customers, Groups(labels, n_clusters), own)
    clusters = [Cluster(facts, number) for number in range(n_clusters)]
    names = _new_names(clusters, features, own)
    for number, name in enumerate(earlier):
        names[number] = _kept(name, clusters[number], features, own) or names[number]
    return _apart(names)


def _new_names(clusters: list[Cluster], features: Sequence[str], own: list[str]) -> list[Name]:
    """Return names that say as little as tells them apart."""
    said = [statements(cluster, features, own) for cluster in clusters]
    lengths = [1] * len(clusters)
    for _ in range(MOST_SAID * len(clusters)):
        chosen = [_chosen(all_, n) for all_, n in zip(said, lengths, strict=True)]
        words = [_words(parts) for parts in chosen]
        shared = Counter(words)
        longer = [
            n + (shared[w] > 1 and n < MOST_SAID) for n, w in zip(lengths, words, strict=True)
        ]
        if longer == lengths:
            break
        lengths = longer
    return [_name(cluster, parts, own) for cluster, parts in zip(clusters, chosen, strict=True)]


def _chosen(said: list[Statement], n: int) -> list[Statement]:
    """Return a head and up to n other statements, those that tell the most and are short enough."""
    head = next((one for one in said if one.head), CUSTOMERS)
    chosen = [head]
    for one in said:
        if not one.head and len(chosen) <= n and _count_words(_words([*chosen, one])) <= MOST_WORDS:
            chosen.append(one)
    return chosen


def _words(parts: Sequence[Statement]) -> str:
    """Return what a name says before its figures."""
    head, *others = parts
    adjective = next((one for one in others if one.adjective), None)
    relative = [one.words for one in others if one.relative]
    absolute = [one.words for one in others if not one.relative and one is not adjective]
    if adjective and head.key in WITHOUT_ADJECTIVE:
        absolute.insert(0, adjective.words)
    begin = head.words
    if adjective and head.key not in WITHOUT_ADJECTIVE:
        begin = f"{adjective.words} {begin[0].lower()}{begin[1:]}"
    if head.relative:
        said = [*_than_average([begin, *relative]), *absolute]
    elif head is CUSTOMERS and others and not adjective:
        said = [*absolute, *_than_average(relative)]
    else:
        said = [begin, *absolute, *_than_average(relative)]
    text = ", ".join(said)
    return text[0].upper() + text[1:]


def _than_average(words: list[str]) -> list[str]:
    return [*words[:-1], f"{words[-1]} than average"] if words else []


def _name(cluster: Cluster, parts: list[Statement], own: list[str]) -> Name:
    """Return the name that says these parts, with two figures if there is room for their words."""
    words = _words(parts)
    told = [one.figure for one in parts if one.figure]
    usual = ["annual_income", *own, "credit_score", "annual_spending"]
    figures: list[str] = []
    for fact in dict.fromkeys(["age", *told, *usual]):
        text = _text(words, [(f, cluster[f]) for f in [*figures, fact]])
        known = not np.isnan(cluster[fact])
        if known and len(figures) < MOST_FIGURES and _count_words(text) <= MOST_WORDS:
            figures.append(fact)
    values = tuple((fact, cluster[fact]) for fact in figures)
    keys = tuple(one.key for one in parts)
    return Name(_text(words, values), keys, values, _because(cluster, parts, figures))


def _kept(earlier: Name, cluster: Cluster, features: Sequence[str], own: list[str]) -> Name | None:
    """Return the name that a cluster had before, None where it is true no longer."""
    if not earlier.keys:
        return earlier
    said = {one.key: one for one in statements(cluster._replace(slack=SLACK), features, own)}
    said[CUSTOMERS.key] = CUSTOMERS
    if not set(earlier.keys) <= set(said) or any(
        f not in cluster.facts for f, _ in earlier.figures
    ):
        return None
    parts = [said[key] for key in earlier.keys]
    figures = tuple(
        (fact, value if abs(cluster[fact] - value) <= DRIFT * abs(value) else cluster[fact])
        for fact, value in earlier.figures
    )
    because = _because(cluster, parts, [fact for fact, _ in figures])
    return Name(_text(_words(parts), figures), earlier.keys, figures, because)


def _because(cluster: Cluster, parts: list[Statement], figures: list[str]) -> tuple[str, ...]:
    told = {one.figure for one in parts}
    plainly = [
        f"their median {plain(fact)} is {_figure(fact, cluster[fact])}"
        for fact in figures
        if fact not in told
    ]
    return tuple(filter(None, [*(one.because for one in parts), *plainly]))


def _text(words: str, figures: Sequence[tuple[str, float]]) -> str:
    return " · ".join(filter(None, [words, ", ".join(_figure(*figure) for figure in figures)]))


def _figure(fact: str, value: float) -> str:
    """Return a fact's value as it stands in a name."""
    if fact == "share_spent":
        return f"keeps {1 - value:.0%}" if value <= 1 else f"spends {value:.0%}"
    form = FORMATS.get(fact, "{name} {amount}")
    return form.format(value, amount=amount(value), name=plain(fact))


def _count_words(text: str) -> int:
    return sum(
        any(map(str.isalpha, word)) and not any(map(str.isdigit, word)) for word in text.split()
    )


def _apart(names: list[Name]) -> list[Name]:
    """Return the names, those that are still alike told apart by a letter."""
    shared, seen = Counter(name.text for name in names), Counter()
    apart = []
    for name in names:
        letter = f" ({chr(ord('A') + seen[name.text])})" if shared[name.text] > 1 else ""
        seen[name.text] += 1
        apart.append(name._replace(text=name.text + letter))
    return apart
