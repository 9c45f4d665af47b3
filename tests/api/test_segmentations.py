"""Saving segmentations, applying them a month later, and who has moved."""

from collections import Counter

import numpy as np
import pytest

from data_generator.customers import generate_customers
from tests.support import error, ok

NAME = {"name": "2026-11"}


def send(client, customers):
    """Import customers by the ids that they have."""
    data = customers.to_csv(index=False).encode()
    ok(client.post("/importCustomers", data=data, content_type="text/csv"))


def month(seed):
    customers = generate_customers(500, seed)
    customers.insert(0, "customer_id", range(1, 501))
    return customers


def a_month_later(customers, seed):
    """The same customers with 2 % of noise, the last 5 % of them replaced by new ones."""
    rng = np.random.default_rng(seed)
    later = customers.copy()
    for name in ("annual_income", "annual_spending", "loan_balance"):
        later[name] = (later[name] * rng.normal(1, 0.02, len(later))).round(2)
    new = generate_customers(25, 1_000 + seed)
    new.insert(0, "customer_id", range(501, 526))
    later.iloc[475:] = new
    return later


def clusters_of(client):
    return {c["customer_id"]: c["cluster"] for c in ok(client.get("/getCustomers"))}


def names_of(client):
    profiles = ok(client.get("/getClusterProfiles"))
    return {number: profile["name"] for number, profile in profiles.items()}


@pytest.fixture
def saved(client):
    """A client with the first month's customers in five clusters, which are saved."""
    for kept in ok(client.get("/getSegmentations")):
        ok(client.post("/dropSegmentation", json={"name": kept["name"]}))
    send(client, month(1))
    ok(client.post("/conductClustering", json={"n_clusters": 5}))
    ok(client.post("/saveSegmentation", json=NAME))
    return client


def test_what_is_saved_is_listed_and_dropped(saved):
    (kept,) = ok(saved.get("/getSegmentations"))
    assert kept["name"] == "2026-11"
    assert kept["features"] == ["age", "annual_income", "loan_balance"]
    sizes = {str(row["cluster"]): row["size"] for row in kept["clusters"]}
    assert sizes == ok(saved.get("/getClustersAmounts"))
    assert [row["name"] for row in kept["clusters"]] == list(names_of(saved).values())
    ok(saved.post("/dropSegmentation", json=NAME))
    assert ok(saved.get("/getSegmentations")) == []
    error(saved.post("/dropSegmentation", json=NAME), 404)


def test_saving_needs_clusters_and_a_name(client):
    assert "POST /conductClustering" in error(client.post("/saveSegmentation", json=NAME), 409)
    error(client.post("/saveSegmentation"), 422)
    error(client.post("/saveSegmentation", json={"name": " "}), 422)
    error(client.post("/saveSegmentation", json={"name": "x" * 101}), 422)


def test_the_same_customers_like_the_saved_ones_are_where_they_were(saved):
    before, names = clusters_of(saved), names_of(saved)
    send(saved, month(1))
    assert list(ok(saved.post("/conductClustering", json={"like": "2026-11"}))) == ["cluster"]
    assert clusters_of(saved) == before
    assert names_of(saved) == names


@pytest.mark.parametrize("refit", [False, True])
@pytest.mark.parametrize("n_clusters", [3, 5, 8])
def test_a_month_later_numbers_and_names_keep_their_meaning(saved, n_clusters, refit):
    ok(saved.post("/conductClustering", json={"n_clusters": n_clusters}))
    ok(saved.post("/saveSegmentation", json=NAME))
    before, names = clusters_of(saved), names_of(saved)
    send(saved, a_month_later(month(1), 1))
    ok(saved.post("/conductClustering", json={"like": "2026-11", "refit": refit}))
    after = clusters_of(saved)
    same = [before[i] == after[i] for i in before if i in after]
    assert len(same) == 475
    assert np.mean(same) >= (0.9 if refit else 0.97)
    kept = [names[number] == name for number, name in names_of(saved).items()]
    assert np.mean(kept) >= 0.6


def test_the_migration_equals_one_counted_by_hand(saved):
    before = clusters_of(saved)
    send(saved, a_month_later(month(1), 1))
    ok(saved.post("/conductClustering", json={"n_clusters": 4}))
    after = clusters_of(saved)
    answer = ok(saved.get("/getMigration?from=2026-11"))
    both = before.keys() & after.keys()
    counted = Counter((str(before[i]), str(after[i])) for i in both)
    assert {(a, b): n for a, row in answer["table"].items() for b, n in row.items()} == counted
    assert answer["new"] == Counter(str(after[i]) for i in after.keys() - both)
    assert answer["gone"] == Counter(str(before[i]) for i in before.keys() - both)
    moved = {
        row["customer_id"]: (int(row["from"]), int(row["to"])) for row in answer["moved_customers"]
    }
    assert moved == {i: (before[i], after[i]) for i in both if before[i] != after[i]}
    assert answer["moved"] == len(moved)
    assert answer["verdict"] == "keep"


def test_customers_are_known_by_their_reference(saved, sql):
    sql("INSERT INTO own_values SELECT id, 'C-' || id, '{}', '{}' FROM customers")
    ok(saved.post("/saveSegmentation", json=NAME))
    before = clusters_of(saved)
    send(saved, month(1).iloc[::-1].assign(customer_id=range(1, 501)))
    sql("TRUNCATE own_values")
    sql("INSERT INTO own_values SELECT id, 'C-' || 501 - id, '{}', '{}' FROM customers")
    ok(saved.post("/conductClustering", json={"like": "2026-11"}))
    answer = ok(saved.get("/getMigration?from=2026-11"))
    assert (answer["moved"], answer["new"], answer["gone"]) == (0, {}, {})
    sizes = Counter(str(cluster) for cluster in before.values())
    assert {number: row[number] for number, row in answer["table"].items()} == sizes


def test_customers_who_have_become_others_are_to_be_looked_at_again(saved):
    later = month(1)
    later["annual_income"] = (later["annual_income"] * 2.5).round(2)
    send(saved, later)
    ok(saved.post("/conductClustering", json={"like": "2026-11"}))
    answer = ok(saved.get("/getMigration?from=2026-11"))
    assert answer["verdict"] == "look again"
    assert max(answer["centre_shifts"].values()) > 0.2


def test_a_name_given_by_hand_stays_while_the_number_does(saved):
    ok(saved.post("/renameCluster", json={"cluster": 2, "name": "Our favourites"}))
    assert names_of(saved)["2"] == "Our favourites"
    ok(saved.post("/conductClustering", json={"n_clusters": 5}))
    assert names_of(saved)["2"] == "Our favourites"
    send(saved, a_month_later(month(1), 1))
    ok(saved.post("/conductClustering", json={"like": "2026-11"}))
    assert names_of(saved)["2"] == "Our favourites"
    ok(saved.post("/conductClustering", json={"n_clusters": 4}))
    assert "Our favourites" not in names_of(saved).values()
    error(saved.post("/renameCluster", json={"cluster": 7, "name": "Nobody"}), 404)


def test_what_is_unknown_or_does_not_go_together_is_refused_and_changes_nothing(saved):
    before = saved.get("/getCustomersByCluster").data
    error(saved.post("/conductClustering", json={"like": "2025-01"}), 404)
    error(saved.post("/conductClustering", json={"like": "2026-11", "n_clusters": 3}), 422)
    error(saved.post("/conductClustering", json={"refit": True}), 422)
    error(saved.get("/getMigration?from=2025-01"), 404)
    error(saved.get("/getMigration"), 422)
    assert saved.get("/getCustomersByCluster").data == before
