"""Stable 64-bit hashes of texts and numbers, for canonical orders and for joining keys.

Invariant: a hash depends on the UTF-8 bytes alone: not on the process, the platform, nor Python's hash seed.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.values.numbering import mix, numbered, ordered, ranked

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
__all__ = ["mix", "mixed", "numbered", "ordered", "ranked", "texts"]


@numba.njit(cache=True)
def mixed(values: Hashes) -> Hashes:
    """Spread the bits of many numbers."""
    out = np.empty(len(values), dtype=np.uint64)
    for at in range(len(values)):
        out[at] = mix(values[at])
    return out


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
    whole = chunk if pa.types.is_large_string(chunk.type) else chunk.cast(pa.string())
    whole = whole.fill_null("") if whole.null_count else whole
    if not len(whole):
        return np.empty(0, dtype=np.uint64)
    _, offsets, data = whole.buffers()
    width = np.int64 if pa.types.is_large_string(whole.type) else np.int32
    bounds = np.frombuffer(offsets, dtype=width)[whole.offset : whole.offset + len(whole) + 1].astype(np.int64)
    content = np.frombuffer(data, dtype=np.uint8) if data is not None and data.size else np.empty(0, dtype=np.uint8)
    return np.asarray(_hash_bytes(content, bounds), dtype=np.uint64)
