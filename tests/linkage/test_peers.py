"""What `benchmarks/linkage.py` hands on to other tools, and how it measures and reports what they find.

The tools themselves live in an interpreter of their own and are not run here.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cenotaph.model import ListFacts

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
PERSON = [0, 0, 1, 1, 2, 3, 4, 4, -1]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module that runs peers beside us; the benchmark's scripts are no part of the package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import linkage_beside

    return linkage_beside


@pytest.fixture
def case(bench: ModuleType) -> object:
    """Return nine records of one list, the person of the last unknown."""
    size = len(PERSON)
    claims = {
        "name.given": [f"a{n}" for n in range(size)],
        "name.family": ["b"] * size,
        "birth.date": ["1950-01-02"] * size,
    }
    records = pa.table({"record": [f"p:{n}" for n in range(size)], "list": ["p"] * size, **claims})
    return bench.Case(records, {"p": ListFacts(name="p")}, np.array(PERSON, dtype=np.int64))


def test_truth_of_the_test_half_is_never_handed_on(bench: ModuleType, case: object, tmp_path: Path) -> None:
    """A tool is told who is who in the training half, and nothing of the other half or of whom nobody knows."""
    table = pq.read_table(bench.hand_on(case, tmp_path / "records.parquet"))
    training = bench.training_split(case).tolist()
    expected = [
        str(person) if learnt and person >= 0 else None for person, learnt in zip(PERSON, training, strict=True)
    ]
    assert table["taught"].to_pylist() == expected
    assert 0 < table["taught"].null_count < len(PERSON)
    assert table.column_names == ["record", "list", "first_name", "surname", "born", "taught"]


def test_several_lists_must_hold_nobody_twice(bench: ModuleType, case: object, tmp_path: Path) -> None:
    """No tool can be told that one list of several may repeat people, so such a case is refused."""
    lists = {"p": ListFacts(name="p", unique=True), "q": ListFacts(name="q")}
    mixed = bench.Case(case.records, lists, case.person)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="twice"):
        bench.hand_on(mixed, tmp_path / "records.parquet")


def test_links_count_as_they_are_and_chains_only_in_b_cubed(bench: ModuleType, case: object) -> None:
    """A wrong link between two persons is one wrong pair, though it joins all their records."""
    told = bench.of_links(case, np.array([0, 2, 1, 7]), np.array([1, 3, 2, 8]))
    assert told["pairwise"] == {
        "precision": pytest.approx(2 / 3),
        "recall": pytest.approx(2 / 3),
        "f1": pytest.approx(2 / 3),
    }
    assert told["bcubed"]["precision"] == pytest.approx((4 * 0.5 + 4) / 8)


def test_clusters_are_measured_on_the_half_that_is_asked_for(bench: ModuleType, case: object) -> None:
    """A pair of which one record is outside is not looked at."""
    among = np.array([True, True, True, False, False, False, False, False, True])
    told = bench.of_clusters(case, np.array([5, 5, 5, 5, 1, 2, 3, 4, 5]), among)
    assert (told["pairwise"]["precision"], told["pairwise"]["recall"]) == (pytest.approx(1 / 3), 1.0)


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        (-signal.SIGXCPU, "", "not done after 7 CPU seconds"),
        (1, "Traceback\nMemoryError\n", "out of memory at 2 GB of address space"),
        (-signal.SIGABRT, "  what(): std::bad_alloc", "out of memory at 2 GB of address space"),
        (1, "Traceback\nValueError: no match level\n", "ValueError: no match level"),
        (-signal.SIGSEGV, "", "SIGSEGV"),
        (3, "", "ended with 3"),
    ],
)  # fmt: skip
def test_a_tool_that_fails_says_why_in_one_line(bench: ModuleType, code: int, said: str, told: str) -> None:
    """Too slow, too large, an error of its own, a crash: each is told apart."""
    assert bench.reason(code, said, bench.Peers("python", 7, 2.0)) == told


def test_an_interpreter_without_the_tools_gives_rows_that_say_so(bench: ModuleType, case: object) -> None:
    """A row that fails does not end the run: every tool has its row."""
    ours = {"cpu_seconds": 1.0, "pairwise": {"f1": 1.0}, "held_out": {"pairwise": {"f1": 1.0}}}
    peers = bench.Peers(sys.executable, 30, 4.0)
    rows = dict(bench.beside(peers, "persons", case, ours, None))
    assert [name.split(",")[0].strip() for name in rows] == [*bench.UNTAUGHT, "dedupe"]
    assert all("No module named" in row["failed"] for row in rows.values())


def test_ratios_are_ours_over_theirs(bench: ModuleType, case: object) -> None:
    """Half their seconds is 0.5; a tool that finds nothing has no ratio of F1."""
    ours = {"cpu_seconds": 1.0, "pairwise": {"f1": 0.9}}
    found = pa.table({"left": [0, 2, 6], "right": [1, 3, 7]})
    row = bench._row({"cpu_seconds": 2.0, "peak_gb": 0.1}, found, case, None, ours)
    assert row["ours_to_theirs"] == {"cpu_seconds": 0.5, "f1": pytest.approx(0.9)}
    nothing = bench._row({"cpu_seconds": 2.0, "peak_gb": 0.1}, found.slice(0, 0), case, None, ours)
    assert nothing["ours_to_theirs"]["f1"] is None
