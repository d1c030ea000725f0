"""The doubtful pairs of a case, the one whose verdict would change most first.

Invariant: each two persons that may be one are asked about once, by their likeliest pair; whatever somebody judged
stands here with its verdict and is not asked again.

The order is ``doubt x records moved``: doubt is the smaller of the probability and its complement, records moved are
those of the smaller of two persons that a *same* would join, or the one record that a *different* would take out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.linkage import Links
from cenotaph.model import Judgement

DOUBT = 0.05  # a link less sure than 1 - DOUBT is asked about
LIMIT = 2000  # pairs; more than a group can judge before it exports again
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A pair of records to judge, or judged already.

    ``rows`` are the two records' rows in the records table, ``linked`` says whether they are one person now, ``moved``
    how many records a verdict would move, ``others`` how many more pairs the same two persons have. ``weights`` are
    log2 odds by property; empty where no block brought the two together.
    """

    rows: tuple[int, int]
    left: str
    right: str
    probability: float | None
    linked: bool
    moved: int = 0
    others: int = 0
    weights: Mapping[str, float]
    judgement: Judgement | None = None

    @property
    def disputed(self) -> bool:
        """Say whether reviewers disagree about it: a settled judgement then names several."""
        return self.judgement is not None and " " in self.judgement.reviewer


@dataclass(frozen=True, slots=True)
class Queue:
    """Disagreements, then open questions by what a verdict would change, then what is judged; ``left_out`` is open."""

    questions: tuple[Question, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Open:
    """Open pairs, one entry each."""

    table: Longs  # 0: among `links.questions`, 1: among `links.pairs`
    at: Longs
    moved: Longs
    others: Longs
    worth: Floats


def queue(records: pa.Table, links: Links, judgements: Sequence[Judgement], *, limit: int = LIMIT) -> Queue:
    """Return the pairs to look at.

    Parameters
    ----------
    records
        The records table that was linked.
    links
        What linking gave.
    judgements
        One settled judgement a pair.
    limit
        At most so many open questions; what is left out is counted.
    """
    judged = _judged(records, judgements)
    open_ = [_joins(links, [rows for rows, _ in judged]), _splits(links)]
    asked = [_question(records, links, each, n) for each in open_ for n in range(len(each.at))]
    ranked = sorted(zip(asked, np.concatenate([each.worth for each in open_]), strict=True), key=_rank)
    known = {rows for rows, _ in judged}
    found = [question for question, _ in ranked if question.rows not in known]
    settled = [_settled(records, links, rows, judgement) for rows, judgement in judged]
    disputed = [each for each in settled if each.disputed]
    rest = [each for each in settled if not each.disputed]
    return Queue((*disputed, *found[:limit], *rest), max(0, len(found) - limit))


def _rank(pair: tuple[Question, float]) -> tuple[float, tuple[int, int]]:
    return -float(pair[1]), pair[0].rows


def _judged(records: pa.Table, judgements: Sequence[Judgement]) -> list[tuple[tuple[int, int], Judgement]]:
    """Return the judged pairs whose records are both there, by rows."""
    ids = records.column("record").combine_chunks()
    left, right = (
        pc.index_in(pa.array([getattr(each, side) for each in judgements], pa.string()), value_set=ids).to_pylist()
        for side in ("left", "right")
    )
    rows = ((a, b, each) for a, b, each in zip(left, right, judgements, strict=True) if a is not None and b is not None)
    return [((min(a, b), max(a, b)), each) for a, b, each in rows]


def _joins(links: Links, judged: Sequence[tuple[int, int]]) -> _Open:
    """Return the likeliest pair of each two persons that may be one and about which nobody said anything."""
    table, label = links.questions, links.cluster.astype(np.int64)
    left, right = (label[table.column(side).to_numpy()] for side in ("left", "right"))
    packed = _packed(left, right)
    probability = table.column("probability").to_numpy().astype(np.float64)
    said = np.array([_packed(label[[a]], label[[b]])[0] for a, b in judged], dtype=np.int64)
    order = np.lexsort((np.arange(len(packed)), -probability, packed))
    first = np.flatnonzero(np.diff(packed[order], prepend=-1))
    counts = np.diff(np.append(first, len(order)))
    at = order[first]
    kept = ~np.isin(packed[at], said)
    at, others = at[kept], counts[kept] - 1
    size = np.bincount(label, minlength=len(label))
    moved = np.minimum(size[left[at]], size[right[at]])
    return _Open(np.zeros_like(at), at, moved, others, _doubt(probability[at]) * moved)


def _splits(links: Links) -> _Open:
    """Return for each record that only a doubtful link holds in its person that link."""
    table, label = links.pairs, links.cluster
    left, right = (table.column(side).to_numpy() for side in ("left", "right"))
    probability = table.column("probability").to_numpy().astype(np.float64)
    inside = np.flatnonzero(label[left] == label[right])
    ends, pairs = np.concatenate((left[inside], right[inside])), np.concatenate((inside, inside))
    order = np.lexsort((pairs, -probability[pairs], ends))
    best = order[np.flatnonzero(np.diff(ends[order], prepend=-1))]
    at = np.unique(pairs[best][probability[pairs[best]] < 1.0 - DOUBT]).astype(np.int64)
    one = np.ones_like(at)
    return _Open(one, at, one, np.zeros_like(at), _doubt(probability[at]))


def _packed(left: Longs, right: Longs) -> Longs:
    packed: Longs = (np.minimum(left, right) << 32) | np.maximum(left, right)
    return packed


def _doubt(probability: Floats) -> Floats:
    return np.minimum(probability, 1.0 - probability)


def _question(records: pa.Table, links: Links, found: _Open, number: int) -> Question:
    table = links.pairs if found.table[number] else links.questions
    row = table.slice(int(found.at[number]), 1).to_pylist()[0]
    left, right = int(row["left"]), int(row["right"])
    ids = records.column("record")
    return Question(
        rows=(left, right),
        left=ids[left].as_py(),
        right=ids[right].as_py(),
        probability=float(row["probability"]),
        linked=bool(found.table[number]),
        moved=int(found.moved[number]),
        others=int(found.others[number]),
        weights=_weights(row),
    )


def _weights(row: Mapping[str, float]) -> dict[str, float]:
    return {name.removeprefix("w."): float(value) for name, value in row.items() if name.startswith("w.")}


def _settled(records: pa.Table, links: Links, rows: tuple[int, int], judgement: Judgement) -> Question:
    """Return a judged pair with what the model alone would have said of it."""
    row = find_pair(links, rows)
    weights = _weights(row) if row else {}
    own = row["weight"] - weights.pop("settled", 0.0) if row else 0.0
    ids = records.column("record")
    return Question(
        rows=rows,
        left=ids[rows[0]].as_py(),
        right=ids[rows[1]].as_py(),
        probability=float(1.0 / (1.0 + 2.0**-own)) if row else None,
        linked=bool(links.cluster[rows[0]] == links.cluster[rows[1]]),
        weights=weights,
        judgement=judgement,
    )


def find_pair(links: Links, rows: tuple[int, int]) -> dict[str, float] | None:
    """Return the row of a pair of records among the pairs that linking kept, None where it kept none."""
    for table in (links.pairs, links.questions):
        here = np.flatnonzero(
            (table.column("left").to_numpy() == rows[0]) & (table.column("right").to_numpy() == rows[1])
        )
        if len(here):
            found: dict[str, float] = table.slice(int(here[0]), 1).to_pylist()[0]
            return found
    return None
