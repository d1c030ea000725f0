"""Blocks too large to compare all with all: their entries are found cheaply and spread over rooms in two ways."""

from __future__ import annotations

import tracemalloc

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.candidates.sieve import Rooms, entries_of, rooms_of, spread
from cenotaph.linkage.encoding.hashing import mixed

SHIFT = 20
LOW = np.uint64((1 << SHIFT) - 1)


def packed(keys: list[int]) -> np.ndarray:
    """Pack keys with the numbers of the records that hold them."""
    found = (np.array(keys, dtype=np.uint64) << np.uint64(SHIFT)) | np.arange(len(keys), dtype=np.uint64)
    return np.sort(found)


@given(st.lists(st.integers(0, 6), max_size=30), st.sets(st.integers(0, 6)))
def test_the_entries_of_blocks_are_those_that_hold_their_keys(held: list[int], asked: set[int]) -> None:
    """Of sorted packed keys, those whose key is asked for come out in their order."""
    keys, large = packed(held), np.array(sorted(asked), dtype=np.uint64)
    found = entries_of(keys, SHIFT, large)
    assert found.tolist() == [one for one in keys.tolist() if one >> SHIFT in asked]


def test_a_small_part_of_many_keys_costs_little_memory() -> None:
    """A block of a hundred among two million entries is taken out without a copy of them all."""
    keys = packed([7] * 100 + list(range(10, 2_000_000)))
    tracemalloc.start()
    found = entries_of(keys, SHIFT, np.array([7], dtype=np.uint64))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 100
    assert peak < 100_000


def test_copies_of_one_row_meet_others_by_another_key() -> None:
    """Records that share all their keys are spread in two ways, so that rooms of one key join those of another."""
    records, ids = 900, mixed(np.arange(900, dtype=np.uint64))
    rooms = {}
    for key in range(12):
        keys = (np.uint64(key) << np.uint64(SHIFT)) | np.arange(records, dtype=np.uint64)
        large = rooms_of(keys, SHIFT, np.array([key], dtype=np.uint64))
        assert large.rooms.tolist() == [100]
        spread(keys, SHIFT, large, ids)
        rooms[tuple(np.unique(keys >> np.uint64(SHIFT), return_inverse=True)[1].tolist())] = key
    alike = {_meetings(each) for each in rooms}
    assert len(alike) == 2
    one, other = alike
    assert len(one & other) < len(one) / 10


def _meetings(room: tuple[int, ...]) -> frozenset[tuple[int, int]]:
    """Return the pairs of records in one room."""
    order = np.argsort(room, kind="stable").tolist()
    return frozenset(
        (one, two) for at, one in enumerate(order) for two in order[at + 1 : at + 60] if room[one] == room[two]
    )


def test_nothing_is_spread_where_no_block_is_large() -> None:
    """Without a large block keys stay as they are."""
    keys = packed([1, 1, 2])
    before = keys.copy()
    spread(keys, SHIFT, Rooms(np.empty(0, np.uint64), np.empty(0, np.int32)), keys)
    assert (keys == before).all()
