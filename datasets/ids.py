"""The ids of a file's rows: read or given out, and no two alike."""

from collections.abc import Iterator, Sequence

import numpy as np

from datasets.problems import Problem


class Ids:
    """The ids of all rows so far, in flat memory: eight bytes a row."""

    def __init__(self, name: str, first: int, *, in_file: bool):
        self._name = name
        self._next = first
        self._in_file = in_file
        self._ids = [np.empty(0, dtype=np.int32)]
        self._lines = [np.empty(0, dtype=np.int32)]

    def note(self, cells: Sequence[str], lines: Sequence[int]) -> Sequence[str]:
        """Note the ids of some rows (0 where one could not be read); return them or new ones."""
        if not self._in_file:
            first, self._next = self._next, self._next + len(lines)
            return [str(number) for number in range(first, self._next)]
        self._ids.append(np.array([int(cell) for cell in cells], dtype=np.int32))
        self._lines.append(np.array(lines, dtype=np.int32))
        return cells

    def repeated(self) -> Iterator[Problem]:
        """Yield a problem for every row whose id an earlier row has, in no order."""
        ids, lines = np.concatenate(self._ids), np.concatenate(self._lines)
        order = np.argsort(ids, kind="stable")
        ids, lines = ids[order], lines[order]
        for i in np.flatnonzero((ids[1:] == ids[:-1]) & (ids[1:] > 0)):
            number, earlier, line = str(ids[i + 1]), int(lines[i]), int(lines[i + 1])
            message = f"{number} is the {self._name} of line {earlier} already."
            yield Problem(line, self._name, number, message)
