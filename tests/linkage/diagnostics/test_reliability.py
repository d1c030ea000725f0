"""Whether probabilities mean what they say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, judge, run, table

from cenotaph.linkage import link, reliability, reliability_plot
from cenotaph.linkage.diagnostics.reliability import error
from cenotaph.linkage.diagnostics.reliability import table as binned

IDS = ["a:1", "a:2", "b:1", "b:2"]
TRUTH = {"a:1": "x", "b:1": "x", "a:2": "y"}  # of b:2 nobody knows


def _pairs(*rows: tuple[int, int, float, float, float]) -> pa.Table:
    left, right, probability, weight, settled = zip(*rows, strict=True)
    return pa.table({"left": left, "right": right, "probability": probability, "weight": weight, "w.settled": settled})


def test_shares_are_counted_by_hand() -> None:
    """One true pair of two that were given nine in ten, and one untrue pair of one given two in ten."""
    found = reliability(IDS, _pairs((0, 2, 0.92, 3, 0), (1, 2, 0.94, 4, 0), (0, 1, 0.2, -2, 0)), TRUTH)
    assert [(row["pairs"], row["observed"]) for row in found["bins"]] == [(1, 0.0), (2, 0.5)]
    assert found["error"] == pytest.approx((0.2 + 2 * 0.43) / 3)


def test_what_a_person_judged_is_no_prediction() -> None:
    """A pair with a verdict, and one of which the truth knows only one record, are in no bin."""
    found = reliability(IDS, _pairs((0, 2, 1.0, 50, 40), (0, 3, 0.9, 3, 0)), TRUTH)
    assert found == {"bins": [], "error": 0.0, "held_back": {"pairs": 0, "observed": None}}


def test_what_a_guard_held_back_is_counted_apart() -> None:
    """A pair that a rule made a question is no prediction, but how many of such are true is told."""
    found = reliability(IDS, _pairs((0, 2, 0.41, -0.5, -6)), TRUTH)
    assert found["bins"] == []
    assert found["held_back"] == {"pairs": 1, "observed": 1.0}


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50))
def test_every_pair_is_in_one_bin(said: list[tuple[float, bool]]) -> None:
    """Bins hold all pairs, in order, and the error is never more than one."""
    probability, same = (np.array(each) for each in zip(*said, strict=True))
    rows = binned(probability, same)
    assert sum(row["pairs"] for row in rows) == len(said)
    assert [row["from"] for row in rows] == sorted(row["from"] for row in rows)
    assert 0.0 <= error(rows) <= 1.0


def test_a_crowd_and_its_verdicts_are_drawn_as_they_are() -> None:
    """The picture has a dot for each bin, and a judged pair is in none."""
    rows = crowd(90)
    ids = [str(row["record"]) for row in rows]
    truth = {record: record.split(":")[1] for record in ids}
    links = link(table(rows), facts("a", "b"))
    found = reliability(ids, links.pairs, truth)
    assert found["bins"][-1]["observed"] > 0.9
    assert reliability_plot(found).count("<circle ") == len(found["bins"])
    judged = reliability(ids, run(rows, judge("a:0", "b:0", "same")).pairs, truth)
    assert sum(row["pairs"] for row in judged["bins"]) == sum(row["pairs"] for row in found["bins"]) - 1
