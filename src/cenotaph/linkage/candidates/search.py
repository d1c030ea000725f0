"""Which pairs of records are compared: those that share something rare, or two or three common things together.

Invariant: pairs come from blocks no larger than the cap. A larger block is split by joining its atom with a second and
a third one; what is still too large is spread over rooms of a few records and counted in the report, never dropped
silently. For each record only its most similar neighbours are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import blocks
from cenotaph.linkage.candidates.atoms import Atoms
from cenotaph.linkage.candidates.sieve import Rooms, Sieve, entries_of, rooms_of, spread
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.settings import LinkSettings

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_SMALLEST_BLOCK = 0.25  # by chance, of a million and more
_SHRINKING = 1.95
_FEWEST_NEIGHBOURS = 8
_TELLING = 0.4  # of the bits that single one record out: who shares less is not compared
_SMALL = 2_000  # records; so few are compared whatever they share
_LARGE = 60_000  # records; above, neighbours grow with the root only
_PIECE = 1 << 24  # pairs scored at a time


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of canonical positions, ``left < right``, sorted, with what the blocks were like."""

    left: Ints
    right: Ints
    report: dict[str, int]
    sieve: Sieve | None = None  # None where there was nothing to compare
    score: Floats | None = None  # bits that each pair shares, where only the nearest were kept


def find(atoms: Atoms, ids: Words, lists: Ints, unique: npt.NDArray[np.bool_], settings: LinkSettings) -> Candidates:
    """Return the pairs worth comparing.

    Pairs within a list that holds nobody twice are left out here; a judgement may bring one back.

    Parameters
    ----------
    atoms
        What the records are found by.
    ids
        The hash of the id of each record.
    lists
        The number of the list of each record.
    unique
        By list: whether it holds nobody twice.
    settings
        Sizes.
    """
    if atoms.records < 2:
        none = {"raw": 0, "kept": 0, "cap": 0, "windowed": 0, "shortened": 0}
        return Candidates(np.empty(0, np.int32), np.empty(0, np.int32), none)
    apart = np.where(unique[lists], lists, -1).astype(np.int32)
    sieve, raw, windowed = _raw_pairs(atoms, ids, apart, settings)
    said = {
        "raw": len(raw), "cap": int(usual_block(settings.block, atoms.records)), "windowed": windowed,
        "shortened": atoms.shortened,
    }  # fmt: skip
    sieve = narrowed(sieve, len(raw), settings)
    if not sieve.neighbours:
        return Candidates(*_sides(raw), {**said, "kept": len(raw)}, sieve)
    scores = np.empty(len(raw), dtype=np.float32)
    for piece in _pieces(raw):
        scores[piece] = blocks.shared_bits(*_sides(raw[piece]), atoms.offsets, atoms.atom, sieve.bits)
    near = nearest(raw, scores, atoms.records, sieve)
    return Candidates(*_sides(raw[near]), {**said, "kept": int(near.sum())}, sieve, scores[near])


def narrowed(sieve: Sieve, raw: int, settings: LinkSettings) -> Sieve:
    """Return the sieve that keeps only the nearest, where so many pairs share a key that they crowd each other."""
    neighbours = _neighbours(settings.neighbours, sieve.records)
    if sieve.records > _SMALL and 2 * raw <= neighbours * sieve.records:
        return sieve
    enough = float(_TELLING * np.log2(sieve.records)) if sieve.records > _SMALL else 0.0
    return replace(sieve, neighbours=neighbours, enough=enough)


def _neighbours(most: int, records: int) -> int:
    """Return how many neighbours a record keeps: all that are asked for in a small collection, fewer in a large one."""
    return max(min(most, _FEWEST_NEIGHBOURS), int(most * min(1.0, (_LARGE / records) ** 0.5)))


def usual_block(largest: int, records: int) -> float:
    """Return how many records a block may be expected to hold by chance: in a large collection few must do."""
    return max(_SMALLEST_BLOCK, float(largest * min(1.0, (_LARGE / records) ** _SHRINKING)))


def _raw_pairs(atoms: Atoms, ids: Words, apart: Ints, settings: LinkSettings) -> tuple[Sieve, Words, int]:
    """Return how records are found, all pairs of all blocks, sorted, each once, and how many blocks could not hold.

    At a million records the pairs are gigabytes: what is sorted is sorted in place, and let go when it was used.
    """
    sieve, cap = sieve_of(atoms, settings), settings.block
    shift, known = sieve.shift, (atoms.offsets, atoms.atom)
    keys = _sorted(blocks.telling_keys(*known, sieve.about, sieve.least, shift))
    large, windowed = blocks.large_blocks(keys, shift, cap)
    found = [_distinct(blocks.pairs_of(keys, shift, cap, apart))]
    if windowed:
        sieve = replace(sieve, large=rooms_of(keys, shift, large))
        found.append(_room_pairs(keys, sieve, sieve.large, apart, ids))
        keys = _sorted(blocks.split_keys(*known, sieve.about, sieve.least, shift, sieve.large.keys))
        sieve = replace(sieve, split=rooms_of(keys, shift, blocks.large_blocks(keys, shift, cap)[0]))
        found.append(_distinct(blocks.pairs_of(keys, shift, cap, apart)))
        found.append(_room_pairs(keys, sieve, sieve.split, apart, ids))
    raw = np.concatenate(found)
    found.clear()
    return sieve, (_distinct(raw) if windowed else raw), windowed


def _room_pairs(keys: Words, sieve: Sieve, large: Rooms, apart: Ints, ids: Words) -> Words:
    """Return the pairs of the rooms over which large blocks are spread."""
    own = entries_of(keys, sieve.shift, large.keys)
    own = spread(own, sieve.shift, large, ids)
    return _distinct(blocks.pairs_of(_sorted(own), sieve.shift, len(ids), apart))


def sieve_of(atoms: Atoms, settings: LinkSettings) -> Sieve:
    """Return how records are found, before any block was counted; a quarter more records still find room in a key."""
    order = np.argsort(atoms.name)
    none = Rooms(np.empty(0, np.uint64), np.empty(0, np.int32))
    usual = usual_block(settings.block, atoms.records)
    return Sieve(
        atom=atoms.name[order], number=order.astype(np.int32), about=_about(atoms), bits=atoms.bits,
        records=atoms.records, least=int(blocks.A_BIT * np.log2(atoms.records / usual)),
        shift=max(1, int(1.25 * atoms.records).bit_length()), cap=settings.block, neighbours=0, enough=0.0,
        large=none, split=none,
    )  # fmt: skip


def _about(atoms: Atoms) -> Ints:
    """Return the root of each atom, what it tells, and what the atom above it tells, side by side."""
    told = (blocks.A_BIT * atoms.told).astype(np.int32)
    return np.stack((atoms.root, told, np.where(atoms.above >= 0, told[atoms.above], 0)), axis=1).astype(np.int32)


def _sorted(keys: Words) -> Words:
    """Sort in place: at this size a copy is a gigabyte."""
    keys.sort()
    return keys


def _distinct(keys: Words) -> Words:
    """Sort in place and return each once."""
    return keys[: blocks.compact(_sorted(keys))].copy()


def nearest(raw: Words, scores: Floats, records: int, sieve: Sieve) -> Flags:
    """Mark the pairs that share enough and are among the nearest of either of their records; ties are all kept."""
    best = np.full((records, sieve.neighbours), -1.0, dtype=np.float32)
    for piece in _pieces(raw):
        blocks.offer(*_sides(raw[piece]), scores[piece], best)
    least = best[:, 0].copy()
    near = np.empty(len(raw), dtype=bool)
    for piece in _pieces(raw):
        left, right = _sides(raw[piece])
        near[piece] = (scores[piece] >= least[left]) | (scores[piece] >= least[right])
    return np.asarray(near & (scores >= sieve.enough), dtype=bool)


def _pieces(raw: Words) -> list[slice]:
    return [slice(start, start + _PIECE) for start in range(0, max(1, len(raw)), _PIECE)]


def _sides(raw: Words) -> tuple[Ints, Ints]:
    return (raw >> np.uint64(32)).astype(np.int32), (raw & np.uint64(0xFFFFFFFF)).astype(np.int32)
