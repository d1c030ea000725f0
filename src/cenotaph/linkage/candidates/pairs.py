"""Pairs beside the candidates: random ones and judged ones.

Invariant: drawn from the seed alone, sorted, each once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs

Flags = npt.NDArray[np.bool_]
_ALL_BELOW = 600  # records; so few are compared all with all


def universe(lists: Ints, unique: Flags) -> tuple[int, int]:
    """Count the pairs across lists and within lists; a list that holds nobody twice has none within."""
    sizes = np.bincount(lists, minlength=len(unique)).astype(np.int64)
    within = sizes * (sizes - 1) // 2
    total = len(lists) * (len(lists) - 1) // 2
    return int(total - within.sum()), int(within[~unique].sum())


def random_pairs(lists: Ints, unique: Flags, most: int, seed: int) -> tuple[Ints, Ints]:
    """Return random pairs of different records, or all pairs of a small collection; none within a unique list."""
    records = len(lists)
    if records <= _ALL_BELOW:
        left, right = (side.astype(np.int32) for side in np.triu_indices(records, 1))
    else:
        drawn = np.random.default_rng(seed).integers(0, records, size=(2, most), dtype=np.int64)
        left, right = drawn.min(axis=0).astype(np.int32), drawn.max(axis=0).astype(np.int32)
    kept = (left != right) & ~((lists[left] == lists[right]) & unique[lists[left]])
    return left[kept], right[kept]


def packed(left: npt.NDArray[np.integer[Any]], right: npt.NDArray[np.integer[Any]]) -> Longs:
    """Return pairs as single numbers."""
    a, b = left.astype(np.int64), right.astype(np.int64)
    found: Longs = (np.minimum(a, b) << 32) | np.maximum(a, b)
    return found


def unpack(both: Longs) -> tuple[Ints, Ints]:
    """Return the two sides of packed pairs."""
    return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)
