"""The keys under which records meet, and the pairs that come of it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.candidates import blocks

_ATOM = st.tuples(st.integers(0, 3), st.integers(1, 12), st.integers(0, 11))  # root, bits, bits of the wider atom
_LEAST = 14


def _told(atoms: list[tuple[int, int, int]]) -> np.ndarray:
    rows = sorted(((root, bits, min(wider, bits - 1)) for root, bits, wider in atoms), key=lambda atom: atom[1])
    return np.array(rows, dtype=np.int32).reshape(-1, 3)


def _in_vain(chosen: tuple[int, ...], about: np.ndarray) -> bool:
    whole = sum(int(about[one, 1]) for one in chosen)
    return any(whole - int(about[one, 1]) + int(about[one, 2]) >= _LEAST for one in chosen)


@given(st.lists(_ATOM, min_size=1, max_size=7))
def test_a_record_has_a_key_for_every_set_of_atoms_that_tells_enough_and_none_in_vain(
    atoms: list[tuple[int, int, int]],
) -> None:
    """One, two or three atoms of different roots are a key when they tell enough, and not with a wider one instead."""
    about = _told(atoms)
    own = np.arange(len(about), dtype=np.int32)
    keys = blocks.telling_keys(np.array([0, len(own)]), own, about, _LEAST, 1)
    wanted = [
        chosen
        for size in (1, 2, 3)
        for chosen in combinations(range(len(about)), size)
        if len({int(about[one, 0]) for one in chosen}) == size
        and sum(int(about[one, 1]) for one in chosen) >= _LEAST
        and not _in_vain(chosen, about)
    ]
    assert len(keys) == max(1, len(wanted))  # a record that tells less than enough has one key, of all it tells
    assert len(set(keys.tolist())) == len(keys)


@given(
    st.lists(st.integers(0, 3), max_size=30), st.integers(2, 6), st.lists(st.integers(-1, 1), min_size=30, max_size=30)
)
def test_every_pair_of_a_block_is_found_unless_it_is_apart(keys: list[int], cap: int, apart: list[int]) -> None:
    """Blocks up to the cap give all their pairs but those apart; of larger ones the entries and the keys are told."""
    packed = np.sort(np.array([key << 5 | record for record, key in enumerate(keys)], dtype=np.uint64))
    pairs = blocks.pairs_of(packed, 5, cap, np.array(apart, dtype=np.int32))
    large, windowed = blocks.large_blocks(packed, 5, cap)
    sizes = {key: keys.count(key) for key in keys}
    found = {(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs}
    for left, right in combinations(range(len(keys)), 2):
        together = keys[left] == keys[right] and sizes[keys[left]] <= cap
        assert ((left, right) in found) == (together and (apart[left] < 0 or apart[left] != apart[right]))
    assert large.tolist() == sorted(key for key, size in sizes.items() if size > cap)
    assert windowed == sum(size for size in sizes.values() if size > cap)
