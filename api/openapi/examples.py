"""Real examples: bodies, what they were answered, and the sentences of errors."""

import json
from pathlib import Path

_EXAMPLES = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

BODIES: dict[str, dict] = _EXAMPLES["bodies"]  # by operation
ANSWERS: dict[str, object] = _EXAMPLES["answers"]  # by operation; lists are cut short
FILES: dict[str, str] = {  # by operation, the same rows as CSV
    name: "".join(f"{line}\r\n" for line in lines) for name, lines in _EXAMPLES["files"].items()
}
ERRORS: dict[str, dict[str, str]] = _EXAMPLES["errors"]  # by status and name
BROKEN_FILE: dict = _EXAMPLES["broken_file"]
