"""CSV files as schemas: those that are answered, and those that are imported."""

CSV_FILE = {
    "type": "string",
    "description": "A line that names the columns (they are the keys of the JSON), then a line a"
    " row, by RFC 4180. A missing value is an empty cell, a list is as PostgreSQL writes it, and a"
    " text that a spreadsheet would run as a formula has an apostrophe before it.",
}
OWN_FILE = {
    "type": "string",
    "description": "A line that names the columns, in any order, then a line a row, in UTF-8, with"
    " commas or semicolons. An empty cell is a missing value. An amount may be £1,234.50, a"
    " code its name, and a text that a spreadsheet would run as a formula has an apostrophe"
    " before it.",
}
ONE_FILE = {
    "type": "object",
    "properties": {"file": OWN_FILE | {"format": "binary"}},
    "required": ["file"],
}
