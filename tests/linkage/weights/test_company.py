"""What two records have in common with third ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.weights.company import company

PAIRS = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]  # a triangle of three, and a tail


def _company(chances: list[float]) -> np.ndarray:  # type: ignore[type-arg]
    left, right = (np.array(side, dtype=np.int32) for side in zip(*PAIRS, strict=True))
    return company(left, right, np.array(chances, dtype=np.float32), 5)


def test_a_triangle_is_counted_by_hand() -> None:
    """Two records that share their one partner have one of one and a half in common and nothing apart."""
    assert np.allclose(_company([0.9, 1.0, 1.0, 0.0, 0.0])[0], [1 / 1.5, 1 / 1.5, 0.0, 0.0])


def test_partners_of_its_own_count_as_unshared() -> None:
    """A pair whose other record stands in a triangle of its own shares nothing and leaves two partners apart."""
    found = _company([1.0, 1.0, 1.0, 1.0, 0.0])[3]
    assert np.allclose(found, [0.0, 0.0, 0.0, np.log2(3.0)])


def test_an_unlikely_partner_is_none() -> None:
    """Pairs of hardly any probability are no company."""
    assert not _company([0.05, 0.05, 0.05, 0.05, 0.05]).any()


def test_a_record_with_very_many_partners_keeps_no_company() -> None:
    """Three hundred records that are all likely one share nothing: such a name tells nothing."""
    left, right = (side.astype(np.int32) for side in np.triu_indices(300, 1))
    assert not company(left, right, np.ones(len(left), np.float32), 300).any()


@given(st.lists(st.floats(0, 1, width=32), min_size=5, max_size=5))
def test_shares_are_shares(chances: list[float]) -> None:
    """No pair shares more than all, and the one with fewer partners shares no smaller part of them."""
    found = _company(chances)
    assert (found >= 0).all()
    assert (found[:, :2] <= 1.0).all()
    assert (found[:, 0] >= found[:, 1] - 1e-6).all()
