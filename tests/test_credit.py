"""A published table of customers, not made by this project, goes all the way: see examples/."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from segment.__main__ import main
from tests.support import ok

N_CLUSTERS = 5
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="module")
def credit():
    """The table under this project's names; what a customer spends is not in it.

    Its ratings, 93 to 982, are stretched to the range of British credit scores, 300 to 850.
    """
    table = pd.read_csv(EXAMPLES / "credit.csv")
    rating = table["Rating"]
    stretched = np.interp(rating, [rating.min(), rating.max()], [300, 850])
    return pd.DataFrame(
        {
            "customer_id": table["ID"],
            "first_name": "Customer",
            "last_name": table["ID"].map("No. {}".format),
            "age": table["Age"],
            "occupation": table["Student"].map({"Yes": "Student", "No": None}),
            "annual_income": (1000 * table["Income"]).round(2),
            "loan_balance": table["Balance"],
            "credit_score": stretched.round().astype(int),
        }
    )


@pytest.fixture(scope="module")
def file(credit, tmp_path_factory):
    path = tmp_path_factory.mktemp("credit") / "customers.csv"
    credit.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def expected(credit):
    """What scikit-learn finds, its clusters numbered by mean income."""
    columns = [credit["age"], np.log1p(credit["annual_income"]), np.sqrt(credit["loan_balance"])]
    points = StandardScaler().fit_transform(np.column_stack(columns))
    with threadpool_limits(1):  # several threads would wait for one another on a busy machine
        labels = KMeans(N_CLUSTERS, n_init=20, random_state=0, tol=0).fit_predict(points)
    incomes = credit.groupby(labels)["annual_income"].mean()
    return incomes.rank().astype(int).loc[labels].to_numpy() - 1


@pytest.fixture
def service(client, file):
    """The service with the table and the example products, clustered and matched."""
    for route, path in (("Customers", file), ("Products", EXAMPLES / "products.csv")):
        ok(client.post(f"/import{route}", data=path.read_bytes(), content_type="text/csv"))
    ok(client.post("/conductClustering", json={"n_clusters": N_CLUSTERS}))
    ok(client.post("/conductProductMatch"))
    return client


@pytest.fixture
def walk(file, tmp_path, capsys, monkeypatch):
    """The file that the terminal's command writes, and the tables that it prints."""
    monkeypatch.setenv("COLUMNS", "200")
    target = tmp_path / "segments.csv"
    products = str(EXAMPLES / "products.csv")
    arguments = [
        str(file),
        "--products",
        products,
        "--clusters",
        str(N_CLUSTERS),
        "--out",
        str(target),
    ]
    assert main(arguments) == 0
    return pd.read_csv(target), capsys.readouterr().out


def test_the_service_finds_the_clusters_of_scikit_learn(service, credit, expected):
    customers = ok(service.get("/getCustomers"))
    assert [customer["cluster"] for customer in customers] == expected.tolist()
    for customer, row in zip(customers, credit.itertuples(), strict=True):
        assert customer["customer_id"] == row.customer_id
        assert customer["last_name"] == f"No. {row.customer_id}"
        assert float(customer["annual_income"]) == row.annual_income
        assert customer["annual_spending"] is None


def test_the_service_describes_the_clusters(service, credit, expected):
    profiles = ok(service.get("/getClusterProfiles"))
    assert list(profiles) == [str(cluster) for cluster in range(expected.max() + 1)]
    for cluster, profile in profiles.items():
        members = credit[expected == int(cluster)]
        assert profile["size"] == len(members)
        means = {row["feature"]: row["mean"] for row in profile["features"]}
        assert sorted(means) == ["age", "annual_income", "credit_score", "loan_balance"]
        for name, mean in means.items():
            assert mean == pytest.approx(members[name].mean())


def test_the_service_offers_products_by_their_criteria(service, credit, expected):
    offered = ok(service.get("/getProductsByCluster"))
    assert list(offered) == [str(cluster) for cluster in range(expected.max() + 1)]
    for cluster, products in offered.items():
        members = credit[expected == int(cluster)]
        assert products
        for product in products:
            eligible = (
                members["age"].between(product["min_age"], product["max_age"])
                & (members["annual_income"] >= float(product["min_income"]))
                & (members["annual_income"] <= float(product["max_income"]))
                & (members["credit_score"] >= product["credit_score_required"])
            )
            assert float(product["eligible_share"]) == pytest.approx(eligible.mean(), abs=5e-5)
            assert 0.05 <= float(product["offered_share"]) <= eligible.mean() + 5e-5
        scores = [float(product["score"]) for product in products]
        assert scores == sorted(scores, reverse=True)


def test_the_command_in_the_terminal_finds_the_same(walk, credit, expected):
    rows, _ = walk
    assert rows["cluster"].tolist() == expected.tolist()
    assert rows["last_name"].tolist() == credit["last_name"].tolist()
    assert rows["occupation"].fillna(-1).tolist() == [
        0 if occupation == "Student" else -1 for occupation in credit["occupation"]
    ]


def test_the_command_says_what_the_service_says(walk, service):
    rows, tables = walk
    names = rows.groupby("cluster")["cluster_name"].unique()
    profiles = ok(service.get("/getClusterProfiles"))
    assert names.map(list).tolist() == [[profile["name"]] for profile in profiles.values()]
    for products in ok(service.get("/getProductsByCluster")).values():
        best = products[0]
        assert f"{best['product_name']}" in tables
        assert f"{best['score']} " in tables
        assert best["reasons"][2] in tables  # behind the shares
