"""One to one between two lists: the best assignment as a whole, against trying every one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.clusters import cluster
from cenotaph.linkage.clusters.assignment import assign

Pair = tuple[int, int]
SIZE = 8
ACROSS = [pair for pair in combinations(range(SIZE), 2) if pair[0] % 2 != pair[1] % 2]  # even: one list, odd: the other
APART = np.array([one % 2 for one in range(SIZE)], dtype=np.int32)


def _lost(weights: dict[Pair, float], apart: np.ndarray = APART) -> set[Pair]:
    pairs = sorted(weights)
    left, right = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    found = assign(left, right, np.array([weights[pair] for pair in pairs], np.float32), apart, (0.0, 50.0)).lost
    return {pair for pair, is_lost in zip(pairs, found.tolist(), strict=True) if is_lost}


def _best(weights: dict[Pair, float]) -> float:
    """Return the most that pairs add up to, no record twice, by trying all of them."""
    if not weights:
        return 0.0
    (one, two), gain = next(iter(weights.items()))
    others = {pair: told for pair, told in weights.items() if pair != (one, two)}
    free = {pair: told for pair, told in others.items() if not {one, two} & set(pair)}
    return max(gain + _best(free), _best(others))


@given(st.dictionaries(st.sampled_from(ACROSS), st.integers(-8, 40).map(lambda told: told / 4), max_size=9))
def test_what_stays_adds_up_to_most(weights: dict[Pair, float]) -> None:
    """No record keeps two partners in a list, and no other choice of pairs says more."""
    kept = {pair: told for pair, told in weights.items() if told >= 0 and pair not in _lost(weights)}
    ends = [end for pair in kept for end in pair]
    assert len(ends) == len(set(ends))
    assert sum(kept.values()) == _best({pair: told for pair, told in weights.items() if told >= 0})
    assert all(weights[pair] >= 0 for pair in _lost(weights))


def test_the_strongest_pair_gives_way_when_two_others_say_more() -> None:
    """One brother's best partner is the other's only one: taken strongest first, one would stay alone."""
    weights = {(0, 1): 10.0, (0, 3): 9.0, (1, 2): 9.5, (2, 3): -4.0}
    assert _lost(weights) == {(0, 1)}


def test_a_partner_in_each_list_is_no_competition() -> None:
    """Only two of one list compete; lists that may hold a person twice are left alone."""
    assert not _lost({(0, 1): 5.0, (0, 2): 5.0, (1, 2): 5.0}, np.array([0, 1, 2], dtype=np.int32))
    assert not _lost({(0, 1): 5.0, (0, 2): 4.0}, np.array([0, -1, -1], dtype=np.int32))


def test_what_a_person_decided_is_never_lost() -> None:
    """Even where the evidence is for another."""
    assert _lost({(0, 1): 50.0, (0, 3): 9.0, (1, 2): 9.5, (2, 3): 2.0}) == {(0, 3), (1, 2)}
    assert not _lost({(0, 1): 50.0, (0, 3): 50.0})


def test_more_rivals_than_can_be_assigned_are_left_to_clustering() -> None:
    """They are counted, not lost."""
    size = 1_501
    left, right = np.zeros(size, dtype=np.int32), np.arange(1, size + 1, dtype=np.int32)
    apart = np.array([0, *[1] * size], dtype=np.int32)
    found = assign(left, right, np.ones(size, np.float32), apart, (0.0, 50.0))
    assert (found.groups, found.too_large, found.lost.any()) == (1, 1, False)


def test_clusters_follow_the_assignment() -> None:
    """Average linkage with the lost pair held back joins both brothers with the right ones."""
    weights = {(0, 1): 10.0, (0, 3): 9.0, (1, 2): 9.5, (2, 3): -4.0}
    held = {pair: (-0.5 if pair in _lost(weights) else told) for pair, told in weights.items()}
    pairs = np.array(sorted(held), dtype=np.int32)
    edges = cluster.Edges(pairs[:, 0], pairs[:, 1], np.array([held[pair] for pair in sorted(held)], np.float32))
    bounds = cluster.Bounds(np.arange(4, dtype=np.int32), APART[:4], np.empty((0, 2), np.int32))
    assert cluster.clusters(edges, bounds, 0.0, -3.0)[0].tolist() == [0, 1, 1, 0]
