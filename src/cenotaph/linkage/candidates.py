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
from cenotaph.linkage.encode import Ints, Longs
from cenotaph.linkage.settings import LinkSettings

Words = npt.NDArray[np.uint64]
_SMALLEST_CAP = 8
_FEWEST_NEIGHBOURS = 8
_TELLING = 0.4  # of the bits that single one record out: who shares less is not compared
_SMALL = 2_000  # records; so few are compared whatever they share
_LARGE = 60_000  # records; above, neighbours grow with the root only
_PIECE = 1 << 24  # pairs scored at a time
_PAIRS_A_RECORD = 30  # from atoms that are rare by themselves


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
        return Candidates(np.empty(0, np.int32), np.empty(0, np.int32), {"raw": 0, "kept": 0, "cap": 0, "windowed": 0})
    apart = np.where(unique[lists], lists, -1).astype(np.int32)
    cap = _cap(atoms.held, atoms.records, settings.block)
    raw, windowed = _raw_pairs(atoms, apart, cap)
    left, right = _nearest(raw, atoms, _neighbours(settings.neighbours, atoms.records))
    return Candidates(left, right, {"raw": len(raw), "kept": len(left), "cap": cap, "windowed": windowed})


def _neighbours(most: int, records: int) -> int:
    """Return how many neighbours a record keeps: all that are asked for in a small collection, fewer in a large one."""
    return max(min(most, _FEWEST_NEIGHBOURS), int(most * min(1.0, (_LARGE / records) ** 0.5)))


def _cap(held: Longs, records: int, largest: int) -> int:
    """Return the largest block size that keeps the pairs of rare atoms within a budget that grows with the records."""
    sizes = np.bincount(np.minimum(held, largest + 1), minlength=largest + 2)[: largest + 1].astype(np.int64)
    number = np.arange(largest + 1, dtype=np.int64)
    pairs = np.cumsum(sizes * number * (number - 1) // 2)
    within = np.flatnonzero(pairs <= _PAIRS_A_RECORD * max(records, 10_000))
    return int(max(_SMALLEST_CAP, within[-1] if len(within) else 0))


def _raw_pairs(atoms: Atoms, apart: Ints, cap: int) -> tuple[Words, int]:
    """Return all pairs of all blocks, sorted, each once, and how many records sat in blocks that no key could split.

    At a million records the pairs are gigabytes: what is sorted is sorted in place, and let go when it was used.
    """
    shift = max(1, int(atoms.records - 1).bit_length())
    common, root = _common(atoms, cap), atoms.root
    single = _sorted(blocks.single_keys(atoms.offsets, atoms.atom, atoms.held, cap, shift))
    found = [_distinct(blocks.pairs_of(single, shift, cap, apart, 0))]
    del single
    double = _sorted(blocks.joined_keys(*common, root, shift))
    found.append(_distinct(blocks.pairs_of(double, shift, cap, apart, 0)))
    large = blocks.large_keys(double, shift, cap)
    del double
    windowed = 0
    for keys in (blocks.split_keys, blocks.unsplit):
        last = _sorted(keys(*common, root, shift, large))
        found.append(_distinct(blocks.pairs_of(last, shift, cap, apart, blocks.WINDOW)))
        windowed += blocks.in_large(last, shift, cap)
        del last
    raw = np.concatenate(found)
    found.clear()
    return _distinct(raw), windowed


def _sorted(keys: Words) -> Words:
    """Sort in place: at this size a copy is a gigabyte."""
    keys.sort()
    return keys


def _distinct(keys: Words) -> Words:
    """Sort in place and return each once."""
    return keys[: blocks.compact(_sorted(keys))].copy()


def _common(atoms: Atoms, cap: int) -> tuple[Longs, Ints]:
    """Return for each record the atoms too common to be a block by themselves."""
    kept = atoms.held[atoms.atom] > cap
    counts = np.concatenate(([0], np.cumsum(kept)))
    return counts[atoms.offsets].astype(np.int64), atoms.atom[kept]


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
