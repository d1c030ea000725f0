"""Which pairs are looked at by people: a random sample in strata, so that every part of the candidates is seen.

Half of the sample is for pairs that are linked, which tell the precision, half for those that are not, which tell the
recall. Within each half every stratum gets an equal part of one half, and of the other as much as the program's own
doubt says that it needs (Neyman's allocation).

Invariant: within a stratum every pair has the same chance. A seed gives the same pairs for any order of the records.

References
----------
J. Neyman, "On the Two Different Aspects of the Representative Method", *Journal of the Royal Statistical Society* 97
(1934), 558–625.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.errors import InputError
from cenotaph.linkage.links import Links

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
EVERY = 1e-12  # the least probability a pair is kept with: as good as all that were compared
FEWEST = 12  # pairs; below, some stratum would be looked at once or never

# name -> (linked, the least probability); the first that fits counts
STRATA: Mapping[str, tuple[bool, float]] = MappingProxyType(
    {
        "linked-sure": (True, 0.99),
        "linked-doubtful": (True, 0.0),
        "apart-doubtful": (False, 0.05),
        "apart-unlikely": (False, 0.01),
        "apart-remote": (False, 0.001),
        "apart-far": (False, 0.0),
    }
)
FAR = "apart-far"


@dataclass(frozen=True, slots=True)
class Frame:
    """The pairs a sample is drawn from: rows of the records table, left < right, and the stratum of each."""

    left: Longs
    right: Longs
    stratum: Longs  # number into STRATA
    probability: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A pair that was drawn: record ids in order, its stratum, that stratum's pairs and how many of them were drawn."""

    left: str
    right: str
    stratum: str
    of: int
    drawn: int


def frame(links: Links, *, without: Sequence[tuple[int, int]] = ()) -> Frame:
    """Return every pair that was compared, and every pair that is linked.

    Parameters
    ----------
    links
        Links that kept all pairs: made with ``LinkSettings(review=EVERY)``.
    without
        Pairs of rows that people judged: their links are a person's work.
    """
    kept = [links.pairs.column(name).to_numpy() for name in ("left", "right", "probability")]
    scored = _packed(*kept[:2])
    linked = _within(links.cluster)
    more = linked[~np.isin(linked, scored)]
    pair = np.concatenate((scored, more))
    probability = np.concatenate((kept[2].astype(np.float64), np.zeros(len(more))))
    judged = _packed(*(np.array([each[side] for each in without], dtype=np.int64) for side in (0, 1)))
    open_ = ~np.isin(pair, judged)
    pair, probability = pair[open_], probability[open_]
    left, right = pair >> 32, pair & 0xFFFFFFFF
    return Frame(left, right, _strata(np.isin(pair, linked), probability), probability)


def _packed(left: npt.NDArray[np.integer], right: npt.NDArray[np.integer]) -> Longs:
    one, two = left.astype(np.int64), right.astype(np.int64)
    return np.asarray((np.minimum(one, two) << 32) | np.maximum(one, two), np.int64)


def _within(cluster: npt.NDArray[np.integer]) -> Longs:
    """Return all pairs of rows that are one person."""
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[order], prepend=-1))
    groups = [group for group in np.split(order, starts[1:]) if len(group) > 1]
    found = [_packed(*(group[side] for side in np.triu_indices(len(group), 1))) for group in groups]
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _strata(linked: Flags, probability: Floats) -> Longs:
    found = np.full(len(linked), -1, dtype=np.int64)
    for number, (joined, least) in enumerate(STRATA.values()):
        found[(found < 0) & (linked == joined) & (probability >= least)] = number
    return found


def draw(pairs: Frame, records: pa.Table, count: int, *, seed: int) -> list[Drawn]:
    """Draw pairs at random in strata, sorted by record ids.

    Raises
    ------
    InputError
        Too few pairs are asked for, or there is nothing to draw from.
    """
    if count < FEWEST:
        raise InputError(f"a sample of {count} pairs tells nothing; ask for {FEWEST} or more")
    if not len(pairs.left):
        raise InputError("no two records were compared: there is no pair to look at")
    named = _named(pairs, records)
    rng = np.random.default_rng(seed)
    sizes = np.bincount(pairs.stratum, minlength=len(STRATA))
    found = []
    for number, (stratum, many) in enumerate(zip(STRATA, allocate(pairs, count), strict=True)):
        inside = sorted(named[at] for at in np.flatnonzero(pairs.stratum == number))
        chosen: list[int] = rng.choice(len(inside), size=many, replace=False).tolist() if many else []
        found += [Drawn(left=inside[at][0], right=inside[at][1], stratum=stratum, of=int(sizes[number]), drawn=many)
                  for at in chosen]  # fmt: skip
    return sorted(found, key=lambda each: (each.left, each.right))


def _named(pairs: Frame, records: pa.Table) -> list[tuple[str, str]]:
    ids = records.column("record").to_pylist()
    ends = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return [(min(ids[one], ids[two]), max(ids[one], ids[two])) for one, two in ends]


def allocate(pairs: Frame, count: int) -> list[int]:
    """Return how many pairs each stratum gives; one that has fewer gives all, and the others the rest."""
    sizes = np.bincount(pairs.stratum, minlength=len(STRATA)).astype(np.float64)
    mean = np.bincount(pairs.stratum, weights=pairs.probability, minlength=len(STRATA)) / np.maximum(sizes, 1)
    doubt = sizes * np.sqrt(np.maximum(mean * (1 - mean), 0.0))
    joined = np.array([linked for linked, _ in STRATA.values()])
    share = np.zeros(len(STRATA))
    for side in (joined, ~joined):
        there = side & (sizes > 0)
        total = doubt[there].sum()
        share[there] = 0.5 / max(there.sum(), 1) + 0.5 * (doubt[there] / total if total else 1 / max(there.sum(), 1))
    return _filled(share, sizes, count)


def _filled(share: Floats, sizes: Floats, count: int) -> list[int]:
    """Give out whole pairs by shares, never more than a stratum has."""
    given = np.zeros(len(share))
    while (left := min(count, sizes.sum()) - given.sum()) >= 1:
        room = np.where(given < sizes, np.maximum(share, 1e-9), 0.0)
        more = np.minimum(np.floor(left * room / room.sum()), sizes - given)
        if not more.any():  # less than one each: the largest share first
            more[int(np.argmax(room))] = 1
        given += more
    return [int(n) for n in given]
