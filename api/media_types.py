"""The media types that calls and answers come in."""

JSON = "application/json"
CSV = "text/csv"
FORM = "multipart/form-data"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
# By the names that `?format=` has for them, which files end in.
FORMATS = {"csv": CSV, "json": JSON, "xlsx": XLSX, "parquet": PARQUET}
ENDINGS = {mimetype: name for name, mimetype in FORMATS.items()}
TYPED = (XLSX, PARQUET)  # files whose columns have types
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
