"""Check the cells of a column, many at a time.

A column is checked faster than its cells are: by one pattern that fits them all, or each different
cell once.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from exchange.columns import Column
from exchange.problems import Problems

CELLS_REMEMBERED = 10_000
NULL_BYTE = "\x00"
NO_TEXT = re.compile(f"[{NULL_BYTE}\udc80-\udcff]")  # surrogates stand for bytes that are no UTF-8


class Checker:
    """Reads the cells of one column."""

    def __init__(self, column: Column):
        self._column = column
        plain = column.form.plain
        optional = "?" if column.nullable else ""
        self._plain = plain and re.compile(f"(?:(?:{plain}){optional}\n)*+")
        self._read = lru_cache(CELLS_REMEMBERED)(self._read_cell)

    def read(self, cells: Sequence[str], lines: Sequence[int], problems: Problems) -> Sequence[str]:
        """Return the cells as PostgreSQL takes them; "" for a missing one and for a wrong one."""
        if self._are_plain(cells):
            return cells
        try:
            return list(map(self._read, cells))
        except ValueError:
            return [
                self._read_or_note(cell, line, problems)
                for cell, line in zip(cells, lines, strict=True)
            ]

    def _are_plain(self, cells: Sequence[str]) -> bool:
        if not self._plain:
            return False
        joined = "\n".join([*cells, ""])
        return joined.count("\n") == len(cells) and bool(self._plain.fullmatch(joined))

    def _read_or_note(self, cell: str, line: int, problems: Problems) -> str:
        try:
            return self._read(cell)
        except ValueError as fault:
            problems.add_cell(line, self._column.name, cell, fault)
            return ""

    def _read_cell(self, cell: str) -> str:
        if not cell.strip() and not self._column.nullable:
            raise ValueError("is missing")
        if not cell or (not cell.strip() and not self._column.form.is_text):
            return ""
        if found := NO_TEXT.search(cell):
            what = "has a null byte" if found[0] == NULL_BYTE else "is not UTF-8"
            raise ValueError(f"{what}: save the file as CSV UTF-8")
        return self._column.form.read(cell)
