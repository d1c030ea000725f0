"""Hashes numbered and put in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values import numbering

_HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 40) | st.integers(2**63, 2**63 + 40), max_size=60)


@given(_HASHES)
def test_hashes_are_ordered_as_a_stable_sort_orders_them(hashes: list[int]) -> None:
    """Hashes that only their last bits tell apart, and equal ones, stand where a stable sort puts them."""
    given_ = np.array(hashes, dtype=np.uint64)
    assert numbering.ordered(given_).tolist() == np.argsort(given_, kind="stable").tolist()


@pytest.mark.parametrize("hashes", [np.arange(5000)[::-1], np.arange(5000) // 3 << 50], ids=["small", "runs"])
def test_numbers_that_are_no_hashes_are_ordered_too(hashes: np.ndarray) -> None:
    """Thousands of numbers that agree in their first bits are in order all the same."""
    given_ = hashes.astype(np.uint64)
    assert numbering.ordered(given_).tolist() == np.argsort(given_, kind="stable").tolist()


@given(_HASHES)
def test_a_rank_is_the_place_among_the_distinct_hashes(hashes: list[int]) -> None:
    """Ranks and first places are those that numpy finds by sorting."""
    given_ = np.array(hashes, dtype=np.uint64)
    rank, first = numbering.ranked(given_)
    _, at, inverse = np.unique(given_, return_index=True, return_inverse=True)
    assert rank.tolist() == inverse.reshape(-1).tolist()
    assert first.tolist() == at.tolist()
