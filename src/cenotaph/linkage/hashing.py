"""Stable 64-bit hashes of texts and numbers, for canonical orders and for joining keys.

Invariant: a hash depends on the UTF-8 bytes alone: not on the process, the platform, nor Python's hash seed.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
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


@numba.njit(cache=True)
def mixed(values: Hashes) -> Hashes:
    """Spread the bits of many numbers."""
    out = np.empty(len(values), dtype=np.uint64)
    for at in range(len(values)):
        out[at] = mix(values[at])
    return out


def ranked(hashes: Hashes) -> tuple[Ints, Longs]:
    """Return the rank of each hash among the distinct ones, and where each of these is first seen."""
    seen, first = numbered(hashes)
    order = np.argsort(hashes[first], kind="stable")
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


@numba.njit(cache=True)
def _hash_bytes(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> Hashes:
    out = np.empty(len(offsets) - 1, dtype=np.uint64)
    for index in range(len(out)):
        value = np.uint64(14695981039346656037)
        for place in range(offsets[index], offsets[index + 1]):
            value = (value ^ np.uint64(data[place])) * np.uint64(1099511628211)
        out[index] = mix(value)
    return out


def texts(column: pa.ChunkedArray) -> Hashes:
    """Return the hash of each text of a column; null hashes as the empty text."""
    parts = [_chunk(chunk) for chunk in column.chunks]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)


def _chunk(chunk: pa.Array) -> Hashes:
    whole = chunk.cast(pa.large_string()).fill_null("")
    if not len(whole):
        return np.empty(0, dtype=np.uint64)
    _, offsets, data = whole.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[whole.offset : whole.offset + len(whole) + 1]
    content = np.frombuffer(data, dtype=np.uint8) if data is not None and data.size else np.empty(0, dtype=np.uint8)
    return np.asarray(_hash_bytes(content, bounds), dtype=np.uint64)
