"""What is answered of many customers: points to draw, and where pages begin."""

from api.openapi.forms import Named, list_of, number, object_of, whole_number

POINT = Named("Point", object_of(customer_id=whole_number(1), x=number(), y=number()))
PAGES = Named(
    "CustomerPages",
    object_of(
        after=list_of(whole_number())
        | {"description": "for each page, the id that its first row follows; 0 for the first"},
        customers=whole_number(),
    ),
)
