"""Lists that share errors: never cried out by chance, found at a tenth of copied rows, and shown by their records."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.linkage.copying import ALARM, copying
from cenotaph.model import ListFacts

SYLLABLES = ("ba", "der", "gol", "ish", "kam", "lo", "mer", "nu", "pos", "rad", "sen", "tor", "vel", "zim")
NAMES = ("a", "b", "c", "d", "e")
Row = dict[str, str | int]


def _word(draw: np.random.Generator, pool: int) -> str:
    """Return a word of a name; a few are common, many are not."""
    number = int(pool * draw.random() ** 2)
    return "".join(SYLLABLES[number // len(SYLLABLES) ** k % len(SYLLABLES)] for k in range(3))


def _misspelt(word: str, draw: np.random.Generator) -> str:
    at = int(draw.integers(len(word)))
    return word[:at] + str(draw.choice(list("aeioukrmnt"))) + word[at + 1 :]


def _entry(person: Row, draw: np.random.Generator) -> Row:
    """Return what a list writes of a person: now and then a slip in the name, another day, another age."""
    given, family = str(person["given"]), str(person["family"])
    if draw.random() < 0.06:
        family = _misspelt(family, draw)
    day = int(person["day"]) + (int(draw.integers(1, 9)) if draw.random() < 0.04 else 0)
    age = int(person["age"]) + (int(draw.integers(2, 9)) if draw.random() < 0.04 else 0)
    return {"name": f"{given} {family}", "death.date": f"1984-03-{day:02d}", "age": str(age)}


def _world(seed: int, size: int = 500, copied: float = 0.0) -> tuple[pa.Table, np.ndarray]:
    """Invent five lists, of which b may copy a share of its rows from a."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(size):
        person: Row = {"given": _word(draw, 200), "family": _word(draw, 1500), "day": int(draw.integers(1, 20)),
                       "age": int(draw.integers(17, 80))}  # fmt: skip
        entries = {name: _entry(person, draw) for name in NAMES if draw.random() < 0.75}
        if "a" in entries and draw.random() < copied:
            entries["b"] = dict(entries["a"])
        rows += [
            {"person": number, "list": name, "record": f"{name}:{number}", **entry} for name, entry in entries.items()
        ]
    return _table(rows)


def _table(rows: list[Row]) -> tuple[pa.Table, np.ndarray]:
    keys = ("record", "list", "name", "death.date", "age")
    records = pa.table({key: pa.array([row.get(key) for row in rows], pa.string()) for key in keys})
    return records, np.array([int(row["person"]) for row in rows])


def _facts(**derived: tuple[str, ...]) -> dict[str, ListFacts]:
    return {name: ListFacts(name=name, derived_from=derived.get(name, ())) for name in NAMES}


def _pair(found: dict, one: str = "a", other: str = "b") -> dict:
    return next(row for row in found["pairs"] if row["lists"] == [one, other])


@pytest.mark.slow
def test_independent_lists_are_not_called_copied() -> None:
    """Among 40 worlds of independent lists, ten pairs each, fewer than one world in twenty raises an alarm."""
    alarms = [any(row["looks_copied"] for row in copying(*_world(seed), _facts())["pairs"]) for seed in range(40)]
    assert np.mean(alarms) <= 0.05


@pytest.mark.slow
def test_a_tenth_of_copied_rows_is_found() -> None:
    """In four of five worlds where b copies a tenth of its rows from a, that pair and no other is called copied."""
    found = [copying(*_world(seed, size=2500, copied=0.1), _facts()) for seed in range(12)]
    hit = [[row["lists"] for row in each["pairs"] if row["looks_copied"]] == [["a", "b"]] for each in found]
    assert np.mean(hit) >= 0.8


def test_the_evidence_is_errors_of_both_records() -> None:
    """Each record shown as evidence says something that the same two lists say and the true entry does not."""
    records, cluster = _world(3, copied=0.6)
    row = _pair(copying(records, cluster, _facts()))
    told = dict(zip(records["record"].to_pylist(), records.to_pylist(), strict=True))
    assert row["looks_copied"]
    assert row["shared"] == len(row["evidence"]) > row["expected"]
    assert row["p_adjusted"] < ALARM
    for left, right, key in row["evidence"]:
        assert (left[0], right[0]) == ("a", "b")
        if key != "name":
            assert told[left][key] == told[right][key]


def test_a_list_that_says_so_is_declared() -> None:
    """Where b says that it derives from a the pair says who from whom; lists that derive are one voice as witnesses."""
    records, cluster = _world(4, copied=0.6)
    row = _pair(copying(records, cluster, _facts(b=("a",))))
    assert row["declared"] == [["b", "a"]]
    assert _pair(copying(records, cluster, _facts(d=("c",))))["compared"] < row["compared"]


def test_two_lists_alone_are_untested() -> None:
    """Without a third list there is no witness, and the pair stands among the untested."""
    records, cluster = _world(5, size=60)
    keep = np.flatnonzero(np.isin(records["list"].to_pylist(), ["a", "b"]))
    found = copying(records.take(pa.array(keep)), cluster[keep], _facts())
    assert found == {"pairs": [], "untested": [["a", "b"]]}


@settings(max_examples=20)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(seed: int, random) -> None:
    """Shuffled rows give the same comparison, evidence and all."""
    records, cluster = _world(seed, size=60, copied=0.3)
    order = list(range(len(cluster)))
    random.shuffle(order)
    assert copying(records, cluster, _facts()) == copying(records.take(pa.array(order)), cluster[order], _facts())
