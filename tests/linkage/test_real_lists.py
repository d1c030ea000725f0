"""Real lists with their truth, where they lie beside this checkout; ids only, nothing of them is kept here.

Each set is read as `benchmarks/linkage.py` reads it. A floor is what linkage must never fall below again; what it
reaches stands in the methods of linkage.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from cenotaph.linkage import link
from cenotaph.linkage.evaluate import pairwise

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def sets(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the benchmark's sets with a known truth; its scripts are no part of the package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import linkage_cases

    return linkage_cases


def _f1(sets: ModuleType, name: str, cases: Path) -> float:
    """Link a set without a label; return the pairwise F1."""
    case = sets.CASES[name](cases)
    return pairwise(np.asarray(link(case.records, case.lists).cluster, dtype=np.int64), case.person)["f1"]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "floor"), [("rldata10000", 0.965), ("historical-50k", 0.93)])
def test_persons_with_errors_are_linked_without_a_label(sets: ModuleType, cases: Path, name: str, floor: float) -> None:
    """Ten thousand German names and fifty thousand historical records stay above their floors of pairwise F1."""
    assert _f1(sets, name, cases) >= floor


@pytest.mark.slow
def test_named_people_on_five_lists_are_linked(sets: ModuleType, cases: Path) -> None:
    """Of the pairs of named people that three lists' own ids state, F1 is .994 at least; no withheld name is linked."""
    case = sets.CASES["us-2013-2017"](cases)
    apart = sys.modules["linkage_us"]
    links = link(case.records, case.lists)
    found = apart.measured(apart.UsCase(case.records, case.lists, case.person, case.named), links.cluster)
    assert found["named"]["pairs"] > 10_000
    assert found["named"]["f1"] >= 0.994
    assert found["withheld"]["recall"] == 0.0
