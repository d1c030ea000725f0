"""Other ways the same records may be one person: clusterings drawn from the doubt, or at other thresholds.

Links that are nearly sure hold records together. Between such groups every doubtful link is drawn in or out with its
own probability, and the records are clustered again.

Invariant: verdicts, lists that hold nobody twice and what the guards held back stand in every draw as they do in the
links themselves. A seed gives the same draws for any order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.errors import InputError
from cenotaph.linkage.clusters import cluster
from cenotaph.linkage.clusters import judgements as verdicts
from cenotaph.linkage.encoding import encode
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.links import Links, founders
from cenotaph.linkage.settings import LinkSettings
from cenotaph.model import Judgement, ListFacts

DOUBTFUL = (0.02, 0.98)  # probabilities between which a link is drawn
_IN, _OUT = 2.0, -24.0  # log2 odds whose soft values are +1 and -1: a draw is a vote, and the majority joins
_SOFTNESS, _UNSEEN, _LOUDEST, _REACH = 0.5, -6.0, 12.0, -3.0  # as clustering itself has them


@dataclass(frozen=True, slots=True)
class Doubt:
    """The links of a case, ready to be drawn anew."""

    links: Links
    edges: cluster.Edges
    bounds: cluster.Bounds
    rows: Longs
    order: Longs
    refused: tuple[tuple[int, int], ...]

    def draws(self, count: int, *, seed: int = 1988) -> Iterator[Links]:
        """Yield that many clusterings, each with every doubtful link drawn in or out."""
        doubtful = self._doubtful()
        for k in range(count):
            rng = np.random.default_rng([seed, 6, k])
            yield self._clustered(doubtful.drawn(rng), doubtful.bounds, 0.5)

    def at(self, threshold: float) -> Links:
        """Return the clustering that another threshold of probability gives.

        Raises
        ------
        InputError
            The threshold is no probability.
        """
        if not 0.0 < threshold < 1.0:
            raise InputError(f"a link threshold of {threshold}; give a probability between 0 and 1")
        return self._clustered(self.edges, self.bounds, threshold)

    @property
    def doubtful(self) -> int:
        """How many links between nearly sure groups are drawn."""
        return len(self._doubtful().probability)

    def _clustered(self, edges: cluster.Edges, bounds: cluster.Bounds, threshold: float) -> Links:
        found, _ = cluster.clusters(edges, bounds, _odds(threshold), _REACH)
        label = founders(found, self.order, self.rows)
        contested = frozenset(int(label[self.rows[one]]) for pair in self.refused for one in pair)
        return replace(self.links, cluster=label, contested=contested)

    def _doubtful(self) -> _Doubtful:
        atom, _ = cluster.clusters(self.edges, self.bounds, _odds(DOUBTFUL[1]), _REACH)
        low, high = (np.minimum, np.maximum)
        ends = [atom[self.edges.left], atom[self.edges.right]]
        pair = (low(*ends).astype(np.int64) << 32) | high(*ends)
        between = ends[0] != ends[1]
        keys, group = np.unique(pair[between], return_inverse=True)
        chance = _between(atom, keys, group, self.edges.weight[between])
        open_ = (chance >= DOUBTFUL[0]) & (chance < DOUBTFUL[1])
        place = np.full(len(pair), -1)
        place[between] = np.where(open_, np.cumsum(open_) - 1, -1)[group]
        return _Doubtful(self.edges, replace(self.bounds, group=atom), place, chance[open_])


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """Edges with the doubtful link each belongs to (-1: none), and the probability of each of these."""

    edges: cluster.Edges
    bounds: cluster.Bounds
    place: Longs
    probability: npt.NDArray[np.float64]

    def drawn(self, rng: np.random.Generator) -> cluster.Edges:
        votes = np.where(rng.random(len(self.probability)) < self.probability, _IN, _OUT).astype(np.float32)
        weight = self.edges.weight.copy()
        weight[self.place >= 0] = votes[self.place[self.place >= 0]]
        return replace(self.edges, weight=weight)


def doubt(
    records: pa.Table,
    links: Links,
    lists: Mapping[str, ListFacts],
    judgements: Sequence[Judgement] = (),
    *,
    settings: LinkSettings | None = None,
) -> Doubt:
    """Prepare the links of some records for drawing.

    Parameters
    ----------
    records, lists, judgements, settings
        As `link` took them.
    links
        What `link` gave. It keeps the pairs of at least ``settings.review``; less probable links are never drawn.
    """
    settings = settings or LinkSettings()
    rows = encode.canonical_rows(records)
    numbers, names = encode.encode_lists(records, rows, lists)
    unique = np.array([lists[name].unique or lists[name].register is not None for name in names], dtype=bool)
    whole = encode.whole_registers([lists[name] for name in names])
    settled = verdicts.settle(judgements, encode.positions(records, rows, judgements))
    group = np.arange(len(rows), dtype=np.int32)
    for one, leader in settled.group.items():
        group[one] = leader
    bounds = cluster.Bounds(
        group=group,
        apart=np.where(unique[numbers], whole[numbers], -1).astype(np.int32),
        never=np.concatenate((np.array(settled.different, dtype=np.int32).reshape(-1, 2), _kin(links, rows))),
    )
    order = records["order"].to_numpy()[rows].astype(np.int64)
    return Doubt(links, _edges(links, rows, settings.review), bounds, rows, order, settled.refused)


def _places(rows: Longs) -> Ints:
    """Return the canonical position of each row."""
    place = np.empty(len(rows), dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    return place


def _kin(links: Links, rows: Longs) -> Ints:
    """Return the pairs that no third record joins, as canonical positions, shape (pairs, 2)."""
    found: Ints = _places(rows)[np.stack([links.kin[side].to_numpy() for side in ("left", "right")], axis=1)]
    return found


def _edges(links: Links, rows: Longs, review: float) -> cluster.Edges:
    """Return the kept pairs as edges of canonical positions, without those that a guard or a verdict holds apart."""
    place = _places(rows)
    said = {name: links.pairs[name].to_numpy() for name in ("left", "right", "weight", "probability", "w.settled")}
    held = (said["w.settled"] < 0) & (said["probability"] < 0.5)
    kept = (said["probability"] >= review) & ~held
    one, two = place[said["left"][kept]], place[said["right"][kept]]
    left, right = np.minimum(one, two), np.maximum(one, two)
    ranked = np.lexsort((right, left))
    return cluster.Edges(left[ranked], right[ranked], said["weight"][kept][ranked].astype(np.float32))


def _between(atom: Ints, keys: Longs, group: Longs, weight: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the probability of each link between groups: from the soft average over all pairs of their records."""
    sizes = np.bincount(atom, minlength=len(atom))
    pairs = sizes[keys >> 32] * sizes[keys & 0xFFFFFFFF]
    soft = np.bincount(group, weights=_soft(np.minimum(weight, _LOUDEST)), minlength=len(keys))
    seen = np.bincount(group, minlength=len(keys))
    average = (soft + (pairs - seen) * _soft(np.array(_UNSEEN))) / np.maximum(pairs, 1)
    odds = (1.0 + average) ** (1.0 / _SOFTNESS)
    return np.asarray(odds / (1.0 + odds), np.float64)


def _soft(weight: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    return np.asarray(2.0 ** (_SOFTNESS * weight.astype(np.float64)) - 1.0, np.float64)


def _odds(probability: float) -> float:
    return float(np.log2(probability / (1.0 - probability)))
