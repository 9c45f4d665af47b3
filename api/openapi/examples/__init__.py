"""Real examples: what was sent and answered, by view, and the sentences of errors.

A file for each subject: what a view is sent (`body` or, as lines of CSV, `file`) and what it
answers (`response` and, as CSV, `file`). Lists are cut short.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent


def _read(name: str) -> dict:
    return json.loads((HERE / name).read_text("utf-8"))


ERRORS: dict[str, dict[str, str]] = _read("errors.json")  # by status and name
_VIEWS = {
    view: examples
    for file in sorted(HERE.glob("*.json"))
    if file.name != "errors.json"
    for view, examples in _read(file.name).items()
}


def body(view: str) -> dict:
    """Return a JSON body that the view takes."""
    return _VIEWS[view]["body"]


def response(view: str) -> object:
    """Return what the view answers."""
    return _VIEWS[view]["response"]


def file(view: str) -> str:
    """Return a CSV file that the view takes or answers."""
    return "".join(f"{line}\r\n" for line in _VIEWS[view]["file"])
