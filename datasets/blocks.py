"""Blocks of cells into chunks of values, by what a table was understood to be."""

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pyarrow as pa

from datasets import conversion
from datasets.columns import Table
from datasets.completing import Completing
from datasets.conversion import Cells, Converter
from datasets.options import Options
from datasets.plans import Plan, Understanding
from datasets.problems import Problems, shortened
from datasets.rows import Block

# The values of some rows by column: the documented ones, `reference`, the own ones.
Chunk = dict[str, pa.Array]


class BlockConverter:
    """Converts the blocks of one table, in its order.

    `problems` has what is wrong with the cells so far, `counts` how often what was changed to fit.
    Rows without ids are numbered from `next_id`. With `repeats`, a row may be there again.
    """

    def __init__(
        self, table: Table, found: Understanding, options: Options, *, repeats: bool = False
    ):
        self.problems = Problems()
        self.counts: dict[str, Counter] = defaultdict(Counter)
        self.completing = Completing(table, found, self.counts)
        self._table, self._found, self._options = table, found, options
        self._repeats = repeats
        self._converters = {plan.index: self._converter(plan) for plan in found.plans}

    def convert(self, block: Block) -> Chunk:
        """Return the values of a block; where cells are wrong, these are null and noted."""
        flawed: set[int] = set()  # rows that have a wrong cell
        chunk = self._convert(block, flawed)
        if self._repeats:
            block, chunk = self.completing.first_times(block, chunk)
        for row, column, message in self.completing.complete(chunk, block.numbers):
            if row not in flawed and not self._found.problems:
                self.problems.add(row, column, None, lambda message=message: message)
        self.problems.forget_late()
        return chunk

    def _converter(self, plan: Plan) -> Converter | None:
        if plan.kind == "passed over":
            return None
        if plan.kind == "number":
            return conversion.own_number(plan.decimal)
        if plan.kind in ("text", "reference"):
            return conversion.text(formulas=True)
        if plan.kind == "birth":
            return conversion.birth(plan.order, date.today())
        return conversion.documented(self._table.column(plan.target), plan)

    def _convert(self, block: Block, flawed: set[int]) -> Chunk:
        chunk: Chunk = {}
        for plan in self._found.plans:
            if not (converter := self._converters[plan.index]):
                continue
            cells = converter.convert(block.columns[plan.index])
            chunk[plan.target] = cells.values
            if cells.others is not None and plan.keep_other:
                chunk[plan.keep_other] = cells.others
            if cells.rounded:
                self.counts["rounded"][plan.target] += cells.rounded
            if cells.wrong is not None:
                self._note(block, plan, cells, converter, flawed)
        return chunk

    def _note(
        self, block: Block, plan: Plan, cells: Cells, converter: Converter, flawed: set[int]
    ) -> None:
        """Note the wrong cells of a column, as problems or as missing ones."""
        wrong = np.flatnonzero(cells.wrong)
        if self._options.invalid_as_missing and plan.target != self._table.id_name:
            self.counts["invalid"][plan.target] += len(wrong)
            return
        texts = block.columns[plan.index].take(pa.array(wrong)).to_pylist()
        flawed.update(block.numbers[wrong].tolist())
        for row, cell in zip(block.numbers[wrong].tolist(), texts, strict=True):
            self.problems.add(
                row, plan.target, cell, lambda cell=cell: _described(cell, plan, converter)
            )


def _described(cell: str, plan: Plan, converter: Converter) -> str:
    """Return the sentence on a cell that is wrong."""
    if not cell.strip():
        return f"The {plan.target} is missing."
    return f"{shortened(cell)!r} {converter.fault(cell)}."
