"""The inner loops of finding candidates, compiled: keys packed with record numbers, sorted, and walked in runs.

Invariant: a packed key is ``hash << shift | record``, so sorting it once gives the blocks and the records in each; no
result depends on anything but atoms and record numbers.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encode import Ints, Longs
from cenotaph.linkage.hashing import mix

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_MOST_ATOMS = 64
_MOST_KEYS = _MOST_ATOMS**3 // 6
A_BIT = 1000  # keys count in thousandths of a bit
WINDOW = 4  # neighbours on each side in a block that no key could split


@numba.njit(cache=True, inline="always")
def _pack(key: np.uint64, record: int, shift: int) -> np.uint64:
    return (key >> np.uint64(shift) << np.uint64(shift)) | np.uint64(record)


@numba.njit(cache=True, inline="always")
def _join(first: int, second: int) -> np.uint64:
    return mix((np.uint64(first) << np.uint64(32)) | np.uint64(second))


@numba.njit(cache=True, inline="always")
def _join_three(first: int, second: int, third: int) -> np.uint64:
    return mix(_join(first, second) ^ mix(np.uint64(third)))


@numba.njit(cache=True)
def _load(own: Ints, about: Ints, roots: Ints, bits: Ints, wider: Ints) -> int:
    """Copy what is known of a record's atoms to small arrays; return how many it has."""
    size = min(len(own), len(roots))
    for at in range(size):
        roots[at], bits[at], wider[at] = about[own[at], 0], about[own[at], 1], about[own[at], 2]
    return size


@numba.njit(cache=True)
def _keys_from(own: Ints, one: int, about: Any, place: tuple[int, int], out: Words, size: int) -> int:
    """Put out the keys of two and of three atoms that begin with one; return how many keys there are now."""
    roots, bits, wider, least = about
    for two in range(one + 1, len(own)):
        if bits[two] >= least:
            break
        both = bits[one] + bits[two]
        if roots[one] == roots[two] or both + bits[len(own) - 1] < least:
            continue
        if both < least:
            size = _keys_of_three(own, (one, two), about, place, out, size)
        elif wider[one] + bits[two] < least and bits[one] + wider[two] < least:
            out[size] = _pack(_join(own[one], own[two]), place[0], place[1])
            size += 1
    return size


@numba.njit(cache=True)
def _keys_of_three(own: Ints, first: tuple[int, int], about: Any, place: tuple[int, int], out: Words, size: int) -> int:
    roots, bits, wider, least = about
    one, two = first
    for three in range(two + 1, len(own)):
        if bits[two] + bits[three] >= least:
            break
        spare = bits[one] + bits[two] + bits[three] - least
        if spare < 0 or roots[three] == roots[one] or roots[three] == roots[two]:
            continue
        if spare < min(bits[one] - wider[one], bits[two] - wider[two], bits[three] - wider[three]):
            out[size] = _pack(_join_three(own[one], own[two], own[three]), place[0], place[1])
            size += 1
    return size


@numba.njit(cache=True)
def telling_keys(offsets: Longs, atom: Ints, about: Ints, least: int, shift: int) -> Words:
    """Return the packed keys of one, two or three atoms of a record that together tell enough, none of it in vain.

    What tells enough without one of its atoms, or with a wider atom in the place of one, is no key: whoever shares it
    shares the shorter one. A record that tells less than enough has one key, of all it tells.

    Parameters
    ----------
    about
        By atom: its root, how many bits it tells, and how many the atom above it; side by side, to be read at once.
    least
        What a key must tell, in thousandths of a bit as in ``about``.
    """
    out = np.empty(max(1024, 8 * len(offsets)), dtype=np.uint64)
    roots, bits, wider = (
        np.empty(_MOST_ATOMS, np.int32),
        np.empty(_MOST_ATOMS, np.int32),
        np.empty(_MOST_ATOMS, np.int32),
    )
    size = 0
    for record in range(len(offsets) - 1):
        own = atom[offsets[record] : offsets[record + 1]]
        many = _load(own, about, roots, bits, wider)
        if size + many * many * many // 6 + many * many + 2 > len(out):
            out = np.concatenate((out, np.empty(len(out) // 2 + _MOST_KEYS, dtype=np.uint64)))
        before = size
        for one in range(many):  # common atoms come first, so bits only grow along a record
            if bits[one] < least:
                size = _keys_from(own[:many], one, (roots, bits, wider, least), (record, shift), out, size)
            elif wider[one] < least:
                out[size] = _pack(mix(np.uint64(own[one])), record, shift)
                size += 1
        if size == before and many:
            key = np.uint64(0)
            for one in range(many):
                key = mix(key ^ np.uint64(own[one]))
            out[size] = _pack(key, record, shift)
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
def split_keys(offsets: Longs, atom: Ints, about: Ints, least: int, shift: int, large: Words) -> Words:
    """Return the packed keys of three atoms of a record of which two are a key of a block that is too large."""
    out = np.empty(1024, dtype=np.uint64)
    roots, bits, wider = (
        np.empty(_MOST_ATOMS, np.int32),
        np.empty(_MOST_ATOMS, np.int32),
        np.empty(_MOST_ATOMS, np.int32),
    )
    size = 0
    for record in range(len(offsets) - 1):
        own = atom[offsets[record] : offsets[record + 1]]
        many = _load(own, about, roots, bits, wider)
        for one in range(many):
            for two in range(one + 1, many):
                if (
                    roots[one] == roots[two]
                    or bits[one] + bits[two] < least
                    or bits[one] >= least
                    or bits[two] >= least
                ):
                    continue
                if not _is_in(_join(own[one], own[two]) >> np.uint64(shift), large):
                    continue
                for three in range(many):
                    if roots[three] in (roots[one], roots[two]) or bits[three] - wider[three] < A_BIT:
                        continue
                    if size == len(out):
                        out = np.concatenate((out, np.empty(size, dtype=np.uint64)))
                    low, high = min(one, three), max(two, three)
                    middle = one + two + three - low - high
                    out[size] = _pack(_join_three(own[low], own[middle], own[high]), record, shift)
                    size += 1
    return out[:size].copy()


@numba.njit(cache=True)
def _walk(packed: Words, shift: int, reaches: tuple[int, int], apart: Ints, out: Words) -> int:
    """Put the pairs of all blocks into `out`, or only count them when there is no room at all."""
    cap, window = reaches
    free = True  # most often nothing is apart, and to ask for every pair costs more than all the rest
    for one in apart:
        free = free and one < 0
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
                if left != right and (free or apart[left] < 0 or apart[left] != apart[right]):
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


def sorted_distinct(keys: Words) -> Words:
    """Sort in place and return each once."""
    keys.sort()
    return keys[: compact(keys)].copy()


def merged(one: Words, other: Words) -> Words:
    """Return two sorted arrays as one."""
    found: Words = np.insert(one, np.searchsorted(one, other), other)
    return found


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
