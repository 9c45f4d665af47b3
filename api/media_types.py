"""The media types that calls and answers come in."""

JSON = "application/json"
CSV = "text/csv"
FORM = "multipart/form-data"
FORMATS = {"csv": CSV, "json": JSON}  # by the names that `?format=` has for them
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
# What a table may be sent as; what it is, its content says.
TABLES = (
    CSV,
    "application/csv",
    "text/tab-separated-values",
    "application/gzip",
    "application/x-gzip",
    XLSX,
    "application/vnd.ms-excel",
    PARQUET,
    "application/octet-stream",
)
