"""How a call is refused."""

from api.openapi.forms import Named, list_of, object_of, or_null, whole_number
from api.openapi.schemas.values import TEXT
from datasets.problems import MOST_SHOWN

ERROR = Named(
    "ErrorMessage", object_of(error=TEXT | {"description": "one sentence that a person can act on"})
)
PROBLEM = Named(
    "Problem",
    object_of(
        column=or_null(TEXT),
        line=whole_number(1),
        lines=list_of(whole_number(1), minItems=1)
        | {"description": "the first lines that have this problem"},
        message=TEXT | {"description": "one sentence that says what would be right"},
        times=whole_number(1) | {"description": "how many cells have this problem"},
        value=or_null(TEXT),
    ),
)
BROKEN_FILE = Named(
    "BrokenFile",
    object_of(
        error=TEXT | {"description": "the first problem, and how many there are"},
        problems=list_of(PROBLEM, minItems=1, maxItems=MOST_SHOWN),
    ),
)
