"""What can be said of a cluster in a few words, and when it is true.

A word such as "saving" says something absolute: a fact about the members themselves, whoever else
there is. What is relative says "than average". Each must hold for the mean and for the median
alike, so that it is never made true by a few members.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clustering.facts import NOTHING_OWED, Facts, share_of
from clustering.wording import compared, plain, written
from schema import CITIES

MOST = 0.65  # share of members from which a cluster goes by what they are
SOME = 0.2
NEARLY_ALL = 0.8
MORTGAGE = 1.5  # yearly incomes owed: about what only mortgages come to
SAVED = 0.1  # share of income kept from which people save
MORE = 0.2  # of shares of members: a smaller difference tells little
CLEAR = 0.3  # spreads of everybody's values: a smaller difference is hard to see
DOUBLE = 2  # times everybody's income
MUCH = 0.15  # share of what everybody has who has any
YEARS = 2  # of age: fewer make no difference
SCORE_POINTS = 20  # of a credit score: fewer make no difference to a lender
WORKING = (
    "Business Owner",
    "Contractor",
    "Freelancer",
    "Government Employee",
    "Salaried Employee",
    "Self-Employed",
)
OCCUPATIONS = {
    "Student": "Students",
    "Retired": "Retired",
    "Self-Employed": "Self-employed",
    "Business Owner": "Business owners",
    "Unemployed": "Unemployed",
    "Homemaker": "Homemakers",
    "Freelancer": "Freelancers",
    "Contractor": "Contractors",
    "Government Employee": "Government employees",
}
CAREERS = {"mid_career": ("Mid-career", "30 to 54"), "late_career": ("Late-career", "50 to 66")}
AGES = {
    "under_thirty": ("Young adults", "under 30"),
    "thirties": ("Thirty-somethings", "30 to 39"),
    "middle_aged": ("Middle-aged", "40 to 59"),
    "over_sixty": ("Over sixty", "60 or older"),
}


class Statement(NamedTuple):
    """Something true of a cluster: the words for it and how much it tells (1: worth saying).

    A head says who the members are, and opens a name; an adjective may come before a head; what is
    relative is followed by "than average". `figure` names the fact whose value goes with it, `of`
    the number whose value the words say already, and `because` says the fact in a sentence.
    """

    key: str
    words: str
    strength: float
    because: str
    figure: str = ""
    of: str = ""
    head: bool = False
    adjective: bool = False
    relative: bool = False


class Cluster(NamedTuple):
    """One cluster's facts beside everybody's.

    `slack` is by how much, as a share, a limit may be missed by what was said before; a difference
    may be missed by three times as much, since it stays one as long as there is any.
    """

    facts: Facts
    number: int
    slack: float = 0.0

    def __getitem__(self, fact: str) -> float:
        return self.facts.values[fact][self.number]

    def average(self, fact: str) -> float:
        """Return everybody's."""
        return self.facts.values[fact][-1]

    def least(self, limit: float, *facts: str) -> bool:
        """Tell whether facts are known and at least this limit."""
        return all(self[fact] >= limit * (1 - self.slack) for fact in facts)

    def apart(self, number: str, needed: float) -> int:
        """Return 1 where median and mean of a number are by so much more than everybody's.

        -1 where they are by so much less, 0 otherwise.
        """
        needed *= 1 - 3 * self.slack
        gaps = [self[fact] - self.average(fact) for fact in (number, f"{number}_mean")]
        return next((s for s in (1, -1) if needed > 0 and all(s * g >= needed for g in gaps)), 0)


def statements(cluster: Cluster, features: Iterable[str]) -> list[Statement]:
    """Return what is true of a cluster, what tells the most first.

    What is about one of the features that the clusters were found by tells more than the rest.
    """
    about = {
        ("annual_income",): _income(cluster),
        ("loan_balance",): _debt(cluster),
        ("annual_spending", "annual_income"): _spending(cluster),
        ("credit_score",): _credit(cluster),
    }
    about |= {(name,): _own(cluster, name) for name in cluster.facts.own}
    found = list(_heads(cluster))
    for name, values in cluster.facts.frequent.items():
        found += _in_common(cluster, name, values)
    for names, said in about.items():
        weight = 1.0 if set(names) & set(features) else 0.5
        found += [one._replace(strength=one.strength * weight) for one in said]
    return sorted(found, key=lambda one: -one.strength)


def _heads(cluster: Cluster) -> Iterator[Statement]:
    """Yield who the members are: what they do, or how old they are."""
    known = cluster.least(0.5, "share_with_occupation")
    if known:
        yield from _occupations(cluster)
    if known and sum(cluster[f"share_{name}"] for name in WORKING) >= MOST * (1 - cluster.slack):
        yield from _ages(cluster, CAREERS, 2.0)
    yield from _ages(cluster, AGES, 1.5)
    if sign := cluster.apart("age", max(CLEAR * cluster.average("age_spread"), YEARS)):
        words = {1: "Older", -1: "Younger"}[sign]
        because = _compared(cluster, "age")
        yield Statement(words, words, 1.0, because, "age", head=True, relative=True)


def _occupations(cluster: Cluster) -> Iterator[Statement]:
    for name, words in OCCUPATIONS.items():
        if cluster.least(MOST, f"share_{name}"):
            because = f"{cluster[f'share_{name}']:.0%} of them have the occupation {name}"
            yield Statement(name, words, 3.0, because, head=True)
    if cluster.least(SOME, "share_Student") and cluster.least(NEARLY_ALL, "share_under_thirty"):
        students, young = cluster["share_Student"], cluster["share_under_thirty"]
        because = f"{students:.0%} of them are students, and {young:.0%} are under 30"
        yield Statement("starters", "Students and starters", 2.8, because, head=True)


def _ages(cluster: Cluster, ages: dict[str, tuple], strength: float) -> Iterator[Statement]:
    for name, (words, years) in ages.items():
        if cluster.least(MOST, share := f"share_{name}"):
            because = f"{cluster[share]:.0%} of them are {years}"
            yield Statement(name, words, strength + cluster[share] / 2, because, head=True)


def _debt(cluster: Cluster) -> Iterator[Statement]:
    """Yield what the members owe."""
    ratios = (cluster["incomes_owed"], cluster["incomes_owed_mean"])
    for key, limit in (("mortgaged", MORTGAGE * (1 - cluster.slack)), ("indebted", 1.0)):
        if all(ratio >= limit for ratio in ratios):
            because = median_of(cluster, "incomes_owed")
            yield Statement(key, key, 2.5, because, "incomes_owed", adjective=True)
            return
    share = cluster["share_without_debt"]
    because = f"{share:.0%} of them owe {_nothing(cluster)}"
    rare = 1.0 + share - cluster.average("share_without_debt")
    mean_limit = (NOTHING_OWED if cluster.facts.in_pounds else 0.01) * (1 + 3 * cluster.slack)
    if (
        cluster.least(NEARLY_ALL, "share_without_debt")
        and cluster["loan_balance"] < NOTHING_OWED
        and cluster["loan_balance_mean"] < mean_limit
    ):
        yield Statement("debt_free", "debt-free", rare + 0.5, because, of="loan_balance")
        if not cluster.slack:
            return
    if cluster.least(MOST, "share_without_debt") and cluster["loan_balance"] < NOTHING_OWED:
        yield Statement("mostly_debt_free", "mostly debt-free", rare, because, of="loan_balance")
    else:
        needed = MUCH * cluster.average("loan_balance_if_any")
        yield from _relative(cluster, "loan_balance", needed, ("owing more", "owing less"), 0.8)


def _spending(cluster: Cluster) -> Iterator[Statement]:
    """Yield what share of their income the members spend."""
    spent, average = cluster["share_spent"], cluster.average("share_spent")
    because = median_of(cluster, "share_spent")
    if spent > 1 and cluster["share_spent_mean"] > 1:
        yield Statement("overspending", "overspending", 2.2, because, "share_spent")
    elif average - spent >= SAVED / 2 * (1 - 3 * cluster.slack) and (
        max(spent, cluster["share_spent_mean"]) <= 1 - SAVED
    ):
        yield Statement("saving", "saving", 1.0 + average - spent, because, "share_spent")


def _income(cluster: Cluster) -> Iterator[Statement]:
    """Yield whether the members earn nothing, or clearly more or less than everybody."""
    if cluster["annual_income"] == 0 and cluster.least(NEARLY_ALL, "share_without_income"):
        because = f"{cluster['share_without_income']:.0%} of them have no income"
        yield Statement("no_income", "without income", 2.6, because, of="annual_income")
        return
    least = DOUBLE * (1 - cluster.slack)
    facts = ("annual_income", "annual_income_mean")
    if cluster.average(facts[0]) > 0 and all(
        cluster[f] >= least * cluster.average(f) for f in facts
    ):
        words, because = "earning double the average", _compared(cluster, "annual_income")
        yield Statement("double_income", words, 2.4, because, "annual_income")
        if not cluster.slack:
            return
    needed = MUCH * cluster.average("annual_income_if_any")
    yield from _relative(cluster, "annual_income", needed, ("earning more", "earning less"), 1.2)


def _credit(cluster: Cluster) -> Iterator[Statement]:
    """Yield whether the members' credit scores are clearly higher or lower than everybody's."""
    needed = max(CLEAR * cluster.average("credit_score_spread"), SCORE_POINTS)
    yield from _relative(cluster, "credit_score", needed, ("better credit", "weaker credit"), 1.1)


def _own(cluster: Cluster, name: str) -> Iterator[Statement]:
    """Yield whether the members have clearly more or less of a number of their own."""
    needed = CLEAR * cluster.average(f"{name}_spread")
    words = (f"higher {plain(name)}", f"lower {plain(name)}")
    yield from _relative(cluster, name, needed, words, 1.0)


def _relative(
    cluster: Cluster, name: str, needed: float, words: tuple[str, str], strength: float
) -> Iterator[Statement]:
    """Yield the first words where a number is by `needed` above everybody's, or the others."""
    if sign := cluster.apart(name, needed):
        said = words[0 if sign > 0 else 1]
        spread = cluster.average(f"{name}_spread")
        further = abs(cluster[name] - cluster.average(name)) / spread if spread else 1.0
        strength *= min(further, 2.0)
        yield Statement(said, said, strength, _compared(cluster, name), name, relative=True)


def _in_common(cluster: Cluster, name: str, values: list) -> Iterator[Statement]:
    """Yield the value of a feature that most members have, and clearly more than of everybody."""
    for value in values:
        share, average = cluster[share_of(name, value)], cluster.average(share_of(name, value))
        more = share - average >= MORE * (1 - 3 * cluster.slack)
        if more and cluster.least(MOST, share_of(name, value)):
            words = _value(name, value, len(values))
            verb = "are" if name == "city" else "have"
            because = f"{share:.0%} of them {verb} {words}, {average:.0%} of everybody"
            of = name if name in cluster.facts.own else ""
            yield Statement(share_of(name, value), words, 1.5 + share - average, because, of=of)


def _value(name: str, value: object, n_values: int) -> str:
    if name == "city":
        return f"in {CITIES[int(value)]}"
    if isinstance(value, str):
        return f"{plain(name)} {value}"
    return f"no {plain(name)}" if n_values == 1 else f"{plain(name)} {value:g}"


def _nothing(cluster: Cluster) -> str:
    return f"less than £{NOTHING_OWED}" if cluster.facts.in_pounds else "nothing"


def median_of(cluster: Cluster, fact: str) -> str:
    """Return a sentence that says the median of a fact."""
    if fact == "share_spent":
        return f"they spend {cluster[fact]:.0%} of their income (median)"
    if fact == "incomes_owed":
        return f"they owe {cluster[fact]:.1f} times their income (median)"
    text = written(fact, cluster[fact], in_pounds=cluster.facts.in_pounds)
    return f"their median {plain(fact)} is {text}"


def _compared(cluster: Cluster, name: str) -> str:
    both = cluster[name], cluster.average(name)
    median, everybody = compared(name, *both, in_pounds=cluster.facts.in_pounds)
    return f"their median {plain(name)} is {median}, everybody's {everybody}"
