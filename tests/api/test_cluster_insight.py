"""GET /getClusterQuality, GET /getClusterProfiles and POST /assignCustomer."""

import json
from concurrent.futures import ThreadPoolExecutor
from statistics import mean, pstdev

import pytest

from clustering.clusters import Clusters
from tests.support import error, ok

CUSTOMER = {
    "age": 30,
    "annual_income": "30000.00",
    "annual_spending": 20000,
    "city": 3,
    "credit_score": 500,
    "loan_balance": 0,
    "occupation": 1,
}


@pytest.fixture
def clustered(client):
    ok(client.post("/generateDataset", json={"seed": 1}))
    ok(client.post("/conductClustering"))
    return client


@pytest.mark.parametrize("route", ["/getClusterQuality", "/getClusterProfiles"])
def test_there_is_nothing_to_tell_while_there_are_no_clusters(client, route):
    assert ok(client.get(route)) == {}
    ok(client.post("/generateDataset"))
    assert ok(client.get(route)) == {}


def test_the_quality_is_that_of_the_stored_clusters(clustered):
    quality = ok(clustered.get("/getClusterQuality"))
    assert list(quality) == [
        "border_share",
        "calinski_harabasz",
        "davies_bouldin",
        "inertia",
        "silhouette",
        "silhouette_null",
        "sizes",
        "stability",
        "stability_by_cluster",
        "sweep",
        "verdict",
        "verdict_sentence",
    ]
    assert quality["sizes"] == ok(clustered.get("/getClustersAmounts"))
    assert [step["n_clusters"] for step in quality["sweep"]] == list(range(2, 11))
    assert quality["silhouette"] == pytest.approx(quality["sweep"][1]["silhouette"], abs=1e-6)
    assert quality["inertia"] == pytest.approx(quality["sweep"][1]["inertia"], rel=1e-4)
    assert quality["silhouette"] > 0.3
    assert quality["stability"] > 0.85


@pytest.mark.parametrize(
    ("route", "find"), [("/getClusterQuality", "quality"), ("/getClusterProfiles", "profiles")]
)
def test_what_many_ask_at_once_is_found_out_once(clustered, app, monkeypatch, route, find):
    found, once = [], getattr(Clusters, find)

    def counted(clusters):
        found.append(find)
        return once(clusters)

    monkeypatch.setattr(Clusters, find, counted)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: app.test_client().get(route).data, range(8)))
    assert found == [find]
    assert set(answers) == {clustered.get(route).data}
    ok(clustered.post("/conductClustering", json={"n_clusters": 2}))
    ok(clustered.get(route))
    assert found == [find, find]


def test_reports_are_written_like_the_lists(clustered):
    ok(clustered.post("/generateProductDataset", json={"seed": 1}))
    ok(clustered.post("/conductProductMatch"))
    routes = ("getClusterProfiles", "getClusterQuality", "getMatchReport", "getOffersByCustomer")
    for route in routes:
        response = clustered.get(f"/{route}")
        document = json.dumps(
            ok(response), ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )
        assert response.text == document
    saved = clustered.post("/saveSegmentation", json={"name": "now"})
    assert "£" in saved.text


def test_the_quality_follows_the_features_that_were_used(clustered):
    before = ok(clustered.get("/getClusterQuality"))
    ok(clustered.post("/conductClustering", json={"features": ["age"], "n_clusters": 2}))
    after = ok(clustered.get("/getClusterQuality"))
    assert list(after["sizes"]) == ["0", "1"]
    assert after["inertia"] < before["inertia"]


def test_a_profile_has_size_share_and_name(clustered):
    profiles = ok(clustered.get("/getClusterProfiles"))
    amounts = ok(clustered.get("/getClustersAmounts"))
    assert list(profiles) == list(amounts)
    for number, profile in profiles.items():
        assert list(profile) == [
            *("because", "categories", "features", "name", "share", "size", "typical"),
        ]
        assert profile["size"] == amounts[number]
        assert profile["share"] == pytest.approx(amounts[number] / 500)
    assert len({profile["name"] for profile in profiles.values()}) == 3


def test_a_profile_says_what_sets_the_members_apart(clustered):
    groups = ok(clustered.get("/getCustomersByCluster"))
    everybody = [float(member["age"]) for members in groups.values() for member in members]
    for number, profile in ok(clustered.get("/getClusterProfiles")).items():
        differences = [abs(feature["difference"]) for feature in profile["features"]]
        assert differences == sorted(differences, reverse=True)
        (age,) = (feature for feature in profile["features"] if feature["feature"] == "age")
        expected = mean(member["age"] for member in groups[number])
        assert age["mean"] == pytest.approx(expected)
        assert age["overall_mean"] == pytest.approx(mean(everybody))
        assert age["difference"] == pytest.approx((expected - mean(everybody)) / pstdev(everybody))


def test_a_stored_customer_is_assigned_to_its_own_cluster(clustered):
    for customer in ok(clustered.get("/getCustomers"))[:100]:
        answer = ok(clustered.post("/assignCustomer", json=customer))
        assert answer["cluster"] == customer["cluster"]
        distances = answer["distances"]
        assert min(distances, key=distances.get) == str(customer["cluster"])


def test_an_assigned_customer_changes_nothing(clustered):
    before = clustered.get("/getCustomersByCluster").data
    ok(clustered.post("/assignCustomer", json=CUSTOMER))
    assert clustered.get("/getCustomersByCluster").data == before


def test_without_products_nothing_is_offered(clustered):
    answer = ok(clustered.post("/assignCustomer", json=CUSTOMER))
    assert (answer["products"], answer["closed"]) == ([], {})
    assert answer["reason"] == "there are no products"


def test_a_stored_customer_is_offered_the_same_as_by_the_match(clustered):
    ok(clustered.post("/generateProductDataset", json={"seed": 1}))
    ok(clustered.post("/conductProductMatch"))
    offers = {row["customer_id"]: row for row in ok(clustered.get("/getOffersByCustomer"))}
    for customer in ok(clustered.get("/getCustomers"))[:20]:
        answer = ok(clustered.post("/assignCustomer", json=customer))
        expected = offers[customer["customer_id"]]
        assert answer["reason"] == expected["reason"]
        assert [
            (product["product_id"], product["score"], product["reasons"])
            for product in answer["products"]
        ] == [(offer["product_id"], offer["fit"], offer["reasons"]) for offer in expected["offers"]]


def test_who_is_seventeen_and_earns_nothing_is_told_why_there_is_no_offer(clustered):
    ok(clustered.post("/generateProductDataset", json={"seed": 1}))
    child = {"age": 17, "annual_income": 0, "annual_spending": 0, "loan_balance": 0}
    answer = ok(clustered.post("/assignCustomer", json=child))
    assert answer["products"] == []
    assert answer["reason"] == "younger than every product asks"
    assert len(answer["closed"]) == 4


def test_assigning_needs_clusters(client):
    assert "POST /conductClustering" in error(client.post("/assignCustomer", json=CUSTOMER), 409)
    ok(client.post("/generateDataset"))
    assert "POST /conductClustering" in error(client.post("/assignCustomer", json=CUSTOMER), 409)


def test_assigning_needs_the_figures_that_the_clusters_were_found_by(clustered):
    assert "annual_income" in error(clustered.post("/assignCustomer", json={"age": 30}), 422)
    assert "age" in error(clustered.post("/assignCustomer"), 422)
    error(clustered.post("/assignCustomer", json=CUSTOMER | {"age": None}), 422)
    ok(clustered.post("/conductClustering", json={"features": ["age", "city"]}))
    ok(clustered.post("/assignCustomer", json={"age": 30, "city": 2}))


@pytest.mark.parametrize(
    "change",
    [
        {"age": -1},
        {"age": "30"},
        {"age": True},
        {"annual_income": -0.01},
        {"annual_income": "1,000.00"},
        {"annual_income": "NaN"},
        {"annual_spending": 10**10},
        {"loan_balance": "12.345"},
        {"loan_balance": False},
        {"credit_score": 851},
        {"city": 15},
        {"occupation": 10},
        {"first_name": 7},
    ],
)
def test_a_figure_that_cannot_be_is_refused(clustered, change):
    (name,) = change
    sentence = error(clustered.post("/assignCustomer", json=CUSTOMER | change), 422)
    assert sentence.startswith(f"The field {name} must be ")
