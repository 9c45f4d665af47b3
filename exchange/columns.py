"""The documented columns of a file of customers and of one of products."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import NamedTuple

from codes import CITIES, OCCUPATIONS
from config import LARGEST_INT
from exchange.cells import Form, amount, boolean, choice, code, day, text, texts, whole_number

# The cells of each column, as PostgreSQL takes them; "" is a missing one.
Chunk = MutableMapping[str, Sequence[str]]

PRODUCT_TYPES = ("Credit Card", "Loan", "Savings Account", "Investment")

_ID = whole_number(1, LARGEST_INT)
_AMOUNT_OR_NONE = whole_number(0, LARGEST_INT)
_CREDIT_SCORE = whole_number(0, 850)
_MONEY = amount(12)


class Column(NamedTuple):
    """A column that is kept: its name, the form of its cells, what may be missing.

    A file must have a `required` column; where a column is not `nullable`, every row has a value.
    """

    name: str
    form: Form
    required: bool = False
    nullable: bool = True


class Table(NamedTuple):
    """What a file of a kind has: its columns, first the id, in the order of the database's.

    A file without ids is numbered from `first_id`. `computed` are columns that exports have and
    the service finds anew, so they are accepted and not kept. `aliases` are other names.
    `complete` fills in what follows from other columns, and yields the rows where that lacks, by
    number, with the column and a sentence. A file with the column `repeating` may have a row again.
    """

    name: str
    columns: tuple[Column, ...]
    first_id: int
    computed: frozenset[str]
    aliases: dict[str, str]
    complete: Callable[[Chunk], Iterator[tuple[int, str, str]]]
    repeating: str | None = None

    @property
    def id_name(self) -> str:
        """The name of the column that tells rows apart."""
        return self.columns[0].name


def _nothing(_chunk: Chunk) -> Iterator[tuple[int, str, str]]:
    yield from ()


def _name_products(chunk: Chunk) -> Iterator[tuple[int, str, str]]:
    """Name products without a name by type and id."""
    names = chunk["product_name"]
    if all(names):
        return
    kinds = chunk["product_type"]
    chunk["product_name"] = [
        name or f"{kind}_{number}"
        for name, kind, number in zip(names, kinds, chunk["product_id"], strict=True)
    ]
    for i, name in enumerate(names):
        if not name and not kinds[i]:
            yield i, "product_name", "A product needs a product_name or a product_type."


CUSTOMERS = Table(
    "customers",
    (
        Column("customer_id", _ID, nullable=False),
        Column("first_name", text(), required=True, nullable=False),
        Column("last_name", text(), required=True, nullable=False),
        Column("age", _AMOUNT_OR_NONE, required=True),
        Column("occupation", code(OCCUPATIONS)),
        Column("city", code(CITIES)),
        Column("annual_income", _MONEY, required=True),
        Column("annual_spending", _MONEY),
        Column("loan_balance", _MONEY, required=True),
        Column("credit_score", _CREDIT_SCORE),
    ),
    first_id=1,
    computed=frozenset({"cluster", "cluster_name", "best_product_id", "best_product"}),
    aliases={"id": "customer_id"},
    complete=_nothing,
)
PRODUCTS = Table(
    "products",
    (
        Column("product_id", _ID, nullable=False),
        Column("product_name", text(100)),
        Column("product_type", choice(PRODUCT_TYPES), required=True),
        Column("min_age", _AMOUNT_OR_NONE),
        Column("max_age", _AMOUNT_OR_NONE),
        Column("min_income", _MONEY),
        Column("max_income", _MONEY),
        Column("credit_score_required", _CREDIT_SCORE),
        Column("interest_rate", amount(5, negative=True)),
        Column("annual_fees", amount(10)),
        Column("risk_level", text(10)),
        Column("benefits", text()),
        Column("term_length", whole_number(0, LARGEST_INT)),
        Column("renewable", boolean()),
        Column("reward_points", amount(10, negative=True)),
        Column("product_status", text(20)),
        Column("launch_date", day()),
        Column("channels", texts()),
    ),
    first_id=1000,
    computed=frozenset(
        {"id", "cluster", "score", "cluster_scores", "eligibility_criteria"}
        | {"eligible_share", "reasons"}
    ),
    aliases={},
    complete=_name_products,
    repeating="eligible_share",  # as in getProductsByCluster, where several clusters have a product
)
