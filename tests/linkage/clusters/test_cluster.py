"""Clustering against a plain reading of what it promises, and groups too large to be weighed at once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.linkage.clusters import cluster

Pair = tuple[int, int]
SIZE = 7
PAIRS = list(itertools.combinations(range(SIZE), 2))


def _soft(weight: float) -> float:
    return float(2.0 ** (0.5 * min(12.0, weight)) - 1.0)


def _plainly(weights: dict[Pair, float], same: list[int], apart: list[int], never: set[Pair]) -> list[int]:
    """Join the two groups with the highest average for as long as it is above even odds, by looking at all of them."""
    groups = [[one for one in range(SIZE) if same[one] == leader] for leader in sorted(set(same))]

    def average(one: list[int], two: list[int]) -> float:
        across = [(min(a, b), max(a, b)) for a in one for b in two]
        if any(pair in never or (apart[pair[0]] >= 0 and apart[pair[0]] == apart[pair[1]]) for pair in across):
            return -np.inf
        return float(np.mean([_soft(weights.get(pair, -6.0)) for pair in across]))

    while len(groups) > 1:
        best = max(itertools.combinations(groups, 2), key=lambda both: average(*both))
        if average(*best) < 0.0:
            break
        groups = sorted([sorted(best[0] + best[1]), *(each for each in groups if each not in best)])
    return [min(next(each for each in groups if one in each)) for one in range(SIZE)]


@settings(max_examples=150)
@given(
    st.permutations(np.linspace(-5.9, 11.3, len(PAIRS)).tolist()), st.sets(st.sampled_from(PAIRS)),
    st.lists(st.sampled_from([-1, -1, 0, 1]), min_size=SIZE, max_size=SIZE),
    st.sets(st.sampled_from(PAIRS), max_size=3), st.sampled_from([(), (0, 1), (2, 4), (1, 3, 6)]),
)  # fmt: skip
def test_it_joins_as_a_plain_reading_says(
    order: list[float], kept: set[Pair], apart: list[int], never: set[Pair], joined: tuple[int, ...]
) -> None:
    """Average linkage under what is the same, apart and different is what looking at every pair gives."""
    weights = {pair: weight for pair, weight in zip(PAIRS, order, strict=True) if pair in kept}
    same = [joined[0] if one in joined else one for one in range(SIZE)]
    never = {pair for pair in never if same[pair[0]] != same[pair[1]]}
    pairs = np.array(sorted(weights), dtype=np.int32).reshape(-1, 2)
    edges = cluster.Edges(pairs[:, 0], pairs[:, 1], np.array([weights[pair] for pair in sorted(weights)], np.float32))
    bounds = cluster.Bounds(
        np.array(same, np.int32), np.array(apart, np.int32), np.array(sorted(never), np.int32).reshape(-1, 2)
    )
    label, _ = cluster.clusters(edges, bounds, 0.0, -10.0)
    assert label.tolist() == _plainly(weights, same, apart, never)


def _ring(size: int, weight: float, reach: int = 1) -> cluster.Edges:
    """Return likenesses of each record with the next ones."""
    pairs = np.array([(at, at + step) for at in range(size) for step in range(1, reach + 1) if at + step < size])
    return cluster.Edges(*pairs.astype(np.int32).T.copy(), np.full(len(pairs), weight, np.float32))


def _free(size: int) -> cluster.Bounds:
    return cluster.Bounds(np.arange(size, dtype=np.int32), np.full(size, -1, np.int32), np.empty((0, 2), np.int32))


def test_a_large_group_that_no_threshold_cuts_is_split_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six thousand records in one chain of the surest likenesses are never weighed all with all, and are reported."""
    largest = []
    whole = cluster._clustered

    def watched(edges, bounds, component, threshold):  # type: ignore[no-untyped-def]
        leads = bounds.group == np.arange(len(bounds.group))
        largest.append(int(np.bincount(component, weights=leads).max()))
        return whole(edges, bounds, component, threshold)

    monkeypatch.setattr(cluster, "_clustered", watched)
    label, cut = cluster.clusters(_ring(6000, 50.0), _free(6000), 0.0, -3.0)
    assert cut.split == 1
    assert max(largest) <= 1500
    assert np.bincount(label).max() < 100


def test_pieces_of_one_person_are_put_together_again() -> None:
    """What evidence holds together becomes one cluster, though it was too large to be weighed at once."""
    size = 1600
    left, right = np.triu_indices(size, 1)
    edges = cluster.Edges(left.astype(np.int32), right.astype(np.int32), np.full(len(left), 20.0, np.float32))
    label, cut = cluster.clusters(edges, _free(size), 0.0, -3.0)
    assert cut.split == 1
    assert set(label.tolist()) == {0}


def test_a_large_group_of_sames_stays_whole() -> None:
    """Five thousand records that people called the same are one, with those that evidence adds."""
    bounds = _free(5001)
    bounds.group[:5000] = 0
    label, cut = cluster.clusters(_ring(5001, 50.0, reach=1), bounds, 0.0, -3.0)
    assert set(label[:5000].tolist()) == {0}
    assert cut.split == 0
