"""What the columns of a table are: documented ones, the customer's own, or passed over."""

import re
from collections.abc import Sequence

import schema
from datasets.cells import code_reader
from datasets.columns import Table
from datasets.conventions import choose_decimals, choose_orders
from datasets.evidence import Evidence, Ids
from datasets.layout import Layout
from datasets.options import Options
from datasets.plans import Kind, Plan, Understanding
from datasets.problems import Problem, shortened
from datasets.spelling import nearest, nearest_each, normalised, normalised_header, unit_of
from schema import REFERENCE, Code, Column, Date

OTHER = "_other"  # ends the name of an own column that has what a documented one can't have
FEW = 0.01  # the share of cells up to which they are slips rather than another scale or coding
_MOSTLY = 0.9  # the share of cells from which on a column is what they are
_LIKELY = 0.1  # documented ones to others, below which another one is no slip
_ENOUGH = 20  # cells, from which on a column whose cells are no numbers is none of numbers
_FEWEST_NUMBERS = 2  # columns of numbers that customers can be told apart by
_THOUSANDS = re.compile(r"(?i)[£$€]?\s*(k|'?000s?|thousands?|in thousands)\s*[£$€]?|[£$€]000s?")


def gather_for(layout: Layout, table: Table, options: Options) -> list[Evidence]:
    """Return what is to be gathered of each column: its whole numbers, its days."""
    claims = _possible(layout, table, options)
    evidence = []
    for i, name in enumerate(layout.names):
        is_id = not name or table.id_name in claims[i]
        days = _is_birth_date(name, table) or any(
            target == "age" or isinstance(table.column(target).type, Date) for target in claims[i]
        )
        codes = any(isinstance(table.column(target).type, Code) for target in claims[i])
        evidence.append(Evidence(ids=Ids() if is_id else None, days=days, codes_only=codes))
    return evidence


def understand(
    layout: Layout, evidence: Sequence[Evidence], table: Table, options: Options
) -> Understanding:
    """Return what each column is, and what is to be said of it."""
    return _Grower(layout, evidence, table, options).result()


def _possible(layout: Layout, table: Table, options: Options) -> list[set[str]]:
    """Return the documented columns that each column of the file may be, by name or mapping."""
    known = table.synonyms | table.names
    possible = [{known[w]} if (w := normalised_header(n)) in known else set() for n in layout.names]
    for mapped in options.mapped:
        index = find_column(layout.names, mapped.header)
        if index is not None and mapped.target != REFERENCE:
            possible[index] = {mapped.target}
    return possible


def _is_birth_date(name: str, table: Table) -> bool:
    return table.own_columns and normalised_header(name) in schema.BIRTH_DATES


def find_column(names: Sequence[str], header: str) -> int | None:
    """Return the place of the column of this name, as it stands or but for case and blanks."""
    shown = [name or nameless(i) for i, name in enumerate(names)]
    if header in shown:
        return shown.index(header)
    alike = [i for i, name in enumerate(shown) if normalised(name) == normalised(header)]
    return alike[0] if alike else None


def nameless(index: int) -> str:
    """Return what a column without a name is called."""
    return f"column_{index + 1}"


class _Grower:
    """The understanding of one table while it grows."""

    def __init__(
        self, layout: Layout, evidence: Sequence[Evidence], table: Table, options: Options
    ):
        self._layout, self._evidence, self._table, self._options = layout, evidence, table, options
        self._headers = [name or nameless(i) for i, name in enumerate(layout.names)]
        self._words = [normalised_header(name) for name in layout.names]
        self._plans: dict[int, Plan] = {}
        self._found = Understanding([], passed_over=list(layout.passed_over))

    def result(self) -> Understanding:
        self._take_mapped()
        self._take_named()
        self._take_synonyms()
        self._take_birth_date()
        self._check_required()
        self._place_ids()
        self._keep_the_rest()
        found = self._found
        found.plans = [self._plans[index] for index in sorted(self._plans)]
        choose_decimals(found, self._evidence, self._layout, self._options)
        choose_orders(found, self._evidence, self._layout)
        self._check_numbers()
        return found

    # Which column is which

    def _take_mapped(self) -> None:
        for mapped in self._options.mapped:
            index = find_column(self._layout.names, mapped.header)
            if index is None:
                names = ", ".join(shortened(header) for header in self._headers[:50])
                known = f"there are {names}"
                self._complain(
                    mapped.header, f"No column is called {shortened(mapped.header)!r}: {known}."
                )
            elif index in self._plans or self._has(mapped.target):
                self._complain(mapped.header, f"The column {mapped.target} is mapped twice.")
            else:
                self._take(index, mapped.target, mapped.factor)

    def _take_named(self) -> None:
        names = self._table.names
        for index, words in enumerate(self._words):
            if index in self._plans:
                continue
            if words in names and not self._mapped(names[words]):
                self._take_documented(index, names[words])
            elif words == REFERENCE and self._table.own_columns and not self._has(REFERENCE):
                self._take(index, REFERENCE)
            elif words in self._table.computed:
                self._pass_over(index, "the service finds it anew")

    def _take_documented(self, index: int, target: str) -> None:
        header = self._headers[index]
        if self._has(target):
            self._complain(
                header, f"The column {target} is there twice: give one of them another name."
            )
        elif self._table.own_columns and (reason := self._unfit(index, self._table.column(target))):
            self._keep(index, f"{target}{OTHER}", reason)
        else:
            self._take(index, target, self._factor_of_unit(index, target))

    def _take_synonyms(self) -> None:
        synonyms = self._table.synonyms
        for target in dict.fromkeys(synonyms.values()):
            if self._has(target):
                continue
            candidates = [
                index
                for index, words in enumerate(self._words)
                if synonyms.get(words) == target
                and index not in self._plans
                and self._is_likely(index, self._table.column(target))
            ]
            if len(candidates) == 1:
                (index,) = candidates
                self._take(index, target, self._factor_of_unit(index, target))
            elif candidates:
                names = " and ".join(self._headers[index] for index in candidates)
                self._say(
                    f"{names} could each be {target} and are kept as own columns: ?map="
                    f"{self._headers[candidates[0]]}:{target} says which it is."
                )

    def _is_likely(self, index: int, column: Column) -> bool:
        """Whether the cells are such that a synonym is taken at its word."""
        evidence = self._evidence[index]
        if column.is_measure:
            if not evidence.numbers >= _MOSTLY * evidence.known > 0:
                self._say_why_no_measure(index, column)
                return False
            reason = self._unfit(index, column, synonym=True)
            if reason:
                self._say(f"{reason.split(': kept')[0]}: kept as an own column.")
            return not reason
        if isinstance(column.type, Code):
            known = {normalised(name) for name in column.type.names}
            return any(normalised(cell) in known for cell in evidence.distinct or ())
        return column.name == self._table.id_name or not evidence.is_number

    def _say_why_no_measure(self, index: int, column: Column) -> None:
        evidence, name = self._evidence[index], self._headers[index]
        if evidence.first_other:
            others = evidence.shapes.others
            many = "1 cell is no number" if others == 1 else f"{others} cells are no numbers"
            if evidence.numbers < evidence.known / 2:  # not all are looked at
                many = "most of its cells are no numbers"
            self._say(
                f"{name} is not taken as {column.name}, since {many}, such as"
                f" {shortened(evidence.first_other[1])!r}."
            )

    def _unfit(self, index: int, column: Column, *, synonym: bool = False) -> str | None:
        """Return why the cells as a whole cannot be those of a documented column."""
        evidence = self._evidence[index]
        if column.name == "credit_score" and evidence.beyond["score"] > FEW * evidence.numbers:
            name = self._headers[index]
            return (
                f"{name} goes up to {evidence.maximum:g}, so it is on another scale than 0 to 850:"
                f" kept as the own column {{}}; ?map={name}*0.85:credit_score would put it on ours"
            )
        if not column.is_measure:
            return self._foreign_codes(index, column)
        if evidence.known < _ENOUGH or evidence.days_found > FEW * evidence.known:
            return None
        return self._unfit_measure(index, column, synonym=synonym)

    def _unfit_measure(self, index: int, column: Column, *, synonym: bool) -> str | None:
        evidence, name = self._evidence[index], self._headers[index]
        low, high = evidence.minimum, evidence.maximum
        if evidence.numbers < (1 - _MOSTLY) * evidence.known:
            return f"{name} holds no numbers: kept as the own column {{}}"
        if column.name == "age" and evidence.beyond["age"] > FEW * evidence.numbers:
            return (
                f"{name} goes from {low:g} to {high:g}, so it is no age in years: kept as the own"
                " column {}"
            )
        if synonym and low < 0:
            return f"{name} has amounts below 0, which {column.name} cannot have"
        return None

    def _foreign_codes(self, index: int, column: Column) -> str | None:
        evidence, name = self._evidence[index], self._headers[index]
        if not isinstance(column.type, Code) or not evidence.is_number or evidence.distinct is None:
            return None
        if evidence.maximum < len(column.type.names) and evidence.minimum >= 0:
            return None
        if evidence.known < _ENOUGH:
            return None
        return (
            f"{name} has numbers that are no codes of {column.name} (0 to"
            f" {len(column.type.names) - 1}), so its codes are others: kept as the own column {{}}"
        )

    def _factor_of_unit(self, index: int, target: str) -> float:
        unit = unit_of(self._layout.names[index])
        if self._table.column(target).is_measure and _THOUSANDS.fullmatch(unit):
            self._say(f"{self._headers[index]} is in thousands by its name: taken times 1000.")
            return 1000.0
        return 1.0

    def _take_birth_date(self) -> None:
        if not self._table.own_columns or self._has("age"):
            return
        for index, words in enumerate(self._words):
            evidence = self._evidence[index]
            if index in self._plans or words not in schema.BIRTH_DATES:
                continue
            if evidence.days_found * 2 > evidence.known:
                self._take(index, "age")
                return

    def _check_required(self) -> None:
        table, headers = self._table, self._headers
        missing = [c.name for c in table.columns if c.required and not self._has(c.name)]
        for name in missing:
            self._complain(name, f"The column {name} is missing.", first=True)
        if table.own_columns:
            return
        unknown = [i for i in range(len(headers)) if i not in self._plans]
        empty = [i for i in unknown if not self._layout.names[i] and self._is_nothing(i)]
        for index in empty:
            self._pass_over_nameless(index)
        if unknown := [headers[i] for i in unknown if i not in self._plans]:
            self._complain(unknown[0], _unknown(unknown, [column.name for column in table.columns]))

    # Ids, own columns, what is passed over

    def _place_ids(self) -> None:
        index = self._index_of(self._table.id_name)
        if index is None:
            return
        evidence, name = self._evidence[index], self._headers[index]
        if not self._table.own_columns or evidence.ids.are_ids:
            self._found.has_ids = True
            return
        missing, twice = evidence.missing, evidence.ids.first_repeated
        why = (
            "every cell is empty"
            if not evidence.known
            else f"{missing} of its cells {'is' if missing == 1 else 'are'} empty"
            if missing
            else f"{twice} is there twice"
            if twice is not None
            else f"not all are whole numbers from 1 to {schema.LARGEST_INT} without leading zeros"
        )
        del self._plans[index]
        if not evidence.known:
            self._pass_over(index, "has no values")
        elif self._has(REFERENCE):
            self._keep(index, f"{self._table.id_name}{OTHER}", f"{name} is kept as {{}}: {why}")
        else:
            self._take(index, REFERENCE)
            self._say(f"{name} is kept as the reference, and ids count from 1: {why}.")

    def _keep_the_rest(self) -> None:
        for index, name in enumerate(self._layout.names):
            if index in self._plans:
                continue
            if not name and self._is_nothing(index):
                self._pass_over_nameless(index)
            elif not self._evidence[index].known:
                self._pass_over(index, "has no values")
            elif self._table.own_columns:
                self._keep(index, self._headers[index])
                self._hint(index)

    def _is_nothing(self, index: int) -> bool:
        evidence = self._evidence[index]
        return not evidence.known or (
            not evidence.missing and evidence.ids is not None and evidence.ids.are_row_numbers
        )

    def _pass_over_nameless(self, index: int) -> None:
        what = "holds row numbers" if self._evidence[index].known else "holds nothing"
        self._plans[index] = Plan(index, self._headers[index], "passed over")
        self._found.passed_over.append(f"column {index + 1}: has no name and {what}")

    def _pass_over(self, index: int, why: str) -> None:
        self._plans[index] = Plan(index, self._headers[index], "passed over")
        self._found.passed_over.append(f"{self._headers[index]}: {why}")

    def _keep(self, index: int, name: str, reason: str = "") -> None:
        """Keep a column as the customer's own, under a name that no other has."""
        evidence = self._evidence[index]
        free = self._free_name(name)
        kind = "number" if self._is_own_number(evidence, name) else "text"
        self._plans[index] = Plan(index, self._headers[index], kind, free)
        if reason:
            self._say(f"{reason.format(free)}.")
        elif free != self._headers[index]:
            self._say(f"{self._headers[index]} is kept as the own column {free}.")
        elif not self._layout.names[index]:
            self._say(f"Column {index + 1} has no name and is kept as {free}.")
        if kind == "text":
            self._say_why_text(free, evidence)

    def _is_own_number(self, evidence: Evidence, name: str) -> bool:
        codes = [c.name for c in self._table.columns if isinstance(c.type, Code)]
        return evidence.is_number and name not in {f"{code}{OTHER}" for code in codes}

    def _say_why_text(self, name: str, evidence: Evidence) -> None:
        shapes = evidence.shapes
        if shapes.identifiers and not shapes.others:
            self._say(f"{name} is kept as text: it has leading zeros or very many digits.")
        elif evidence.first_other and 0 < shapes.others <= FEW * evidence.known:
            many = "1 cell is" if shapes.others == 1 else f"{shapes.others} cells are"
            self._say(
                f"{name} is kept as text, since {many} no number, such as"
                f" {shortened(evidence.first_other[1])!r}: leave the cell empty if nobody knows."
            )

    def _free_name(self, name: str) -> str:
        """Return a name for an own column that is no documented one's, nor another own column's."""
        reserved = {*self._table.names, *self._table.computed, REFERENCE}
        if normalised_header(name) in reserved:
            name = f"{name}{OTHER}"
        taken = {p.target for p in self._plans.values()} | {
            p.keep_other for p in self._plans.values()
        }
        free, count = name, 1
        while free in taken or (count > 1 and free in self._headers):
            count += 1
            free = f"{name}_{count}"
        return free

    def _hint(self, index: int) -> None:
        """Say which documented column a misspelt name is very likely meant for."""
        missing = [name for name in self._table.names.values() if not self._has(name)]
        words = {normalised_header(name): name for name in missing}
        header = self._headers[index]
        if missing and (meant := nearest(self._words[index], words)):
            self._say(
                f"{header} is kept as an own column; if it is {words[meant]}, send"
                f" ?map={header}:{words[meant]}."
            )

    # What is said

    def _check_numbers(self) -> None:
        numbers = sum(
            plan.kind in ("number", "birth")
            or (plan.kind == "documented" and plan.target in schema.NUMBERS)
            for plan in self._found.plans
        )
        if self._table.own_columns and numbers < _FEWEST_NUMBERS and not self._found.problems:
            texts = [self._with_example(plan) for plan in self._found.plans if plan.kind == "text"]
            shown = f"; {', '.join(texts[:5])} hold texts" if texts else ""
            self._complain(
                None,
                f"The table has {('no column', '1 column')[numbers]} of numbers, and customers are"
                f" told apart by at least {_FEWEST_NUMBERS}{shown}.",
            )

    def _with_example(self, plan: Plan) -> str:
        other = self._evidence[plan.index].first_other
        return f"{plan.header} (such as {shortened(other[1])!r})" if other else plan.header

    def _complain(self, column: str | None, message: str, *, first: bool = False) -> None:
        shown = None if column is None else shortened(column)
        problem = Problem(self._layout.line, shown, shown, message)
        self._found.problems.insert(0 if first else len(self._found.problems), problem)

    def _say(self, sentence: str) -> None:
        self._found.warnings.append(sentence)

    def _take(self, index: int, target: str, factor: float = 1.0) -> None:
        evidence = self._evidence[index]
        kind: Kind = "reference" if target == REFERENCE else "documented"
        if target == "age" and evidence.days_found * 2 > evidence.known:
            kind = "birth"
        self._plans[index] = Plan(index, self._headers[index], kind, target, factor)
        if self._table.own_columns and kind == "documented":
            self._keep_others(index, self._table.column(target))

    def _keep_others(self, index: int, column: Column) -> None:
        """Keep the cells of a code's column that are no such code, if there are any."""
        distinct = self._evidence[index].distinct
        if not isinstance(column.type, Code):
            return
        read = code_reader(column.type.names)
        unknown = [cell for cell in distinct or () if read(cell) is None]
        known = len(distinct or ()) - len(unknown)
        elsewhere = distinct is None or (len(unknown) >= _ENOUGH and known < _LIKELY * len(unknown))
        self._plans[index].elsewhere = elsewhere
        near = nearest_each(unknown, column.type.names) if unknown else []
        others = sorted(c for c, m in zip(unknown, near, strict=True) if elsewhere or not m)
        if others or distinct is None:
            name = self._plans[index].keep_other = self._free_name(f"{column.name}{OTHER}")
            such = f", such as {shortened(others[0])}" if others else ""
            self._say(
                f"{self._headers[index]} has values that are none of the {len(column.type.names)}"
                f" documented ones{such}: missing there, kept in the own column {name}."
            )

    def _has(self, target: str) -> bool:
        return self._index_of(target) is not None

    def _index_of(self, target: str) -> int | None:
        for index, plan in self._plans.items():
            if plan.target == target and plan.kind in ("documented", "birth", "reference"):
                return index
        return None

    def _mapped(self, target: str) -> bool:
        return any(mapped.target == target for mapped in self._options.mapped)


def _unknown(unknown: Sequence[str], known: Sequence[str]) -> str:
    """Return the sentence that names all unknown columns at once."""
    shown = []
    for name in unknown:
        near = nearest(name, known)
        shown.append(f"{shortened(name)!r}{f' (did you mean {near}?)' if near else ''}")
    many = "Unknown column" if len(shown) == 1 else "Unknown columns"
    return f"{many} {', '.join(shown)}; there can be {', '.join(known)}."
