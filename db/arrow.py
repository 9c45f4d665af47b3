"""Lists as Arrow, whose columns have types: what the database says of them, and pages of CSV."""

import io

import psycopg2.extensions
import pyarrow as pa
import pyarrow.csv

NUMERIC = 1700  # PostgreSQL's number for the type
MOST_DIGITS = 38  # of a decimal that Arrow keeps exactly
# By PostgreSQL's numbers for its types; any other is a text, as in CSV.
_TYPES = {
    16: pa.bool_(),
    20: pa.int64(),
    23: pa.int32(),
    701: pa.float64(),
    1082: pa.date32(),
}


def type_of(column: psycopg2.extensions.Column) -> pa.DataType:
    """Return the type of a column that was selected."""
    if column.type_code == NUMERIC:
        exact = column.precision <= MOST_DIGITS
        return pa.decimal128(column.precision, column.scale) if exact else pa.float64()
    return _TYPES.get(column.type_code, pa.string())


def table_of(page: str, schema: pa.Schema) -> pa.Table:
    """Return the rows of a page of CSV, without a header, as the columns of a schema.

    An empty cell is a missing value; an empty text stands in quotes.
    """
    data = page.encode()
    return pa.csv.read_csv(
        io.BytesIO(data),
        pa.csv.ReadOptions(column_names=schema.names, block_size=len(data) + 1, use_threads=False),
        pa.csv.ParseOptions(newlines_in_values=True),
        pa.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
