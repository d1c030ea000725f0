"""The inner loops of finding candidates, compiled: keys packed with record numbers, sorted, and walked in runs.

Invariant: a packed key is ``hash << shift | record``, so sorting it once gives the blocks and the records in each; no
result depends on anything but atoms and record numbers.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.encoding.hashing import mix

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_MOST_ATOMS = 64
_MOST_KEYS = _MOST_ATOMS**3 // 6  # of one record
_USUAL_KEYS = 20  # of one record
A_BIT = 1000  # keys count in thousandths of a bit


@numba.njit(cache=True, inline="always")
def _pack(key: np.uint64, record: int, shift: int) -> np.uint64:
    return (key >> np.uint64(shift) << np.uint64(shift)) | np.uint64(record)


@numba.njit(cache=True, inline="always")
def _load(own: Ints, about: Ints, code: Words, known: Ints) -> int:
    """Lay out what is known of a record's atoms: mixed numbers, roots, bits, bits beyond wider; return how many."""
    size = min(len(own), _MOST_ATOMS)
    for at in range(size):
        one = own[at]
        code[at] = mix(np.uint64(one))
        known[0, at], known[1, at], known[2, at] = (
            about[one, 0],
            about[one, 1],
            about[one, 1] - about[one, 2],
        )
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
    out = np.empty(_USUAL_KEYS * len(offsets) + _MOST_KEYS, dtype=np.uint64)  # costs nothing where nothing is written
    code, known = np.empty(_MOST_ATOMS, np.uint64), np.empty((3, _MOST_ATOMS), np.int32)
    size = 0
    for record in range(len(offsets) - 1):
        many = _load(atom[offsets[record] : offsets[record + 1]], about, code, known)
        if size + _MOST_KEYS > len(out):
            out = np.concatenate((out, np.empty(len(out) // 2 + _MOST_KEYS, dtype=np.uint64)))
        found = _keys(code, known, many, least, out[size:])
        if found == 0 and many:
            out[size] = _all_of(code[:many])
            found = 1
        for key in range(size, size + found):
            out[key] = _pack(out[key], record, shift)
        size += found
    return out[:size]


@numba.njit(cache=True)
def _keys(code: Words, known: Ints, many: int, least: int, out: Words) -> int:
    """Put out the keys of one record, its commonest atom first, so that bits only grow; return how many there are.

    The key of several atoms is their mixed numbers, XORed (Zobrist 1970). Every key is written and then counted only if
    it is one: half of them are not, in no order that a processor could guess. The loops stand in one another: taken
    apart they take a third longer, and no other loop of the room runs so often.
    """
    roots, bits, more = known[0], known[1], known[2]
    size, end = 0, many
    while end > 0 and bits[end - 1] >= least:
        end -= 1
        out[size] = code[end]
        size += bits[end] - more[end] < least
    enough = end  # the first atom of which two tell enough
    for one in range(end):
        own, spared, root = bits[one], more[one], roots[one]
        while enough > one + 1 and own + bits[enough - 1] >= least:
            enough -= 1
        enough = max(enough, one + 1)
        for two in range(enough, end):
            spare = own + bits[two] - least
            out[size] = code[one] ^ code[two]
            size += (roots[two] != root) & (spare < spared) & (spare < more[two])
        last = many - 1  # of the third atoms: with a rarer one the last two would tell enough without the first
        for two in range(one + 1, enough):
            both = own + bits[two] - least
            while last > two and bits[two] + bits[last] >= least:
                last -= 1
            if both + bits[last] < 0 or roots[two] == root:
                continue
            for three in range(last, two, -1):  # rare atoms first: what is too common ends the search
                spare = both + bits[three]
                if spare < 0:
                    break
                out[size] = code[one] ^ code[two] ^ code[three]
                apart = (roots[three] != root) & (roots[three] != roots[two])
                size += apart & (spare < spared) & (spare < more[two]) & (spare < more[three])
    return size


@numba.njit(cache=True)
def _all_of(code: Words) -> np.uint64:
    """Return the key of all atoms of a record together."""
    key = np.uint64(0)
    for one in code:
        key = mix(key ^ one)
    return key


@numba.njit(cache=True, inline="always")
def place_of(key: np.uint64, keys: Words) -> int:
    """Return where a key stands among sorted ones, -1 where it is not there."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == key else -1


@numba.njit(cache=True)
def split_keys(offsets: Longs, atom: Ints, about: Ints, least: int, shift: int, large: Words) -> Words:
    """Return the packed keys of three atoms of a record of which two are a key of a block that is too large."""
    out = np.empty(_MOST_KEYS, dtype=np.uint64)
    code, known = np.empty(_MOST_ATOMS, np.uint64), np.empty((3, _MOST_ATOMS), np.int32)
    roots, bits = known[0], known[1]
    size = 0
    for record in range(len(offsets) - 1):
        many = _load(atom[offsets[record] : offsets[record + 1]], about, code, known)
        for one in range(many):
            for two in range(one + 1, many):
                if bits[one] >= least or bits[two] >= least or bits[one] + bits[two] < least:
                    continue
                joint = code[one] ^ code[two]
                if roots[one] != roots[two] and place_of(joint >> np.uint64(shift), large) >= 0:
                    if size + many > len(out):
                        out = np.concatenate((out, np.empty(size + many, dtype=np.uint64)))
                    found = _split((one, two, many), code, known, out[size:])
                    for key in range(size, size + found):
                        out[key] = _pack(out[key], record, shift)
                    size += found
    return out[:size]


@numba.njit(cache=True)
def _split(first: tuple[int, int, int], code: Words, known: Ints, out: Words) -> int:
    """Put out the keys that a third atom makes of two."""
    roots, more = known[0], known[2]
    one, two, many = first
    size = 0
    for three in range(many):
        if roots[three] not in (roots[one], roots[two]) and more[three] >= A_BIT:
            out[size] = code[one] ^ code[two] ^ code[three]
            size += 1
    return size


@numba.njit(cache=True)
def large_blocks(packed: Words, shift: int, cap: int) -> tuple[Words, int]:
    """Return the keys, sorted, of blocks above the cap among sorted packed keys, and how many entries lie in them."""
    large = np.empty(len(packed) // (cap + 1) + 1, dtype=np.uint64)
    many, held, start = 0, 0, 0
    for end in range(1, len(packed) + 1):
        if end < len(packed) and packed[end] >> np.uint64(shift) == packed[start] >> np.uint64(shift):
            continue
        if end - start > cap:
            large[many] = packed[start] >> np.uint64(shift)
            many, held = many + 1, held + end - start
        start = end
    return large[:many].copy(), held


@numba.njit(cache=True)
def pairs_of(packed: Words, shift: int, cap: int, apart: Ints) -> Words:
    """Return the pairs ``left << 32 | right`` of the blocks up to the cap among sorted packed keys, in no order.

    Two records that have one number in ``apart``, not -1, are no pair. First every key is paired with the one before
    it, then with the one before that, as long as they are of one block: long even walks instead of many short ones.
    """
    places = _of_small(_followers(packed, shift), cap)
    free = not (apart >= 0).any()  # most often nothing is apart, and to ask for every pair costs more than all the rest
    above, mask = np.uint64(shift), (np.uint64(1) << np.uint64(shift)) - np.uint64(1)
    out = np.empty(2 * len(places) + 1, dtype=np.uint64)
    size, step = 0, 1
    while len(places):
        if size + len(places) > len(out):
            out = np.concatenate((out, np.empty(len(out) // 2 + len(places), dtype=np.uint64)))
        kept = 0
        for at in range(len(places)):
            place = places[at]
            left, right = packed[place - step] & mask, packed[place] & mask
            out[size] = (left << np.uint64(32)) | right
            size += (left != right) & (free or apart[left] < 0 or apart[left] != apart[right])
            places[kept] = place
            kept += place > step and (packed[place - step - 1] ^ packed[place]) >> above == 0
        places, step = places[:kept], step + 1
    return out[:size]


@numba.njit(cache=True)
def _followers(packed: Words, shift: int) -> Longs:
    """Return where a key stands that is of one block with the key before it."""
    above, many = np.uint64(shift), 0
    for at in range(1, len(packed)):
        many += (packed[at] ^ packed[at - 1]) >> above == 0
    places = np.empty(many + 1, dtype=np.int64)
    size = 0
    for at in range(1, len(packed)):
        places[size] = at
        size += (packed[at] ^ packed[at - 1]) >> above == 0
    return places[:size]


@numba.njit(cache=True)
def _of_small(places: Longs, cap: int) -> Longs:
    """Keep, in place, the followers of blocks up to the cap; those of one block stand without a gap."""
    large = False
    for at in range(len(places) - cap + 1):
        large |= places[at + cap - 1] - places[at] == cap - 1
    if not large:
        return places
    size, start = 0, 0
    for end in range(1, len(places) + 1):
        if end < len(places) and places[end] == places[end - 1] + 1:
            continue
        if end - start < cap:
            for at in range(start, end):
                places[size] = places[at]
                size += 1
        start = end
    return places[:size]


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
