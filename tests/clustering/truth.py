"""Whether a cluster's name is true: read word by word, and held against the members.

Written apart from the code that makes names, from what its words mean.
"""

import re

import numpy as np

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
LETTER = re.compile(r" \([A-J]\)$")


def falsehoods(name, members, everybody, tolerance=0.01):
    """Return what a name says that is not so, or that nobody can check.

    A figure may be off by its rounding, and by this share of it.
    """
    words, _, figures = LETTER.sub("", name).partition(" · ")
    found = [*_wrong_words(words, members, everybody), *_wrong_figures(figures, members, tolerance)]
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
        else:
            holds = all(_absolute(word, members) for word in _split(part))
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


def _absolute(word, members):
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
    return {
        "customers": True,
        "students and starters": (occupation == 0).any() and age.median() < 30,
        "debt-free": small > 0.6 and loans.median() < 500 and loans.mean() < 750,
        "mostly debt-free": small > 0.5 and loans.median() < 500,
        "mortgaged": owed.median() >= 1 and loans.sum() >= income.sum(),
        "indebted": owed.median() >= 1,
        "without income": (income.dropna() == 0).mean() > 0.5,
        "saving": spent.median() <= 0.9,
        "overspending": spent.median() > 1,
    }.get(word, False)


def _wrong_figures(figures, members, tolerance):
    income = members["annual_income"].where(members["annual_income"] > 0)
    spent = (members["annual_spending"] / income).median()
    for text in filter(None, figures.split(", ")):
        number = _number(re.search(r"[-\d.]+[km]?", text)[0])
        about = text.replace(re.search(r"[-\d.]+[km]?", text)[0], "#")
        truth = {
            "#": members["age"].median(),
            "£#": members["annual_income"].median(),
            "score #": members["credit_score"].median(),
            "owes # × income": (members["loan_balance"] / income).median(),
            "owes £#": members["loan_balance"].median(),
            "spends £#": members["annual_spending"].median(),
            "keeps #%": 100 * (1 - spent),
            "spends #%": 100 * spent,
        }.get(about)
        if truth is None:
            column = next(
                (c for c in members if about == " ".join(c.replace("_", " ").split()) + " #"), None
            )
            truth = np.nan if column is None else members[column].median()
        if not abs(number - truth) <= tolerance * abs(truth) + _rounding(text):
            yield f"{text}: it is {truth:.4g}"


def _rounding(text):
    """Half of the last digit that is shown."""
    digits = re.search(r"[-\d.]+[km]?", text)[0]
    decimals = len(digits.rstrip("km").partition(".")[2])
    return 0.5001 * 10.0**-decimals * {"k": 1e3, "m": 1e6}.get(digits[-1], 1)


def _number(text):
    scale = {"k": 1e3, "m": 1e6}.get(text[-1], 1)
    return float(text.rstrip("km")) * scale
