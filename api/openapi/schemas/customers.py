"""A customer."""

from api.openapi.forms import Named, object_of, or_null
from api.openapi.schemas.values import CLUSTER, values
from schema import CUSTOMER as COLUMNS

ALWAYS = ("customer_id", "first_name", "last_name")
_VALUES = values(COLUMNS, ALWAYS)

CUSTOMER = Named("Customer", object_of(**_VALUES, cluster=or_null(CLUSTER)))
INCOME_AND_LOAN = Named(
    "IncomeAndLoan",
    object_of(
        annual_income=_VALUES["annual_income"],
        customer_id=_VALUES["customer_id"],
        loan_balance=_VALUES["loan_balance"],
    ),
)
