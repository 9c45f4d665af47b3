"""JSON as every answer has it."""

import json


def json_document(value: object) -> str:
    """Return a value as JSON: keys sorted, no blanks, letters as they are, and never NaN."""
    return json.dumps(
        value, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
