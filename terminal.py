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
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from progress import Step, reporting

INTERRUPTED = 128 + signal.SIGINT  # the exit status
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class CountColumn(ProgressColumn):
    """How much is done of how much, of tasks whose field `unit` says what is counted."""

    def render(self, task: Task) -> Text:
        """Return what is done and what is to do."""
        if not (task.fields.get("unit") and task.total):
            return Text()
        return Text(f"{task.completed:,.0f}/{task.total:,.0f} {task.fields['unit']}")


def progress(**options: object) -> Progress:
    """Return bars on standard error where that is a terminal; elsewhere nothing is shown."""
    console = Console(stderr=True, markup=False)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        CountColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
        **options,
    )


@contextmanager
def showing_progress(**options: object) -> Iterator[Progress]:
    """Show the stages of the work within, a bar each, as it reports them."""
    tasks: dict[str, TaskID] = {}
    with progress(**options) as bars:

        def show(step: Step) -> None:
            if step.stage not in tasks:
                for task in bars.tasks:  # one of unknown length has ended
                    bars.update(task.id, total=task.total or 1, completed=task.total or 1)
                tasks[step.stage] = bars.add_task(step.stage, total=None, unit=step.unit)
            bars.update(tasks[step.stage], total=step.total, completed=step.done)

        with reporting(show):
            yield bars


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
