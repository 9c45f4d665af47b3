"""Read a file of customers or products: what its columns are, and every row checked.

A file is read twice, each time in flat memory: first for what each column as a whole shows, then
for its values.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import progress
from datasets.blocks import BlockConverter, Chunk
from datasets.columns import CUSTOMERS, Table
from datasets.completing import Completing
from datasets.dialects import as_csv
from datasets.evidence import Evidence
from datasets.footers import without_footer
from datasets.formats import Spaces, open_text, refuse
from datasets.layout import find_layout
from datasets.options import Options
from datasets.problems import BrokenFile, Problem, Problems
from datasets.remarks import remarks_on_columns, remarks_on_rows
from datasets.rows import Block, Rows
from datasets.spelling import normalised_header
from datasets.totals import without_totals
from datasets.understanding import gather_for, understand

__all__ = [
    "BrokenFile",
    "Chunk",
    "Reading",
    "frame_of",
    "open_reading",
    "read_frame",
    "read_frames",
]

_TOO_MANY = "The file has more than {} rows, the most that a dataset may have."
_NO_ROW = "There is no row below the header"


@contextmanager
def open_reading(
    file: BinaryIO,
    table: Table,
    options: Options | None = None,
    most_rows: int | None = None,
) -> Iterator["Reading"]:
    """Look a file through and give what it was understood to be; raises BrokenFile."""
    with Spaces() as spaces:
        yield Reading(file, table, spaces, options or Options(), most_rows)


class Reading:
    """A file that is read: what it was understood to be, and its rows.

    Raises BrokenFile for what is no table.
    """

    def __init__(
        self,
        file: BinaryIO,
        table: Table,
        spaces: Spaces,
        options: Options,
        most_rows: int | None,
    ):
        self.spaces = spaces
        text = as_csv(open_text(file, spaces), spaces)
        layout = find_layout(text)
        self._text, notes = without_footer(text, layout, spaces)
        self._layout = layout._replace(passed_over=[*layout.passed_over, *notes])
        self._rows = Rows(self._text, self._layout)
        self.table, self._options = table, options
        self.count = 0
        self._evidence = self._gather(most_rows)
        self.understanding = understand(self._layout, self._evidence, table, options)
        self._counts: dict[str, Counter] = defaultdict(Counter)  # complete once all was read

    @property
    def warnings(self) -> list[str]:
        """What was changed, dropped or guessed; complete once all chunks were read."""
        found = self.understanding
        return [
            *self._text.notes,
            *found.warnings,
            *remarks_on_columns(found.plans, self._evidence),
            *remarks_on_rows(self._counts, found.plans),
        ]

    def chunks(self) -> Iterator[Chunk]:
        """Yield the values of the rows. From the first problem on nothing more is yielded.

        The rest is checked all the same, and then BrokenFile is raised.
        """
        repeats = self.table.repeating in map(normalised_header, self._layout.names)
        converter = BlockConverter(self.table, self.understanding, self._options, repeats=repeats)
        self._counts = converter.counts
        done = 0
        for block in without_totals(self._rows.blocks(), []):
            chunk = converter.convert(block)
            length = len(chunk[self.table.id_name])
            done += length
            progress.advance("reading", done, self.count)
            if length and not converter.problems.count and not self.understanding.problems:
                yield chunk
        self._check(converter.problems, converter.completing)

    def _gather(self, most_rows: int | None) -> list[Evidence]:
        """Look at every cell once, and return what each column shows."""
        evidence = gather_for(self._layout, self.table, self._options)
        self._totals: list[tuple[int, str]] = []
        for block in without_totals(self._rows.blocks(), self._totals):
            self.count += len(block)
            if most_rows is not None and self.count > most_rows:
                self._refuse_too_many(most_rows, block)
            for column, shown in zip(block.columns, evidence, strict=True):
                shown.add(column, block.numbers)
            progress.advance("checking", self.count)
        if not self.count:
            self._refuse_empty()
        return evidence

    def _refuse_too_many(self, most_rows: int, block: Block) -> None:
        row = int(block.numbers[most_rows - self.count])
        lines, *_ = self._rows.faults({row})
        raise BrokenFile([self._at(lines[row], _TOO_MANY.format(most_rows))], 1)

    def _refuse_empty(self) -> None:
        _, problems, count = self._rows.faults()
        if problems:
            raise BrokenFile(problems, count)
        once = self._layout.line == 1 and self._layout.row == 1
        hint = "; with curl, send a file by --data-binary" if once else ""
        refuse(f"{_NO_ROW}{hint}.", self._layout.line + 1)

    def _at(self, place: int, message: str) -> Problem:
        return Problem(place, None, None, message, unit=self._rows.unit)

    def _check(self, problems: Problems, completing: Completing) -> None:
        """Raise BrokenFile if anything is wrong with the columns, the rows or the cells."""
        repeated = completing.repeated_ids()
        broken = self._rows.ragged or not self._rows.quotes_are_regular()
        if not (problems.count or repeated or broken or self.understanding.problems):
            return
        wanted = problems.rows | {row for pair in repeated for row in pair[1:]}
        lines, ragged, count = self._rows.faults(wanted)
        others = [*self.understanding.problems, *ragged]
        name = self.table.id_name
        for number, earlier, row in repeated:
            message = f"{number} is the {name} of {self._rows.unit} {lines[earlier]} already."
            others.append(Problem(lines[row], name, str(number), message, unit=self._rows.unit))
        more = len(self.understanding.problems) + count + completing.repeated_count
        problems.check(lines, self._rows.unit, others, more)

    def said(self) -> dict:
        """Return what was understood, as it is answered."""
        found = self.understanding
        totals = [row for row, _ in self._totals]
        lines, *_ = self._rows.faults(set(totals)) if totals else ({},)
        rows = [
            f"{self._rows.unit} {lines[row]}: a row of totals ({word})"
            for row, word in self._totals
        ]
        return {
            "columns": found.columns,
            "own_columns": [column.name for column in found.own_columns],
            "passed_over": [*found.passed_over, *rows],
            "warnings": self.warnings,
        }


def read_frame(reading: Reading) -> pd.DataFrame:
    """Return all rows with every documented column, then the reference and the own columns.

    See `frame_of`; raises BrokenFile.
    """
    chunks = list(reading.chunks())
    columns = {name: pa.chunked_array([chunk[name] for chunk in chunks]) for name in chunks[0]}
    numbers = [c.name for c in reading.understanding.own_columns if c.kind == "number"]
    return frame_of(columns, numbers, reading.table)


def read_frames(reading: Reading, size: int) -> Iterator[pd.DataFrame]:
    """Yield the rows of `read_frame`, at most `size` at a time, in flat memory.

    All are checked before the first ones come; raises BrokenFile.
    """
    for _ in reading.chunks():
        pass
    numbers = [c.name for c in reading.understanding.own_columns if c.kind == "number"]
    return (
        frame_of({name: values.slice(start, size) for name, values in chunk.items()}, numbers)
        for chunk in reading.chunks()
        for start in range(0, len(chunk[reading.table.id_name]), size)
    )


def frame_of(
    columns: Mapping[str, pa.Array | pa.ChunkedArray],
    own_numbers: Iterable[str],
    table: Table = CUSTOMERS,
) -> pd.DataFrame:
    """Return the values of a chunk, or of several, as a frame.

    Numbers are float64 with NaN for a missing one, ids int64, the rest objects with None.
    """
    numbers = {column.name for column in table.columns if column.is_number} | set(own_numbers)
    return pd.DataFrame(
        {
            name: pd.Series(values.to_numpy())
            if name == table.id_name
            else _series(values, is_number=name in numbers)
            for name, values in columns.items()
        }
    )


def _series(values: pa.Array | pa.ChunkedArray, *, is_number: bool) -> pd.Series:
    if not is_number:
        return pd.Series(values.to_pylist(), dtype=object)
    floats = pc.cast(values, pa.float64())
    if isinstance(floats, pa.Array):
        floats = pa.chunked_array([floats])
    return pd.Series(floats.to_numpy(), dtype="float64")
