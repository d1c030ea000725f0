"""The doubtful pairs of a case, the one whose verdict is expected to change most first.

Invariant: each two persons that may be one are asked about once, by their likeliest pair, and each person that may be
two once, by its weakest link; whatever somebody judged stands here with its verdict and is not asked again.

The order is ``chance x change``. Chance is how probable it is that the verdict is not what stands now: the probability
of a pair that is not linked, its complement where it is. Change counts three things that a verdict would make other:
the records whose person is another (those of the smaller side), the one person and page more or fewer, and the pairs of
lists of the estimate that would gain, or lose, somebody on both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.case import Case
from cenotaph.linkage import Links, guards_of, weakest
from cenotaph.model import Judgement

DOUBT = 0.05  # a link less sure than 1 - DOUBT is asked about
LIMIT = 2000  # pairs; more than a group can judge before it exports again
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A pair of records to judge, or judged already.

    ``rows`` are the two records' rows in the records table, ``linked`` says whether they are one person now, ``moved``
    how many records a verdict would move, ``overlaps`` how many pairs of the estimate's lists it would touch,
    ``expected`` what it is expected to change, ``others`` how many more pairs of the same two persons are kept.
    ``weights`` are log2 odds by property; empty where no block brought the two together. ``row`` is the pair as linking
    has it.
    """

    rows: tuple[int, int]
    left: str
    right: str
    probability: float | None
    linked: bool
    moved: int = 0
    overlaps: int = 0
    expected: float = 0.0
    others: int = 0
    weights: Mapping[str, float]
    row: Mapping[str, float] | None = None
    judgement: Judgement | None = None

    @property
    def disputed(self) -> bool:
        """Say whether reviewers disagree about it: a settled judgement then names several."""
        return self.judgement is not None and " " in self.judgement.reviewer

    @property
    def guards(self) -> tuple[str, ...]:
        """Return the guards that held it back."""
        return guards_of(int(self.row["guards"])) if self.row is not None else ()


@dataclass(frozen=True, slots=True)
class Queue:
    """Disagreements, then open questions by what a verdict would change, then what is judged.

    ``left_out`` counts the open ones beyond the limit, and those that linking kept no question of.
    """

    questions: tuple[Question, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Open:
    """Open pairs, one entry each, and what a verdict on each would change."""

    table: pa.Table
    at: Longs  # rows of the table
    linked: bool
    moved: Longs
    overlaps: Longs
    others: Longs

    @property
    def expected(self) -> Floats:
        """Return chance times change."""
        probability = self.table.column("probability").to_numpy()[self.at].astype(np.float64)
        chance = 1.0 - probability if self.linked else probability
        found: Floats = chance * (self.moved + 1 + self.overlaps)
        return found


def queue(
    records: pa.Table, links: Links, judgements: Sequence[Judgement], *, serving: Sequence[str] = (), limit: int = LIMIT
) -> Queue:
    """Return the pairs to look at.

    Parameters
    ----------
    records
        The records table that was linked.
    links
        What linking gave.
    judgements
        One settled judgement a pair.
    serving
        The lists that an estimate rests on.
    limit
        At most so many open questions; what is left out is counted.
    """
    judged = _judged(records, judgements)
    on = _presence(records, serving)
    open_ = [_joins(links, on, [rows for rows, _ in judged]), _splits(links, on)]
    asked = [_question(records, each, n, worth) for each in open_ for n, worth in enumerate(each.expected.tolist())]
    known = {rows for rows, _ in judged}
    found = [each for each in sorted(asked, key=_rank) if each.rows not in known]
    settled = [_settled(records, links, rows, judgement) for rows, judgement in judged]
    disputed = [each for each in settled if each.disputed]
    rest = [each for each in settled if not each.disputed]
    unkept = int(links.report.get("persons_left_out", 0))
    return Queue((*disputed, *found[:limit], *rest), max(0, len(found) - limit) + unkept)


def serving(case: Case) -> tuple[str, ...]:
    """Return the lists of a case that its estimate rests on: those it names, else those marked as captures."""
    named = case.config.estimation.lists
    return tuple(named) if named is not None else tuple(name for name, facts in case.lists.items() if facts.capture)


def _rank(question: Question) -> tuple[float, tuple[int, int]]:
    return -question.expected, question.rows


def _presence(records: pa.Table, serving: Sequence[str]) -> Marks:
    """Return which records are on which of the lists, shape (lists, records)."""
    column = records.column("list").cast(pa.string())
    on = [pc.equal(column, name).to_numpy().astype(np.float64) for name in serving]
    return np.stack(on) if on else np.zeros((0, records.num_rows))


def _overlaps(on: Marks, group: Longs, left: Longs, right: Longs) -> Longs:
    """Count, for two groups to be one or a group to be two, the pairs of lists that only both together are on."""
    size = int(max(group.max(initial=0), left.max(initial=0), right.max(initial=0))) + 1
    there = np.zeros((len(on), size), dtype=bool)
    for place, marks in enumerate(on):
        there[place] = np.bincount(group, weights=marks, minlength=size) > 0
    one, two = there[:, left], there[:, right]
    found: Longs = (one & ~two).sum(axis=0) * (two & ~one).sum(axis=0)
    return found


def _judged(records: pa.Table, judgements: Sequence[Judgement]) -> list[tuple[tuple[int, int], Judgement]]:
    """Return the judged pairs whose records are both there, by rows."""
    ids = records.column("record").combine_chunks()
    left, right = (
        pc.index_in(pa.array([getattr(each, side) for each in judgements], pa.string()), value_set=ids).to_pylist()
        for side in ("left", "right")
    )
    rows = ((a, b, each) for a, b, each in zip(left, right, judgements, strict=True) if a is not None and b is not None)
    return [((min(a, b), max(a, b)), each) for a, b, each in rows]


def _joins(links: Links, on: Marks, judged: Sequence[tuple[int, int]]) -> _Open:
    """Return the likeliest pair of each two persons that may be one and about which nobody said anything."""
    table, label = links.questions, links.cluster.astype(np.int64)
    left, right = (label[table.column(side).to_numpy()] for side in ("left", "right"))
    packed = _packed(left, right)
    probability = table.column("probability").to_numpy().astype(np.float64)
    said = np.array([_packed(label[[a]], label[[b]])[0] for a, b in judged], dtype=np.int64)
    rows = (table.column("right").to_numpy(), table.column("left").to_numpy())  # of equals, the lowest rows
    order = np.lexsort((*rows, -probability, packed))
    first = np.flatnonzero(np.diff(packed[order], prepend=-1))
    counts = np.diff(np.append(first, len(order)))
    at = order[first]
    kept = ~np.isin(packed[at], said)
    at, others = at[kept], counts[kept] - 1
    size = np.bincount(label, minlength=len(label))
    moved = np.minimum(size[left[at]], size[right[at]])
    overlaps = _overlaps(on, label, left[at], right[at])
    return _Open(table, at, linked=False, moved=moved, overlaps=overlaps, others=others)


def _splits(links: Links, on: Marks) -> _Open:
    """Return the weakest link of each person that may be two."""
    found = weakest(links.pairs, links.cluster)
    at = np.flatnonzero(found.table.column("probability").to_numpy().astype(np.float64) < 1.0 - DOUBT)
    size = len(links.cluster)
    group = links.cluster.astype(np.int64) + size * found.side
    person = found.table.column("person").to_numpy().astype(np.int64)[at]
    overlaps = _overlaps(on, group, person, person + size)
    moved = found.table.column("side").to_numpy().astype(np.int64)[at]
    return _Open(found.table, at, linked=True, moved=moved, overlaps=overlaps, others=np.zeros_like(at))


def _packed(left: Longs, right: Longs) -> Longs:
    packed: Longs = (np.minimum(left, right) << 32) | np.maximum(left, right)
    return packed


def _question(records: pa.Table, found: _Open, number: int, expected: float) -> Question:
    row = found.table.slice(int(found.at[number]), 1).to_pylist()[0]
    left, right = int(row["left"]), int(row["right"])
    ids = records.column("record")
    return Question(
        rows=(left, right),
        left=ids[left].as_py(),
        right=ids[right].as_py(),
        probability=float(row["probability"]),
        linked=found.linked,
        moved=int(found.moved[number]),
        overlaps=int(found.overlaps[number]),
        expected=expected,
        others=int(found.others[number]),
        weights=_weights(row),
        row=row,
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
        row=row,
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
