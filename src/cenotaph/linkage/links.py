"""Records become people: the whole of linking, and what it leaves for the rooms after it.

Invariant: a pure function of the records, the facts about their lists, the judgements, the settings and the seed, the
same for any order of rows; a person's verdict outranks every weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numba
import numpy as np
import pyarrow as pa

from cenotaph.linkage import atoms, candidates, encode, prepare, solving
from cenotaph.linkage import judgements as verdicts
from cenotaph.linkage.encode import Ints, Longs
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.tables import pair_table
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
        guards and verdicts changed.
    cluster : ndarray of int32, shape (records,)
        For each row the label of its person: the row of that person's founding record, the lowest in ``order``.
    questions : pyarrow.Table
        Like ``pairs``: pairs that were not linked and that a person should judge, the most useful first.
    contested : frozenset of int
        Labels of clusters about which people's verdicts contradict each other.
    report : Mapping
        Counts and notes that can be written as JSON.
    """

    pairs: pa.Table
    cluster: Ints
    questions: pa.Table
    contested: frozenset[int] = frozenset()
    report: Mapping[str, Any] = field(default_factory=dict)


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
    rows = encode.canonical_rows(records)
    order = records["order"].to_numpy()[rows].astype(np.int64)
    numbers, names = encode.encode_lists(records, rows, lists)
    unique = np.array([lists[name].unique or lists[name].register is not None for name in names], dtype=bool)
    whole = encode.whole_registers([lists[name] for name in names])
    columns = prepare.prepare(records, rows, numbers, [lists[name] for name in names])
    settled = verdicts.settle(judgements, encode.positions(records, rows, judgements))
    found = candidates.find(atoms.of_columns(columns, len(rows)), numbers, unique, settings)
    solved = solving.solve(solving.Problem(columns, numbers, unique, settled, settings, seed, whole), found)
    label = founders(solved.label, order, rows)
    contested = {int(label[rows[one]]) for pair in settled.refused for one in pair}
    report = {
        "records": len(rows),
        "persons": int((label == np.arange(len(rows))).sum()),
        "candidates": found.report,
        "judgements_unknown": settled.unknown,
        "compared": [column.key for column in columns],
        **solved.report,
    }
    return Links(
        pairs=pair_table(solved.scored, solved.kept, rows, columns), cluster=label,
        questions=pair_table(solved.scored, solved.questions, rows, columns, keep_order=True),
        contested=frozenset(contested), report=report,
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
