"""Which pairs a large collection learns from."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.linkage.weights import thinning


def _chains(groups: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return groups of three records, all likely pairs, and an unlikely pair from each group to the next."""
    first = np.arange(groups, dtype=np.int32) * 3
    left = np.concatenate((first, first, first + 1, first[:-1]))
    right = np.concatenate((first + 1, first + 2, first + 2, first[1:]))
    likely = np.arange(len(left)) < 3 * groups
    order = np.lexsort((right, left))
    return left[order], right[order], likely[order]


def test_few_pairs_are_all_kept() -> None:
    """A collection with few pairs learns from every one of them."""
    left, right, likely = _chains(50)
    kept, step = thinning.drawn(left, right, likely, 150)
    assert kept.all()
    assert step == 1.0


def test_of_many_pairs_whole_groups_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawn group keeps all its likely pairs, both kinds are drawn to the same share, and the share is told."""
    monkeypatch.setattr(thinning, "ENOUGH", 2_000)
    groups = 5_000
    left, right, likely = _chains(groups)
    kept, step = thinning.drawn(left, right, likely, 3 * groups)
    of_group = np.bincount(left[kept & likely] // 3, minlength=groups)
    assert set(of_group.tolist()) == {0, 3}
    assert step == pytest.approx(len(left) / kept.sum())
    assert kept[likely].mean() == pytest.approx(kept[~likely].mean(), abs=1e-3)
    assert step == pytest.approx(len(left) / 2_000, rel=0.15)
