"""Pairs become people: average-linkage agglomeration inside connected groups, under what may never be together.

Invariant: two groups are joined only while their average evidence is for it, so a chain of likenesses joins no
strangers; two records of a list that holds nobody twice, or two that a person called different, are never in one
cluster; ties go to the lowest positions, so the result is one.

The average is a soft one: of ``2 ** (softness * weight)``. Two records of one person may share little (one has the
name, the other the date), so weak pairs between two groups tell less than strong ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage import graph
from cenotaph.linkage.encode import Ints, Longs

Floats = npt.NDArray[np.float32]
NEVER = np.float32(-1e9)
_CLIP = 12.0  # log2 odds: no pair speaks louder than this in an average
_UNSEEN = -6.0  # log2 odds of two records that no block brought together
_LARGEST = 1500  # records; a larger connected group is cut at a higher threshold first
_STEP = 2.0
_SOFTNESS = 0.5


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
    groups = int(component.max(initial=-1)) + 1
    inside = edges.take(component[edges.left] == component[edges.right])
    order, edge_starts = graph.spans(component[inside.left], groups)
    _agglomerate(
        (*graph.spans(component, groups), edge_starts),
        (inside.left[order], inside.right[order], inside.weight[order]),
        (bounds.apart, bounds.never.reshape(-1, 2)),
        label,
        2.0 ** (_SOFTNESS * threshold) - 1.0,
    )
    return label, cut


def _components(edges: Edges, bounds: Bounds, reach: float) -> tuple[Ints, int]:
    """Return the connected group of each record; groups too large are connected again above a higher threshold."""
    chosen = edges.weight >= reach
    component = graph.connected(edges.left, edges.right, chosen, bounds.group)
    cut = 0
    while True:
        large = np.bincount(component)[component] > _LARGEST
        if not large.any() or reach > _CLIP:
            return component, cut
        reach += _STEP
        cut += 1
        chosen &= ~large[edges.left] | (edges.weight >= reach)
        component = graph.connected(edges.left, edges.right, chosen, bounds.group)


@numba.njit(cache=True)
def _agglomerate(spans: Any, edges: Any, bounds: Any, label: Ints, threshold: float) -> None:
    """Cluster every connected group by itself."""
    members, starts, edge_starts = spans
    apart, never = bounds
    place = np.full(len(label), -1, dtype=np.int64)
    for component in range(len(starts) - 1):
        own = members[starts[component] : starts[component + 1]]
        if len(own) < 2:
            continue
        if len(own) == 2 and len(never) == 0 and apart[own[0]] < 0:  # most groups by far: nothing to weigh up
            spoken = (
                _evidence_of(edges[2][edge_starts[component]])
                if edge_starts[component] < edge_starts[component + 1]
                else NEVER
            )
            if spoken >= threshold or label[own[0]] == label[own[1]]:
                label[own[0]] = label[own[1]] = own[0]
            continue
        for at in range(len(own)):
            place[own[at]] = at
        grid = _evidence(len(own), edges, edge_starts[component], edge_starts[component + 1], place)
        _forbid(grid, own, apart, label)
        for pair in range(len(never)):
            a, b = place[never[pair, 0]], place[never[pair, 1]]
            if a >= 0 and b >= 0:
                grid[a, b] = grid[b, a] = NEVER
        _cluster(grid, own, label, threshold)
        for at in range(len(own)):
            place[own[at]] = -1


@numba.njit(cache=True, inline="always")
def _evidence_of(weight: float) -> Any:
    """Return how loud a pair speaks in an average."""
    return np.float32(2.0 ** (_SOFTNESS * min(_CLIP, weight)) - 1.0)


@numba.njit(cache=True)
def _evidence(size: int, edges: Any, first: int, last: int, place: Longs) -> Any:
    """Return the evidence between every two records of a group, softened."""
    left, right, weight = edges
    grid = np.full((size, size), np.float32(2.0 ** (_SOFTNESS * _UNSEEN) - 1.0))
    for edge in range(first, last):
        a, b = place[left[edge]], place[right[edge]]
        grid[a, b] = grid[b, a] = _evidence_of(weight[edge])
    return grid


@numba.njit(cache=True)
def _forbid(grid: Any, own: Ints, apart: Ints, label: Ints) -> None:
    """Forbid two records of a list that holds nobody twice, unless a person called them the same."""
    for a in range(len(own)):
        for b in range(a + 1, len(own)):
            if apart[own[a]] >= 0 and apart[own[a]] == apart[own[b]] and label[own[a]] != label[own[b]]:
                grid[a, b] = grid[b, a] = NEVER


@numba.njit(cache=True)
def _join(grid: Any, sizes: Longs, group: Longs, a: int, b: int) -> None:
    """Join group b into group a: averages weighted by size; what was forbidden stays forbidden."""
    whole = sizes[a] + sizes[b]
    for other in range(len(sizes)):
        if sizes[other] > 0 and other != a and other != b:
            joined = np.float32((sizes[a] * grid[a, other] + sizes[b] * grid[b, other]) / whole)
            if grid[a, other] <= NEVER or grid[b, other] <= NEVER:
                joined = np.float32(NEVER)
            grid[a, other] = grid[other, a] = joined
    sizes[a] = whole
    sizes[b] = 0  # gone
    for row in range(len(group)):
        if group[row] == b:
            group[row] = a


@numba.njit(cache=True)
def _nearest(grid: Any, sizes: Longs, row: int) -> int:
    """Return the group that most speaks for joining it, the first of several, -1 when there is no other."""
    best = -1
    for other in range(len(sizes)):
        if sizes[other] > 0 and other != row and (best < 0 or grid[row, other] > grid[row, best]):
            best = other
    return best


@numba.njit(cache=True)
def _join_decided(grid: Any, own: Ints, label: Ints, sizes: Longs, group: Longs) -> None:
    """Join first what people called the same."""
    for a in range(len(own)):
        for b in range(a + 1, len(own)):
            if sizes[a] > 0 and sizes[b] > 0 and label[own[a]] == label[own[b]]:
                _join(grid, sizes, group, a, b)


@numba.njit(cache=True)
def _closest(grid: Any, sizes: Longs, near: Longs) -> int:
    """Return the group whose nearest is nearest of all, -1 when there is none."""
    best = -1
    for row in range(len(sizes)):
        if sizes[row] > 0 and near[row] >= 0 and (best < 0 or grid[row, near[row]] > grid[best, near[best]]):
            best = row
    return best


@numba.njit(cache=True)
def _cluster(grid: Any, own: Ints, label: Ints, threshold: float) -> None:
    """Join the two nearest groups for as long as their average is enough, and label the records by the lowest."""
    size = len(own)
    sizes, group = np.ones(size, dtype=np.int64), np.arange(size)
    _join_decided(grid, own, label, sizes, group)
    near = np.array([_nearest(grid, sizes, row) if sizes[row] > 0 else -1 for row in range(size)])
    while True:
        best = _closest(grid, sizes, near)
        if best < 0 or grid[best, near[best]] < threshold or grid[best, near[best]] <= NEVER:
            break
        a, b = min(best, near[best]), max(best, near[best])
        _join(grid, sizes, group, a, b)
        for row in range(size):
            if sizes[row] > 0 and (row == a or near[row] == a or near[row] == b):
                near[row] = _nearest(grid, sizes, row)
            elif sizes[row] > 0 and grid[row, a] > grid[row, near[row]]:
                near[row] = a
    for row in range(size):
        label[own[row]] = own[group[row]]
