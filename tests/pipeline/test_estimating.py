"""A case's estimate is checked against choices nobody can settle, and computed once."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph import estimation
from cenotaph.model import ListFacts, Panel
from cenotaph.pipeline import estimating


@pytest.fixture
def overlapping(monkeypatch):
    """Let the register answer with four independent lists of 600 invented people."""
    rows = (np.random.default_rng(5).random((600, 4)) < 0.35).astype(np.uint8)
    patterns, counts = np.unique(rows[rows.any(axis=1)], axis=0, return_counts=True)
    panel = Panel(
        lists=tuple(ListFacts(name=name) for name in "abcd"), patterns=patterns, counts=counts.astype(np.int64)
    )
    monkeypatch.setattr(estimating.registry, "panel", lambda _register: panel)


@pytest.mark.usefixtures("overlapping")
def test_estimate_of_a_case_is_checked_and_computed_once(case_folder, monkeypatch):
    """The first run holds the estimate without each list; the second computes nothing and says the same."""
    first = estimating.estimate_case(case_folder)
    monkeypatch.setitem(estimation.estimate.__globals__, "_run", None)  # whoever computes again fails here
    again = estimating.estimate_case(case_folder)

    assert {row["change"] for row in first["checks"]["sensitivity"]["without"]} == set("abcd")
    assert again == first
