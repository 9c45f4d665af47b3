"""What the service says of itself."""

from api.openapi.forms import Named, object_of, or_null
from api.openapi.schemas.values import TEXT

ANY_DOCUMENT = {
    "type": "object",
    "properties": {"openapi": TEXT, "info": {"type": "object"}, "paths": {"type": "object"}},
    "required": ["openapi", "info", "paths"],
}
HEALTH = Named(
    "Health",
    object_of(
        customers={"type": "boolean"},
        database=TEXT,
        next_clean_up=or_null({"type": "string", "format": "date-time"}),
        products={"type": "boolean"},
    ),
)
