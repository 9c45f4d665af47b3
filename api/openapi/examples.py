"""Real examples: bodies, what they were answered, and the sentences of errors."""

import json
from pathlib import Path

_EXAMPLES = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

BODIES: dict[str, dict] = _EXAMPLES["bodies"]  # by operation
ANSWERS: dict[str, object] = _EXAMPLES["answers"]  # by operation; lists are cut short
ERRORS: dict[str, dict[str, str]] = _EXAMPLES["errors"]  # by status and name
