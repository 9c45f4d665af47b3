"""A customer, as the routes answer and accept one."""

from api.openapi.forms import Named, object_of, or_null
from api.openapi.schemas.values import CLUSTER, TEXT, accepted, value, values
from schema import CUSTOMER as COLUMNS
from schema import Code

ALWAYS = ("customer_id", "first_name", "last_name")
VALUES = values(COLUMNS, ALWAYS)

CUSTOMER = Named("Customer", object_of(**VALUES, cluster=or_null(CLUSTER)))
OWN = Named(
    "Own",
    {
        "type": "object",
        "additionalProperties": {"type": ["number", "string", "null"]},
        "description": "the own columns by name",
    },
)
_CODES = {
    column.name: {"anyOf": [or_null(value(column)), TEXT]}
    for column in COLUMNS
    if isinstance(column.type, Code)
}
WHOLE_CUSTOMER = Named(
    "WholeCustomer",
    object_of(**VALUES, cluster=or_null(CLUSTER))
    | {
        "properties": {
            **VALUES,
            **_CODES,
            "cluster": or_null(CLUSTER),
            "own": OWN,
            "reference": or_null(TEXT),
        },
        "description": "with `columns=all` or `labels=names`",
    },
)
INCOME_AND_LOAN = Named(
    "IncomeAndLoan",
    object_of(
        annual_income=VALUES["annual_income"],
        customer_id=VALUES["customer_id"],
        loan_balance=VALUES["loan_balance"],
    ),
)
# What a body may say of a customer: all that getCustomers says, so that one can be sent back.
CUSTOMER_FIELDS = {
    "cluster": or_null(CLUSTER),
    **{column.name: or_null(accepted(column)) for column in COLUMNS},
}
