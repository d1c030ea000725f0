"""Pairs become people: average-linkage agglomeration inside connected groups, under what may never be together.

Invariant: two groups are joined only while their average evidence is for it, so a chain of likenesses joins no
strangers; two records of a list that holds nobody twice, or two that a person called different, are never in one
cluster; ties go to the lowest positions, so the result is one.

The average is a soft one: of ``2 ** (softness * weight)``. Two records of one person may share little (one has the
name, the other the date), so weak pairs between two groups tell less than strong ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import graph
from cenotaph.linkage.encoding.encode import Ints, Longs

Floats = npt.NDArray[np.float32]
NEVER = np.float32(-1e9)
_CLIP = 12.0  # log2 odds: no pair speaks louder than this in an average
_UNSEEN = -6.0  # log2 odds of two records that no block brought together
_LARGEST = 1500  # records; a larger connected group is cut at a higher threshold first, then in pieces
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


@dataclass(frozen=True, slots=True)
class Cut:
    """What large connected groups cost: ``raised`` thresholds, and ``split`` groups that none of these cut."""

    raised: int = 0
    split: int = 0


def clusters(edges: Edges, bounds: Bounds, threshold: float, reach: float) -> tuple[Ints, Cut]:
    """Return a cluster number for each record (the lowest position in it), and what became of large groups.

    A group too large to be weighed at once is cut by ever higher thresholds; what none of them cuts is clustered in
    pieces, the most alike together, and then piece by piece.

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
    component, cut = _components(edges, bounds, reach)
    label = _clustered(edges, bounds, component, threshold)
    left = cut.split
    while left:  # what was clustered in pieces has become fewer, and may be weighed as a whole
        joined, left = replace(bounds, group=label), 0
        more, again = _components(edges, joined, reach)
        wider = _clustered(edges, joined, more, threshold)
        if again.split and (wider != label).any():
            left = again.split
        label = wider
    return label, cut


def _clustered(edges: Edges, bounds: Bounds, component: Ints, threshold: float) -> Ints:
    """Cluster every connected group by itself."""
    groups = int(component.max(initial=-1)) + 1
    label = bounds.group.copy()
    inside = edges.take(component[edges.left] == component[edges.right])
    order, edge_starts = graph.spans(component[inside.left], groups)
    never = bounds.never.reshape(-1, 2)
    never = never[component[never[:, 0]] == component[never[:, 1]]]
    said, never_starts = graph.spans(component[never[:, 0]], groups)
    _agglomerate(
        (*graph.spans(component, groups), edge_starts, never_starts),
        (inside.left[order], inside.right[order], inside.weight[order]),
        (bounds.apart, never[said]),
        label,
        2.0 ** (_SOFTNESS * threshold) - 1.0,
    )
    return label


def _components(edges: Edges, bounds: Bounds, reach: float) -> tuple[Ints, Cut]:
    """Return the connected group of each record; groups too large are connected again above a higher threshold."""
    leads = bounds.group == np.arange(len(bounds.group))  # what people joined counts as one
    chosen = edges.weight >= reach
    component = graph.connected(edges.left, edges.right, chosen, bounds.group)
    raised = 0
    while True:
        size = np.bincount(component, weights=leads)
        large = size[component] > _LARGEST
        if not large.any():
            return component, Cut(raised)
        if reach > _CLIP:
            pieces = _pieces(edges, bounds, chosen, large)
            return pieces, Cut(raised, int((size > _LARGEST).sum()))
        reach += _STEP
        raised += 1
        chosen &= ~large[edges.left] | (edges.weight >= reach)
        component = graph.connected(edges.left, edges.right, chosen, bounds.group)


def _pieces(edges: Edges, bounds: Bounds, chosen: npt.NDArray[np.bool_], large: npt.NDArray[np.bool_]) -> Ints:
    """Return connected groups with the large ones in pieces: strong pairs first, while a piece is not too large."""
    order = np.flatnonzero(chosen)
    loud = np.where(large[edges.left[order]], edges.weight[order], np.float32(np.inf))
    order = order[np.argsort(-loud, kind="stable")]  # pairs come sorted, so ties do too
    return np.asarray(graph.pieces(edges.left[order], edges.right[order], bounds.group, _LARGEST), dtype=np.int32)


@numba.njit(cache=True)
def _agglomerate(spans: Any, edges: Any, bounds: Any, label: Ints, threshold: float) -> None:
    """Cluster every connected group by itself."""
    members, starts, edge_starts, never_starts = spans
    apart, never = bounds
    place = np.full(len(label), -1, dtype=np.int64)
    for component in range(len(starts) - 1):
        own = members[starts[component] : starts[component + 1]]
        if len(own) < 2:
            continue
        said = never[never_starts[component] : never_starts[component + 1]]
        first, last = edge_starts[component], edge_starts[component + 1]
        if len(own) == 2 and len(said) == 0 and apart[own[0]] < 0:  # most groups by far: nothing to weigh up
            spoken = _evidence_of(edges[2][first]) if first < last else NEVER
            if spoken >= threshold or label[own[0]] == label[own[1]]:
                label[own[0]] = label[own[1]] = own[0]
            continue
        sizes, leads = _joined(own, label, place)
        grid = _evidence(sizes, edges, first, last, place)
        _forbid(grid, own, apart, place)
        for pair in range(len(said)):
            a, b = place[said[pair, 0]], place[said[pair, 1]]
            if a != b:
                grid[a, b] = grid[b, a] = NEVER
        group = _cluster(grid, sizes, threshold)
        for at in range(len(own)):
            label[own[at]] = leads[group[place[own[at]]]]


@numba.njit(cache=True)
def _joined(own: Ints, label: Ints, place: Longs) -> tuple[Longs, Ints]:
    """Take what people called the same for one from the start; return how many records each is, and its lowest.

    ``place`` becomes the number of each record's group among those of the component.
    """
    sizes, leads = np.zeros(len(own), dtype=np.int64), np.empty(len(own), dtype=np.int32)
    for one in own:
        place[one] = place[label[one]] = -1
    found = 0
    for one in own:
        if place[label[one]] < 0:
            place[label[one]] = found
            leads[found] = one
            found += 1
        place[one] = place[label[one]]
        sizes[place[one]] += 1
    return sizes[:found].copy(), leads[:found].copy()


@numba.njit(cache=True, inline="always")
def _evidence_of(weight: float) -> Any:
    """Return how loud a pair speaks in an average."""
    return np.float32(2.0 ** (_SOFTNESS * min(_CLIP, weight)) - 1.0)


@numba.njit(cache=True)
def _evidence(sizes: Longs, edges: Any, first: int, last: int, place: Longs) -> Any:
    """Return the average evidence between every two groups, softened."""
    left, right, weight = edges
    unseen = np.float32(2.0 ** (_SOFTNESS * _UNSEEN) - 1.0)
    grid = np.full((len(sizes), len(sizes)), unseen)
    for edge in range(first, last):
        a, b = place[left[edge]], place[right[edge]]
        if sizes[a] * sizes[b] == 1:
            grid[a, b] = grid[b, a] = _evidence_of(weight[edge])
        elif a != b:
            more = np.float32((_evidence_of(weight[edge]) - unseen) / (sizes[a] * sizes[b]))
            grid[a, b] += more
            grid[b, a] += more
    return grid


@numba.njit(cache=True)
def _forbid(grid: Any, own: Ints, apart: Ints, place: Longs) -> None:
    """Forbid two records of a list that holds nobody twice, unless a person called them the same."""
    for one in range(len(own)):
        if apart[own[one]] < 0:
            continue
        for two in range(one + 1, len(own)):
            a, b = place[own[one]], place[own[two]]
            if a != b and apart[own[one]] == apart[own[two]]:
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
def _closest(grid: Any, sizes: Longs, near: Longs) -> int:
    """Return the group whose nearest is nearest of all, -1 when there is none."""
    best = -1
    for row in range(len(sizes)):
        if sizes[row] > 0 and near[row] >= 0 and (best < 0 or grid[row, near[row]] > grid[best, near[best]]):
            best = row
    return best


@numba.njit(cache=True)
def _cluster(grid: Any, sizes: Longs, threshold: float) -> Longs:
    """Join the two nearest groups for as long as their average is enough; return the first of each group's own."""
    size = len(sizes)
    group = np.arange(size)
    near = np.array([_nearest(grid, sizes, row) for row in range(size)])
    while True:
        best = _closest(grid, sizes, near)
        if best < 0 or grid[best, near[best]] < threshold or grid[best, near[best]] <= NEVER:
            return group
        a, b = min(best, near[best]), max(best, near[best])
        _join(grid, sizes, group, a, b)
        for row in range(size):
            if sizes[row] > 0 and (row == a or near[row] == a or near[row] == b):
                near[row] = _nearest(grid, sizes, row)
            elif sizes[row] > 0 and grid[row, a] > grid[row, near[row]]:
                near[row] = a
