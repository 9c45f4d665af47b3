"""How the value of a fact is written: in a sentence (£12k), and in a name (owes £12k)."""

from schema import CUSTOMER, Decimal

MONEY = {column.name for column in CUSTOMER if isinstance(column.type, Decimal)}
IN_NAMES = {
    "age": "{}",
    "annual_income": "{}",
    "annual_spending": "spends {}",
    "credit_score": "score {}",
    "incomes_owed": "owes {} × income",
    "loan_balance": "owes {}",
}
IN_OTHER_UNITS = {"annual_income": "income {}"}  # where no "£" says what it is
UNITS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))
DIGITS = 3
UP = 0.9995  # of a unit: from here on three digits are rounded up to it


def in_name(fact: str, value: float, *, in_pounds: bool) -> str:
    """Return the value of a fact as it stands in a name, with a word for what it is."""
    if fact == "share_spent":
        return f"keeps {1 - value:.0%}" if value <= 1 else f"spends {value:.0%}"
    text = f"{value:.0f}" if fact == "age" else written(fact, value, in_pounds=in_pounds)
    forms = IN_NAMES if in_pounds else IN_NAMES | IN_OTHER_UNITS
    return forms[fact].format(text) if fact in forms else f"{plain(fact)} {text}"


def written(fact: str, value: float, *, in_pounds: bool, digits: int = DIGITS) -> str:
    """Return the value of a fact, with its unit."""
    if fact == "incomes_owed":
        return f"{value:.1f}"
    if fact not in MONEY:
        return amount(value, digits)
    return f"{'£' if in_pounds else ''}{amount(value, digits, in_k_from=1e3)}"


def compared(fact: str, one: float, other: float, *, in_pounds: bool) -> tuple[str, str]:
    """Return two values with as many digits as show what they differ by."""
    for digits in range(DIGITS, 17):
        texts = [written(fact, x, in_pounds=in_pounds, digits=digits) for x in (one, other)]
        if texts[0] != texts[1] or one == other:
            break
    return texts[0], texts[1]


def amount(value: float, digits: int = DIGITS, in_k_from: float = 1e4) -> str:
    """Return an amount as short as it can be said: 0.35, 12, 2005, 26k, 1.2m."""
    size = abs(value)
    for unit, letter in UNITS:
        if size >= UP * max(unit, in_k_from):
            return f"{value / unit:.{digits - DIGITS + (size < 9.95 * unit)}f}{letter}"
    return f"{value:.{digits + (size >= UP * UNITS[-1][0])}g}"


def plain(name: str) -> str:
    """Return a column's name as words."""
    return " ".join(name.replace("_", " ").split())
