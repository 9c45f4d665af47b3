"""What a customer and a product are: each column's kind, range, names and label, said once.

The tables in sql/ have the same columns in the same order; a test holds them to each other.
"""

from typing import NamedTuple

LARGEST_INT = 2**31 - 1  # PostgreSQL's INT, the type of every id
FIRST_CUSTOMER_ID = 1
FIRST_PRODUCT_ID = 1000  # ids have four digits as long as they suffice

OCCUPATIONS = (
    "Student",
    "Salaried Employee",
    "Self-Employed",
    "Business Owner",
    "Retired",
    "Unemployed",
    "Homemaker",
    "Freelancer",
    "Contractor",
    "Government Employee",
)
CITIES = (
    "Belfast",
    "Birmingham",
    "Bristol",
    "Cardiff",
    "Edinburgh",
    "Glasgow",
    "Leeds",
    "Leicester",
    "Liverpool",
    "London",
    "Manchester",
    "Newcastle",
    "Nottingham",
    "Sheffield",
    "Southampton",
)
PRODUCT_TYPES = ("Credit Card", "Loan", "Savings Account", "Investment")


class Whole(NamedTuple):
    """A whole number: an id, a count, an age, a score."""

    least: int = 0
    most: int = LARGEST_INT


class Decimal(NamedTuple):
    """A number with decimals: `digits` of them in all, `decimals` behind the point."""

    digits: int
    decimals: int = 2
    negative: bool = False

    @property
    def most(self) -> str:
        """The largest such number, as text."""
        return f"{'9' * (self.digits - self.decimals)}.{'9' * self.decimals}"


class Code(NamedTuple):
    """A code: a name's place in the tuple is its code."""

    names: tuple[str, ...]


class Choice(NamedTuple):
    """One of some texts."""

    names: tuple[str, ...]


class Text(NamedTuple):
    """A text of at most so many characters, None for any number of them."""

    longest: int | None = None


class TextList(NamedTuple):
    """A list of texts."""


class Boolean(NamedTuple):
    """A yes or a no."""


class Date(NamedTuple):
    """A day."""


Type = Whole | Decimal | Code | Choice | Text | TextList | Boolean | Date


class Column(NamedTuple):
    """A column: its name and type, what may be missing, what people call it.

    A file must have a `required` column; where a column is not `nullable`, every row has a value.
    """

    name: str
    type: Type
    label: str
    required: bool = False
    nullable: bool = True
    synonyms: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, a code included."""
        return isinstance(self.type, Whole | Decimal | Code)

    @property
    def is_measure(self) -> bool:
        """Whether its values measure something: numbers that are no ids and no codes."""
        return isinstance(self.type, Whole | Decimal) and self.type != ID


ID = Whole(1)
MONEY = Decimal(12)
CREDIT_SCORE = Whole(0, 850)
OLDEST = 130  # years

CUSTOMER = (
    Column(
        "customer_id",
        ID,
        "customer",
        nullable=False,
        synonyms=(
            "id",
            "cust id",
            "custid",
            "customerid",
            "customer no",
            "customer number",
            "client id",
            "clientid",
            "client no",
            "client number",
            "clientnum",
            "user id",
        ),
    ),
    Column(
        "first_name",
        Text(),
        "first name",
        nullable=False,
        synonyms=("firstname", "forename", "given name", "christian name"),
    ),
    Column(
        "last_name",
        Text(),
        "last name",
        nullable=False,
        synonyms=("lastname", "surname", "family name"),
    ),
    Column("age", Whole(0, OLDEST), "age", synonyms=("customer age", "age in years", "age years")),
    Column(
        "occupation",
        Code(OCCUPATIONS),
        "occupation",
        synonyms=("job", "profession", "employment", "employment status", "job title"),
    ),
    Column("city", Code(CITIES), "city", synonyms=("town",)),
    Column(
        "annual_income",
        MONEY,
        "income",
        synonyms=(
            "income",
            "salary",
            "annual salary",
            "yearly income",
            "yearly salary",
            "gross income",
            "gross salary",
            "estimated salary",
            "annualincome",
            "income per year",
        ),
    ),
    Column(
        "annual_spending",
        MONEY,
        "spending",
        synonyms=(
            "spending",
            "spend",
            "annual spend",
            "yearly spending",
            "yearly spend",
            "expenditure",
            "annual expenditure",
            "expenses",
            "annual expenses",
        ),
    ),
    Column(
        "loan_balance",
        MONEY,
        "loan balance",
        synonyms=(
            "balance",
            "loan",
            "loans",
            "debt",
            "debts",
            "total debt",
            "loan amount",
            "outstanding balance",
            "outstanding debt",
            "outstanding loan",
            "amount owed",
        ),
    ),
    Column(
        "credit_score",
        CREDIT_SCORE,
        "credit score",
        synonyms=("creditscore", "fico", "fico score", "credit rating"),
    ),
)
BIRTH_DATES = ("date of birth", "dob", "birth date", "birthdate", "birthday", "dateofbirth")
REFERENCE = "reference"  # what a customer's own system calls the customer, as a text
PRODUCT = (
    Column("product_id", ID, "product", nullable=False),
    Column("product_name", Text(100), "product name", synonyms=("name",)),
    Column(
        "product_type",
        Choice(PRODUCT_TYPES),
        "product type",
        required=True,
        synonyms=("type",),
    ),
    Column("min_age", Whole(), "minimum age", synonyms=("minimum age",)),
    Column("max_age", Whole(), "maximum age", synonyms=("maximum age",)),
    Column("min_income", MONEY, "minimum income", synonyms=("minimum income",)),
    Column("max_income", MONEY, "maximum income", synonyms=("maximum income",)),
    Column("credit_score_required", CREDIT_SCORE, "minimum credit score"),
    Column("interest_rate", Decimal(5, negative=True), "interest rate"),
    Column("annual_fees", Decimal(10), "annual fees"),
    Column("risk_level", Text(10), "risk level"),
    Column("benefits", Text(), "benefits"),
    Column("term_length", Whole(), "term"),
    Column("renewable", Boolean(), "renewable"),
    Column("reward_points", Decimal(10, negative=True), "reward points"),
    Column("product_status", Text(20), "status", synonyms=("status",)),
    Column("launch_date", Date(), "launch date"),
    Column("channels", TextList(), "channels"),
)

# The features that customers can be told apart by.
NUMBERS = ("age", "annual_income", "annual_spending", "credit_score", "loan_balance")
CATEGORIES = {
    column.name: len(column.type.names) for column in CUSTOMER if isinstance(column.type, Code)
}  # and how many codes they have
FEATURES = (*NUMBERS, *CATEGORIES)
ACTIVE = "Active"  # what a product without a status is
LABELS = {column.name: column.label for column in (*CUSTOMER, *PRODUCT)}

# What files of customers say of the offers to each, up to three; matching finds them anew.
OFFER_RANKS = ("best", "second", "third")
OFFER_COLUMNS = ("{}_product_id", "{}_product", "{}_fit", "{}_reasons")
NO_OFFER_COLUMN = "no_offer_reason"
OFFERED = (
    *(column.format(rank) for rank in OFFER_RANKS for column in OFFER_COLUMNS),
    NO_OFFER_COLUMN,
)
