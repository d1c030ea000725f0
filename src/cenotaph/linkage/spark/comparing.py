"""Pairs compared on many machines: the records that a part's pairs need come to the part, and are compared there.

Invariant: what comes out is what `search.nearest` and `compare.compare` say of the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import blocks
from cenotaph.linkage.comparison.compare import Compared, compare
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.spark.machines import Addressed, Machines, Parcel, Shared, Shipment, by_part, joined
from cenotaph.linkage.spark.meeting import SharedBook

Floats = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint64]
_LOW = np.uint64(0xFFFFFFFF)


def equipped(records: Shipment, pairs: Shipment, shared: SharedBook) -> Shipment:
    """Return the pairs of each part with the records that stand in them."""
    asked = pairs.step(partial(asking, shared))
    return pairs.beside(records.beside(asked).step(answering)).step(meeting)


def asking(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Ask the parts that hold them for the records that stand in pairs."""
    pairs = joined(parcels, "pairs")
    wanted = np.unique(np.concatenate(_sides(pairs)))
    return by_part(shared.value.part_of(wanted), wanted=wanted, by=np.full(len(wanted), part))


def answering(_part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Send records to whoever asked for them."""
    held = [parcel for parcel in parcels if "codes" in parcel]
    asked = [parcel for parcel in parcels if "wanted" in parcel]
    if not asked:
        return
    position, codes = joined(held, "position"), joined(held, "codes")
    order = np.argsort(position)
    at = order[np.searchsorted(position[order], joined(asked, "wanted"))]
    yield from by_part(joined(asked, "by"), position=position[at], codes=codes[at])


def meeting(part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return pairs and the records that stand in them, both sorted."""
    if not any("pairs" in parcel for parcel in parcels):
        return
    position = joined(parcels, "position")
    order = np.argsort(position)
    yield part, {"pairs": np.sort(joined(parcels, "pairs")), "position": position[order],
                 "codes": joined(parcels, "codes")[order]}  # fmt: skip


def _sides(pairs: Words) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)


def _numbers(parcel: Parcel) -> tuple[Ints, Ints]:
    """Return the sides of pairs as numbers of the records that came with them."""
    left, right = (np.searchsorted(parcel["position"], side).astype(np.int32) for side in _sides(parcel["pairs"]))
    return left, right


def nearest(machines: Machines, pairs: Shipment, shared: SharedBook, records: int) -> Shipment:
    """Keep the pairs that share enough and are among the nearest of either of their records."""
    scored = pairs.step(partial(scoring, shared)).held()
    best = scored.step(partial(offering, shared)).step(partial(ranking, shared)).collected()
    least = np.full(records, -1.0, dtype=np.float32)
    for _, parcel in best:
        least[parcel["record"]] = parcel["least"]
    return scored.step(partial(keeping, shared, machines.share(least)))


def scoring(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Add to pairs the bits of what their records share."""
    book = shared.value
    for parcel in parcels:
        scores = blocks.shared_bits(*_numbers(parcel), *book.atoms_of(parcel["codes"]), book.sieve.bits)
        yield part, {**parcel, "score": scores}


def offering(shared: SharedBook, _part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Send the scores of pairs to the parts of both of their records."""
    for parcel in parcels:
        record = np.concatenate(_sides(parcel["pairs"]))
        score = np.concatenate((parcel["score"], parcel["score"]))
        yield from by_part(shared.value.part_of(record), record=record, score=score)


def ranking(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return for each record the least score that is among its best; -1 where all are."""
    record, found = np.unique(joined(parcels, "record"), return_inverse=True)
    number: Ints = found.astype(np.int32)
    scores = joined(parcels, "score")
    best = np.full((len(record) + 1, shared.value.sieve.neighbours), -1.0, dtype=np.float32)
    # the other side of each pair is nobody: a row that is not looked at
    blocks.offer(number, np.full(len(number), len(record), dtype=np.int32), scores, best)
    yield part, {"record": record, "least": best[:-1, 0].copy()}


def keeping(shared: SharedBook, least: Shared[Floats], part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Return the pairs that either of their records keeps, with the records that stand in them."""
    for parcel in parcels:
        left, right = _sides(parcel["pairs"])
        score, bound = parcel["score"], least.value
        near = ((score >= bound[left]) | (score >= bound[right])) & (score >= shared.value.sieve.enough)
        yield part, {"pairs": parcel["pairs"][near], "position": parcel["position"], "codes": parcel["codes"]}


def comparing(shared: SharedBook, part: int, parcels: Sequence[Parcel]) -> Iterable[Addressed]:
    """Compare the pairs of a part."""
    for parcel in parcels:
        found = compare(shared.value.of_records(parcel["codes"]), *_numbers(parcel))
        yield part, {"pairs": parcel["pairs"], "levels": found.levels, "bits": found.bits, "kin": found.kin}


def collected(pairs: Shipment, shared: SharedBook, properties: int) -> tuple[Words, Compared]:
    """Return the pairs in order, and how they compare."""
    found = [parcel for _, parcel in pairs.step(partial(comparing, shared)).collected()]
    levels = [np.empty((0, properties), np.uint8), *(parcel["levels"] for parcel in found)]
    bits = [np.empty((0, properties), np.float32), *(parcel["bits"] for parcel in found)]
    kin = [np.empty(0, np.uint8), *(parcel["kin"] for parcel in found)]
    pairs_found = [np.empty(0, np.uint64), *(parcel["pairs"] for parcel in found)]
    return np.concatenate(pairs_found), Compared(*map(np.concatenate, (levels, bits, kin)))
