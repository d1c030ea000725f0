"""Records and pairs as a graph, compiled: neighbours, triangles, connected groups.

Invariant: pairs come sorted by left, then right, with left < right; whatever comes out is in that order too.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs

Flags = npt.NDArray[np.bool_]
_MOST_SIDES = 50  # pairs a record, when triangles are closed


@numba.njit(cache=True)
def _near(left: Ints, right: Ints, chosen: Flags, centre: Flags) -> tuple[Longs, Ints]:
    """Return the neighbours of centres by the chosen pairs, of r ``near[starts[r]:starts[r + 1]]``, sorted.

    Of other records those neighbours that are centres. Records with very many neighbours are left out: their triangles
    say little and are very many.
    """
    records = len(centre)
    at_all = np.flatnonzero(chosen)
    one, two = left[at_all], right[at_all]
    degree = np.zeros(records, dtype=np.int32)
    for pair in range(len(one)):
        degree[one[pair]] += 1
        degree[two[pair]] += 1
    starts, size = np.zeros(records + 1, dtype=np.int64), 0
    for pair in range(len(one)):
        few = degree[one[pair]] <= _MOST_SIDES and degree[two[pair]] <= _MOST_SIDES
        if few and (centre[one[pair]] or centre[two[pair]]):
            one[size], two[size] = one[pair], two[pair]
            size += 1
            starts[one[pair] + 1] += 1
            starts[two[pair] + 1] += 1
    starts = np.cumsum(starts)
    at, near = starts[:-1].copy(), np.empty(starts[-1], dtype=np.int32)
    for larger in (False, True):  # sorted: the smaller neighbours of a record come first, and pairs come in order
        for pair in range(size):
            here, there = (one[pair], two[pair]) if larger else (two[pair], one[pair])
            near[at[here]] = there
            at[here] += 1
    return starts, near


@numba.njit(cache=True)
def closing(left: Ints, right: Ints, chosen: Flags, records: int) -> Flags:
    """Mark the pairs whose two records have a neighbour in common: third sides of triangles of chosen pairs."""
    starts, near = _near(left, right, chosen, np.ones(records, dtype=np.bool_))
    out = np.zeros(len(left), dtype=np.bool_)
    for pair in range(len(left)):
        one, last_one = starts[left[pair]], starts[left[pair] + 1]
        if one == last_one:  # the other record is far away in memory, and most are asked about for nothing
            continue
        two, last_two = starts[right[pair]], starts[right[pair] + 1]
        while one < last_one and two < last_two:
            if near[one] == near[two]:
                out[pair] = True
                break
            if near[one] < near[two]:
                one += 1
            else:
                two += 1
    return out


@numba.njit(cache=True)
def missing_sides(left: Ints, right: Ints, chosen: Flags, fresh: Flags, apart: Ints) -> Longs:
    """Return the third sides of triangles of chosen pairs that are no pairs yet, packed, in no order, perhaps twice.

    At least one side of each triangle is among the fresh pairs: the triangles of all others were closed before. Two
    records of one list that holds nobody twice (``apart``, -1 elsewhere) are no side.
    """
    records = len(apart)
    centre = np.zeros(records, dtype=np.bool_)
    for pair in range(len(left)):
        if chosen[pair] and fresh[pair]:
            centre[left[pair]] = centre[right[pair]] = True
    starts, near = _near(left, right, chosen, centre)
    rows = np.zeros(records + 1, dtype=np.int64)
    for pair in range(len(left)):
        rows[left[pair] + 1] += 1
    rows = np.cumsum(rows)
    out = np.empty(1024, dtype=np.int64)
    size = 0
    for record in np.flatnonzero(centre):
        for first in range(starts[record], starts[record + 1]):
            one = near[first]
            for second in range(first + 1, starts[record + 1]):
                two = near[second]
                if (apart[one] < 0 or apart[one] != apart[two]) and not _holds(right, rows[one], rows[one + 1], two):
                    if size == len(out):
                        out = np.concatenate((out, np.empty(size, dtype=np.int64)))
                    out[size] = (np.int64(one) << 32) | np.int64(two)
                    size += 1
    return out[:size].copy()


@numba.njit(cache=True, inline="always")
def _holds(sorted_numbers: Ints, low: int, high: int, asked: int) -> bool:
    end = high
    while low < high:
        middle = (low + high) >> 1
        if sorted_numbers[middle] < asked:
            low = middle + 1
        else:
            high = middle
    return low < end and sorted_numbers[low] == asked


@numba.njit(cache=True)
def _root(parent: Ints, record: int) -> int:
    while parent[record] != record:
        parent[record] = parent[parent[record]]
        record = parent[record]
    return record


@numba.njit(cache=True)
def connected(left: Ints, right: Ints, chosen: Flags, group: Ints) -> Ints:
    """Return the connected group of each record, by their lowest records; ``group`` says what is joined anyway."""
    parent = np.arange(len(group)).astype(np.int32)
    for record in range(len(group)):
        _unite(parent, record, group[record])
    for pair in range(len(left)):
        if chosen[pair]:
            _unite(parent, left[pair], right[pair])
    return _numbered(parent)


@numba.njit(cache=True)
def pieces(left: Ints, right: Ints, group: Ints, most: int) -> Ints:
    """Return connected groups of at most so many, by their lowest records, from pairs in order of preference.

    What ``group`` joins anyway counts as one. A pair that would make a group too large joins nothing.
    """
    parent = np.arange(len(group)).astype(np.int32)
    size = np.zeros(len(group), dtype=np.int32)
    for record in range(len(group)):
        _unite(parent, record, group[record])
    for record in range(len(group)):
        size[_root(parent, record)] = 1
    for pair in range(len(left)):
        one, two = _root(parent, left[pair]), _root(parent, right[pair])
        if one != two and size[one] + size[two] <= most:
            size[min(one, two)] = size[one] + size[two]
            _unite(parent, one, two)
    return _numbered(parent)


@numba.njit(cache=True)
def _numbered(parent: Ints) -> Ints:
    """Return the group of each record, counted by their lowest records, which are their roots."""
    number, size = np.empty(len(parent), dtype=np.int32), 0
    for record in range(len(parent)):
        root = _root(parent, record)
        if root == record:
            number[record] = size
            size += 1
        else:
            number[record] = number[root]
    return number


@numba.njit(cache=True, inline="always")
def _unite(parent: Ints, one: int, two: int) -> None:
    one, two = _root(parent, one), _root(parent, two)
    if one < two:
        parent[two] = one
    elif two < one:
        parent[one] = two


@numba.njit(cache=True)
def spans(number: Ints, groups: int) -> tuple[Longs, Longs]:
    """Return the places of each number in order, and where those of each number begin."""
    starts = np.zeros(groups + 1, dtype=np.int64)
    for one in number:
        starts[one + 1] += 1
    starts = np.cumsum(starts)
    at, order = starts[:-1].copy(), np.empty(len(number), dtype=np.int64)
    for place in range(len(number)):
        order[at[number[place]]] = place
        at[number[place]] += 1
    return order, starts
