"""Names as people write them: in any case, with blanks, hyphens or underscores, and misspelt."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT = 3  # characters up to which a name has no misspellings: they are other names
LONG = 9  # characters from which two slips are likelier than another name
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTING = re.compile(r"[\W_]+")
_UNIT = re.compile(r"[(\[][^()\[\]]*[)\]]")


def normalised(name: str) -> str:
    """Return a name without capitals, hyphens, underscores and blanks around it."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def normalised_header(name: str) -> str:
    """Return a column's name in words, lower case, without a unit in brackets: CreditScore (£)."""
    words = _CAMEL.sub(" ", _UNIT.sub(" ", name))
    return " ".join(word for word in _PARTING.split(words.casefold()) if word)


def unit_of(name: str) -> str:
    """Return what a column's name has in brackets, "" when it has none."""
    found = _UNIT.search(name)
    return found[0][1:-1].strip() if found else ""


def nearest(written: str, names: Iterable[str]) -> str | None:
    """Return the name that a misspelt one is very likely meant for, None when there is none."""
    (found,) = nearest_each([written], list(names))
    return found


def nearest_each(written: Sequence[str], names: Sequence[str]) -> list[str | None]:
    """Return for each text the name that it is very likely a misspelling of.

    One slip (a letter more, less, another, or two exchanged) is allowed, two in a long name, none
    in a short one or in its first letter.
    """
    known = [normalised(name) for name in names]
    texts = [normalised(text) for text in written]
    distances = process.cdist(texts, known, scorer=OSA.distance, score_cutoff=2, workers=1)
    found = []
    for text, row in zip(texts, distances, strict=True):
        best = int(row.argmin())
        allowed = 0 if len(text) <= SHORT else 2 if len(known[best]) >= LONG else 1
        near = 0 < row[best] <= allowed and text[:1] == known[best][:1]
        found.append(names[best] if near else None)
    return found
