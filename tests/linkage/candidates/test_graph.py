"""Triangles of pairs: their third sides, and those that only new pairs can have made."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.candidates import graph

_RECORDS = 9
_PAIR = st.tuples(st.integers(0, _RECORDS - 1), st.integers(0, _RECORDS - 1)).filter(lambda pair: pair[0] < pair[1])


def _sides(pairs: list[tuple[int, int]], chosen: list[bool], fresh: list[bool], apart: list[int]) -> set[int]:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    found = graph.missing_sides(left, right, np.array(chosen, bool), np.array(fresh, bool), np.array(apart, np.int32))
    return set(found.tolist())


@given(st.lists(_PAIR, unique=True, max_size=20).map(sorted), st.data())
def test_third_sides_are_those_of_triangles_with_a_fresh_side(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Two chosen pairs that meet lack their third side unless it is a pair or apart; found if one of them is fresh."""
    flags = st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))
    chosen, fresh = data.draw(flags), data.draw(flags)
    apart = data.draw(st.lists(st.integers(-1, 1), min_size=_RECORDS, max_size=_RECORDS))
    every, wanted = set(), set()
    for one, two in combinations([pair for pair, is_chosen in enumerate(chosen) if is_chosen], 2):
        side = tuple(sorted(set(pairs[one]) ^ set(pairs[two])))
        if len(side) != 2 or side in pairs or (apart[side[0]] >= 0 and apart[side[0]] == apart[side[1]]):
            continue
        every.add(side[0] << 32 | side[1])
        wanted |= {side[0] << 32 | side[1]} if fresh[one] or fresh[two] else set()
    assert wanted <= _sides(pairs, chosen, fresh, apart) <= every
    assert _sides(pairs, chosen, [True] * len(pairs), apart) == every


def test_a_round_that_looks_only_around_new_pairs_finds_what_a_whole_one_would() -> None:
    """Closing a chain step by step: what is fresh suffices, once everything else was closed."""
    pairs = [(0, 1), (1, 2), (2, 3)]
    whole, seen = set(pairs), set(pairs)
    new = {(side >> 32, side & 0xFFFFFFFF) for side in _sides(sorted(seen), [True] * 3, [True] * 3, [-1] * _RECORDS)}
    seen |= new
    again = _sides(sorted(seen), [True] * 5, [pair in new for pair in sorted(seen)], [-1] * _RECORDS)
    assert again == _sides(sorted(whole | new), [True] * 5, [True] * 5, [-1] * _RECORDS) == {3}
