"""May this table be estimated at all? Asked before any number is computed, of the lists and of their overlap.

Invariant: a refusal is about the lists, never about whether an answer would be welcome; every reason has its figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from cenotaph.estimation.panel import Independent, Table
from cenotaph.estimation.result import Reason, Weight
from cenotaph.model import ListFacts, Panel

FEWEST_LISTS = 3
FEWEST_PAIRS = 3  # overlapping pairs of lists; with fewer some list's dependence cannot be seen at all
FEWEST_SHARED = 10  # people on two or more lists; two trafficking tables known to be estimable have 12 and 13
NEARLY_ALL = 0.9
NEAR_COPY = 0.9
THIN = 0.02  # share of the documented people who stand on two lists or more


def inspect(panel: Panel, found: Independent) -> tuple[Reason, ...]:
    """Return what speaks against an estimate: refusals first, then what weakens it, then warnings."""
    checks: tuple[Callable[[Table], Iterable[Reason]], ...] = (
        _overlap, _connection, _dominance, _copies, _thinness,
    )  # fmt: skip
    table = found.table
    reasons = [*_origins(panel, found), *_scope(panel)]
    enough = len(_alive(table))
    if enough < FEWEST_LISTS:
        reasons.append(Reason("few_lists", Weight.REFUSE, {"lists": enough, "needed": FEWEST_LISTS}))
    else:
        reasons += [reason for check in checks for reason in check(table)]
    return tuple(sorted(reasons, key=lambda reason: list(Weight).index(reason.weight)))


def refused(reasons: Iterable[Reason]) -> bool:
    """Say whether a reason forbids any number."""
    return any(reason.weight is Weight.REFUSE for reason in reasons)


def _alive(table: Table) -> list[int]:
    return np.flatnonzero(table.totals > 0).tolist() if table.names else []


def _origins(panel: Panel, found: Independent) -> Iterable[Reason]:
    """Say which columns are no captures of their own."""
    compilers = sorted({compiler for _, compiler in found.dropped})
    for compiler in compilers:
        cited = [name for name, by in found.dropped if by == compiler]
        alone = len(found.table.names) < FEWEST_LISTS
        facts = {"compiler": compiler, "lists": cited, "count": len(cited)}
        yield Reason("citations_of_one_compiler", Weight.REFUSE if alone else Weight.WARN, facts)
    for group in found.merged:
        yield Reason("derived_lists_merged", Weight.WARN, {"lists": list(group)})
    unasked = [facts.name for facts in panel.lists if facts.capture is False]
    if unasked:
        yield Reason("not_a_capture", Weight.REFUSE, {"lists": unasked})


def _scope(panel: Panel) -> Iterable[Reason]:
    """Say how far the lists cover the same people."""
    beyond = sum(panel.outside.values())
    apart = _apart(panel.lists)
    if apart or (panel.documented == 0 and beyond):
        yield Reason("different_coverage", Weight.REFUSE, {"keys": apart or sorted(panel.outside), "outside": beyond})
    elif beyond:
        share = beyond / (beyond + panel.documented)
        facts = {"outside": beyond, "inside": panel.documented, "keys": sorted(panel.outside)}
        yield Reason("part_outside_coverage", Weight.WEAKEN if share > 0.5 else Weight.WARN, facts)


def _apart(lists: Sequence[ListFacts]) -> list[str]:
    """Return the properties on which two lists cover nobody in common."""
    keys = sorted({key for facts in lists for key in facts.covers})
    return [key for key in keys if _disjoint([facts.covers[key] for facts in lists if key in facts.covers])]


def _disjoint(wanted: Sequence[object]) -> bool:
    sets = [{str(item) for item in value} for value in wanted if isinstance(value, list | tuple | set | frozenset)]
    spans = [_years(value) for value in wanted if isinstance(value, str)]
    latest_start, earliest_end = max((a for a, _ in spans), default=0.0), min((b for _, b in spans), default=0.0)
    return bool(sets and not set.intersection(*sets)) or latest_start > earliest_end


def _years(period: str) -> tuple[float, float]:
    """Return first and last year of a period such as ``2015/2017`` or ``2015/..``; open where it says none."""
    first, _, last = period.partition("/")
    start, end = re.search(r"\d{4}", first), re.search(r"\d{4}", last or first)
    open_start, open_end = -np.inf, np.inf
    return (float(start[0]) if start else open_start), (float(end[0]) if end else open_end)


def _overlap(table: Table) -> Iterable[Reason]:
    pairs = int((np.triu(table.shared, k=1) > 0).sum())
    shared = int(table.by_lists[2:].sum())
    if pairs < FEWEST_PAIRS:
        yield Reason("few_overlapping_pairs", Weight.REFUSE, {"pairs": pairs, "needed": FEWEST_PAIRS})
    if shared < FEWEST_SHARED:
        yield Reason("few_shared_people", Weight.REFUSE, {"shared": shared, "needed": FEWEST_SHARED})


def _thinness(table: Table) -> Iterable[Reason]:
    shared = int(table.by_lists[2:].sum())
    if shared >= FEWEST_SHARED and (shared < THIN * table.people or shared < 5 * FEWEST_SHARED):
        yield Reason("thin_overlap", Weight.WEAKEN, {"shared": shared, "documented": table.people})


def _connection(table: Table) -> Iterable[Reason]:
    alone = _components(table)
    if len(alone) > 1:
        smaller = sorted(alone, key=lambda group: sum(int(table.totals[j]) for j in group))[:-1]
        cut_off = [table.names[j] for group in smaller for j in group]
        yield Reason("disconnected_overlap", Weight.WEAKEN, {"lists": cut_off})


def _components(table: Table) -> list[list[int]]:
    """Group the lists that are tied together by shared people, directly or through others."""
    shared, left, groups = table.shared, _alive(table), []
    while left:
        group, waiting = [], [left[0]]
        while waiting:
            here = waiting.pop()
            if here in left:
                left.remove(here)
                group.append(here)
                waiting += [j for j in left if shared[here, j] > 0]
        groups.append(sorted(group))
    return groups


def _dominance(table: Table) -> Iterable[Reason]:
    for name, total in zip(table.names, table.totals.tolist(), strict=True):
        if total > NEARLY_ALL * table.people:
            facts = {"list": name, "percent": round(100 * total / table.people)}
            yield Reason("one_list_nearly_everybody", Weight.WARN, facts)


def _copies(table: Table) -> Iterable[Reason]:
    """Say which list lies wholly inside another, and which two are nearly the same."""
    shared, totals = table.shared, table.totals
    for i in range(len(totals)):
        for j in range(i + 1, len(totals)):
            small, both = min(totals[i], totals[j]), int(shared[i, j])
            either = totals[i] + totals[j] - both
            facts = {"lists": [table.names[i], table.names[j]], "shared": both}
            if either and both > NEAR_COPY * either:
                yield Reason("near_copies", Weight.WEAKEN, facts)
            elif small and both == small:
                yield Reason("list_inside_another", Weight.WARN, facts)
