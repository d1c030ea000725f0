"""Records that came, went or changed since a collection was linked: only they are read, and only their pairs compared.

Invariant: the pairs and how they compare are those that `Kept.learnt` gives for the whole collection at once, whatever
the order in which its records came. Whether a pair is one of the nearest depends on the other pairs of its records, so
where only the nearest are kept the partners of records that went are looked at again too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import blocks, pairs, search, sieve
from cenotaph.linkage.clusters.facts import RecordFacts
from cenotaph.linkage.comparison.compared_pairs import Pairs
from cenotaph.linkage.comparison.remembered import places
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.increments import part
from cenotaph.linkage.increments.kept import Kept

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_OUTGROWN = 5  # times the cap: blocks that grew beyond are not compared all with all


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the records of last time stand now (-1 for those that went or changed), and which are fresh."""

    to: Longs
    fresh: Longs
    gone: int
    changed: int

    @property
    def moved(self) -> int:
        """Count the records that came, went or changed."""
        return len(self.fresh) + self.gone


def moves(kept: Kept, ids: Hashes, content: Hashes) -> Moves:
    """Compare the records of last time with those of now."""
    at = np.searchsorted(kept.ids, ids)
    there = at < len(kept.ids)
    there[there] = kept.ids[at[there]] == ids[there]
    same = there.copy()
    same[there] = kept.content[at[there]] == content[there]
    to = np.full(len(kept.ids), -1, dtype=np.int64)
    to[at[same]] = np.flatnonzero(same)
    changed = int((there & ~same).sum())
    return Moves(to, np.flatnonzero(~same), len(kept.ids) - int(there.sum()), changed)


def carried(kept: Kept, moved: Moves, ids: Hashes, content: Hashes) -> Kept:
    """Return what was kept over the positions of now, without the records that went or changed."""
    left, right, base = _carried(moved.to, kept.base.left, kept.base.right)
    one, two, sides = _carried(moved.to, (kept.sides >> 32).astype(np.int32), kept.sides.astype(np.int32))
    return replace(
        kept, changed=kept.changed + moved.moved, ids=ids, content=content,
        keys=_renumbered(kept.keys, moved.to, kept.learnt.sieve.shift),
        facts=_spread(kept.facts, moved, len(ids)),
        base=Pairs(left, right, kept.base.compared.chosen(base)),
        score=None if kept.score is None else kept.score[base],
        sides=(one.astype(np.int64) << 32) | two, sides_compared=kept.sides_compared.chosen(sides),
    )  # fmt: skip


@numba.njit(cache=True)
def _renumbered(keys: Hashes, to: Longs, shift: int) -> Hashes:
    """Return packed keys with the positions of now, without those of records that went."""
    above = np.uint64(shift)
    mask = (np.uint64(1) << above) - np.uint64(1)
    out = np.empty(len(keys), dtype=np.uint64)
    size = 0
    for key in keys:
        record = to[np.int64(key & mask)]
        if record >= 0:
            out[size] = (key >> above << above) | np.uint64(record)
            size += 1
    return out[:size]


def _carried(to: Longs, left: Ints, right: Ints) -> tuple[Ints, Ints, Flags]:
    one, two = to[left], to[right]
    held = (one >= 0) & (two >= 0)
    return one[held].astype(np.int32), two[held].astype(np.int32), held


def _spread(facts: RecordFacts, moved: Moves, records: int) -> RecordFacts:
    words = np.zeros((records, len(facts.kinds)), dtype=np.int32)
    full = np.zeros((records, len(facts.kinds)), dtype=bool)
    old = np.flatnonzero(moved.to >= 0)
    words[moved.to[old]], full[moved.to[old]] = facts.words[old], facts.full[old]
    return RecordFacts(facts.kinds, words, full)


def grown(before: Kept, kept: Kept, moved: Moves, source: part.Source, apart: Ints) -> Kept | None:
    """Return what was kept with the fresh records among the others, None where a block has grown too large.

    Parameters
    ----------
    before
        What was kept, over the positions of last time.
    kept
        The same over the positions of now.
    moved
        Which records came, went or changed.
    source
        Where records are taken from.
    apart
        By record the list that holds nobody twice, -1 elsewhere.
    """
    how = kept.learnt.sieve
    columns = source.columns(moved.fresh)
    own = _placed(part.keys_of(columns, how, kept.ids[moved.fresh]), moved.fresh, how.shift)
    kept = replace(kept, keys=blocks.merged(kept.keys, own), facts=_with(kept.facts, moved, source, columns))
    asked = own if kept.score is None else blocks.merged(own, _again(before, kept, moved))
    raw = sieve.meetings(kept.keys, how.shift, asked, apart, _OUTGROWN * how.cap)
    if raw is None:
        return None
    packed = raw.astype(np.int64)
    held = kept.base.packed
    packed = packed[~places(held, packed)[1]]
    return _joined(kept, packed, source) if kept.score is None else _nearest(kept, held, packed, source)


def _placed(keys: Hashes, positions: Longs, shift: int) -> Hashes:
    """Give packed keys of the first, second … record their positions; they stay sorted."""
    above = np.uint64(shift)
    mask = (np.uint64(1) << above) - np.uint64(1)
    return (keys >> above << above) | positions[(keys & mask).astype(np.int64)].astype(np.uint64)


def _with(facts: RecordFacts, moved: Moves, source: part.Source, columns: Any) -> RecordFacts:
    said = source.facts_of(columns, len(moved.fresh))
    facts.words[moved.fresh], facts.full[moved.fresh] = said.words, said.full
    return facts


def _again(before: Kept, kept: Kept, moved: Moves) -> Hashes:
    """Return the packed keys of the partners of records that went: pairs that were not near enough may be so now."""
    one, two = moved.to[before.base.left], moved.to[before.base.right]
    alone = np.concatenate((one[(two < 0) & (one >= 0)], two[(one < 0) & (two >= 0)]))
    partner = np.zeros(len(kept.ids), dtype=bool)
    partner[alone] = True
    mask = (np.uint64(1) << np.uint64(kept.learnt.sieve.shift)) - np.uint64(1)
    return kept.keys[partner[(kept.keys & mask).astype(np.int64)]]


def _joined(kept: Kept, packed: Longs, source: part.Source, score: Floats | None = None) -> Kept:
    """Compare new pairs and put them in their places."""
    at = np.searchsorted(kept.base.packed, packed)
    more = kept.base.with_more(at, packed, source.compare(*pairs.unpack(packed)))
    whole = None if kept.score is None or score is None else np.insert(kept.score, at, score)
    return replace(kept, base=more, score=whole)


def _nearest(kept: Kept, held: Longs, packed: Longs, source: part.Source) -> Kept:
    """Keep of old and new pairs those that are among the nearest of either record."""
    how = kept.learnt.sieve
    own, at = np.unique(np.concatenate((packed >> 32, packed & 0xFFFFFFFF)), return_inverse=True)
    offsets, atom, bits = part.shared_atoms(source.columns(own), how, len(own))
    one, two = at.reshape(2, -1).astype(np.int32)
    score = blocks.shared_bits(one, two, offsets, atom, bits)
    old = kept.score if kept.score is not None else np.empty(0, np.float32)
    near = search.nearest(
        np.concatenate((held, packed)).astype(np.uint64), np.concatenate((old, score)), len(kept.ids), how
    )
    stay, come = near[: len(held)], near[len(held) :]
    base = kept.base.chosen(stay)
    return _joined(replace(kept, base=base, score=old[stay]), packed[come], source, score[come])
