"""Texts that a spreadsheet would run as formulas, and how they are made harmless."""

import re

TRIGGERS = r"=+\-@\t\r\n＝＋－＠"  # noqa: RUF001 - the full-width ones work too
_FORMULA = re.compile(f"[{TRIGGERS}]")
_GUARDED = re.compile(f"'+[{TRIGGERS}]")
_GUARDABLE = re.compile(f"'*[{TRIGGERS}]")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text."""
    return bool(_FORMULA.match(text))


def guard(text: str) -> str:
    """Return a text in the form that no spreadsheet runs: after an apostrophe, if it needs one."""
    return f"'{text}" if _GUARDABLE.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded."""
    return text[1:] if _GUARDED.match(text) else text
