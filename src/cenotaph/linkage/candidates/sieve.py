"""What decides which records are compared, as a whole collection taught it: kept, it decides alike for later records.

Invariant: a record's keys follow from the record and the sieve alone, and two records meet when they have a key in
common. So a record that comes or goes changes no meeting of two others, and a collection that grew step by step has
the meetings of one that came whole.

Counting records of a block would break that. Blocks that were above the cap when the sieve was learnt are therefore
split by further atoms, and their records spread over rooms by a hash of their id, twice over and each time otherwise:
copies of one row share all their keys, and would else meet only the few copies of one room. Atoms that no two records
shared then are keys by themselves, since whoever shares one shares something very rare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import blocks
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.encoding.hashing import mix, mixed

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
_ROOM = 9  # records that a large block spreads over one room, on average
_DEALS = 2  # times: a third makes the graph of many copies so wide that its triangles fill the memory
_RARE = 0xC0FFEE5EED  # tells keys of rare atoms from keys of joined ones


@dataclass(frozen=True, slots=True)
class Rooms:
    """Keys of blocks above the cap, sorted, and over how many rooms the records of each are spread."""

    keys: Words
    rooms: Ints


@dataclass(frozen=True, slots=True)
class Sieve:
    """Everything that keys follow from.

    ``atom`` are the sorted hashes of the atoms that two records or more held, ``number`` their numbers, ``about`` by
    number the root, the thousandths of bits an atom tells and those the wider atom tells, ``bits`` what sharing it
    tells beyond the wider one. ``neighbours`` is how many a record keeps, 0 where all are kept, ``enough`` the bits
    that a pair must share in any case.
    """

    atom: Words
    number: Ints
    about: Ints
    bits: Floats
    records: int
    least: int
    shift: int
    cap: int
    neighbours: int
    enough: float
    large: Rooms
    split: Rooms

    def keys(self, offsets: Longs, atom: Ints, ids: Words) -> Words:
        """Return the sorted packed keys of records that hold known atoms."""
        keys = blocks.telling_keys(offsets, atom, self.about, self.least, self.shift)
        found = [spread(keys, self.shift, self.large, ids)]
        if len(self.large.keys):
            more = blocks.split_keys(offsets, atom, self.about, self.least, self.shift, self.large.keys)
            found.append(spread(more, self.shift, self.split, ids))
        return blocks.sorted_distinct(np.concatenate(found))

    def rare_keys(self, record: Longs, atom: Words) -> Words:
        """Return the sorted packed keys of atoms, by their hashes, that no two records held when this was learnt."""
        above = np.uint64(self.shift)
        packed = (mixed(atom ^ np.uint64(_RARE)) >> above << above) | record.astype(np.uint64)
        return blocks.sorted_distinct(packed)

    def known(self, atom: Words) -> Ints:
        """Return the number of each atom, -1 for one that no two records held."""
        if not len(self.atom):
            return np.full(len(atom), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.atom, atom), len(self.atom) - 1)
        found: Ints = np.where(self.atom[at] == atom, self.number[at], -1).astype(np.int32)
        return found


def rooms_of(packed: Words, shift: int, keys: Words) -> Rooms:
    """Return over how many rooms the records of large blocks are spread, from all sorted packed keys."""
    first, last = _spans(packed, shift, keys)
    return Rooms(keys, np.maximum(1, (last - first) // _ROOM).astype(np.int32))


def entries_of(packed: Words, shift: int, keys: Words) -> Words:
    """Return the entries of some sorted keys among all sorted packed keys, in their order."""
    first, last = _spans(packed, shift, keys)
    many = last - first
    found: Words = packed[np.arange(many.sum()) + np.repeat(first - (np.cumsum(many) - many), many)]
    return found


def _spans(packed: Words, shift: int, keys: Words) -> tuple[Longs, Longs]:
    """Return where the entries of each key begin and end."""
    above = np.uint64(shift)
    last = np.searchsorted(packed, (keys << above) | ((np.uint64(1) << above) - np.uint64(1)), side="right")
    return np.searchsorted(packed, keys << above), last


def spread(packed: Words, shift: int, large: Rooms, ids: Words) -> Words:
    """Return packed keys with the records of large blocks sent to rooms by their ids, each twice over."""
    return _spread(packed, shift, large.keys, large.rooms, ids) if len(large.keys) else packed


@numba.njit(cache=True)
def _spread(packed: Words, shift: int, keys: Words, rooms: Ints, ids: Words) -> Words:
    above = np.uint64(shift)
    mask = (np.uint64(1) << above) - np.uint64(1)
    held = 0
    for at in range(len(packed)):
        held += blocks.place_of(packed[at] >> above, keys) >= 0
    out = np.empty(len(packed) + (_DEALS - 1) * held, dtype=np.uint64)
    size = 0
    for at in range(len(packed)):
        key, record = packed[at] >> above, packed[at] & mask
        at_key = blocks.place_of(key, keys)
        if at_key < 0:
            out[size] = packed[at]
            size += 1
            continue
        for deal in range(_DEALS):
            room = mix(ids[np.int64(record)] + np.uint64(deal)) % np.uint64(rooms[at_key])
            own = mix(mix(key) ^ mix(room + np.uint64(1)) ^ np.uint64(deal))
            out[size] = (own >> above << above) | record
            size += 1
    return out


def meetings(packed: Words, shift: int, asked: Words, apart: Any, most: int) -> Words | None:
    """Return the pairs, sorted, each once, of some records with all that share a key; None where a block is too large.

    Parameters
    ----------
    packed
        Sorted packed keys of all records.
    shift
        How many bits hold the record.
    asked
        Those of the packed keys whose records are asked about, sorted.
    apart
        By record the list that holds nobody twice, -1 elsewhere.
    most
        Records of a block that are still compared all with all.
    """
    found, size = _meetings(packed, shift, asked, apart, most)
    return None if size < 0 else blocks.sorted_distinct(found[:size])


@numba.njit(cache=True)
def _meetings(packed: Words, shift: int, asked: Words, apart: Ints, most: int) -> tuple[Words, int]:
    above = np.uint64(shift)
    mask = (np.uint64(1) << above) - np.uint64(1)
    out = np.empty(1024, dtype=np.uint64)
    size, start, end = 0, 0, 0
    for at in range(len(asked)):
        key, record = asked[at] >> above, asked[at] & mask
        if at == 0 or key != asked[at - 1] >> above:
            start = np.searchsorted(packed, key << above)
            end = start
            while end < len(packed) and packed[end] >> above == key:
                end += 1
            if end - start > most:
                return out, -1
        for place in range(start, end):
            other = packed[place] & mask
            if other != record and (apart[np.int64(other)] < 0 or apart[np.int64(other)] != apart[np.int64(record)]):
                if size == len(out):
                    out = np.concatenate((out, np.empty(size, dtype=np.uint64)))
                out[size] = (min(record, other) << np.uint64(32)) | max(record, other)
                size += 1
    return out, size
