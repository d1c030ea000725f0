"""Doubt about who is who, carried into the estimate: one table for each way the records may be linked.

Invariant: every table counts equally; the width that linkage causes is said apart from the width the lists cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph.errors import InputError
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.lcmcr import Sampling, lcmcr
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Interval, Posterior
from cenotaph.estimation.sensitivity import SHORT


@dataclass(frozen=True, slots=True, eq=False)
class OverLinkages:
    """Estimates under several linkages: pooled draws, and the share of the variance of log N between linkages."""

    results: Mapping[str, Posterior]
    documented: Mapping[str, int]
    draws: NDArray[np.float64]
    share: float

    @property
    def settled(self) -> bool:
        """Whether each linkage's sampler settled; without that there is no pooled interval."""
        return all(one.settled for one in self.results.values())

    @property
    def interval(self) -> Interval:
        """The central 95 % over linkages and draws."""
        low, high = np.quantile(self.draws, [0.025, 0.975])
        return float(low), float(high)

    def to_json(self) -> dict[str, Any]:
        """Return each linkage's figures and the pooled ones."""
        shown: dict[str, Any] = {
            name: {"documented": self.documented[name], **one.to_json()} for name, one in self.results.items()
        }
        told: dict[str, Any] = {"linkages": shown, "settled": self.settled}
        if self.settled:
            told |= {
                "median": round(float(np.median(self.draws)), 1),
                "interval": [round(edge, 1) for edge in self.interval],
                "share_from_linkage": round(self.share, 4),
            }
        return told


def over_linkages(
    tables: Mapping[str, Table],
    *,
    classes: int = 10,
    cap: float | None = None,
    prior: Prior | None = None,
    seed: int = 1988,
    sampling: Sampling | None = None,
) -> OverLinkages:
    """Estimate each table and pool the draws.

    Parameters
    ----------
    tables
        Tables under posterior draws of the clustering, or under several link thresholds, by name.

    References
    ----------
    .. [1] M. Sadinle, "Bayesian propagation of record linkage uncertainty into population size estimation of human
       rights violations", Annals of Applied Statistics 12 (2018).
    """
    if len(tables) < 2:
        raise InputError("one linkage shows no doubt; give the tables of two or more")
    results = {
        name: lcmcr(
            table,
            classes=classes,
            cap=cap,
            prior=prior,
            seed=np.random.SeedSequence([seed, 4, k]),
            sampling=sampling or SHORT,
        )
        for k, (name, table) in enumerate(sorted(tables.items()))
    }
    draws, share = mix([one.draws.ravel() for one in results.values()])
    return OverLinkages(results, {name: table.people for name, table in sorted(tables.items())}, draws, share)


def mix(draws: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], float]:
    """Return equally many draws of each, and the share of the variance of their logarithm that lies between them."""
    size = min(one.size for one in draws)
    even = np.stack([one[np.linspace(0, one.size - 1, size).astype(np.int64)] for one in draws])
    logs = np.log(even)
    between, within = float(logs.mean(axis=1).var()), float(logs.var(axis=1).mean())
    return even.ravel(), between / (between + within) if between + within > 0.0 else 0.0
