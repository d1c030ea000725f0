"""Real lists with their truth, where they lie beside this checkout; ids only, nothing of them is kept here.

Each set is read as `benchmarks/linkage.py` reads it. A floor is what linkage must never fall below again; what it
reaches stands in the methods of linkage.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cenotaph.case import Case
from cenotaph.linkage import link
from cenotaph.linkage.diagnostics.evaluate import pairwise
from cenotaph.model import ListFacts
from cenotaph.pipeline import build

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS, EXAMPLES = ROOT / "benchmarks", ROOT / "examples"


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


def _namesakes(records: pa.Table) -> list[tuple[int, int]]:
    """Return the pairs of rows that share a whole Persian name."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(records["name[2]"].to_pylist()):
        if name:
            rows.setdefault(name, []).append(row)
    return [pair for own in rows.values() for pair in itertools.combinations(own, 2)]


def _agree(records: pa.Table, pair: tuple[int, int]) -> bool:
    """Tell whether two rows say one full day or one town; a year, or the country, is said of nearly everybody."""
    one, other = (records.slice(row, 1).to_pylist()[0] for row in pair)
    day = len(one["death.date"] or "") == len("1988-01-31") and one["death.date"] == other["death.date"]
    town = one["death.region"] is not None and one["death.place"] is not None
    return day or (town and all(one[key] == other[key] for key in ("death.place", "death.region")))


@pytest.fixture(scope="module")
def founding(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[pa.Table, dict[str, ListFacts]]:
    """Return the records of the founding case and the facts of its lists, as its template maps them."""
    out = tmp_path_factory.mktemp("iran-1988") / "case"
    build(EXAMPLES / "iran-1988", data=cases / "iran-1988", out=out, until="read")
    return pq.read_table(out / "build" / "read" / "records.parquet"), dict(Case.load(out).lists)


@pytest.mark.parametrize("unique", [True, False], ids=["one story a person", "nothing vouched for"])
def test_those_of_one_list_who_share_a_name_stay_apart(
    founding: tuple[pa.Table, dict[str, ListFacts]],
    unique: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    """No two of the 84 are joined where their list vouches for its stories; elsewhere only those of one day or town."""
    records, lists = founding
    pairs = _namesakes(records)
    assert len({row for pair in pairs for row in pair}) == 84
    found = link(records, {name: replace(facts, unique=unique) for name, facts in lists.items()}).cluster
    joined = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    alike = {pair for pair in pairs if _agree(records, pair)}
    assert 0 < len(alike) < len(pairs)
    assert joined <= (set() if unique else alike)
