"""The statements of sql/, one object a file and one function a statement."""

from pathlib import Path

import aiosql

SQL = Path(__file__).resolve().parent.parent / "sql"


def _load(subject: str) -> aiosql.queries.Queries:
    return aiosql.from_path(SQL / f"{subject}.sql", "psycopg2")


schema = _load("schema")
customers = _load("customers")
products = _load("products")
own = _load("own")
samples = _load("samples")
workspaces = _load("workspaces")
jobs = _load("jobs")
clustering = _load("clustering")
embedded = _load("embedded")
lists = _load("lists")
offers = _load("offers")
