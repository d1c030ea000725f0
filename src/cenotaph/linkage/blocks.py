"""The inner loops of finding candidates, compiled: keys packed with record numbers, sorted, and walked in runs.

Invariant: a packed key is ``hash << shift | record``, so sorting it once gives the blocks and the records in each; no
result depends on anything but atoms and record numbers.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encode import Ints, Longs
from cenotaph.linkage.hashing import mix

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
WINDOW = 4  # neighbours on each side in a block that no key could split


@numba.njit(cache=True, inline="always")
def _pack(key: np.uint64, record: int, shift: int) -> np.uint64:
    return (key >> np.uint64(shift) << np.uint64(shift)) | np.uint64(record)


@numba.njit(cache=True)
def single_keys(offsets: Longs, atom: Ints, held: Longs, cap: int, shift: int) -> Words:
    """Return the packed keys of all atoms that at least two and at most ``cap`` records hold."""
    out = np.empty(len(atom), dtype=np.uint64)
    size = 0
    for record in range(len(offsets) - 1):
        for place in range(offsets[record], offsets[record + 1]):
            if 1 < held[atom[place]] <= cap:
                out[size] = _pack(mix(np.uint64(atom[place])), record, shift)
                size += 1
    return out[:size].copy()


@numba.njit(cache=True, inline="always")
def _join(first: int, second: int) -> np.uint64:
    return mix((np.uint64(first) << np.uint64(32)) | np.uint64(second))


@numba.njit(cache=True)
def joined_keys(offsets: Longs, atom: Ints, root: Ints, shift: int) -> Words:
    """Return the packed keys of every two common atoms of a record that do not say the same."""
    total = 0
    for record in range(len(offsets) - 1):
        held = offsets[record + 1] - offsets[record]
        total += held * (held - 1) // 2
    out = np.empty(total, dtype=np.uint64)
    size = 0
    for record in range(len(offsets) - 1):
        for one in range(offsets[record], offsets[record + 1]):
            for two in range(one + 1, offsets[record + 1]):
                if root[atom[one]] != root[atom[two]]:
                    out[size] = _pack(_join(atom[one], atom[two]), record, shift)
                    size += 1
    return out[:size].copy()


@numba.njit(cache=True)
def large_keys(packed: Words, shift: int, cap: int) -> Words:
    """Return the keys of blocks above the cap, sorted."""
    out = np.empty(len(packed) // (cap + 1) + 1, dtype=np.uint64)
    size = 0
    start = 0
    for end in range(1, len(packed) + 1):
        if end == len(packed) or packed[end] >> np.uint64(shift) != packed[start] >> np.uint64(shift):
            if end - start > cap:
                out[size] = packed[start] >> np.uint64(shift)
                size += 1
            start = end
    return out[:size].copy()


@numba.njit(cache=True)
def in_large(packed: Words, shift: int, cap: int) -> int:
    """Count the entries that lie in blocks above the cap."""
    total = 0
    start = 0
    for end in range(1, len(packed) + 1):
        if end == len(packed) or packed[end] >> np.uint64(shift) != packed[start] >> np.uint64(shift):
            if end - start > cap:
                total += end - start
            start = end
    return total


@numba.njit(cache=True, inline="always")
def _is_in(key: np.uint64, keys: Words) -> bool:
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < len(keys) and keys[low] == key


@numba.njit(cache=True)
def _mark_large(own: Ints, root: Ints, shift: int, large: Words, marks: Flags) -> None:
    """Mark which two of a record's common atoms make a block above the cap."""
    for one in range(len(own)):
        for two in range(one + 1, len(own)):
            marks[one, two] = root[own[one]] != root[own[two]] and _is_in(
                _join(own[one], own[two]) >> np.uint64(shift), large
            )


@numba.njit(cache=True)
def split_keys(offsets: Longs, atom: Ints, root: Ints, shift: int, large: Words) -> Words:
    """Return the packed keys of every three atoms of a record whose joins two by two are all above the cap."""
    out = np.empty(1024, dtype=np.uint64)
    marks = np.zeros((64, 64), dtype=np.bool_)
    size = 0
    for record in range(len(offsets) - 1):
        own = atom[offsets[record] : min(offsets[record + 1], offsets[record] + 64)]
        _mark_large(own, root, shift, large, marks)
        for one in range(len(own)):
            for two in range(one + 1, len(own)):
                if marks[one, two]:
                    for three in range(two + 1, len(own)):
                        if marks[one, three] and marks[two, three]:
                            if size == len(out):
                                out = np.concatenate((out, np.empty(size, dtype=np.uint64)))
                            key = mix(_join(own[one], own[two]) ^ mix(np.uint64(own[three])))
                            out[size] = _pack(key, record, shift)
                            size += 1
    return out[:size].copy()


@numba.njit(cache=True)
def unsplit(offsets: Longs, atom: Ints, root: Ints, shift: int, large: Words) -> Words:
    """Return the packed keys of what had nothing to be split by: a lone common atom, or a large join of just two."""
    out = np.empty(len(offsets) * 2, dtype=np.uint64)
    marks = np.zeros((64, 64), dtype=np.bool_)
    size = 0
    for record in range(len(offsets) - 1):
        own = atom[offsets[record] : min(offsets[record + 1], offsets[record] + 64)]
        roots = 0
        for one in range(len(own)):
            fresh = True
            for two in range(one):
                fresh = fresh and root[own[one]] != root[own[two]]
            roots += fresh
        if roots == 1:
            out[size] = _pack(mix(np.uint64(own[len(own) - 1])), record, shift)
            size += 1
        elif roots == 2:
            _mark_large(own, root, shift, large, marks)
            for one in range(len(own)):
                for two in range(one + 1, len(own)):
                    if marks[one, two] and size < len(out) - 1:
                        out[size] = _pack(_join(own[one], own[two]), record, shift)
                        size += 1
                        break
    return out[:size].copy()


@numba.njit(cache=True)
def _walk(packed: Words, shift: int, reaches: tuple[int, int], apart: Ints, out: Words) -> int:
    """Put the pairs of all blocks into `out`, or only count them when there is no room at all."""
    cap, window = reaches
    write = len(out) > 0
    mask = (np.uint64(1) << np.uint64(shift)) - np.uint64(1)
    size = 0
    start = 0
    for end in range(1, len(packed) + 1):
        if end < len(packed) and packed[end] >> np.uint64(shift) == packed[start] >> np.uint64(shift):
            continue
        reach = end - start if end - start <= cap else window
        for one in range(start, end):
            left = packed[one] & mask
            for two in range(one + 1, min(end, one + 1 + reach)):
                right = packed[two] & mask
                if left != right and (apart[left] < 0 or apart[left] != apart[right]):
                    if write:
                        out[size] = (left << np.uint64(32)) | right
                    size += 1
        start = end
    return size


@numba.njit(cache=True)
def pairs_of(packed: Words, shift: int, cap: int, apart: Ints, window: int) -> Words:
    """Return the pairs ``left << 32 | right`` of all blocks up to the cap; larger ones are walked with the window."""
    out = np.empty(0, dtype=np.uint64)
    out = np.empty(_walk(packed, shift, (cap, window), apart, out), dtype=np.uint64)
    _walk(packed, shift, (cap, window), apart, out)
    return out


@numba.njit(cache=True)
def shared_bits(left: Ints, right: Ints, offsets: Longs, atom: Ints, bits: Floats) -> Floats:
    """Return the bits of the atoms that two records share."""
    out = np.zeros(len(left), dtype=np.float32)
    for pair in range(len(left)):
        one, two = offsets[left[pair]], offsets[right[pair]]
        last_one, last_two = offsets[left[pair] + 1], offsets[right[pair] + 1]
        while one < last_one and two < last_two:
            if atom[one] == atom[two]:
                out[pair] += bits[atom[one]]
                one += 1
                two += 1
            elif atom[one] < atom[two]:
                one += 1
            else:
                two += 1
    return out


@numba.njit(cache=True)
def compact(keys: Words) -> int:
    """Move the distinct words of a sorted array to its front, in place, and return how many there are."""
    size = 0
    for place in range(len(keys)):
        if place == 0 or keys[place] != keys[size - 1]:
            keys[size] = keys[place]
            size += 1
    return size


@numba.njit(cache=True)
def offer(left: Ints, right: Ints, scores: Floats, best: Floats) -> None:
    """Let each record of each pair keep the score if it is among its best; ``best`` has shape (records, neighbours).

    A row is a heap whose first place holds the least of the best; it begins full of -1.
    """
    for pair in range(len(left)):
        _keep(best[left[pair]], scores[pair])
        _keep(best[right[pair]], scores[pair])


@numba.njit(cache=True)
def _keep(heap: Floats, score: float) -> None:
    """Put a score in the place of the least one and let it sink."""
    if score <= heap[0]:
        return
    place, size = 0, len(heap)
    while True:
        child = 2 * place + 1
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if child >= size or heap[child] >= score:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = score
