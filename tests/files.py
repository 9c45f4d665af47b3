"""Files of customers and products, and how they are sent."""

CSV = "text/csv"
HEADER = (
    "first_name,last_name,age,occupation,city,annual_income,annual_spending,loan_balance,"
    "credit_score"
)
ROW = "Ann,Lee,30,1,9,28000.50,21000,0,700"
OLD = f"id,{HEADER}\n7,Old,One,30,1,9,28000.50,21000,0,700\n3,Old,Two,,,,,,,\n"
PRODUCT = "product_id,product_type,renewable,launch_date,channels,interest_rate,risk_level"


def send(client, text, path="/importCustomers", **options):
    data = text.encode() if isinstance(text, str) else text
    return client.post(path, data=data, content_type=CSV, **options)


def broken(response):
    """Assert that a file was refused; give the sentence and the problems."""
    assert response.status_code == 422, response.text
    answer = response.get_json()
    assert list(answer) == ["error", "problems"]
    assert answer["error"].endswith(".")
    return answer["error"], answer["problems"]


def row(**cells):
    """A line with these cells, the others right."""
    right = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    return ",".join(map(str, (right | cells).values()))
