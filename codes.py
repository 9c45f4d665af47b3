"""The documented names of the codes: a name's place in its tuple is its code."""

OCCUPATIONS = (
    "Student",
    "Salaried Employee",
    "Self-Employed",
    "Business Owner",
    "Retired",
    "Unemployed",
    "Homemaker",
    "Freelancer",
    "Contractor",
    "Government Employee",
)
CITIES = (
    "Belfast",
    "Birmingham",
    "Bristol",
    "Cardiff",
    "Edinburgh",
    "Glasgow",
    "Leeds",
    "Leicester",
    "Liverpool",
    "London",
    "Manchester",
    "Newcastle",
    "Nottingham",
    "Sheffield",
    "Southampton",
)
