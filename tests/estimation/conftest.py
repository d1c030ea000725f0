"""Tables the estimation tests share: published ones and invented ones, numbers only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cenotaph.estimation import Sampling, Table, tabulate

Town = Callable[..., Table]


@pytest.fixture(scope="session")
def kosovo_cells() -> Path:
    """Return the bundled published table."""
    return Path(__file__).parents[2] / "examples" / "kosovo" / "cells.csv"


@pytest.fixture(scope="session")
def quick() -> Sampling:
    """Return sampling that is short and good enough for easy tables."""
    return Sampling(warmup=300, block=1000, most=6000, ess=400.0, tempered=0, workers=1)


@pytest.fixture(scope="session")
def published(reference: Path) -> Callable[[str], Table]:
    """Return published overlap tables by name."""
    tables = json.loads((reference / "mse" / "tables.json").read_text(encoding="utf-8"))

    def table(name: str) -> Table:
        found = tables[name]
        patterns = [[int(mark) for mark in cell] for cell, _ in found["cells"]]
        return tabulate(found["lists"], patterns, [count for _, count in found["cells"]])

    return table


@pytest.fixture(scope="session")
def town() -> Town:
    """Return a maker of overlaps of invented lists that name invented people independently of each other."""

    def make(seed: int = 7, people: int = 3000, chances: tuple[float, ...] = (0.3, 0.25, 0.35, 0.2)) -> Table:
        rng = np.random.default_rng(seed)
        present = (rng.random((people, len(chances))) < np.array(chances)).astype(np.uint8)
        return tabulate([f"list {j}" for j in range(len(chances))], present, np.ones(people, np.int64))

    return make
