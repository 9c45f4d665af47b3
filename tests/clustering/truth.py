"""Whether a cluster's name, and why it has it, is true: read, and held against the members.

Written apart from the code that makes names, from what its words mean.
"""

import re

import numpy as np
import pandas as pd
from sklearn.metrics import silhouette_score

LABELS = [
    *("Student", "Salaried Employee", "Self-Employed", "Business Owner", "Retired", "Unemployed"),
    *("Homemaker", "Freelancer", "Contractor", "Government Employee"),
]
OCCUPATIONS = {
    "students": "Student",
    "retired": "Retired",
    "self-employed": "Self-Employed",
    "business owners": "Business Owner",
    "unemployed": "Unemployed",
    "homemakers": "Homemaker",
    "freelancers": "Freelancer",
    "contractors": "Contractor",
    "government employees": "Government Employee",
}
AGES = {
    "young adults": (0, 29),
    "thirty-somethings": (30, 39),
    "middle-aged": (40, 59),
    "over sixty": (60, 200),
    "mid-career": (30, 54),
    "late-career": (50, 66),
}
RELATIVE = {
    "older": ("age", 1),
    "younger": ("age", -1),
    "earning more": ("annual_income", 1),
    "earning less": ("annual_income", -1),
    "owing more": ("loan_balance", 1),
    "owing less": ("loan_balance", -1),
    "better credit": ("credit_score", 1),
    "weaker credit": ("credit_score", -1),
}
CITIES = [
    *("Belfast", "Birmingham", "Bristol", "Cardiff", "Edinburgh", "Glasgow", "Leeds", "Leicester"),
    *("Liverpool", "London", "Manchester", "Newcastle", "Nottingham", "Sheffield", "Southampton"),
]
LETTER = re.compile(r" \([A-J]\)$")
NUMBER = r"([-\d.]+(?:e[-+]\d+)?(?:bn|m|k)?)"


def falsehoods(name, members, everybody, tolerance=0.01):
    """Return what a name says that is not so, or that nobody can check.

    A figure may be off by its rounding, and by this share of it.
    """
    words, _, figures = LETTER.sub("", name).partition(" · ")
    found = [
        *_wrong_words(words, members, everybody),
        *_wrong_figures(figures, members, everybody, tolerance),
    ]
    tokens = name.split()
    if sum(any(c.isalpha() for c in t) and not any(c.isdigit() for c in t) for t in tokens) > 7:
        found.append("more than seven words")
    if sum(any(c.isdigit() for c in t) for t in tokens) > 2 + name.count("times"):
        found.append("more than two figures")
    return found


def _wrong_words(words, members, everybody):
    parts = words.lower().split(", ")
    is_relative = [False] * len(parts)
    for i, part in enumerate(parts):
        if part.endswith(" than average"):
            parts[i] = part.removesuffix(" than average")
            for j in range(i, -1, -1):
                if not _is_relative(parts[j], members):
                    break
                is_relative[j] = True
    for part, relative in zip(parts, is_relative, strict=True):
        if relative:
            holds = _relative(part, members, everybody)
        elif (common := _in_common(part, everybody)) is not None:
            holds = (
                _absolute(part, members, everybody)
                and _in_common(part, members).mean() > common.mean()
            )
        else:
            holds = all(_absolute(word, members, everybody) for word in _split(part))
        if not holds:
            yield part


def _split(part):
    for adjective in ("mortgaged ", "indebted "):
        if part.startswith(adjective):
            return [adjective.strip(), part.removeprefix(adjective)]
    return [part]


def _is_relative(part, members):
    return part in RELATIVE or _own(part, members) is not None


def _own(part, members):
    """Return the column of one's own that "higher <name>" is about, and 1 or -1."""
    for word, sign in (("higher ", 1), ("lower ", -1)):
        for column in members:
            if part == word + " ".join(column.lower().replace("_", " ").split()):
                return column, sign
    return None


def _relative(part, members, everybody):
    column, sign = RELATIVE.get(part) or _own(part, members)
    return all(
        sign * getattr(members[column], of)() > sign * getattr(everybody[column], of)()
        for of in ("mean", "median")
    )


def _in_common(words, members):
    """Return who has the value that "in London", "region North" or "no children" is about."""
    if words.startswith("in ") and words[3:].title() in CITIES:
        return (members["city"].dropna() == CITIES.index(words[3:].title())).astype(float)
    for column in sorted(members, key=len, reverse=True):
        plainly = " ".join(column.lower().replace("_", " ").split())
        known = members[column].dropna()
        if words == f"no {plainly}":
            return (known == 0).astype(float)
        if words.startswith(f"{plainly} "):
            value = words.removeprefix(f"{plainly} ")
            if pd.api.types.is_numeric_dtype(known):
                return np.isclose(known, float(value), rtol=1e-5).astype(float)
            return (known.astype(str).str.lower() == value).astype(float)
    return None


def _is_double(incomes, everybodys):
    return (
        incomes.median() >= 1.7 * everybodys.median() and incomes.mean() >= 1.7 * everybodys.mean()
    )


def _absolute(word, members, everybody):
    age, occupation = members["age"].dropna(), members["occupation"].dropna()
    loans, income = members["loan_balance"], members["annual_income"]
    spent = members["annual_spending"] / income.where(income > 0)
    owed = loans / income.where(income > 0)
    if word in OCCUPATIONS:
        return (occupation == LABELS.index(OCCUPATIONS[word])).mean() > 0.5
    if word in AGES:
        low, high = AGES[word]
        return age.between(low, high).mean() > 0.5 and low <= age.median() <= high
    small = (loans.dropna() < 500).mean()
    common = _in_common(word, members)
    if common is not None:
        return common.mean() > 0.5
    return {
        "customers": True,
        "students and starters": (occupation == 0).any() and age.median() < 30,
        "debt-free": small > 0.6 and loans.median() < 500 and loans.mean() < 750,
        "mostly debt-free": small > 0.5 and loans.median() < 500,
        "mortgaged": owed.median() >= 1 and loans.sum() >= income.sum(),
        "indebted": owed.median() >= 1,
        "without income": (income.dropna() == 0).mean() > 0.5,
        "earning double the average": _is_double(income, everybody["annual_income"]),
        "saving": spent.median() <= 0.9,
        "overspending": spent.median() > 1,
    }.get(word, False)


def _wrong_figures(figures, members, everybody, tolerance):
    income = members["annual_income"].where(members["annual_income"] > 0)
    spent = (members["annual_spending"] / income).median()
    if "£" in figures and everybody["annual_income"].where(lambda x: x > 0).median() < 1_000:
        yield f"{figures}: nobody lives on so many pounds a year"
    for text in filter(None, figures.split(", ")):
        shown = re.search(rf"(?<![a-zA-Z\d]){NUMBER}(?:%| × income)?$", text)[1]
        truth = {
            "#": members["age"].median(),
            "£#": members["annual_income"].median(),
            "income #": members["annual_income"].median(),
            "score #": members["credit_score"].median(),
            "owes # × income": (members["loan_balance"] / income).median(),
            "owes £#": members["loan_balance"].median(),
            "owes #": members["loan_balance"].median(),
            "spends £#": members["annual_spending"].median(),
            "spends #": members["annual_spending"].median(),
            "keeps #%": 100 * (1 - spent),
            "spends #%": 100 * spent,
        }.get(_without(text, shown))
        if truth is None:
            truth = _median(text.removesuffix(shown).strip(), members)
        if not abs(_number(shown) - truth) <= tolerance * abs(truth) + _rounding(shown):
            yield f"{text}: it is {truth:.4g}"


def _without(text, number):
    head, _, tail = text.rpartition(number)
    return f"{head}#{tail}"


def _median(plainly, members):
    named = (c for c in members if " ".join(c.replace("_", " ").split()) == plainly)
    column = next(named, None)
    return np.nan if column is None else members[column].median()


def _rounding(number):
    """Half of the last digit that is shown."""
    digits, unit = _unit(number)
    decimals = len(digits.partition("e")[0].partition(".")[2])
    power = int(digits.partition("e")[2] or 0)
    return 0.5001 * 10.0 ** (power - decimals) * unit


def _number(text):
    digits, unit = _unit(text)
    return float(digits) * unit


def _unit(text):
    digits = text.rstrip("bnkm")
    return digits, {"": 1, "k": 1e3, "m": 1e6, "bn": 1e9}[text.removeprefix(digits)]


def false_sentences(because, members, everybody):
    """Return those of the sentences behind a name that are not so, or that nobody can check."""
    return [said for said in because if not _is_so(said, members, everybody)]


def _is_so(said, members, everybody):
    if median := re.fullmatch(
        rf"their median (.+) is £?{NUMBER}(?:, everybody's £?{NUMBER})?", said
    ):
        plainly, own, all_ = median.groups()
        return _about(own, _median(plainly, members)) and (
            all_ is None or (_about(all_, _median(plainly, everybody)) and own != all_)
        )
    if ratio := re.fullmatch(rf"they (owe|spend) {NUMBER}.* income \(median\)", said):
        income = members["annual_income"].where(members["annual_income"] > 0)
        owed, spent = (members[name] / income for name in ("loan_balance", "annual_spending"))
        return _about(ratio[2], owed.median() if ratio[1] == "owe" else 100 * spent.median())
    shares = re.fullmatch(
        r"(\d+)% of them (.+?)(?:, (?:and )?(\d+)% (of everybody|are under 30))?", said
    )
    if not shares:
        return False
    share, what, other, whose = shares.groups()
    if whose == "are under 30" and not _about(other, _share(whose, members)):
        return False
    if whose == "of everybody" and not _about(other, _share(what, everybody)):
        return False
    return _about(share, _share(what, members))


def _share(what, customers):
    """Return how many per cent of those whose value is known are or have what is said."""
    age, loans = customers["age"].dropna(), customers["loan_balance"].dropna()
    income, occupation = customers["annual_income"].dropna(), customers["occupation"].dropna()
    years = re.fullmatch(r"are (?:(under) (\d+)|(\d+) to (\d+)|(\d+) (or older))", what)
    if years:
        _, below, low, high, least, _ = years.groups()
        found = age.between(float(low or least or 0), float(high or int(below or 1_000) - 1))
    elif what.startswith("have the occupation "):
        found = occupation == LABELS.index(what.removeprefix("have the occupation "))
    else:
        found = {
            "are students": occupation == 0,
            "owe less than £500": loans < 500,
            "owe nothing": loans <= 0,
            "have no income": income == 0,
        }.get(what)
    if found is None:
        found = _in_common(what.removeprefix("are ").removeprefix("have ").lower(), customers)
    return np.nan if found is None else 100 * found.mean()


def _about(shown, truth):
    return abs(_number(shown) - truth) <= _rounding(shown) + 1e-9 * abs(truth)


def false_reasons(reasons, matrix, labels, others):
    """Return those of auto's reasons that are not so, by scikit-learn on all the points.

    `others` are the labels by other numbers of clusters. Silhouettes may be 0.03 off, since they
    are taken on samples, and shares 1 %.
    """
    sizes = np.bincount(labels)
    found = []
    for said in reasons:
        numbers = [float(x) for x in re.findall(r"\d+\.\d+", said)]
        if mine := re.match(r"(\d+) clusters have a silhouette of", said):
            true = int(mine[1]) == len(sizes)
            true &= abs(numbers[0] - silhouette_score(matrix, labels)) < 0.03
        elif said.startswith("The smallest cluster has"):
            true = abs(numbers[0] - 100 * sizes.min() / sizes.sum()) < 0.06
        elif taken := re.match(r"(.+) clusters were not taken: (.+)", said):
            true = all(_why_not(taken[2], numbers, matrix, others[k]) for k in _numbers(taken[1]))
        else:
            true = said.startswith(
                ("Clusters of samples agree with them at", "That is not clearly")
            )
        found += [] if true else [said]
    return found


def _numbers(listed):
    for part in re.split(r", | and ", listed):
        first, _, last = part.partition(" to ")
        yield from range(int(first), int(last or first) + 1)


def _why_not(why, numbers, matrix, labels):
    if why.startswith("the smallest would have"):
        share = 100 * np.bincount(labels).min() / len(labels)
        return numbers[0] - 1 <= share <= numbers[-1] + 1
    if why.startswith("their silhouette is"):
        low, high = numbers[0], numbers[min(1, len(numbers) - 1)]
        return low - 0.03 <= silhouette_score(matrix, labels) <= high + 0.03
    return why.startswith(("with every feature shuffled", "clusters of samples agree"))
