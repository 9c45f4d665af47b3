"""Names as people write them: in any case, with blanks, hyphens or underscores, and misspelt."""

from collections.abc import Sequence
from difflib import get_close_matches


def choose(cell: str, choices: dict[str, str], names: Sequence[str], wanted: str) -> str:
    """Return what a cell chooses; raises ValueError, with the nearest of the names."""
    said = spoken(cell)
    if said in choices:
        return choices[said]
    hint = nearest(said, names)
    raise ValueError(f"must be {wanted}{f' (did you mean {hint}?)' if hint else ''}")


def spoken(name: str) -> str:
    """Return a name as it sounds: without its capitals, hyphens and blanks around it."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def nearest(said: str, names: Sequence[str]) -> str | None:
    """Return the name that a misspelt one is nearest to, None when it is near none."""
    by_sound = {spoken(name): name for name in names}
    found = get_close_matches(spoken(said), by_sound, n=1)
    return by_sound[found[0]] if found else None
