"""What the commands share: bars that show progress, and an orderly end when one is told to end."""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

INTERRUPTED = 128 + signal.SIGINT  # the exit status
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class RowsColumn(ProgressColumn):
    """How many rows are done, of tasks that have the field `rows`."""

    def render(self, task: Task) -> Text:
        """Return the rows done and the rows to do."""
        if not task.fields.get("rows"):
            return Text()
        return Text(f"{task.completed:,.0f}/{task.total:,.0f} rows")


def progress(**options: object) -> Progress:
    """Return bars on standard error where that is a terminal; elsewhere nothing is shown."""
    console = Console(stderr=True, markup=False)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        RowsColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
        **options,
    )


@contextmanager
def on_signals(handler: Callable | int) -> Iterator[None]:
    """Let this be what happens on Ctrl-C, or when the process is told to end."""
    earlier = {name: signal.signal(name, handler) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler_before in earlier.items():
            signal.signal(name, handler_before)


def printable(text: object) -> str:
    """Return the text without what a terminal would take for a command, such as colours."""
    return CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", str(text))
