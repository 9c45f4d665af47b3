"""Names for clusters that a marketer would write, such as "Retired, debt-free · 69, £26k".

A name opens with who the members are, goes on with what their money is like, and ends with two
figures to hold it against: "Mortgaged mid-career · 43, owes 2.7 × income". It says nothing but
statements that are true (see `statements`), in at most seven words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from clustering.facts import Groups, facts_of
from clustering.statements import Cluster, Statement, median_of, statements
from clustering.wording import in_name

MOST_WORDS = 7
MOST_FIGURES = 2
LEAST_APART = 0.05  # of a figure: a smaller difference does not tell clusters apart
MOST_SAID = 3  # statements beside the head
SLACK = 0.15  # by how much a limit may be missed by what an earlier name says
DRIFT = 0.1  # by how much, as a share, a figure may be off that an earlier name has
CUSTOMERS = Statement("customers", "Customers", 0.0, "", head=True)
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
    facts = facts_of(customers, Groups(labels, n_clusters), features)
    clusters = [Cluster(facts, number) for number in range(n_clusters)]
    names = _new_names(clusters, features)
    for number, name in enumerate(earlier):
        names[number] = _kept(name, clusters[number], features) or names[number]
    return _apart(names)


def _new_names(clusters: list[Cluster], features: Sequence[str]) -> list[Name]:
    """Return names that say as little as tells them apart."""
    said = [statements(cluster, features) for cluster in clusters]
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
    alike = defaultdict(list)
    for cluster, text in zip(clusters, words, strict=True):
        alike[text].append(cluster)
    return [
        _name(cluster, parts, alike[text])
        for cluster, parts, text in zip(clusters, chosen, words, strict=True)
    ]


def _chosen(said: list[Statement], n: int) -> list[Statement]:
    """Return a head and up to n other statements, those that tell the most and are short enough."""
    head = next((one for one in said if one.head), CUSTOMERS)
    chosen = [head]
    for one in said:
        subjects = {other.figure or other.of for other in chosen[1:]}
        fits = len(chosen) <= n and _is_short(_words([*chosen, one]))
        if fits and not one.head and (one.figure or one.of or one.key) not in subjects:
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


def _name(cluster: Cluster, parts: list[Statement], alike: list[Cluster]) -> Name:
    """Return the name that says these parts, with two figures if there is room for their words.

    Where the words are those of other clusters too, the second figure is the one that tells them
    apart the best.
    """
    words = _words(parts)
    told = [one.figure for one in parts if one.figure]
    usual = ["annual_income", *cluster.facts.own, "credit_score", "annual_spending"]
    wanted = dict.fromkeys(["age", *_telling(alike, [*told, *usual])])
    figures: list[str] = []
    said = {one.of for one in parts}
    for fact in (f for f in wanted if f not in said and not np.isnan(cluster[f])):
        text = _text(words, cluster, [(f, cluster[f]) for f in [*figures, fact]])
        if _is_short(text):
            figures.append(fact)
    values = tuple((fact, cluster[fact]) for fact in figures)
    keys = tuple(one.key for one in parts)
    return Name(_text(words, cluster, values), keys, values, _because(cluster, parts, figures))


def _telling(alike: list[Cluster], facts: Iterable[str]) -> list[str]:
    """Return the facts, those first that lie clearly apart in the most pairs of clusters."""
    pairs = list(combinations(alike, 2))

    def apart(fact: str) -> float:
        return sum(_gap(fact, one, other) for one, other in pairs)

    return sorted(facts, key=lambda fact: -round(apart(fact), 1))


def _gap(fact: str, one: Cluster, other: Cluster) -> float:
    """Return how far two clusters lie apart, in everybody's spreads, at most 1."""
    gap = abs(one[fact] - other[fact])
    if not gap > LEAST_APART * max(abs(one[fact]), abs(other[fact])):
        return 0.0
    return min(gap / one.average(f"{fact}_spread"), 1.0)


def _kept(earlier: Name, cluster: Cluster, features: Sequence[str]) -> Name | None:
    """Return the name that a cluster had before, None where it is true no longer."""
    if not earlier.keys:
        return earlier
    said = {one.key: one for one in statements(cluster._replace(slack=SLACK), features)}
    said[CUSTOMERS.key] = CUSTOMERS
    if not set(earlier.keys) <= set(said) or any(
        f not in cluster.facts.values for f, _ in earlier.figures
    ):
        return None
    parts = [said[key] for key in earlier.keys]
    figures = tuple(
        (fact, value if abs(cluster[fact] - value) <= DRIFT * abs(value) else cluster[fact])
        for fact, value in earlier.figures
    )
    because = _because(cluster, parts, [fact for fact, _ in figures])
    return Name(_text(_words(parts), cluster, figures), earlier.keys, figures, because)


def _because(cluster: Cluster, parts: list[Statement], figures: list[str]) -> tuple[str, ...]:
    told = {one.figure for one in parts}
    plainly = [median_of(cluster, fact) for fact in figures if fact not in told]
    return tuple(filter(None, [*(one.because for one in parts), *plainly]))


def _text(words: str, cluster: Cluster, figures: Iterable[tuple[str, float]]) -> str:
    in_pounds = cluster.facts.in_pounds
    said = ", ".join(in_name(fact, value, in_pounds=in_pounds) for fact, value in figures)
    return " · ".join(filter(None, [words, said]))


def _is_short(text: str) -> bool:
    """Tell whether a text has no more words and figures than a name may have."""
    figures = [any(map(str.isdigit, word)) for word in text.split()]
    words = [any(map(str.isalpha, word)) for word in text.split()]
    return sum(figures) <= MOST_FIGURES and (
        sum(w and not f for w, f in zip(words, figures, strict=True)) <= MOST_WORDS
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
