"""What always holds, asked of a running service at which nobody writes at the moment."""

from collections import Counter

import pytest

MEANS = ("age", "annual_income", "annual_spending", "credit_score", "loan_balance")
MODES = ("city", "occupation")
CRITERIA = ("credit_score_required", "max_age", "max_income", "min_age", "min_income")


def get(service, path):
    answer = service.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def check_what_always_holds(service):
    """Check every list, and that clusters and matches belong to what is stored; gives the lists."""
    customers, products = get(service, "/getCustomers"), get(service, "/getProducts")
    groups, offers = get(service, "/getCustomersByCluster"), get(service, "/getProductsByCluster")
    check_customers(customers)
    check_products(products)
    assert groups == {
        str(number): [customer for customer in customers if customer["cluster"] == number]
        for number in stored_clusters(customers)
    }
    assert get(service, "/getClustersAmounts") == {
        name: len(group) for name, group in groups.items()
    }
    assert get(service, "/getIncomeAndLoanByCluster") == {
        name: [
            {field: row[field] for field in ("annual_income", "customer_id", "loan_balance")}
            for row in group
        ]
        for name, group in groups.items()
    }
    check_offers(offers, groups, products)
    return customers, products


def check_customers(customers):
    """A whole dataset, in which all customers have a cluster or none."""
    assert [row["customer_id"] for row in customers] == list(range(1, len(customers) + 1))
    assert all(row.keys() == customers[0].keys() for row in customers)
    numbers = {row["cluster"] for row in customers}
    assert None not in numbers or numbers == {None}


def check_products(products):
    """A whole dataset, in order, whose criteria repeat the columns."""
    ids = [row["product_id"] for row in products]
    assert ids == sorted(set(ids))
    for row in products:
        assert row.keys() == products[0].keys()
        assert row["product_name"] == f"{row['product_type']}_{row['product_id']}"
        assert {name: str(row[name]) for name in CRITERIA} == {
            name: amount(row["eligibility_criteria"][name], row[name]) for name in CRITERIA
        }
        assert (row["cluster"] is None) == (row["score"] is None)


def amount(criterion, shown):
    """A criterion, which is a number, as its column shows it."""
    return f"{criterion:.2f}" if isinstance(shown, str) else str(criterion)


def check_offers(offers, groups, products):
    """Each stored cluster has its offers, and each product says the same of itself."""
    assert list(offers) == list(groups)
    for name, offered in offers.items():
        ranks = [(-float(row["score"]), row["product_id"]) for row in offered]
        assert ranks == sorted(ranks)
        assert {row["product_id"] for row in offered} == {
            row["product_id"] for row in products if int(name) in (row["cluster"] or [])
        }
    for row in products:
        assert {str(number) for number in row["cluster"] or []} <= set(offers)
        scores = [
            offer["score"]
            for offered in offers.values()
            for offer in offered
            if offer["product_id"] == row["product_id"]
        ]
        assert row["score"] == max(scores, default=None)


def check_summary(summary, groups):
    """The means and modes that conductClustering gave are those of the stored groups."""
    assert list(summary) == list(groups)
    for name, group in groups.items():
        for field in MEANS:
            mean = sum(float(row[field]) for row in group) / len(group)
            assert summary[name][field] == pytest.approx(mean, rel=1e-9)
        for field in MODES:
            counts = Counter(row[field] for row in group)
            assert counts[summary[name][field]] == max(counts.values())
    incomes = [summary[name]["annual_income"] for name in summary]
    assert incomes == sorted(incomes)


def stored_clusters(customers):
    return sorted({row["cluster"] for row in customers} - {None})
