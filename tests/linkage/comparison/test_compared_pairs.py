"""Pairs put in their places among others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.comparison.compare import Compared
from cenotaph.linkage.comparison.compared_pairs import Pairs

_PAIR = st.tuples(st.integers(0, 6), st.integers(7, 12))


def _pairs(said: list[tuple[int, int]]) -> Pairs:
    left, right = (np.array([pair[side] for pair in said], dtype=np.int32) for side in (0, 1))
    levels = np.array([[one % 5, two % 7] for one, two in said], dtype=np.uint8).reshape(-1, 2)
    return Pairs(left, right, Compared(levels, (levels * 1.5).astype(np.float32)))


def _rows(pairs: Pairs) -> list[tuple[object, ...]]:
    compared = pairs.compared
    return list(zip(pairs.left.tolist(), pairs.right.tolist(), compared.levels.tolist(), compared.bits.tolist(),
                    strict=True))  # fmt: skip


@given(st.sets(_PAIR, max_size=12), st.sets(_PAIR, max_size=12))
def test_more_pairs_come_where_they_belong_with_how_they_compare(
    held: set[tuple[int, int]], new: set[tuple[int, int]]
) -> None:
    """Adding pairs gives what building them all at once gives; and choosing them again gives them back."""
    base, more = _pairs(sorted(held)), _pairs(sorted(new - held))
    whole = base.with_more(np.searchsorted(base.packed, more.packed), more.packed, more.compared)
    assert _rows(whole) == _rows(_pairs(sorted(held | new)))
    assert whole.packed.tolist() == sorted(one << 32 | two for one, two in held | new)
    old = np.isin(whole.packed, base.packed)
    assert _rows(whole.chosen(old)) == _rows(base)
