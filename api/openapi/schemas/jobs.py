"""A call that is answered later."""

from api.openapi.forms import Named, object_of, or_null, whole_number
from api.openapi.schemas.values import TEXT

MOMENT = {"type": "string", "format": "date-time"}
STATES = ("queued", "running", "succeeded", "failed", "cancelled")
ANSWER = Named(
    "JobAnswer",
    object_of(
        body={"description": "what the call answers; a text where it is no JSON"},
        headers={"type": "object", "additionalProperties": TEXT},
        status=whole_number(200, 599),
    ),
)
JOB = Named(
    "Job",
    object_of(
        answer={
            "anyOf": [ANSWER, {"type": "null"}],
            "description": "the call's own answer, once the job has succeeded or failed",
        },
        created=MOMENT,
        finished=or_null(MOMENT),
        job_id={"type": "string", "format": "uuid"},
        location=TEXT | {"description": "where the job is"},
        progress=whole_number(0, 100) | {"description": "in per cent; it never goes back"},
        request=TEXT,
        seconds_left=or_null(whole_number()),
        stage=or_null(TEXT | {"description": "what is being done"}),
        started=or_null(MOMENT),
        state={"type": "string", "enum": list(STATES)},
    ),
)
