"""How many clusters there should be, and the sentences that say why."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clustering.engine import check_enough, distinct_rows
from clustering.sweep import AS_GOOD, FEWEST, MIN_STABILITY, Step, Sweep

MIN_SHARE = 0.02  # of all customers, in the smallest cluster


class Choice(NamedTuple):
    """A number of clusters, and the sentences that say why."""

    n_clusters: int
    reasons: list[str]


def choose_n_clusters(swept: Sweep, min_share: float = MIN_SHARE) -> Choice:
    """Return the fewest clusters whose silhouette is as good as the best, and why.

    Only those count whose silhouette is clearly above its null, which are stable and whose smallest
    cluster has at least `min_share` of the customers. Where there are none, all count that come
    nearest to this. Raises TooFewCustomers when all rows are the same.
    """
    check_enough(distinct_rows(swept.rows, FEWEST), FEWEST)
    if not swept.steps:
        return Choice(FEWEST, [])
    large = [step for step in swept.steps if step.smallest_share >= min_share]
    if not large:
        large = [max(swept.steps, key=lambda step: step.smallest_share)]
    real = [step for step in large if swept.is_real(step)] or large
    chosen = _fewest_stable(real, swept) or _fewest_as_good(real)
    return Choice(chosen.n_clusters, list(_reasons(swept, chosen, min_share)))


def _fewest_stable(steps: list[Step], swept: Sweep) -> Step | None:
    """Return the fewest clusters as good as the best of the stable ones."""
    left = list(steps)
    while left:
        step = _fewest_as_good(left)
        if swept.stability(step) >= MIN_STABILITY:
            return step
        left.remove(step)
    return None


def _fewest_as_good(steps: list[Step]) -> Step:
    best = max(_silhouette(step) for step in steps)
    return next(step for step in steps if _silhouette(step) >= best - AS_GOOD)


def _silhouette(step: Step) -> float:
    return -1.0 if step.silhouette is None else step.silhouette


def _reasons(swept: Sweep, chosen: Step, min_share: float) -> Iterator[str]:
    """Yield the sentences that say why this number of clusters was chosen, and no other."""
    if chosen.silhouette is None:
        return
    yield (
        f"{chosen.n_clusters} clusters have a silhouette of {chosen.silhouette:.2f};"
        f" with every feature shuffled it is {chosen.silhouette_null:.2f}."
    )
    if not swept.is_real(chosen):
        yield "That is not clearly better than chance would be."
    yield (
        f"Clusters of samples agree with them at {swept.stability(chosen):.2f}"
        f" (adjusted Rand index; {MIN_STABILITY} is asked for)."
    )
    yield (
        f"The smallest cluster has {chosen.smallest_share:.1%} of the customers"
        f" ({min_share:.1%} is asked for)."
    )
    yield from _why_no_others(swept, chosen, min_share)


def _why_no_others(swept: Sweep, chosen: Step, min_share: float) -> Iterator[str]:
    others = [step for step in swept.steps if step.n_clusters != chosen.n_clusters]
    small = [step for step in others if step.smallest_share < min_share]
    if small:
        shares = [step.smallest_share for step in small]
        yield _not_taken(small, f"the smallest would have {_range(shares, '.1%')} of the customers")
    others = [step for step in others if step not in small]
    chance = [step for step in others if swept.is_real(chosen) and not swept.is_real(step)]
    if chance:
        yield _not_taken(chance, "with every feature shuffled they would be about as good")
    others = [step for step in others if step not in chance]
    unstable = [s for s in others if swept.stabilities.get(s.n_clusters, 1.0) < MIN_STABILITY]
    if unstable:
        found = [swept.stabilities[step.n_clusters] for step in unstable]
        yield _not_taken(unstable, f"clusters of samples agree with them at {_range(found, '.2f')}")
    others = [step for step in others if step not in unstable]
    if others:
        found = [_silhouette(step) for step in others]
        better = max(found) > _silhouette(chosen)
        enough = f", at most {AS_GOOD} more, and fewer clusters are simpler" if better else ""
        yield _not_taken(others, f"their silhouette is {_range(found, '.2f')}{enough}")


def _not_taken(steps: Sequence[Step], why: str) -> str:
    return f"{_listed([step.n_clusters for step in steps])} clusters were not taken: {why}."


def _listed(numbers: Sequence[int]) -> str:
    """Return ascending numbers as words, such as "2, 4 to 8 and 10"."""
    runs: list[list[int]] = []
    for number in numbers:
        if not runs or runs[-1][-1] + 1 < number:
            runs.append([])
        runs[-1].append(number)
    texts: list[str] = []
    for run in runs:
        first, *between, last = run if len(run) > 1 else (run[0], run[0])
        texts += [f"{first} to {last}"] if between else map(str, run)
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def _range(values: Sequence[float], form: str) -> str:
    low, high = format(min(values), form), format(max(values), form)
    return low if low == high else f"{low} to {high}"
