"""Which pairs of records are compared: those that share something rare, or two or three common things together.

Invariant: pairs come from blocks no larger than the cap. A larger block is split by joining its atom with a second and
a third one; what is still too large is walked with a window and counted in the report, never dropped silently. For each
record only its most similar neighbours are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage import blocks
from cenotaph.linkage.atoms import Atoms
from cenotaph.linkage.encode import Ints
from cenotaph.linkage.settings import LinkSettings

Words = npt.NDArray[np.uint64]
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


def find(atoms: Atoms, lists: Ints, unique: npt.NDArray[np.bool_], settings: LinkSettings) -> Candidates:
    """Return the pairs worth comparing.

    Pairs within a list that holds nobody twice are left out here; a judgement may bring one back.
    """
    if atoms.records < 2:
        none = {"raw": 0, "kept": 0, "cap": 0, "windowed": 0, "shortened": 0}
        return Candidates(np.empty(0, np.int32), np.empty(0, np.int32), none)
    apart = np.where(unique[lists], lists, -1).astype(np.int32)
    usual = _usual(settings.block, atoms.records)
    raw, windowed = _raw_pairs(atoms, apart, usual, settings.block)
    neighbours = _neighbours(settings.neighbours, atoms.records)
    crowded = atoms.records <= _SMALL or 2 * len(raw) > neighbours * atoms.records
    left, right = _nearest(raw, atoms, neighbours) if crowded else _sides(raw)
    said = {"raw": len(raw), "kept": len(left), "cap": int(usual), "windowed": windowed}
    return Candidates(left, right, said | {"shortened": atoms.shortened})


def _neighbours(most: int, records: int) -> int:
    """Return how many neighbours a record keeps: all that are asked for in a small collection, fewer in a large one."""
    return max(min(most, _FEWEST_NEIGHBOURS), int(most * min(1.0, (_LARGE / records) ** 0.5)))


def _usual(largest: int, records: int) -> float:
    """Return how many records a block may be expected to hold by chance: in a large collection few must do."""
    return max(_SMALLEST_BLOCK, float(largest * min(1.0, (_LARGE / records) ** _SHRINKING)))


def _raw_pairs(atoms: Atoms, apart: Ints, usual: float, cap: int) -> tuple[Words, int]:
    """Return all pairs of all blocks, sorted, each once, and how many records sat in blocks that no key could split.

    At a million records the pairs are gigabytes: what is sorted is sorted in place, and let go when it was used.
    """
    shift = max(1, int(atoms.records - 1).bit_length())
    about, least = _about(atoms), int(blocks.A_BIT * np.log2(atoms.records / usual))
    keys = _sorted(blocks.telling_keys(atoms.offsets, atoms.atom, about, least, shift))
    raw, large, windowed = blocks.walk(keys, shift, (cap, blocks.WINDOW), apart)
    raw = _distinct(raw)
    if len(large):
        keys = _sorted(blocks.split_keys(atoms.offsets, atoms.atom, about, least, shift, large))
        more = _distinct(blocks.walk(keys, shift, (cap, blocks.WINDOW), apart)[0])
        raw = _distinct(np.concatenate((raw, more)))
    return raw, windowed


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


def _nearest(raw: Words, atoms: Atoms, neighbours: int) -> tuple[Ints, Ints]:
    """Return the pairs that share enough and are among the nearest of either of their records; ties are all kept."""
    scores = np.empty(len(raw), dtype=np.float32)
    best = np.full((atoms.records, neighbours), -1.0, dtype=np.float32)
    bits = atoms.bits
    for piece in _pieces(raw):
        left, right = _sides(raw[piece])
        scores[piece] = blocks.shared_bits(left, right, atoms.offsets, atoms.atom, bits)
        blocks.offer(left, right, scores[piece], best)
    least, kept = best[:, 0].copy(), []
    enough = _TELLING * np.log2(atoms.records) if atoms.records > _SMALL else 0.0
    for piece in _pieces(raw):
        left, right = _sides(raw[piece])
        near = (scores[piece] >= least[left]) | (scores[piece] >= least[right])
        kept.append(raw[piece][near & (scores[piece] >= enough)])
    return _sides(np.concatenate(kept))


def _pieces(raw: Words) -> list[slice]:
    return [slice(start, start + _PIECE) for start in range(0, max(1, len(raw)), _PIECE)]


def _sides(raw: Words) -> tuple[Ints, Ints]:
    return (raw >> np.uint64(32)).astype(np.int32), (raw & np.uint64(0xFFFFFFFF)).astype(np.int32)
