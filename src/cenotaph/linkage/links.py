"""Records become people: the whole of linking, and what it leaves for the rooms after it.

Invariant: a pure function of the records, the facts about their lists, the judgements, the settings and the seed, the
same for any order of rows; a person's verdict outranks every weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage import solving
from cenotaph.linkage.candidates import atoms, search
from cenotaph.linkage.clusters import judgements as verdicts
from cenotaph.linkage.clusters.facts import RecordFacts, facts_of
from cenotaph.linkage.comparison import compare
from cenotaph.linkage.comparison.remembered import Remembered
from cenotaph.linkage.encoding import encode, prepare
from cenotaph.linkage.encoding.columns import Column
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.tables import pair_table, rows_of
from cenotaph.model import Judgement, ListFacts


@dataclass(frozen=True, slots=True)
class Links:
    """Which records are one person, and how sure that is.

    Attributes
    ----------
    pairs : pyarrow.Table
        ``left``, ``right`` (rows of the records table, left < right), ``probability``, ``weight`` (log2 odds) and what
        each property, the prior and a shared event add to it (``w.<property>``, ``w.prior``, ``w.event``): pairs at
        least as probable as ``settings.review``, linked ones, and whatever a person judged. ``w.settled`` is what
        guards and verdicts changed; ``w.company``, what third records say, is there when verdicts trained the weights;
        ``a.<property>`` is the level of agreement (`levels.MEANINGS`), ``guards`` the marks of the guards that held the
        pair back (`guards.names_of`).
    cluster : ndarray of int32, shape (records,)
        For each row the label of its person: the row of that person's founding record, the lowest in ``order``.
    questions : pyarrow.Table
        Like ``pairs``: pairs that were not linked and that a person should judge, the most uncertain first; at most
        ``settings.questions``. Beyond them ``report["questions_left_out"]`` counts pairs of records, and
        ``report["persons_left_out"]`` the pairs of persons of which no question was kept.
    contested : frozenset of int
        Labels of clusters about which people's verdicts contradict each other.
    report : Mapping
        Counts and notes that can be written as JSON.
    kin : pyarrow.Table
        ``left``, ``right``: two given names of one family and one event, whom no third record joins.
    """

    pairs: pa.Table
    cluster: Ints
    questions: pa.Table
    contested: frozenset[int] = frozenset()
    report: Mapping[str, Any] = field(default_factory=dict)
    kin: pa.Table = field(default_factory=lambda: rows_of(np.empty(0, np.int32), np.empty(0, np.int32)))


def link(
    records: pa.Table,
    lists: Mapping[str, ListFacts],
    judgements: Sequence[Judgement] = (),
    *,
    settings: LinkSettings | None = None,
    seed: int = 1988,
) -> Links:
    """Link records into people.

    Parameters
    ----------
    records : pyarrow.Table
        One row a record: ``record``, ``list``, ``order`` and one text column a claim key.
    lists : Mapping of str to ListFacts
        Facts about every list that occurs.
    judgements : Sequence of Judgement
        What people decided about pairs of records.
    settings : LinkSettings, optional
        Thresholds and sizes.
    seed : int
        Of the random pairs that show how strangers agree.
    """
    settings = settings or LinkSettings()
    world = gather(records, lists, judgements)
    columns = prepare.prepare(records, world.rows, world.lists, world.facts)
    found = find(columns, world, settings)
    problem = problem_of(columns, world, settings, seed)
    base = solving.compared_pairs(problem, found)
    solved = solving.solve(problem, base, solving.teach(problem, base))
    return links_of(world, problem, solved, found.report)


@dataclass(frozen=True, slots=True)
class World:
    """The records in canonical order, their lists, and what people decided about them."""

    rows: Longs
    ids: npt.NDArray[np.uint64]
    order: Longs
    lists: Ints
    facts: tuple[ListFacts, ...]
    settled: verdicts.Settled

    @property
    def unique(self) -> npt.NDArray[np.bool_]:
        """Return for each list whether it holds nobody twice."""
        return np.array([one.unique or one.register is not None for one in self.facts], dtype=bool)


def gather(records: pa.Table, lists: Mapping[str, ListFacts], judgements: Sequence[Judgement]) -> World:
    """Put records into canonical order and settle the judgements on them."""
    rows, ids = encode.canonical(records)
    numbers, names = encode.encode_lists(records, rows, lists)
    return World(
        rows=rows, ids=ids, order=records["order"].to_numpy()[rows].astype(np.int64),
        lists=numbers, facts=tuple(lists[name] for name in names),
        settled=verdicts.settle(judgements, encode.positions(records, rows, judgements)),
    )  # fmt: skip


def find(columns: Sequence[Column], world: World, settings: LinkSettings) -> search.Candidates:
    """Return the pairs worth comparing."""
    found = atoms.of_columns(columns, len(world.rows))
    return search.find(found, world.ids, world.lists, world.unique, settings)


def problem_of(columns: Sequence[Column], world: World, settings: LinkSettings, seed: int) -> solving.Problem:
    """Return what is to be linked, compared by its columns."""
    comparer = partial(compare.compare, columns)
    return make_problem(facts_of(columns, len(world.rows)), Remembered(comparer), world, settings, seed)


def make_problem(
    facts: RecordFacts, sides: Remembered, world: World, settings: LinkSettings, seed: int
) -> solving.Problem:
    """Return what is to be linked, compared in some way."""
    return solving.Problem(
        facts=facts, compare=sides.compare, sides=sides, lists=world.lists, unique=world.unique, settled=world.settled,
        settings=settings, seed=seed, whole=encode.whole_registers(world.facts),
    )  # fmt: skip


def links_of(world: World, problem: solving.Problem, solved: solving.Solved, found: Mapping[str, int]) -> Links:
    """Return what was solved over rows of the records table."""
    label = founders(solved.label, world.order, world.rows)
    contested = {int(label[world.rows[one]]) for pair in world.settled.refused for one in pair}
    kinds = problem.facts.kinds
    report = {
        "records": len(world.rows),
        "persons": int((label == np.arange(len(label))).sum()),  # founding records
        "candidates": found,
        "judgements_unknown": world.settled.unknown,
        "compared": [kind.key for kind in kinds],
        **solved.report,
    }
    return Links(
        pairs=pair_table(solved.scored, solved.kept, world.rows, kinds), cluster=label,
        questions=pair_table(solved.scored, solved.questions, world.rows, kinds, keep_order=True),
        contested=frozenset(contested), report=report,
        kin=rows_of(world.rows[solved.scored.left[solved.kin]], world.rows[solved.scored.right[solved.kin]]),
    )  # fmt: skip


def founders(label: Ints, order: Longs, rows: Longs) -> Ints:
    """Return for each row of the table the row of its cluster's founding record.

    Parameters
    ----------
    label
        Cluster of each canonical position.
    order
        Sequence of each canonical position.
    rows
        Row of each canonical position.
    """
    return _spread(_founding(label, order, rows), label, rows)


@numba.njit(cache=True)
def _spread(founding: Longs, label: Ints, rows: Longs) -> Ints:
    found = np.empty(len(label), dtype=np.int32)
    for at in range(len(label)):
        found[rows[at]] = rows[founding[label[at]]]
    return found


@numba.njit(cache=True)
def _founding(label: Ints, order: Longs, rows: Longs) -> Longs:
    """Return for each label the position of the record lowest in order, by row where two are equal."""
    best = np.full(len(label), -1, dtype=np.int64)
    for at in range(len(label)):
        held = best[label[at]]
        if held < 0 or order[at] < order[held] or (order[at] == order[held] and rows[at] < rows[held]):
            best[label[at]] = at
    return best
