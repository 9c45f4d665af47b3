"""Read a file of customers or products: what its columns are, and every row checked.

A file is read twice, each time in flat memory: first for what each column as a whole shows, then
for its values.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import progress
from datasets import conversion
from datasets.columns import Table
from datasets.completing import Completing
from datasets.conversion import Cells, Converter
from datasets.evidence import Evidence
from datasets.formats import Spaces, open_text, refuse
from datasets.layout import find_layout
from datasets.options import Options
from datasets.plans import Plan
from datasets.problems import BrokenFile, Problem, Problems, shortened
from datasets.remarks import remarks_on_columns, remarks_on_rows
from datasets.rows import Block, Rows
from datasets.spelling import normalised_header
from datasets.totals import without_totals
from datasets.understanding import gather_for, understand

__all__ = ["BrokenFile", "Chunk", "Reading", "open_reading", "read_frame"]

# The values of some rows by column: the documented ones, `reference`, the own ones.
Chunk = dict[str, pa.Array]

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
        self._text = open_text(file, spaces)
        self._layout = find_layout(self._text)
        self._rows = Rows(self._text, self._layout)
        self.table, self._options = table, options
        self.count = 0
        self._evidence = self._gather(most_rows)
        self.understanding = understand(self._layout, self._evidence, table, options)
        self._counts: dict[str, Counter] = defaultdict(Counter)

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
        problems = Problems()
        found = self.understanding
        converters = {plan.index: self._converter(plan) for plan in found.plans}
        completing = Completing(self.table, found, self._counts)
        repeats = self.table.repeating in map(normalised_header, self._layout.names)
        self._counts.clear()
        done = 0
        for block in without_totals(self._rows.blocks(), []):
            chunk = self._convert(block, converters, problems)
            if repeats:
                block, chunk = completing.first_times(block, chunk)  # noqa: PLW2901
            for row, column, message in completing.complete(chunk, block.numbers):
                if row not in self._flawed and not found.problems:
                    problems.add(row, column, None, lambda message=message: message)
            problems.forget_late()
            done += len(block)
            progress.advance("reading", done, self.count)
            if len(block) and not problems.count and not found.problems:
                yield chunk
        self._check(problems, completing)

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

    def _converter(self, plan: Plan) -> Converter | None:
        if plan.kind == "passed over":
            return None
        if plan.kind == "number":
            return conversion.own_number(plan.decimal)
        if plan.kind in ("text", "reference"):
            return conversion.text(formulas=True)
        if plan.kind == "birth":
            return conversion.birth(plan.order, date.today())
        column = self.table.column(plan.target)
        return conversion.documented(column, plan)

    def _convert(
        self, block: Block, converters: dict[int, Converter | None], problems: Problems
    ) -> Chunk:
        chunk: Chunk = {}
        self._flawed = set()  # rows of this block that have a wrong cell
        for plan in self.understanding.plans:
            if not (converter := converters[plan.index]):
                continue
            cells = converter.convert(block.columns[plan.index])
            chunk[plan.target] = cells.values
            if cells.others is not None and plan.keep_other:
                chunk[plan.keep_other] = cells.others
            if cells.rounded:
                self._counts["rounded"][plan.target] += cells.rounded
            if cells.wrong is not None:
                self._note(block, plan, cells, converter, problems)
        return chunk

    def _note(
        self, block: Block, plan: Plan, cells: Cells, converter: Converter, problems: Problems
    ) -> None:
        """Note the wrong cells of a column, as problems or as missing ones."""
        wrong = np.flatnonzero(cells.wrong)
        if self._options.invalid_as_missing and plan.target != self.table.id_name:
            self._counts["invalid"][plan.target] += len(wrong)
            return
        texts = block.columns[plan.index].take(pa.array(wrong)).to_pylist()
        self._flawed.update(block.numbers[wrong].tolist())
        for row, cell in zip(block.numbers[wrong].tolist(), texts, strict=True):
            problems.add(
                row, plan.target, cell, lambda cell=cell: _described(cell, plan, converter)
            )

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

    Numbers are float64 with NaN for a missing one, ids int64, the rest objects with None. Raises
    BrokenFile.
    """
    chunks = list(reading.chunks())
    numbers = {column.name for column in reading.table.columns if column.is_number}
    numbers |= {c.name for c in reading.understanding.own_columns if c.kind == "number"}
    columns = {name: pa.chunked_array([chunk[name] for chunk in chunks]) for name in chunks[0]}
    id_name = reading.table.id_name
    return pd.DataFrame(
        {
            name: pd.Series(values.to_numpy())
            if name == id_name
            else _series(values, is_number=name in numbers)
            for name, values in columns.items()
        }
    )


def _series(values: pa.ChunkedArray, *, is_number: bool) -> pd.Series:
    if not is_number:
        return pd.Series(values.to_pylist(), dtype=object)
    return pd.Series(pc.cast(values, pa.float64()).to_numpy(), dtype="float64")


def _described(cell: str, plan: Plan, converter: Converter) -> str:
    """Return the sentence on a cell that is wrong."""
    if not cell.strip():
        return f"The {plan.target} is missing."
    return f"{shortened(cell)!r} {converter.fault(cell)}."
