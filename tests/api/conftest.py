"""What the tests of the API share."""

import pytest

import db.reads


@pytest.fixture
def reads_of_data(monkeypatch):
    """Count the answers that are made from the tables."""
    made = []

    def counting(make):
        def count(*arguments, **options):
            made.append(arguments)
            return make(*arguments, **options)

        return count

    for name in ("list_all", "list_page", "list_by_cluster", "count_clusters"):
        monkeypatch.setattr(db.reads, name, counting(getattr(db.reads, name)))
    return made
