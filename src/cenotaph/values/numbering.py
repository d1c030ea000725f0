"""Many hashes numbered and put in order, without ever sorting numbers by an index beside them.

Invariant: no result depends on anything but the hashes and, among equal ones, their places. Import this module late
(inside a function) in this room: numba takes longer to load than the rest of it.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
_FEW = 1000
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB


@numba.njit(cache=True, inline="always")
def mix(value: np.uint64) -> np.uint64:
    """Spread the bits of a number over 64 bits (the finalizer of SplitMix64)."""
    value = value + np.uint64(_GOLDEN)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(_FIRST)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(_SECOND)
    return value ^ (value >> np.uint64(31))


def ordered(hashes: Hashes) -> Longs:
    """Return the places of hashes in ascending order, of equal ones the first place first.

    Each hash gives its last bits up for its place and the whole is sorted: ten times faster than sorting an index. The
    few that only their last bits tell apart are put right afterwards.
    """
    shift = np.uint64(max(1, len(hashes) - 1).bit_length())
    packed = (hashes >> shift << shift) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    places: Longs = (packed & ((np.uint64(1) << shift) - np.uint64(1))).astype(np.int64)
    doubtful = np.flatnonzero(packed[1:] >> shift == packed[:-1] >> shift)
    if len(doubtful) > _FEW:  # no hashes at all, but small numbers
        return np.argsort(hashes, kind="stable").astype(np.int64)
    if len(doubtful):
        runs = np.split(doubtful, np.flatnonzero(np.diff(doubtful) > 1) + 1)
        for first, last in ((run[0], run[-1] + 2) for run in runs):
            own = places[first:last]
            places[first:last] = own[np.argsort(hashes[own], kind="stable")]
    return places


def ranked(hashes: Hashes) -> tuple[Ints, Longs]:
    """Return the rank of each hash among the distinct ones, and where each of these is first seen."""
    seen, first = numbered(hashes)
    order = ordered(hashes[first])
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank[seen], first[order]


@numba.njit(cache=True)
def numbered(hashes: Hashes) -> tuple[Ints, Longs]:
    """Return the number of each hash, counted as they are met, and where each of them is first met."""
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.full(size, -1, dtype=np.int32)
    number, first = np.empty(len(hashes), dtype=np.int32), np.empty(len(hashes), dtype=np.int64)
    found = 0
    for at in range(len(hashes)):
        slot = mix(hashes[at]) & mask
        while slots[slot] >= 0 and hashes[first[slots[slot]]] != hashes[at]:
            slot = (slot + np.uint64(1)) & mask
        if slots[slot] < 0:
            slots[slot], first[found] = found, at
            found += 1
        number[at] = slots[slot]
    return number, first[:found].copy()
