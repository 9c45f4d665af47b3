"""The notes that reports have below their rows, such as where the figures come from."""

import csv
import os
from collections.abc import Iterator

from datasets.formats import BLOCK_BYTES, Spaces, Text, spooled
from datasets.layout import Layout
from datasets.problems import shortened
from datasets.totals import totals_of

TAIL_BYTES = 1 << 16
MOST_LINES = 20
_FEWEST_COLUMNS = 3  # in a table of two, words in one cell are a row with a missing value
_BLANK = b' \t\r\n,;|"'


def without_footer(text: Text, layout: Layout, spaces: Spaces) -> tuple[Text, list[str]]:
    """Return a text without the notes below its rows, and what they say.

    Notes are the last lines, below a blank one, of which each has words in one cell alone while
    the table has several columns.
    """
    if len(layout.names) < _FEWEST_COLUMNS:
        return text, []
    size = text.file.seek(0, os.SEEK_END)
    text.file.seek(max(0, size - TAIL_BYTES))
    lines = text.file.read().splitlines(keepends=True)[-MOST_LINES - 1 :]
    notes: list[str] = []
    while lines and (note := _note(lines[-1], layout.separator)) is not None:
        notes.insert(0, note)
        size -= len(lines.pop())
    if not notes or not lines or lines[-1].strip(_BLANK):
        return text, []
    line = sum(block.count(b"\n") for block in _blocks(text, size))
    said = [f"{text.unit} {line + i}: {shortened(note)!r}" for i, note in enumerate(notes, 1)]
    file = spooled(_blocks(text, size), spaces)
    return Text(file, text.separator, text.unit, text.notes, text.passed_over), said


def _note(line: bytes, separator: str) -> str | None:
    """Return what a line says that has words in one cell alone, None for any other line."""
    try:
        rows = list(csv.reader([line.decode("utf-8", "replace")], delimiter=separator))
    except csv.Error:
        return None
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    if len(cells) != 1 or totals_of([*cells, "", "0"]):
        return None
    return cells[0] if any(character.isalpha() for character in cells[0]) else None


def _blocks(text: Text, size: int) -> Iterator[bytes]:
    text.file.seek(0)
    while size > 0 and (block := text.file.read(min(size, BLOCK_BYTES))):
        size -= len(block)
        yield block
