"""What an estimate is: a verdict, then perhaps numbers, always with the doubt that belongs to them.

Invariant: a `Posterior` that has not converged has no interval and no point in its JSON; a refused `Estimate` says no
number anywhere but what is documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]


class Verdict(StrEnum):
    """What may be claimed."""

    SUPPORTED = "supported"
    FRAGILE = "fragile"
    REFUSED = "refused"


class Weight(StrEnum):
    """What a reason does to the verdict."""

    REFUSE = "refuse"
    WEAKEN = "weaken"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: a code, its figures, and how heavy it is. `statement.py` has the words."""

    code: str
    weight: Weight
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Draws of a total from one sampler, or from an exactly computed distribution.

    ``draws`` has shape (chains, draws); ``settled`` says whether the sampler explored one distribution.
    """

    method: str
    draws: NDArray[np.float64]
    settled: bool
    status: str
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        return float(self.draws.mean())

    @property
    def median(self) -> float:
        """The median of the draws."""
        return float(np.median(self.draws))

    @property
    def interval(self) -> Interval:
        """The central 95 % of the draws."""
        low, high = np.quantile(self.draws, [0.025, 0.975])
        return float(low), float(high)

    def to_json(self) -> dict[str, Any]:
        """Return status, figures if they may be shown, and diagnostics."""
        if not self.settled:
            return {"status": self.status, **self.diagnostics, "chains": _densities(self.draws)}
        figures = {
            "mean": round(self.mean, 1),
            "sd": round(float(self.draws.std(ddof=1)), 1),
            "median": round(self.median, 1),
            "interval": [round(edge, 1) for edge in self.interval],
        }
        return {"status": self.status, **figures, **self.diagnostics}


def _densities(draws: NDArray[np.float64]) -> list[dict[str, list[float]]]:
    """Return a histogram a chain: what is shown where no interval may be."""
    edges = np.linspace(float(np.quantile(draws, 0.001)), float(np.quantile(draws, 0.999)), 41)
    shown = []
    for chain in draws:
        share = np.histogram(chain, edges)[0] / chain.size
        shown.append({"edges": np.round(edges, 1).tolist(), "share": np.round(share, 5).tolist()})
    return shown


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """An exactly computed distribution of the total: ``values`` in rising order with their ``mass``."""

    method: str
    values: NDArray[np.float64]
    mass: NDArray[np.float64]
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self.values @ self.mass)

    @property
    def sd(self) -> float:
        """The standard deviation."""
        return float(np.sqrt(((self.values - self.mean) ** 2) @ self.mass))

    def quantile(self, share: float) -> float:
        """Return the smallest total with at least that share of the mass at or below it."""
        place = int(np.searchsorted(self.mass.cumsum(), share * (1.0 - 1e-12)))
        return float(self.values[min(place, len(self.values) - 1)])

    @property
    def median(self) -> float:
        """The median."""
        return self.quantile(0.5)

    @property
    def interval(self) -> Interval:
        """The central 95 %."""
        return self.quantile(0.025), self.quantile(0.975)

    def to_json(self) -> dict[str, Any]:
        """Return figures and details."""
        return {
            "status": "computed",
            "mean": round(self.mean, 1),
            "sd": round(self.sd, 1),
            "median": self.median,
            "interval": list(self.interval),
            **self.details,
        }


@dataclass(frozen=True, slots=True)
class Fitted:
    """A total from a fitted model, with its interval and what else the method says."""

    method: str
    point: float
    interval: Interval
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return point, interval and details."""
        edges = [round(edge, 1) for edge in self.interval]
        return {"status": "fitted", "estimate": round(self.point, 1), "interval": edges, **self.details}


@dataclass(frozen=True, slots=True)
class Bound:
    """A floor under the total, with the interval of the floor."""

    lower_bound: float
    interval: Interval
    method: str = "chao"

    def to_json(self) -> dict[str, Any]:
        """Return the floor and its interval."""
        edges = [round(edge, 1) for edge in self.interval]
        return {"status": "fitted", "lower_bound": round(self.lower_bound, 1), "interval": edges}


@dataclass(frozen=True, slots=True)
class Withheld:
    """A method that gives no number for this table, and why."""

    method: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Return the reason."""
        return {"status": "withheld", "reason": self.reason}


Result = Posterior | Distribution | Fitted | Bound | Withheld


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """How many people, if that can be said at all.

    ``documented`` counts persons on the lists of the table; ``methods`` is empty when refused before any computation.
    ``lead`` is the method whose interval the statement uses. ``statements``, ``explanations`` (of the reasons, in their
    order) and ``comparisons`` (the methods side by side) hold the words by publication language.
    """

    documented: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    methods: Mapping[str, Result]
    seed: int
    table_sha256: str
    version: str
    stratum: str = ""
    lists: tuple[str, ...] = ()
    checks: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    statements: Mapping[str, str]
    explanations: Mapping[str, tuple[str, ...]]
    comparisons: Mapping[str, str] = field(default_factory=dict)
    lead: str = "lcmcr"

    @property
    def posterior(self) -> Posterior | None:
        """The settled draws a claim may rest on; None when the verdict is *refused*."""
        found = self.methods.get(self.lead)
        usable = self.verdict is not Verdict.REFUSED and isinstance(found, Posterior) and found.settled
        return found if usable and isinstance(found, Posterior) else None

    @property
    def statement(self) -> str:
        """The estimate in plain English sentences; ``statements`` has every publication language."""
        return self.statements["en"]

    def to_json(self) -> dict[str, Any]:
        """Return the result as other programs read it."""
        return {
            "documented": self.documented,
            "verdict": self.verdict.value,
            "reasons": list(self.explanations["en"]),
            "reason_codes": [reason.code for reason in self.reasons],
            "methods": {name: found.to_json() for name, found in self.methods.items()},
            "checks": dict(self.checks),
            "stratum": self.stratum,
            "lists": list(self.lists),
            "settings": dict(self.settings),
            "seed": self.seed,
            "table_sha256": self.table_sha256,
            "version": self.version,
            "statement": self.statement,
            "statements": dict(self.statements),
            "comparisons": dict(self.comparisons),
            "explanations": {language: list(texts) for language, texts in self.explanations.items()},
        }
