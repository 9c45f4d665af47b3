"""Read customers with Spark: the rules of `datasets.reading`, applied to Arrow batches.

The rows are read where they lie, by as many processes as Spark has, and twice as in
`datasets.reading`: first for what each column as a whole shows, then for its values. Each part of
the data is gathered and converted by the functions that read a file on one machine.

What differs: the header must be the first line of each file, and a cell has no line break; what is
wrong is told without its line; rows without ids are numbered in the order in which Spark reads
them, and a row of totals is passed over at the end of each part.
"""

import csv
import io
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from py4j.protocol import Py4JError
from pyspark import TaskContext
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documentation has it

from datasets.blocks import BlockConverter, Chunk
from datasets.columns import CUSTOMERS
from datasets.evidence import Evidence, Ids, IdSpan
from datasets.formats import PARQUET, Spaces, open_text, refuse, text_of_batches, texts_of
from datasets.layout import SAMPLE_ROWS, Layout, find_layout
from datasets.options import Options
from datasets.problems import MOST_SHOWN, BrokenFile, Problem
from datasets.remarks import remarks_on_columns, remarks_on_rows
from datasets.rows import Block, not_blank
from datasets.totals import without_totals
from datasets.understanding import gather_for, understand
from schema import CUSTOMER, REFERENCE

BROKEN = "_broken"  # the column with rows that have too few or too many cells
SAID = "_said"  # the column with what a part has to say, in a row of its own
Map = Callable[[Iterator[Chunk]], Iterator[pa.RecordBatch]]


class Part(NamedTuple):
    """What one part of the rows shows."""

    number: int
    count: int
    broken: int
    totals: list[str]
    evidence: list[Evidence]
    spans: list[IdSpan | None]


class Checked(NamedTuple):
    """What was found while a part was converted: problems, and how often what was changed."""

    problems: list[tuple[str | None, str, int]]
    count: int
    counts: dict[str, Counter]


class SparkReading:
    """Customers that Spark reads: what they were understood to be, and their rows.

    `path` is whatever Spark reads: a file or a directory of CSV or Parquet, local or not. Raises
    BrokenFile for what is no table.
    """

    def __init__(self, spark: SparkSession, path: str, options: Options):
        self._options = options
        self._rows, self._layout = _open(spark, path)
        parts = self._gather()
        self._first_ids = _first_ids(parts)
        self.count = sum(part.count for part in parts)
        self._totals = [text for part in parts for text in part.totals]
        self._broken = sum(part.broken for part in parts)
        if not self.count:
            refuse("There is no row below the header.")
        self._evidence = self._joined(parts)
        self.understanding = understand(self._layout, self._evidence, CUSTOMERS, options)
        self._counts: dict[str, Counter] = defaultdict(Counter)
        self._refuse_columns()

    @property
    def numbers(self) -> list[str]:
        """The documented numbers, codes included, and the own ones."""
        documented = [c.name for c in CUSTOMER if c.is_number and c.name != CUSTOMERS.id_name]
        own = [c.name for c in self.understanding.own_columns if c.kind == "number"]
        return [*documented, *own]

    @property
    def texts(self) -> list[str]:
        """The own columns of texts."""
        return [c.name for c in self.understanding.own_columns if c.kind == "text"]

    @property
    def has_references(self) -> bool:
        """Whether customers have a reference."""
        return self.understanding.of(REFERENCE) is not None

    def figures(self, texts: Iterable[str] = ()) -> DataFrame:
        """Return the numbers of all rows, and some texts, kept by Spark; raises BrokenFile."""
        numbers, texts = self.numbers, list(texts)
        kinds = dict.fromkeys(numbers, pa.float64()) | dict.fromkeys(texts, pa.string())
        names = list(kinds)
        columns = [f"`{_quoted(n)}` {'double' if n in numbers else 'string'}" for n in names]

        def figures_of(chunks: Iterator[Chunk]) -> Iterator[pa.RecordBatch]:
            for chunk in chunks:
                values = [pc.cast(chunk[name], kind) for name, kind in kinds.items()]
                nothing = pa.nulls(len(chunk[CUSTOMERS.id_name]), pa.binary())
                yield pa.RecordBatch.from_arrays([*values, nothing], [*names, SAID])

        found = self.map(figures_of, ", ".join([*columns, f"{SAID} binary"]), checking=True)
        found = found.persist()
        self._check(found)
        return found.where(F.col(SAID).isNull()).drop(SAID)

    def map(self, function: Map, schema: str, *, checking: bool = False) -> DataFrame:
        """Return what a function makes of the rows' values, chunk by chunk, where they lie.

        With `checking`, the last row of each part has in the column SAID what was found in it.
        """
        layout, options, found = self._layout, self._options, self.understanding
        first_ids = self._first_ids

        def convert(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            converter = BlockConverter(CUSTOMERS, found, options)
            converter.completing.next_id = first_ids.get(_part_number(), 0)
            blocks = without_totals(_blocks(batches, len(layout.names)), [])
            batch = None
            for batch in function(converter.convert(block) for block in blocks):
                yield batch
            if checking and batch is not None:
                yield _said(batch.schema, _checked(converter))

        return self._rows.mapInArrow(convert, schema)

    def said(self) -> dict:
        """Return what was understood, as it is answered."""
        found = self.understanding
        return {
            "columns": found.columns,
            "own_columns": [column.name for column in found.own_columns],
            "passed_over": [
                *found.passed_over,
                *(f"a row of totals ({text})" for text in self._totals),
            ],
            "warnings": [
                *found.warnings,
                *remarks_on_columns(found.plans, self._evidence),
                *remarks_on_rows(self._counts, found.plans),
            ],
        }

    def _gather(self) -> list[Part]:
        """Look at every cell once, and return what each part shows."""
        layout, options = self._layout, self._options

        def gather(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            found = pickle.dumps(_gathered(batches, layout, options))
            yield pa.RecordBatch.from_arrays([pa.array([found], pa.binary())], ["part"])

        try:
            rows = self._rows.mapInArrow(gather, "part binary").collect()
        except (Py4JError, PySparkException) as error:
            if "CSV header does not conform" in str(error):
                refuse("Some of the files have other columns, or in another order, than the first.")
            raise
        parts = [pickle.loads(row.part) for row in rows]  # noqa: S301 - of our own processes
        return sorted(parts, key=lambda part: part.number)

    def _joined(self, parts: list[Part]) -> list[Evidence]:
        """Return what each column shows in all parts together."""
        shown = [part.evidence for part in parts if part.count]
        for later in shown[1:]:
            for evidence, more in zip(shown[0], later, strict=True):
                evidence.join(more)
        for index, evidence in enumerate(shown[0]):
            spans = [part.spans[index] for part in parts if part.count]
            evidence.ids = self._span(index, spans) if spans[0] else None
        return shown[0]

    def _span(self, index: int, spans: list[IdSpan]) -> IdSpan:
        """Return what is known of a column's whole numbers: where parts overlap, Spark looks."""
        spans = sorted(spans, key=lambda span: span.low)
        whole = all(span.whole for span in spans)
        repeated = next((s.first_repeated for s in spans if s.first_repeated is not None), None)
        apart = all(one.high < other.low for one, other in pairwise(spans))
        if whole and repeated is None and not apart:
            repeated = _first_repeated(self._rows, index)
        count, high = sum(span.count for span in spans), max(span.high for span in spans)
        return IdSpan(whole, count, spans[0].low, high, repeated)

    def _refuse_columns(self) -> None:
        problems = list(self.understanding.problems)
        if self._broken:
            rows = "1 row has" if self._broken == 1 else f"{self._broken:,} rows have"
            header = f"the header has {len(self._layout.names)}"
            problems.append(Problem(1, None, None, f"{rows} fewer or more cells, but {header}."))
        if problems:
            raise BrokenFile(problems[:MOST_SHOWN], len(problems))

    def _check(self, figures: DataFrame) -> None:
        """Raise BrokenFile if a part has found anything wrong with its cells."""
        rows = figures.where(F.col(SAID).isNotNull()).select(SAID).collect()
        parts = [pickle.loads(row[0]) for row in rows]  # noqa: S301 - of our own processes
        counts: dict[str, Counter] = defaultdict(Counter)
        for part in parts:
            for what, times in part.counts.items():
                counts[what].update(times)
        self._counts = counts
        times = Counter()
        for part in parts:
            for column, message, count in part.problems:
                times[column, message] += count
        if times:
            shown = [_problem(*key, count) for key, count in times.most_common(MOST_SHOWN)]
            raise BrokenFile(shown, sum(part.count for part in parts))


def _open(spark: SparkSession, path: str) -> tuple[DataFrame, Layout]:
    """Return the rows of a table, their columns numbered, and what the columns are called."""
    try:
        files = _files(spark, path)
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        files = []
    if not files:
        refuse("There is no such file, or nothing in it.")
    lines = [row.value for row in spark.read.text(files[0]).head(SAMPLE_ROWS)]
    if files[0].endswith((".parquet", ".pq")) or "".join(lines[:1]).startswith(PARQUET.decode()):
        rows = spark.read.parquet(path)
        with Spaces() as spaces:
            head = rows.limit(SAMPLE_ROWS).toArrow()
            layout = find_layout(text_of_batches(head.schema, head.to_batches(), spaces))
        return rows.toDF(*map(str, range(len(rows.columns)))), layout
    if any(mark in line for line in lines for mark in ("\0", "\N{REPLACEMENT CHARACTER}")):
        refuse("The files are not in UTF-8, which is all that is read with Spark: convert them.")
    return _open_csv(spark, path, lines, many=len(files) > 1)


def _files(spark: SparkSession, path: str) -> list[str]:
    """Return the paths of a table's files, the first 1,000 of them."""
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
    named = ~F.element_at(F.split("path", "/"), -1).rlike("^[._]")
    return [row.path for row in found.where(named).select("path").orderBy("path").head(1000)]


def _open_csv(
    spark: SparkSession, path: str, lines: list[str], *, many: bool
) -> tuple[DataFrame, Layout]:
    with Spaces() as spaces:
        layout = find_layout(open_text(io.BytesIO("\n".join(lines).encode()), spaces))
    if (layout.row, layout.line) != (1, 1):
        refuse("For Spark, the first line of each file must name the columns.")
    (names,) = csv.reader(lines[:1], delimiter=layout.separator)
    is_named = many and len(set(names)) == len(names) == len(layout.names) and all(names)
    names = names if is_named else map(str, range(len(layout.names)))
    columns = [f"`{_quoted(name)}` string" for name in [*names, BROKEN]]
    rows = spark.read.csv(
        path,
        ", ".join(columns),
        sep=layout.separator,
        header=True,
        enforceSchema=not is_named,  # otherwise files with other columns are refused
        quote='"',
        escape='"',
        mode="PERMISSIVE",
        columnNameOfCorruptRecord=BROKEN,
        recursiveFileLookup=True,
    )
    return rows.toDF(*map(str, range(len(layout.names))), BROKEN), layout


def _quoted(name: str) -> str:
    return name.replace("`", "``")


def _part_number() -> int:
    return TaskContext.get().partitionId()


def _blocks(batches: Iterable[pa.RecordBatch], width: int) -> Iterator[Block]:
    """Yield the rows as `datasets.rows` does: cells as texts, none of them null."""
    number = 0
    for batch in batches:
        kept = batch
        if BROKEN in batch.schema.names:
            kept = batch.filter(pc.is_null(batch.column(BROKEN)))
        columns = [pc.fill_null(texts_of(column), "") for column in kept.columns[:width]]
        numbers = np.arange(number, number + len(kept))
        number += len(kept)
        block = not_blank(Block(numbers, columns))
        if len(block):
            yield block


def _gathered(batches: Iterable[pa.RecordBatch], layout: Layout, options: Options) -> Part:
    """Return what one part of the rows shows."""
    evidence = gather_for(layout, CUSTOMERS, options)
    totals: list[tuple[int, str]] = []
    broken = 0

    def counted() -> Iterator[pa.RecordBatch]:
        nonlocal broken
        for batch in batches:
            if BROKEN in batch.schema.names:
                column = batch.column(BROKEN)
                broken += len(column) - column.null_count
            yield batch

    count = 0
    for block in without_totals(_blocks(counted(), len(layout.names)), totals):
        count += len(block)
        for column, shown in zip(block.columns, evidence, strict=True):
            shown.add(column, block.numbers)
    spans = [IdSpan.of(shown.ids) if shown.ids else None for shown in evidence]
    for shown in evidence:
        shown.ids = None
    return Part(_part_number(), count, broken, [text for _, text in totals], evidence, spans)


def _first_ids(parts: list[Part]) -> dict[int, int]:
    """Return the id of the first row of each part, for rows that have none of their own."""
    ends = np.cumsum([part.count for part in parts])
    return {
        part.number: CUSTOMERS.first_id + int(end) - part.count
        for part, end in zip(parts, ends, strict=True)
    }


def _first_repeated(rows: DataFrame, index: int) -> int | None:
    """Return a whole number that a column has twice, None where it has none."""

    def numbers(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for block in _blocks(batches, 1):
            ids, shown = Ids(), Evidence()
            shown.ids = ids
            shown.add(block.columns[0], block.numbers)
            yield pa.RecordBatch.from_arrays([pa.array(ids.all, pa.int64())], ["id"])

    ids = rows.select(str(index)).mapInArrow(numbers, "id long")
    found = ids.groupBy("id").count().where("count > 1").agg(F.min("id")).first()[0]
    return None if found is None else int(found)


def _checked(converter: BlockConverter) -> Checked:
    """Return what was found wrong with a part, and what was changed in it."""
    found: list[tuple[str | None, str, int]] = []
    try:
        converter.problems.check(dict.fromkeys(converter.problems.rows, 0))
    except BrokenFile as broken:
        found = [(p.column, _once(p), p.times) for p in broken.problems]
    return Checked(found, converter.problems.count, dict(converter.counts))


def _once(problem: Problem) -> str:
    """Return what is wrong, without how often."""
    return problem.message.replace(f", {problem.times} times.", ".")


def _problem(column: str | None, message: str, times: int) -> Problem:
    if times > 1:
        message = f"{message.removesuffix('.')}, {times:,} times."
    return Problem(1, column, None, message, times)


def _said(schema: pa.Schema, found: Checked) -> pa.RecordBatch:
    """Return a row with nothing but what was found."""
    columns = [pa.nulls(1, field.type) for field in schema]
    columns[schema.get_field_index(SAID)] = pa.array([pickle.dumps(found)], pa.binary())
    return pa.RecordBatch.from_arrays(columns, schema=schema)
