"""Short names for clusters, put together from how each differs from all customers.

A name reads "older, high-earning savers with little debt": adjectives for age and income, a
noun for the share of income that is spent, and after "with" whatever else is said.
"""

from collections import Counter

# The words for five levels: far below the mean of all customers, below, near, above, far above.
ADJECTIVES = {
    "age": ("much younger", "younger", "", "older", "much older"),
    "annual_income": ("very low-earning", "low-earning", "", "high-earning", "very high-earning"),
}
NOUNS = {"share_spent": ("keen savers", "savers", "customers", "spenders", "heavy spenders")}
PHRASES = {
    "loan_balance": ("hardly any debt", "little debt", "average debt", "large debts", "huge debts"),
    "credit_score": (
        *("very low credit scores", "low credit scores", "average credit scores"),
        *("high credit scores", "very high credit scores"),
    ),
    "age": ("", "", "an average age", "", ""),
    "annual_income": ("", "", "average incomes", "", ""),
    "share_spent": ("", "", "average spending", "", ""),
}
NEAR = 0.3  # standard deviations: a smaller difference is hard to see, and called average
FAR = 1.0  # standard deviations: only a sixth of a bell curve lies further out on that side
SHORT = 3  # features in a name, unless clusters would share it
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]


def cluster_names(differences: list[dict[str, float]]) -> list[str]:
    """Return a name for each cluster, no two alike.

    `differences` has, for each cluster in the order of mean income, the difference from all
    customers in standard deviations by feature. Clusters that would share a name are told apart
    by their next features, and where those are used up by the order of their incomes.
    """
    ranked = [sorted(PHRASES, key=lambda f: -abs(of.get(f, 0.0))) for of in differences]
    said = [min(SHORT, sum(abs(of.get(f, 0.0)) >= NEAR for f in PHRASES)) for of in differences]
    names = []
    for _ in range(len(PHRASES) * len(differences)):
        names = [
            _name({f: _level(of.get(f, 0.0)) for f in features[:n]})
            for of, features, n in zip(differences, ranked, said, strict=True)
        ]
        said = [n + (names.count(name) > 1) for n, name in zip(said, names, strict=True)]
    return _numbered(names)


def _level(difference: float) -> int:
    """Return the level of a difference in standard deviations: 0 far below to 4 far above."""
    return (
        2 + sum(difference >= d for d in (NEAR, FAR)) - sum(difference <= -d for d in (NEAR, FAR))
    )


def _name(levels: dict[str, int]) -> str:
    """Return the name that says these levels by feature."""
    if not levels:
        return "average customers"
    adjectives = _said(ADJECTIVES, levels)
    noun = NOUNS["share_spent"][levels.get("share_spent", 2)]
    phrases = _said(PHRASES, levels)
    *first, last = phrases or [""]
    listed = f" with {', '.join(first)}{' and ' if first else ''}{last}" if phrases else ""
    return f"{', '.join(adjectives)} {noun}{listed}".strip()


def _said(words: dict[str, tuple], levels: dict[str, int]) -> list[str]:
    """Return the words for these levels, in the order of the table."""
    return [words[f][levels[f]] for f in words if f in levels and words[f][levels[f]]]


def _numbered(names: list[str]) -> list[str]:
    """Return the names, those still shared told apart by their order of income."""
    seen, shared = Counter(), Counter(names)
    unique = []
    for name in names:
        unique.append(f"{name}, {ORDINALS[seen[name]]} by income" if shared[name] > 1 else name)
        seen[name] += 1
    return unique
