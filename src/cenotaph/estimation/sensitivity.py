"""How far the answer moves with choices the lists do not decide: which lists, how many classes, which prior.

Every variant is estimated like the whole and keeps its own diagnosis; one that has not settled gives no number.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cenotaph.estimation.chains import Prior
from cenotaph.estimation.lcmcr import Sampling, lcmcr
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Posterior

SHORT = Sampling(warmup=800, block=1500, most=12_000, ess=800.0, tempered=0)
_MOST_MERGES = 6
_MOVED = 0.5  # share of the interval's width by which a median may move before the claim is called sensitive


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """One other way to ask: its kind, what was changed, and the answer."""

    kind: str
    change: str
    documented: int
    result: Posterior

    def to_json(self) -> dict[str, Any]:
        """Return the change with the figures it led to, if they may be shown."""
        shown: dict[str, Any] = {"change": self.change, "documented": self.documented, "status": self.result.status}
        if self.result.settled:
            shown |= {"median": round(self.result.median), "interval": [round(edge) for edge in self.result.interval]}
        return shown


def variants(table: Table, *, classes: int, prior: Prior, cap: float | None, seed: int) -> tuple[Variant, ...]:
    """Leave one list out, merge two that share most, change the number of classes and the prior; estimate each.

    Leaving a list out also leaves out the people only it names, so the answers are about the same total.
    """
    plan = replace(SHORT, workers=1)

    def ask(numbered: tuple[int, tuple[str, str, Table, int, Prior]]) -> Variant:
        k, (kind, change, one, few, other) = numbered
        root = np.random.SeedSequence([seed, 2, k])  # by place in the order, so threads do not change a figure
        result = lcmcr(one, classes=few, cap=cap, prior=other, seed=root, sampling=plan)
        return Variant(kind, change, one.people, result)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return tuple(pool.map(ask, enumerate(_changes(table, classes, prior))))


def _changes(table: Table, classes: int, prior: Prior) -> Iterator[tuple[str, str, Table, int, Prior]]:
    lists = range(len(table.names))
    if len(table.names) > 3:
        for j in lists:
            yield "without", table.names[j], table.select([i for i in lists if i != j]), classes, prior
        for i, j in _closest(table):
            groups = [[i, j], *([k] for k in lists if k not in {i, j})]
            yield "merged", f"{table.names[i]}+{table.names[j]}", table.merge(groups), classes, prior
    for few in sorted({max(classes // 2, 2), classes * 2} - {classes}):
        yield "classes", str(few), table, few, prior
    yield "prior", "concentration 1, 1", table, classes, replace(prior, shape=1.0, rate=1.0)
    p, q = prior.capture
    yield "prior", "capture 1, 2", table, classes, replace(prior, capture=(p, q + 1.0))


def _closest(table: Table) -> list[tuple[int, int]]:
    """Return the pairs of lists whose overlap most exceeds what independence would give."""
    shared, totals = table.shared, table.totals
    pairs = itertools.combinations(range(len(table.names)), 2)
    excess = {pair: shared[pair] / max(totals[pair[0]] * totals[pair[1]], 1) for pair in pairs}
    return sorted(excess, key=lambda pair: (-excess[pair], pair))[:_MOST_MERGES]


def moved(lead: Posterior, found: tuple[Variant, ...]) -> list[dict[str, str | int]]:
    """Return what moves the median by more than half the width of the interval, as pieces of a sentence."""
    low, high = lead.interval
    reach = _MOVED * (high - low)
    return [
        told(one.kind, one.change)
        for one in found
        if one.result.settled and abs(one.result.median - lead.median) > reach
    ]


def told(kind: str, change: str) -> dict[str, str | int]:
    """Return a change as a piece of a sentence."""
    part = f"prior_{change.split()[0]}" if kind == "prior" else kind
    return {"part": part, "change": int(change) if kind == "classes" else change}


def to_json(found: tuple[Variant, ...]) -> Mapping[str, list[dict[str, Any]]]:
    """Return the variants by kind."""
    kinds = dict.fromkeys(one.kind for one in found)
    return {kind: [one.to_json() for one in found if one.kind == kind] for kind in kinds}
