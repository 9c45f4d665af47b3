"""The rows of a table below its header, as columns of text, in blocks and flat memory."""

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from datasets.formats import BLOCK_BYTES, Text
from datasets.layout import Layout, rows_of
from datasets.problems import MOST_SHOWN, Problem

LONGEST_ROW = BLOCK_BYTES  # bytes
# What may be meant by what the csv module says of a row.
BROKEN_ROWS = {
    "unexpected end": "A quote in this row is not closed, or the file is cut off.",
    "field larger": "A cell of this row is very long; perhaps a quote is not closed.",
    "expected after": "A cell of this row goes on behind its closing quote; perhaps a quote is not"
    " closed, or one within the cell is not written twice.",
}
_VERY_LONG = "A row is very long; perhaps a quote is not closed."


class Block:
    """Some rows: the number of each among all rows that are not blank, and the cells by column."""

    def __init__(self, numbers: np.ndarray, columns: list[pa.Array]):
        self.numbers = numbers
        self.columns = columns

    def __len__(self) -> int:
        """How many rows."""
        return len(self.numbers)

    def __getitem__(self, part: slice) -> "Block":
        """Return some of the rows."""
        return Block(self.numbers[part], [column[part] for column in self.columns])

    def take(self, chosen: np.ndarray) -> "Block":
        """Return the rows for which `chosen` is true."""
        mask = pa.array(chosen)
        return Block(self.numbers[chosen], [column.filter(mask) for column in self.columns])

    def row(self, i: int) -> list[str]:
        """Return the cells of one row."""
        return [column[i].as_py() for column in self.columns]


class _Unclosed:
    """A file that a reader reads from and does not close."""

    closed = False

    def __init__(self, file: BinaryIO):
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def close(self) -> None:
        """Leave the file open: it is read twice."""


class Rows:
    """The rows of a table; every look at them reads the file again."""

    def __init__(self, text: Text, layout: Layout):
        self._text, self._layout = text, layout
        self._width = len(layout.names)
        self.ragged = 0

    @property
    def unit(self) -> str:
        """What a row's place is called: a line, or a row of a sheet."""
        return self._text.unit

    def blocks(self) -> Iterator[Block]:
        """Yield the rows that have as many cells as the header; blank ones are passed over.

        `ragged` counts the others. Ends early where the file is broken: see `faults`.
        """
        self.ragged = 0
        number = 0
        try:
            for batch in self._reader():
                numbers = np.arange(number, number + len(batch))
                number += len(batch)
                block = not_blank(Block(numbers, batch.columns))
                if len(block):
                    yield block
        except pa.ArrowInvalid:
            self.ragged += 1

    def _reader(self) -> Iterator[pa.RecordBatch]:
        self._text.file.seek(self._layout.start)
        names = [str(i) for i in range(self._width)]
        return pa.csv.open_csv(
            pa.PythonFile(_Unclosed(self._text.file), mode="r"),
            pa.csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES, use_threads=False),
            pa.csv.ParseOptions(
                delimiter=self._layout.separator,
                newlines_in_values=True,
                invalid_row_handler=self._pass_over,
            ),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )

    def _pass_over(self, row: pa.csv.InvalidRow) -> str:
        if row.text.strip():
            self.ragged += 1
        return "skip"

    def faults(self, wanted: set[int] = frozenset()) -> tuple[dict[int, int], list[Problem], int]:
        """Read row by row: return the lines of the wanted rows, and the first faults of rows.

        Also how many faults of rows there are. This is slow, and done when something is wrong.
        """
        lines, problems, count, number = {}, [], 0, 0
        rows, _ = rows_of(self._text.file, self._layout.separator, self._layout.start)
        line = 1
        try:
            for place, cells in enumerate(rows):
                at = self._place(line, place)
                line = rows.line_num + 1
                if len(cells) == self._width:
                    if number in wanted:
                        lines[number] = at
                    number += 1
                elif any(cell.strip() for cell in cells):
                    count += 1
                    if count <= MOST_SHOWN:
                        problems.append(self._problem(at, _ragged(len(cells), self._width)))
        except csv.Error as error:
            count += 1
            problems.append(self._problem(self._place(line, number), _broken(str(error))))
        return lines, problems, count

    def quotes_are_regular(self) -> bool:
        """Whether every quote opens or closes a cell or is written twice: the fast reader forgives.

        False does not mean that something is wrong, only that `faults` must say.
        """
        return _quotes_are_regular(self._text.file, self._layout)

    def _place(self, line: int, place: int) -> int:
        if self.unit == "line":
            return self._layout.line + line
        return self._layout.row + place + 1

    def _problem(self, place: int, message: str) -> Problem:
        return Problem(place, None, None, message, unit=self.unit)


def not_blank(block: Block) -> Block:
    """Return the rows that have a cell with something in it."""
    blank = pc.equal(block.columns[0], "").to_numpy(zero_copy_only=False)
    if not blank.any():
        return block
    for column in block.columns[1:]:
        blank &= pc.equal(column, "").to_numpy(zero_copy_only=False)
        if not blank.any():
            return block
    return block.take(~blank)


def _quotes_are_regular(file: BinaryIO, layout: Layout) -> bool:
    parting = re.escape(layout.separator).encode() + rb'\r\n"'
    regular = re.compile(rb'(?:[^"]++|(?<![^%b])"[^"]*+"(?![^%b]))*+' % (parting, parting))
    file.seek(layout.start)
    rest = b""
    while block := file.read(BLOCK_BYTES):
        text = rest + block
        if b'"' not in text:
            rest = text[-1:]
            continue
        cut = text.rfind(b"\n") + 1
        end = regular.match(text, 0, cut).end()
        if text.count(b'"', end, cut) > 1 or len(text) - end > 2 * LONGEST_ROW:
            return False
        rest = text[end:]
    return regular.fullmatch(rest) is not None


def _ragged(cells: int, width: int) -> str:
    hint = "the file is cut off" if cells < width else "a cell with a comma is not in quotes"
    counted = "1 cell" if cells == 1 else f"{cells} cells"
    return f"This row has {counted}, but the header has {width}; perhaps {hint}."


def _broken(said: str) -> str:
    return next((meant for part, meant in BROKEN_ROWS.items() if part in said), f"{said}.")
