"""Pairs become people: average-linkage agglomeration inside connected groups, under what may never be together.

Invariant: two groups are joined only while their average evidence is for it, so a chain of likenesses joins no strangers;
two records of a list that holds nobody twice, or two that a person called different, are never in one cluster; ties go
to the lowest positions, so the result is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from cenotaph.linkage.encode import Ints, Longs

Floats = npt.NDArray[np.float32]
NEVER = np.float32(-1e9)
_CLIP = 12.0  # log2 odds: no pair speaks louder than this in an average
_UNSEEN = -6.0  # log2 odds of two records that no block brought together
_LARGEST = 1500  # records; a larger connected group is cut at a higher threshold first
_STEP = 2.0
SOFT = 0.5


@dataclass(frozen=True, slots=True)
class Edges:
    """Scored pairs of canonical positions."""

    left: Ints
    right: Ints
    weight: Floats  # log2 odds

    def take(self, kept: npt.NDArray[np.bool_]) -> Edges:
        """Return the marked pairs."""
        return Edges(self.left[kept], self.right[kept], self.weight[kept])


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds whatever the evidence says.

    ``group`` is the number a person's `same` gave each record (its own position where nobody said anything), ``apart``
    the list of each record where it may hold nobody twice (-1 elsewhere), ``never`` the pairs that are different.
    """

    group: Ints
    apart: Ints
    never: Ints  # (pairs, 2)


def clusters(edges: Edges, bounds: Bounds, threshold: float, reach: float) -> tuple[Ints, int]:
    """Return a cluster number for each record (the lowest position in it), and how many large groups were cut.

    Parameters
    ----------
    edges
        All scored pairs.
    bounds
        What people and list facts settled.
    threshold
        Join two groups whose average log2 odds are at least this.
    reach
        Pairs below it connect nothing, though they count in averages.
    """
    label = bounds.group.copy()
    component, cut = _components(edges, bounds, reach)
    members, starts = _by_component(component)
    order = np.argsort(component[edges.left], kind="stable")
    inside = order[component[edges.left[order]] == component[edges.right[order]]]
    sorted_edges = Edges(edges.left[inside], edges.right[inside], edges.weight[inside])
    edge_starts = np.searchsorted(component[sorted_edges.left], np.arange(len(starts)))
    never = bounds.never if len(bounds.never) else np.empty((0, 2), dtype=np.int32)
    _agglomerate(
        members, starts, sorted_edges.left, sorted_edges.right, sorted_edges.weight, edge_starts.astype(np.int64),
        bounds.apart, never, label, 2.0 ** (SOFT * threshold) - 1.0, SOFT,
    )  # fmt: skip
    return label, cut


def _components(edges: Edges, bounds: Bounds, reach: float) -> tuple[Ints, int]:
    """Return the connected group of each record; groups too large are connected again above a higher threshold."""
    records = len(bounds.group)
    own = np.arange(records, dtype=np.int32)
    bound = Edges(own, bounds.group, np.full(records, np.inf, dtype=np.float32))
    kept = edges.take(edges.weight >= reach)
    component = _connect(kept, bound, records)
    cut = 0
    while True:
        large = np.bincount(component)[component] > _LARGEST
        if not large.any() or reach > _CLIP:
            return component, cut
        reach += _STEP
        cut += 1
        kept = kept.take(~large[kept.left] | (kept.weight >= reach))
        component = _connect(kept, bound, records)


def _connect(edges: Edges, bound: Edges, records: int) -> Ints:
    left = np.concatenate((edges.left, bound.left))
    right = np.concatenate((edges.right, bound.right))
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(records, records))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def _by_component(component: Ints) -> tuple[Ints, Longs]:
    members = np.argsort(component, kind="stable").astype(np.int32)
    sizes = np.bincount(component)
    return members, np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)


@numba.njit(cache=True)
def _agglomerate(members, starts, left, right, weight, edge_starts, apart, never, label, threshold, softness):  # type: ignore[no-untyped-def]
    place = np.zeros(len(label), dtype=np.int64)
    for component in range(len(starts) - 1):
        first, last = starts[component], starts[component + 1]
        size = last - first
        if size < 2:
            continue
        for at in range(size):
            place[members[first + at]] = at
        grid = np.full((size, size), np.float32(2.0 ** (softness * _UNSEEN) - 1.0))
        for edge in range(edge_starts[component], edge_starts[component + 1]):
            a, b = place[left[edge]], place[right[edge]]
            grid[a, b] = grid[b, a] = np.float32(2.0 ** (softness * min(_CLIP, weight[edge])) - 1.0)
        own = members[first:last]
        _forbid(grid, own, apart, label)
        for pair in range(len(never)):
            a, b = never[pair, 0], never[pair, 1]
            if size > place[a] and own[place[a]] == a and size > place[b] and own[place[b]] == b:
                grid[place[a], place[b]] = grid[place[b], place[a]] = NEVER
        _merge(grid, own, label, threshold)


@numba.njit(cache=True)
def _forbid(grid, own, apart, label):  # type: ignore[no-untyped-def]
    """Forbid two records of a list that holds nobody twice, unless a person called them the same."""
    for a in range(len(own)):
        for b in range(a + 1, len(own)):
            if apart[own[a]] >= 0 and apart[own[a]] == apart[own[b]] and label[own[a]] != label[own[b]]:
                grid[a, b] = grid[b, a] = NEVER


@numba.njit(cache=True)
def _join(grid, sizes, alive, a, b):  # type: ignore[no-untyped-def]
    """Join group b into group a: averages weighted by size; what was forbidden stays forbidden."""
    whole = sizes[a] + sizes[b]
    for other in range(len(sizes)):
        if alive[other] and other != a and other != b:
            if grid[a, other] <= NEVER or grid[b, other] <= NEVER:
                joined = NEVER
            else:
                joined = np.float32((sizes[a] * grid[a, other] + sizes[b] * grid[b, other]) / whole)
            grid[a, other] = grid[other, a] = joined
    sizes[a] = whole
    alive[b] = False


@numba.njit(cache=True)
def _nearest(grid, alive, row):  # type: ignore[no-untyped-def]
    best = -1
    for other in range(len(alive)):
        if alive[other] and other != row and (best < 0 or grid[row, other] > grid[row, best]):
            best = other
    return best


@numba.njit(cache=True)
def _merge(grid, own, label, threshold):  # type: ignore[no-untyped-def]
    size = len(own)
    sizes = np.ones(size, dtype=np.int64)
    alive = np.ones(size, dtype=np.bool_)
    group = np.arange(size)
    for a in range(size):  # what people said first
        for b in range(a + 1, size):
            if alive[a] and alive[b] and label[own[a]] == label[own[b]]:
                _join(grid, sizes, alive, a, b)
                group[b] = a
    near = np.full(size, -1, dtype=np.int64)
    for a in range(size):
        if alive[a]:
            near[a] = _nearest(grid, alive, a)
    while True:
        best = -1
        for a in range(size):
            if alive[a] and near[a] >= 0 and (best < 0 or grid[a, near[a]] > grid[best, near[best]]):
                best = a
        if best < 0 or grid[best, near[best]] < threshold or grid[best, near[best]] <= NEVER:
            break
        a, b = min(best, near[best]), max(best, near[best])
        _join(grid, sizes, alive, a, b)
        for row in range(size):
            if group[row] == b:
                group[row] = a
        near[b] = -1
        for row in range(size):
            if alive[row] and (row == a or near[row] == a or near[row] == b):
                near[row] = _nearest(grid, alive, row)
            elif alive[row] and grid[row, a] > grid[row, near[row]]:
                near[row] = a
    for row in range(size):
        label[own[row]] = own[group[row]]
