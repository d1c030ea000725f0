"""Linking that builds on the last run: a full run when something it learnt no longer holds, only the new when it does.

Invariant: with what one run learnt, a collection gives the same pairs and people whether its records came at once or
step by step, in any order. What was kept under other settings, by another program, or for a collection that has
changed too much is not used, and the reason is said.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage import links, solving
from cenotaph.linkage.candidates import atoms, blocks, search
from cenotaph.linkage.comparison.remembered import Remembered
from cenotaph.linkage.encoding import prepare
from cenotaph.linkage.encoding.columns import Column, DateColumn
from cenotaph.linkage.encoding.flattened import Filled
from cenotaph.linkage.encoding.hashing import mixed
from cenotaph.linkage.increments import frequencies, increment, part
from cenotaph.linkage.increments.content import about_list, content_of
from cenotaph.linkage.increments.kept import Kept, Learnt
from cenotaph.linkage.links import Links, World
from cenotaph.linkage.settings import LinkSettings
from cenotaph.model import Judgement, ListFacts

Hashes = npt.NDArray[np.uint64]
FilledBy = Mapping[str, Mapping[str, Filled]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When what was learnt is learnt again.

    Attributes
    ----------
    share : float
        Records that came, went or changed since, as a share of those it was learnt from.
    least : int
        Records below which every run is a full one: it costs less than a second or two.
    verdicts : float
        Judgements that came or went since, as a share of those it was learnt with; a few are always borne.
    """

    share: float = 0.05
    least: int = 5_000
    verdicts: float = 0.2


_BORNE = 50  # judgements that came or went and do not yet ask for learning again


@dataclass(frozen=True, slots=True)
class Relinked:
    """The links, and what to keep for the next run; None when what was kept stands as it is, or nothing is kept."""

    links: Links
    kept: Kept | None


def relink(  # noqa: PLR0913 - what `link` takes, with what was kept and when to use it
    records: pa.Table,
    lists: Mapping[str, ListFacts],
    judgements: Sequence[Judgement] = (),
    *,
    settings: LinkSettings | None = None,
    seed: int = 1988,
    kept: Kept | str,
    origin: Mapping[str, Any] = MappingProxyType({}),
    policy: Policy | None = None,
) -> Relinked:
    """Link records into people, building on what the last run kept.

    Parameters
    ----------
    records, lists, judgements, settings, seed
        As for `link`.
    kept
        What the last run kept, or a word why there is nothing: it becomes the reason of the full run.
    origin
        What else must be the same for anything kept to be used, by the word that says so: a version, a digest.
    policy
        When to learn again.
    """
    settings, policy = settings or LinkSettings(), policy or Policy()
    origin = {**origin, "settings": dataclasses.asdict(settings), "seed": seed}
    world = links.gather(records, lists, judgements)
    why = kept if isinstance(kept, str) else _unfit(kept, records, world, origin, policy)
    if not why and not isinstance(kept, str):
        found = _from_kept(records, world, kept, policy)
        if isinstance(found, Relinked):
            return found
        why = found
    return _in_full(records, world, origin, _Ask(settings, seed, why, policy))


@dataclass(frozen=True, slots=True)
class _Ask:
    settings: LinkSettings
    seed: int
    why: str
    policy: Policy


def _unfit(kept: Kept, records: pa.Table, world: World, origin: Mapping[str, Any], policy: Policy) -> str:
    """Return why what was kept is not used, as far as no record need be looked at; an empty word when it may be."""
    own = kept.learnt
    said = _verdicts(world)
    fresh = len(np.setxor1d(said, own.verdicts))
    other = [name for name in origin if own.origin.get(name) != origin[name]]
    if other:
        return other[0]
    if own.shape != prepare.shape_of(records):
        return "columns"
    if fresh > max(_BORNE, policy.verdicts * len(own.verdicts)):
        return "judged"
    return "ids" if (world.ids[1:] == world.ids[:-1]).any() else ""


def _verdicts(world: World) -> Hashes:
    """Return hashes of what people decided, by record ids."""
    found = [np.empty(0, np.uint64)]
    for number, pairs in enumerate((world.settled.same, world.settled.different)):
        one, two = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        found.append(mixed(mixed(world.ids[one] ^ mixed(world.ids[two])) + np.uint64(number)))
    return np.unique(np.concatenate(found))


def _in_full(records: pa.Table, world: World, origin: Mapping[str, Any], ask: _Ask) -> Relinked:
    """Link everything, and return what is worth keeping of it."""
    columns = prepare.prepare(records, world.rows, world.lists, world.facts)
    told = atoms.told_by(columns)
    known = atoms.of_columns(columns, len(world.rows), told)
    found = search.find(known, world.ids, world.lists, world.unique, ask.settings)
    problem = links.problem_of(columns, world, ask.settings, ask.seed)
    base = solving.compared_pairs(problem, found)
    model = solving.teach(problem, base)
    solved = solving.solve(problem, base, model)
    made = links.links_of(world, problem, solved, found.report)
    made = _told(made, {"how": "full", "why": ask.why, "learnt_from": len(world.rows)})
    if found.sieve is None or len(world.rows) < ask.policy.least or (world.ids[1:] == world.ids[:-1]).any():
        return Relinked(made, None)
    filled = _filled(columns, [one.name for one in world.facts])
    learnt = Learnt(
        origin=origin, records=len(world.rows), shape=prepare.shape_of(records), filled=filled,
        lists=tuple(one.name for one in world.facts), verdicts=_verdicts(world), model=model, sieve=found.sieve,
        frequencies=frequencies.learn(columns), listwise=frequencies.learn_lists(columns),
    )  # fmt: skip
    rare = part.rare_keys(columns, told, learnt.sieve.known(part.names_of(told)), learnt.sieve, len(world.rows))
    keys = blocks.merged(learnt.sieve.keys(known.offsets, known.atom, world.ids), rare)
    sides, compared = problem.sides.remembered()
    return Relinked(made, Kept(
        learnt=learnt, changed=0, ids=world.ids, content=_content(records, world, filled), keys=keys,
        facts=problem.facts, base=base, score=found.score, sides=sides, sides_compared=compared,
    ))  # fmt: skip


def _told(made: Links, run: Mapping[str, Any]) -> Links:
    return replace(made, report={**made.report, "run": dict(run)})


def _filled(columns: Sequence[Column], names: Sequence[str]) -> dict[str, dict[str, Filled]]:
    """Return how lists fill in their days, by property and name of list."""
    return {
        column.key: {names[number]: how for number, how in column.filled.items() if how}
        for column in columns
        if isinstance(column, DateColumn)
    }


def _content(records: pa.Table, world: World, filled: FilledBy) -> Hashes:
    about = [about_list(one, {key: how.get(one.name) for key, how in filled.items()}) for one in world.facts]
    return content_of(records, world.rows, world.lists, about)


def _from_kept(records: pa.Table, world: World, kept: Kept, policy: Policy) -> Relinked | str:
    """Link with what was learnt before, or return why it cannot be."""
    own = kept.learnt
    filled = _filled_now(records, world, kept)
    content = _content(records, world, filled)
    moved = increment.moves(kept, world.ids, content)
    if kept.changed + moved.moved > policy.share * own.records or len(world.ids) >= 1 << own.sieve.shift:
        return "grown"
    source = part.Source(
        records, world.rows, world.lists, world.facts, _by_number(filled, world), own.frequencies,
        own.listwise, own.model.kinds,
    )  # fmt: skip
    if moved.moved:
        apart = np.where(world.unique[world.lists], world.lists, -1).astype(np.int32)
        here = increment.carried(kept, moved, world.ids, content)
        try:
            more = increment.grown(kept, here, moved, source, apart)
        except KeyError:
            return "property"
        if more is None:
            return "block"
    else:
        more = kept
    return _solved(world, more, moved, source)


def _solved(world: World, kept: Kept, moved: increment.Moves, source: part.Source) -> Relinked:
    origin = kept.learnt.origin
    sides = Remembered(source.compare, kept.sides, kept.sides_compared)
    settings = LinkSettings(**origin["settings"])
    problem = links.make_problem(kept.facts, sides, world, settings, origin["seed"])
    solved = solving.solve(problem, kept.base, kept.learnt.model)
    found = {"kept": len(kept.base.left), "cap": kept.learnt.sieve.cap}
    run = {
        "how": "kept", "why": "", "learnt_from": kept.learnt.records, "since": kept.changed, "gone": moved.gone,
        "new": len(moved.fresh) - moved.changed, "changed": moved.changed,
    }  # fmt: skip
    made = _told(links.links_of(world, problem, solved, found), run)
    if not moved.moved:
        return Relinked(made, None)
    packed, compared = sides.remembered()
    return Relinked(made, replace(kept, sides=packed, sides_compared=compared))


def _filled_now(records: pa.Table, world: World, kept: Kept) -> FilledBy:
    """Return how lists fill in their days: as it was learnt, and for later lists as all their records show."""
    own = kept.learnt
    later = [number for number, one in enumerate(world.facts) if one.name not in own.lists]
    positions = np.flatnonzero(np.isin(world.lists, later))
    if not len(positions):
        return own.filled
    plain = part.few(records, world.rows[positions])
    columns = prepare.prepare(plain, np.arange(len(positions)), world.lists[positions], world.facts)
    found = _filled(columns, [one.name for one in world.facts])
    return {key: {**own.filled.get(key, {}), **found.get(key, {})} for key in {*own.filled, *found}}


def _by_number(filled: FilledBy, world: World) -> dict[str, dict[int, Filled]]:
    numbers = {one.name: number for number, one in enumerate(world.facts)}
    return {
        key: {number: found.get(name) for name, number in numbers.items()}
        for key, found in ((key, filled.get(key, {})) for key in prepare.DATES)
    }


def emptied(kept: Kept) -> Kept:
    """Return what was learnt, with no record yet: linking a collection on top of it compares all of its pairs."""
    moved = increment.Moves(np.full(len(kept.ids), -1), np.empty(0, np.int64), 0, 0)
    return replace(increment.carried(kept, moved, kept.ids[:0], kept.content[:0]), changed=0)
