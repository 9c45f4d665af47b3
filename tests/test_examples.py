"""The example files stay what the generators make."""

from pathlib import Path

import pytest

from data_generator.__main__ import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.parametrize(
    ("dataset", "size", "seed"), [("customers", "200", "7"), ("products", "30", "1")]
)
def test_the_examples_are_made_by_the_generators(tmp_path, dataset, size, seed):
    path = tmp_path / "rows.csv"
    assert main([dataset, "--size", size, "--seed", seed, "--csv", str(path)]) == 0
    assert path.read_bytes() == (EXAMPLES / f"{dataset}.csv").read_bytes()
