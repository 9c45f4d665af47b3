"""Single cells that are no numbers: names of codes, choices, yes and no, lists.

A reader gets a cell that is not missing; its ValueError says what is wrong, as the end of a
sentence that begins with the cell.
"""

import re
from collections.abc import Callable, Sequence

from datasets.spelling import nearest, normalised

_ITEM = r'\s*(?:"(?:[^"\\]|\\.)*"\s*|[^\s,{}"\\][^,{}"\\]*)'
_ARRAY = re.compile(rf"\{{(?:\s*|{_ITEM}(?:,{_ITEM})*)\}}", re.ASCII | re.DOTALL)
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0*)?")  # 3.0 is how pandas writes 3 beside missing values
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "t", "y", "1"), "true"),
    **dict.fromkeys(("false", "no", "f", "n", "0"), "false"),
}
_OTHER_NAMES = {"newcastle upon tyne": "newcastle"}
CellReader = Callable[[str], str]


def code_reader(names: Sequence[str]) -> Callable[[str], int | None]:
    """Return what gives the code of a cell, its number or its name; None for any other."""
    codes = {normalised(name): code for code, name in enumerate(names)}

    def read(cell: str) -> int | None:
        if number := _WHOLE.fullmatch(cell):
            return int(number[1]) if int(number[1]) < len(names) else None
        name = normalised(cell)
        return codes.get(_OTHER_NAMES.get(name, name))

    return read


def choice_reader(names: Sequence[str]) -> CellReader:
    """Return what reads one of some texts."""
    by_name = {normalised(name): name for name in names}
    wanted = f"must be one of {', '.join(names)}"
    return lambda cell: _chosen(cell, by_name, names, wanted)


def read_boolean(cell: str) -> str:
    """Read a yes or a no."""
    return _chosen(cell, _BOOLEANS, (), "must be true or false")


def read_texts(cell: str) -> str:
    """Read a list of texts, parted by commas or as PostgreSQL writes it."""
    if cell.startswith("{"):
        if not _ARRAY.fullmatch(cell):
            raise ValueError('must be a list such as Online, Branch or {"Online","Branch"}')
        return cell
    items = (item.strip() for item in re.split("[,;]", cell))
    quoted = (re.sub(r'(["\\])', r"\\\1", item) for item in items if item)
    return "{" + ",".join(f'"{item}"' for item in quoted) + "}"


def _chosen(cell: str, choices: dict[str, str], names: Sequence[str], wanted: str) -> str:
    """Return what a cell chooses; raises ValueError, with the name it is very likely meant for."""
    if (name := normalised(cell)) in choices:
        return choices[name]
    hint = nearest(cell, names) if names else None
    raise ValueError(f"{wanted}{f' (did you mean {hint}?)' if hint else ''}")
