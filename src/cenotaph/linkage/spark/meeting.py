"""Candidates on many machines: keys where records are, blocks where keys meet, pairs where their left record is.

Invariant: the pairs are those of `search.find`, whatever the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import atoms, blocks, search
from cenotaph.linkage.candidates.sieve import Rooms, Sieve, rooms_of, spread
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.spark.book import Book
from cenotaph.linkage.spark.machines import Addressed, Machines, Parcel, Shared, Shipment, by_part, joined

Words = npt.NDArray[np.uint64]
SharedBook = Shared[Book]


def find(
    machines: Machines, records: Shipment, book: Book, settings: LinkSettings
) -> tuple[Book, Shipment, dict[str, int]]:
    """Return the book with its whole sieve, the pairs that share a key, by part, and what blocks were like."""
    shared = machines.share(book)
    keys = records.step(partial(telling, shared)).step(partial(gathered, shared)).held()
    large, windowed = _rooms(keys, shared)
    found = keys.step(partial(pairs_of_blocks, shared))
    if windowed:
        shared = machines.share(replace(book, sieve=replace(book.sieve, large=large)))
        parted = records.step(partial(splitting, shared)).step(partial(gathered, shared)).held()
        split, _ = _rooms(parted, shared)
        book = replace(book, sieve=replace(book.sieve, large=large, split=split))
        shared = machines.share(book)
        found = found.beside(parted.step(partial(pairs_of_blocks, shared)))
        found = found.beside(records.step(partial(telling_rooms, shared)).step(partial(pairs_of_rooms, shared)))
        found = found.beside(records.step(partial(split_rooms, shared)).step(partial(pairs_of_rooms, shared)))
    pairs = found.step(distinct).held()
    raw = sum(int(parcel["pairs"][0]) for _, parcel in pairs.step(counted).collected())
    book = replace(book, sieve=search.narrowed(book.sieve, raw, settings))
    shortened = sum(int(parcel["records"][0]) for _, parcel in records.step(partial(full, shared)).collected())
    return book, pairs, {"raw": raw, "cap": int(search.usual_block(settings.block, book.records)),
                         "windowed": windowed, "shortened": shortened}  # fmt: skip


def _rooms(keys: Shipment, shared: SharedBook) -> tuple[Rooms, int]:
    """Return the blocks that are too large, and how many entries lie in them."""
    found = [parcel for _, parcel in keys.step(partial(too_large, shared)).collected()]
    if not found:
        return Rooms(np.empty(0, np.uint64), np.empty(0, np.int32)), 0
    key, room = joined(found, "key"), joined(found, "room")
    order = np.argsort(key)
    return Rooms(key[order], room[order]), int(joined(found, "held").sum())


def telling(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the keys of records, each for the part where its block is gathered."""
    book = shared.value
    sieve = book.sieve
    for parcel in parcels:
        found = blocks.telling_keys(*book.atoms_of(parcel["codes"]), sieve.about, sieve.least, sieve.shift)
        yield from _sent(book, found, parcel)


def splitting(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the keys that split blocks which are too large."""
    book = shared.value
    for parcel in parcels:
        yield from _sent(book, _split(book, parcel), parcel)


def telling_rooms(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the keys of the rooms over which large blocks are spread."""
    book = shared.value
    sieve = book.sieve
    for parcel in parcels:
        found = blocks.telling_keys(*book.atoms_of(parcel["codes"]), sieve.about, sieve.least, sieve.shift)
        yield from _sent(book, _spread(found, sieve, sieve.large, parcel), parcel)


def split_rooms(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the keys of the rooms over which blocks are spread that even a third atom did not split."""
    book = shared.value
    for parcel in parcels:
        yield from _sent(book, _spread(_split(book, parcel), book.sieve, book.sieve.split, parcel), parcel)


def _split(book: Book, parcel: Parcel) -> Words:
    sieve = book.sieve
    known = book.atoms_of(parcel["codes"])
    found: Words = blocks.split_keys(*known, sieve.about, sieve.least, sieve.shift, sieve.large.keys)
    return found


def _spread(keys: Words, sieve: Sieve, large: Rooms, parcel: Parcel) -> Words:
    own = keys[np.isin(keys >> np.uint64(sieve.shift), large.keys)]
    return spread(own, sieve.shift, large, parcel["id"])


def _sent(book: Book, keys: Words, parcel: Parcel) -> list[Addressed]:
    """Put positions in the place of numbers within the parcel, and address each key to the part of its block."""
    above = np.uint64(book.sieve.shift)
    key = keys >> above
    record = (keys & ((np.uint64(1) << above) - np.uint64(1))).astype(np.int64)
    whole = (key << above) | parcel["position"][record].astype(np.uint64)
    return by_part((key % np.uint64(book.parts)).astype(np.int64), packed=whole, apart=parcel["apart"][record])


def gathered(_shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the sorted keys of a part."""
    keys = joined(parcels, "packed")
    order = np.argsort(keys, kind="stable")
    yield part, {"packed": keys[order], "apart": joined(parcels, "apart")[order]}


def too_large(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the blocks of a part that are above the cap."""
    sieve = shared.value.sieve
    for parcel in parcels:
        large, held = blocks.large_blocks(parcel["packed"], sieve.shift, sieve.cap)
        if held:
            found = rooms_of(parcel["packed"], sieve.shift, large)
            yield part, {"key": found.keys, "room": found.rooms, "held": np.array([held])}


def pairs_of_blocks(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the pairs of the blocks up to the cap, each for the part of its left record."""
    book = shared.value
    for parcel in parcels:
        yield from _met(book, parcel["packed"], parcel["apart"], book.sieve.cap)


def pairs_of_rooms(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the pairs of rooms, however many records are in one."""
    book = shared.value
    for _, parcel in gathered(shared, part, parcels):
        yield from _met(book, parcel["packed"], parcel["apart"], len(parcel["packed"]))


def _met(book: Book, packed: Words, apart: Ints, cap: int) -> list[Addressed]:
    """Walk sorted keys over records that are numbered anew, in their order, and give the pairs their positions back."""
    shift = book.sieve.shift
    mask = (np.uint64(1) << np.uint64(shift)) - np.uint64(1)
    position, record = np.unique(packed & mask, return_inverse=True)
    lists = np.empty(len(position), dtype=np.int32)
    lists[record] = apart
    found = blocks.pairs_of((packed & ~mask) | record.astype(np.uint64), shift, cap, lists)
    left, right = (position[side.astype(np.int64)] for side in (found >> np.uint64(32), found & np.uint64(0xFFFFFFFF)))
    pairs = blocks.sorted_distinct((left << np.uint64(32)) | right)
    return by_part(book.part_of(pairs >> np.uint64(32)), pairs=pairs)


def distinct(part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the pairs of a part, sorted, each once."""
    yield part, {"pairs": blocks.sorted_distinct(joined(parcels, "pairs"))}


def full(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return how many records of a part hold as many atoms as a record may."""
    held = [atoms.shortened(shared.value.atoms_of(parcel["codes"])[0]) for parcel in parcels]
    yield part, {"records": np.array([sum(held)])}


def counted(part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return how many pairs a part has."""
    yield part, {"pairs": np.array([sum(len(parcel["pairs"]) for parcel in parcels)])}
