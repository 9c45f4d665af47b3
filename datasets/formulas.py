"""Texts that a spreadsheet would run as formulas, and texts that say that something is missing.

Both are written after an apostrophe, which is no part of them, so that they stay texts.
"""

import re

TRIGGERS = r"=+\-@\t\r\n＝＋－＠"  # noqa: RUF001 - the full-width ones work too
# How programs write a missing value; in numbers, codes and dates in any case.
MISSING_WORDS = ("NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", r"\N", "<NA>", "NaT")
MISSING = ("", "-", *MISSING_WORDS)
_WORDS = "|".join(map(re.escape, MISSING_WORDS))
FORMULA = f"^[{TRIGGERS}]"
GUARDED = f"^'+(?:[{TRIGGERS}]|(?:{_WORDS})$)"
_FORMULA = re.compile(FORMULA)
_GUARDED = re.compile(GUARDED)
_GUARDABLE = re.compile(rf"'*(?:[{TRIGGERS}]|(?:{_WORDS})\Z)")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text."""
    return bool(_FORMULA.match(text))


def guard(text: str) -> str:
    """Return a text as it is written to a file: after an apostrophe, if it needs one."""
    return f"'{text}" if _GUARDABLE.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded."""
    return text[1:] if _GUARDED.match(text) else text
