"""What two records have in common with third ones: whether those that are likely the one are likely the other, too.

A pair says little of itself when one record is short; the company that both keep says more. Two records of one person
share their likely partners; two of different persons do not, and the more partners of its own each has, the surer.

Invariant: computed from the records' evidence alone, never from a verdict, so a judged pair does not see its own
answer; a record with very many likely partners keeps no company.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]
FEATURES = ("shared by the one", "shared by the other", "unshared by the one", "unshared by the other")
_LIKELY = 0.1  # a less probable partner is none
_MOST = 200  # partners; who has more has a name that tells nothing
_NOBODY = 0.5  # partners imagined on either side, so that a single one does not count as all


def company(left: Ints, right: Ints, probability: Floats, records: int) -> Floats:
    """Return what each pair has in common with third records.

    Parameters
    ----------
    left, right
        Pairs of canonical positions, sorted.
    probability
        That each pair is one person, by its own evidence.
    records
        How many records there are.

    Returns
    -------
    ndarray of float32, shape (pairs, 4)
        `FEATURES`: the expected share of partners in common, for the record that has fewer and the one that has more,
        and log2 of one more than the expected number of partners that are not in common.
    """
    starts, near, chance = _partners(left, right, probability, records)
    found: Floats = _company(left, right, probability, (starts, near, chance))
    return found


@numba.njit(cache=True)
def _partners(left: Ints, right: Ints, probability: Floats, records: int) -> tuple[Longs, Ints, Floats]:
    """Return the likely partners of each record in order, and how likely; of r ``near[starts[r]:starts[r + 1]]``."""
    at_all = np.flatnonzero(probability >= _LIKELY)
    degree = np.zeros(records + 1, dtype=np.int64)
    for pair in at_all:
        degree[left[pair] + 1] += 1
        degree[right[pair] + 1] += 1
    for record in range(1, records + 1):
        if degree[record] > _MOST:
            degree[record] = 0
    kept = degree > 0
    starts = np.cumsum(degree)
    at = starts[:-1].copy()
    near, chance = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.float32)
    for larger in (False, True):  # the smaller partners come first, and pairs come in order: sorted without sorting
        for pair in at_all:
            here, there = (left[pair], right[pair]) if larger else (right[pair], left[pair])
            if kept[here + 1]:
                near[at[here]], chance[at[here]] = there, probability[pair]
                at[here] += 1
    return starts, near, chance


@numba.njit(cache=True)
def _company(left: Ints, right: Ints, probability: Floats, partners: Any) -> Floats:
    starts, _, chance = partners
    likely = np.zeros(len(starts) - 1, dtype=np.float64)
    for record in range(len(likely)):
        likely[record] = chance[starts[record] : starts[record + 1]].sum()
    out = np.empty((len(left), 4), dtype=np.float32)
    for pair in range(len(left)):
        own = probability[pair] if probability[pair] >= _LIKELY else 0.0
        one, two = max(0.0, likely[left[pair]] - own), max(0.0, likely[right[pair]] - own)
        shared = _shared(left[pair], right[pair], partners)
        for side, whole in enumerate((min(one, two), max(one, two))):
            out[pair, side] = shared / (whole + _NOBODY)
            out[pair, 2 + side] = np.log2(1.0 + max(0.0, whole - shared))
    return out


@numba.njit(cache=True, inline="always")
def _shared(left: int, right: int, partners: Any) -> float:
    """Return the expected number of partners that both have."""
    starts, near, chance = partners
    one, two = starts[left], starts[right]
    found = 0.0
    while one < starts[left + 1] and two < starts[right + 1]:
        if near[one] == near[two]:
            found += chance[one] * chance[two]
            one += 1
            two += 1
        elif near[one] < near[two]:
            one += 1
        else:
            two += 1
    return found
