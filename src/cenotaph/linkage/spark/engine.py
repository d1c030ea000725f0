"""The whole of linking with its heavy middle on many machines.

Keys, blocks, pairs and their comparison are made where parts of the records are; the driver reads the distinct values,
learns, scores and clusters, by the very functions that the engine of one machine uses. What it holds is said in
``docs/methods/spark.md``.

Invariant: the links are those of `cenotaph.linkage.link`, whatever the number of parts, tasks and machines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from cenotaph.linkage import links, solving
from cenotaph.linkage.candidates import atoms, search
from cenotaph.linkage.clusters.facts import facts_of
from cenotaph.linkage.comparison import compare
from cenotaph.linkage.comparison.compared_pairs import Pairs
from cenotaph.linkage.comparison.remembered import Remembered
from cenotaph.linkage.encoding import prepare
from cenotaph.linkage.encoding.columns import Column
from cenotaph.linkage.links import Links, World
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.spark import comparing, meeting
from cenotaph.linkage.spark.book import Book, bound, codes_of
from cenotaph.linkage.spark.machines import Addressed, Machines
from cenotaph.model import Judgement, ListFacts

_A_PART = 50_000  # records: small enough for the memory of one task, large enough that sending it is worth the while


def link(  # noqa: PLR0913 - what linking on one machine takes, and the machines
    machines: Machines,
    records: pa.Table,
    lists: Mapping[str, ListFacts],
    judgements: Sequence[Judgement] = (),
    *,
    settings: LinkSettings | None = None,
    seed: int = 1988,
    parts: int | None = None,
) -> Links:
    """Link records into people on many machines.

    Parameters
    ----------
    machines : Machines
        Where the work is done, see `cenotaph.linkage.spark.opened`.
    records, lists, judgements, settings, seed
        As `cenotaph.linkage.link` takes them.
    parts : int, optional
        Into how many parts the records are divided; it changes nothing but the speed.
    """
    settings = settings or LinkSettings()
    world = links.gather(records, lists, judgements)
    columns = prepare.prepare(records, world.rows, world.lists, world.facts)
    base, report = _compared(machines, columns, world, settings, parts or max(1, -(-len(world.rows) // _A_PART)))
    comparer = partial(compare.compare, columns)
    facts = facts_of(columns, len(world.rows))
    problem = links.make_problem(facts, Remembered(comparer), world, settings, seed)
    return links.links_of(world, problem, solving.solve(problem, base, solving.teach(problem, base)), report)


def _compared(
    machines: Machines, columns: Sequence[Column], world: World, settings: LinkSettings, parts: int
) -> tuple[Pairs, dict[str, int]]:
    """Find candidates and compare them."""
    size = len(world.rows)
    if size < 2 or not columns:
        found = links.find(columns, world, settings)
        return Pairs(found.left, found.right, compare.compare(columns, found.left, found.right)), found.report
    book = _book(columns, size, settings, parts)
    sent = machines.send(_parcels(columns, world, book)).held()
    book, pairs, report = meeting.find(machines, sent, book, settings)
    shared = machines.share(book)
    pairs = comparing.equipped(sent, pairs, shared)
    if book.sieve.neighbours:
        pairs = comparing.nearest(machines, pairs, shared, size)
    packed, compared = comparing.collected(pairs, shared, len(columns))
    left, right = (packed >> np.uint64(32)).astype(np.int32), (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)
    return Pairs(left, right, compared), {**report, "kept": len(packed)}


def _book(columns: Sequence[Column], size: int, settings: LinkSettings, parts: int) -> Book:
    told = atoms.told_by(columns)
    found, number = atoms.vocabulary(columns, size, told)
    return bound(columns, search.sieve_of(found, settings), (told, number), parts)


def _parcels(columns: Sequence[Column], world: World, book: Book) -> list[Addressed]:
    """Return the records by part: positions, codes, hashes of ids, and the list that keeps them apart."""
    codes, unique = codes_of(columns), world.unique
    apart = np.where(unique[world.lists], world.lists, -1).astype(np.int32)
    bounds = np.searchsorted(book.part_of(np.arange(len(codes))), np.arange(book.parts + 1))
    return [
        (part, {"position": np.arange(start, end), "codes": codes[start:end], "id": world.ids[start:end],
                "apart": apart[start:end]})
        for part, (start, end) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))
    ]  # fmt: skip
