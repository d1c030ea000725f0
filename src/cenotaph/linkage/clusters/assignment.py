"""One to one between lists that hold nobody twice: where records compete for a partner, the best assignment as a whole.

A record that takes its best partner first may leave another without any; of all ways to pair the records of two such
lists that compete, the one whose evidence adds up to most is taken.

Invariant: an assignment only takes pairs away, never two that a person called the same; the pairs alone decide it.

References
----------
H. W. Kuhn, Naval Research Logistics Quarterly 2 (1955), 83-97; M. A. Jaro, JASA 84 (1989), 414-420, for linkage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import graph
from cenotaph.linkage.encoding import hashing
from cenotaph.linkage.encoding.encode import Ints

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_A_PAIR = 1e-6  # what a pair is worth at the least: of two assignments that gain the same, the one with more pairs
_LARGEST = 1_500  # records of a side that are assigned at once; more are left to clustering, the strongest pair first


@dataclass(frozen=True, slots=True)
class Assigned:
    """Pairs that lost their partner to a better assignment, and how many groups were too large for one."""

    lost: Flags
    groups: int
    too_large: int


def assign(left: Ints, right: Ints, weight: Floats, apart: Ints, bounds: tuple[float, float]) -> Assigned:
    """Find the pairs that the best assignment between two lists leaves out.

    Parameters
    ----------
    left, right
        Pairs of canonical positions, sorted.
    weight
        Log2 odds of each.
    apart
        By record the list that holds nobody twice, -1 elsewhere.
    bounds
        The log2 odds from which a pair may link, and those from which a person decided it.
    """
    lost = np.zeros(len(left), dtype=bool)
    rivals = np.flatnonzero((weight >= bounds[0]) & (apart[left] >= 0) & (apart[right] >= 0))
    rivals = rivals[apart[left[rivals]] != apart[right[rivals]]]
    one, two = left[rivals], right[rivals]
    ends = _ends(one, two, apart)
    contested = _contested(ends)
    if not contested.any():
        return Assigned(lost, 0, 0)
    group = graph.connected(*ends, np.ones(len(one), bool), np.arange(2 * len(one), dtype=np.int32))[ends[0]]
    places, starts = graph.spans(group, int(group.max()) + 1)
    told, too_large = 0, 0
    for number in np.unique(group[contested]).tolist():
        own = places[starts[number] : starts[number + 1]]
        told += 1
        if (kept := _best(ends[0][own], ends[1][own], weight[rivals[own]] - bounds[0])) is None:
            too_large += 1
            continue
        own = own[~kept]
        lost[rivals[own]] = weight[rivals[own]] < bounds[1]
    return Assigned(lost, told, too_large)


def _ends(one: Ints, two: Ints, apart: Ints) -> tuple[Ints, Ints]:
    """Return for each pair the number of either record as one that looks for a partner in the list of the other."""
    swap = apart[one] > apart[two]
    low, high = np.where(swap, two, one), np.where(swap, one, two)
    record, other = np.concatenate((low, high)), np.concatenate((apart[high], apart[low]))
    asked = (record.astype(np.uint64) << np.uint64(32)) | other.astype(np.uint64)
    number, _ = hashing.numbered(asked)
    return number[: len(one)], number[len(one) :]


def _contested(ends: tuple[Ints, Ints]) -> Flags:
    """Mark the pairs of which a record could have another partner in the same list."""
    both = np.concatenate(ends)
    times = np.bincount(both)
    return np.asarray((times[ends[0]] > 1) | (times[ends[1]] > 1), dtype=bool)


def _best(one: Ints, two: Ints, gain: Floats) -> Flags | None:
    """Mark the pairs of the assignment whose gains add up to most, None where there are too many to assign."""
    from scipy.optimize import linear_sum_assignment  # late: most collections have no rivals, and it loads slowly

    (rows, at), (columns, to) = (np.unique(side, return_inverse=True) for side in (one, two))
    if max(len(rows), len(columns)) > _LARGEST:
        return None
    grid = np.zeros((len(rows), len(columns)))  # no pair: nothing gained, and it may be left without a partner
    grid[at, to] = gain + _A_PAIR
    chosen = np.full(len(rows), -1, dtype=np.int64)
    row, column = linear_sum_assignment(grid, maximize=True)
    chosen[row] = column
    return np.asarray(chosen[at] == to, dtype=bool)
