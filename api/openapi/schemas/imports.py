"""What is answered to a file: what it was understood to be."""

from api.openapi.forms import Named, list_of, object_of, or_null
from api.openapi.schemas.customers import WHOLE_CUSTOMER
from api.openapi.schemas.values import TEXT, TEXTS
from datasets.rows_shown import MOST_ROWS

_UNDERSTOOD = {
    "message": TEXT,
    "columns": {
        "type": "object",
        "additionalProperties": TEXT,
        "description": "the documented column that a column of the file is",
    },
    "own_columns": TEXTS | {"description": "the columns that are kept beside the documented ones"},
    "passed_over": TEXTS | {"description": "columns and rows that are not kept, and why"},
    "warnings": TEXTS | {"description": "what was changed, dropped or guessed"},
}
IMPORTED = Named(
    "Imported",
    object_of(
        **_UNDERSTOOD,
        kept_until=or_null(TEXT | {"format": "date-time"})
        | {"description": "when the data is dropped next; null: never"},
    ),
)
PREVIEW = Named(
    "Preview", object_of(**_UNDERSTOOD, rows=list_of(WHOLE_CUSTOMER, maxItems=MOST_ROWS))
)
