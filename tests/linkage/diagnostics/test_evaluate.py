"""Measuring clusters against the truth."""

from __future__ import annotations

import numpy as np
import pytest
from tests.linkage.world import crowd, facts, table

from cenotaph.linkage import candidate_pairs, evaluate

RECORDS = ["a:1", "a:2", "b:1", "b:2", "c:1"]
TRUTH = {"a:1": "x", "b:1": "x", "c:1": "x", "a:2": "y", "b:2": "y"}


def test_the_truth_itself_measures_one() -> None:
    """Clusters that are the truth have precision, recall and F1 of one in every measure."""
    measured = evaluate(RECORDS, np.array([0, 1, 0, 1, 0]), TRUTH)
    assert all(value == 1.0 for part in measured.values() for value in part.values())


def test_pairs_are_counted_by_hand() -> None:
    """One true pair of two found, of four true ones."""
    pairwise = evaluate(RECORDS, np.array([0, 0, 0, 3, 4]), TRUTH)["pairwise"]
    assert pairwise["precision"] == pytest.approx(1 / 3)
    assert pairwise["recall"] == pytest.approx(1 / 4)


def test_everybody_alone_makes_no_wrong_pair() -> None:
    """Without any link precision is one and recall is nought."""
    assert evaluate(RECORDS, np.arange(5), TRUTH)["pairwise"] == {"precision": 1.0, "recall": 0.0, "f1": 0.0}


def test_records_without_truth_are_left_out() -> None:
    """A record the truth does not name changes no figure."""
    with_stranger = evaluate([*RECORDS, "z:9"], np.array([0, 1, 0, 1, 0, 0]), TRUTH)
    assert with_stranger == evaluate(RECORDS, np.array([0, 1, 0, 1, 0]), TRUTH)


def test_candidates_reach_every_copy_of_a_person() -> None:
    """People who stand on two lists with the same words are always compared."""
    rows = crowd()
    records = [str(row["record"]) for row in rows]
    truth = {record: record.split(":")[1] for record in records}
    pairs = candidate_pairs(table(rows), facts("a", "b"))
    assert evaluate(records, np.arange(len(rows)), truth, pairs)["candidates"]["recall"] == 1.0
