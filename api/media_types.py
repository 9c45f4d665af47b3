"""The media types that calls and answers come in."""

JSON = "application/json"
CSV = "text/csv"
FORM = "multipart/form-data"
FORMATS = {"csv": CSV, "json": JSON}  # by the names that `?format=` has for them
