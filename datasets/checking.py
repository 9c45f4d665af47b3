"""Check the cells of a column, many at a time.

A column is checked faster than its cells are: by one pattern that fits them all, or each different
cell once.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from datasets.cells import form_of
from datasets.problems import Problems
from schema import Column

CELLS_REMEMBERED = 10_000
LONGEST_REMEMBERED = 100  # characters, so that wide cells fill no memory
WRONG = "0"  # in place of a cell that can't be read: neither missing nor an id
NULL_BYTE = "\x00"
NO_TEXT = re.compile(f"[{NULL_BYTE}\udc80-\udcff]")  # surrogates stand for bytes that are no UTF-8


class Checker:
    """Reads the cells of one column."""

    def __init__(self, column: Column):
        self._column = column
        self._form = form_of(column.type)
        plain = self._form.plain
        optional = "?" if column.nullable else ""
        self._plain = plain and re.compile(f"(?:(?:{plain}){optional}\n)*+")
        self._remembered = lru_cache(CELLS_REMEMBERED)(self._read_cell)
        self._remembered_fault = lru_cache(CELLS_REMEMBERED)(self._find_fault)

    def read(self, cells: Sequence[str], lines: Sequence[int], problems: Problems) -> Sequence[str]:
        """Return the cells as PostgreSQL takes them: "" for a missing, WRONG for a wrong one."""
        if self._are_plain(cells):
            return cells
        short = len(max(cells, key=len)) <= LONGEST_REMEMBERED
        read = self._remembered if short else self._read_cell
        try:
            return list(map(read, cells))
        except ValueError:
            faults = map(self._remembered_fault if short else self._find_fault, cells)
        kept = []
        for cell, line, fault in zip(cells, lines, faults, strict=True):
            if fault:
                problems.add_cell(line, self._column.name, cell, fault)
            kept.append(WRONG if fault else read(cell))
        return kept

    def _are_plain(self, cells: Sequence[str]) -> bool:
        if not self._plain:
            return False
        joined = "\n".join([*cells, ""])
        return joined.count("\n") == len(cells) and bool(self._plain.fullmatch(joined))

    def _find_fault(self, cell: str) -> str | None:
        try:
            self._read_cell(cell)
        except ValueError as fault:
            return str(fault)
        return None

    def _read_cell(self, cell: str) -> str:
        if not cell.strip() and not self._column.nullable:
            raise ValueError("is missing")
        if not cell or (not cell.strip() and not self._form.is_text):
            return ""
        if found := NO_TEXT.search(cell):
            what = "has a null byte" if found[0] == NULL_BYTE else "is not UTF-8"
            raise ValueError(f"{what}: save the file as CSV UTF-8")
        return self._form.read(cell)
