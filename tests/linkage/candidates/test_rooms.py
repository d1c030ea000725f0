"""Blocks too large to compare all with all: their entries are found cheaply and spread over rooms in two ways."""

from __future__ import annotations

import tracemalloc
from itertools import combinations

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


def test_records_of_a_large_block_are_dealt_twice_by_any_key() -> None:
    """Records that share all their keys sit in two rooms each, with others in each, and in the same by every key."""
    records, ids = 900, mixed(np.arange(900, dtype=np.uint64))
    met = []
    for key in range(4):
        keys = (np.uint64(key) << np.uint64(SHIFT)) | np.arange(records, dtype=np.uint64)
        large = rooms_of(keys, SHIFT, np.array([key], dtype=np.uint64))
        assert large.rooms.tolist() == [100]
        found = spread(keys, SHIFT, large, ids)
        assert np.bincount((found & LOW).astype(np.int64)).tolist() == [2] * records
        met.append(_meetings(np.sort(found)))
    assert len({frozenset(each) for each in met}) == 1
    assert len(met[0]) > 1.9 * records * 4
    assert len(set(met[0])) > 0.95 * len(met[0])


def _meetings(keys: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of records in one room."""
    rooms = np.split(keys & LOW, np.flatnonzero(np.diff(keys >> np.uint64(SHIFT))) + 1)
    return [pair for room in rooms for pair in combinations(room.tolist(), 2)]


def test_nothing_is_spread_where_no_block_is_large() -> None:
    """Without a large block keys stay as they are; beside one, the others do."""
    keys = packed([1, 1, 2])
    none = Rooms(np.empty(0, np.uint64), np.empty(0, np.int32))
    assert (spread(keys, SHIFT, none, keys) == keys).all()
    one = Rooms(np.array([1], dtype=np.uint64), np.array([1], dtype=np.int32))
    assert spread(keys, SHIFT, one, keys).tolist()[4:] == keys.tolist()[2:]
