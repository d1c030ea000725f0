"""Doubt about who is who, carried into the estimate: one table for each way the records may be linked.

Invariant: every draw counts equally; the width that linkage causes is said apart from the width the lists cause. Tables
under other link thresholds are shown beside the draws and never pooled with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph.errors import InputError
from cenotaph.estimation.cache import Cache, key_of
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.lcmcr import Sampling, lcmcr
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Interval, Posterior, Reason, Weight
from cenotaph.estimation.sensitivity import SHORT
from cenotaph.estimation.settings import Settings
from cenotaph.estimation.statement import round_off, say

Progress = Callable[[int, int, str], None]
MUCH = 0.5  # share of the variance from linkage beyond which a claim is fragile


@dataclass(frozen=True, slots=True, eq=False)
class OverLinkages:
    """Estimates under several linkages: pooled draws, and the share of the variance of log N between linkages.

    ``thresholds`` are the estimates under other link thresholds, by name.
    """

    results: Mapping[str, Posterior]
    documented: Mapping[str, int]
    draws: NDArray[np.float64]
    share: float
    thresholds: Mapping[str, Posterior] = field(default_factory=dict)

    @property
    def unsettled(self) -> int:
        """How many draws have a sampler that did not settle."""
        return sum(not one.settled for one in self.results.values())

    @property
    def settled(self) -> bool:
        """Whether each draw's sampler settled; without that there is no pooled interval."""
        return self.unsettled == 0

    @property
    def interval(self) -> Interval:
        """The central 95 % over linkages and draws."""
        low, high = np.quantile(self.draws, [0.025, 0.975])
        return float(low), float(high)

    def to_json(self) -> dict[str, Any]:
        """Return each linkage's figures and the pooled ones."""
        told: dict[str, Any] = {
            "linkages": {name: self._told(name, one) for name, one in self.results.items()},
            "thresholds": {name: self._told(name, one) for name, one in self.thresholds.items()},
            "settled": self.settled,
        }
        if self.settled:
            told |= {
                "median": round(float(np.median(self.draws)), 1),
                "interval": [round(edge, 1) for edge in self.interval],
                "share_from_linkage": round(self.share, 4),
            }
        return told

    def _told(self, name: str, one: Posterior) -> dict[str, Any]:
        return {"documented": self.documented[name], **one.to_json()}

    def sentence(self, documented: int, language: str) -> str:
        """Say the interval over all draws and how much of its width linking causes, or that there is none."""
        if not self.settled:
            return say("linkage_unsettled", language, unsettled=self.unsettled, linkages=len(self.results))
        figures = round_off(documented, self.interval, float(np.median(self.draws)))
        edges = {"low": figures["low"], "high": figures["high"]}
        return say("linkage", language, linkages=len(self.results), percent=round(100 * self.share), **edges)

    def reasons(self) -> list[Reason]:
        """Return what the doubt about links speaks against a claim."""
        if not self.settled:
            facts = {"unsettled": self.unsettled, "linkages": len(self.results)}
            return [Reason("linkage_unsettled", Weight.WEAKEN, facts)]
        much = self.share > MUCH
        return [Reason("linkage", Weight.WEAKEN, {"percent": round(100 * self.share)})] if much else []


def over_linkages(  # noqa: PLR0913 - keyword-only choices of one run, each as `lcmcr` takes it
    tables: Mapping[str, Table],
    *,
    thresholds: Mapping[str, Table] | None = None,
    classes: int = 10,
    cap: float | None = None,
    prior: Prior | None = None,
    seed: int = 1988,
    sampling: Sampling | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> OverLinkages:
    """Estimate each table and pool the draws.

    Parameters
    ----------
    tables
        Tables under posterior draws of the clustering, by name.
    thresholds
        Tables under other link thresholds, by name; estimated and shown, not pooled.
    cache
        A folder; a run that was killed takes finished tables from it. Equal tables are estimated once.
    progress
        Called before each table with how many are done, how many there are, and its name.

    References
    ----------
    .. [1] M. Sadinle, "Bayesian propagation of record linkage uncertainty into population size estimation of human
       rights violations", Annals of Applied Statistics 12 (2018).
    """
    if len(tables) < 2:
        raise InputError("one linkage shows no doubt; give the tables of two or more")
    plan = Settings(classes=classes, cap=cap, prior=prior or Prior(), methods=("lcmcr",), sampling=sampling or SHORT)
    asked = [*sorted(tables.items()), *sorted((thresholds or {}).items())]
    found: dict[str, Posterior] = {}
    for done, (name, table) in enumerate(asked):
        if progress is not None:
            progress(done, len(asked), name)
        if table.sha256 not in found:
            found[table.sha256] = _estimated(table, plan, seed, Cache(cache))
    results = {name: found[table.sha256] for name, table in sorted(tables.items())}
    draws, share = mix([one.draws.ravel() for one in results.values()])
    swept = {name: found[table.sha256] for name, table in sorted((thresholds or {}).items())}
    return OverLinkages(results, {name: table.people for name, table in asked}, draws, share, swept)


def _estimated(table: Table, plan: Settings, seed: int, cache: Cache) -> Posterior:
    """Return the posterior of one table; its randomness depends on the table and the seed, on no order."""
    key = key_of(table, plan, seed)
    held = cache.load(key)
    lead = held[0].get("lcmcr") if held is not None else None
    if isinstance(lead, Posterior):
        return lead
    root = np.random.SeedSequence([seed, 4, int(table.sha256[:8], 16)])
    lead = lcmcr(table, classes=plan.classes, cap=plan.cap, prior=plan.prior, seed=root, sampling=plan.sampling)
    cache.save(key, {"lcmcr": lead}, {})
    return lead


def mix(draws: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], float]:
    """Return equally many draws of each, and the share of the variance of their logarithm that lies between them."""
    size = min(one.size for one in draws)
    even = np.stack([one[np.linspace(0, one.size - 1, size).astype(np.int64)] for one in draws])
    logs = np.log(even)
    between, within = float(logs.mean(axis=1).var()), float(logs.var(axis=1).mean())
    return even.ravel(), between / (between + within) if between + within > 0.0 else 0.0
