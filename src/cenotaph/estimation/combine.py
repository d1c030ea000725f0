"""Adding strata draw by draw, and combining estimates over replicates of the data.

Invariant: ends of intervals are never added. A stratum that cannot be estimated adds what is documented in it, and
the total is then called a lower bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from cenotaph.errors import InputError
from cenotaph.estimation.result import Estimate, Interval

Floats = NDArray[np.float64]
_DRAWS = 8000
_EMPTY = 0.1  # an unseen count of zero on the log scale, as in the published rule


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """A sum over strata: its draws, what is documented, and which strata added only their count."""

    documented: int
    draws: Floats
    counted_only: tuple[str, ...]

    @property
    def lower_bound(self) -> bool:
        """Whether some stratum could not be estimated."""
        return bool(self.counted_only)

    @property
    def interval(self) -> Interval:
        """The central 95 % of the summed draws."""
        low, high = np.quantile(self.draws, [0.025, 0.975])
        return float(low), float(high)

    def to_json(self) -> dict[str, Any]:
        """Return the figures, or only the count when no stratum could be estimated."""
        told = {"documented": self.documented, "lower_bound": self.lower_bound, "counted_only": list(self.counted_only)}
        if not self.draws.size:
            return told
        figures = {"mean": round(float(self.draws.mean()), 1), "median": round(float(np.median(self.draws)), 1)}
        return {**told, **figures, "interval": [round(edge, 1) for edge in self.interval]}


def add_strata(strata: Sequence[Estimate], *, seed: int = 1988) -> Total:
    """Add independent strata draw by draw; one without settled draws adds its documented count."""
    if not strata:
        raise InputError("no stratum to add; give at least one estimate")
    rng = np.random.default_rng([seed, 3])
    known = [one.posterior for one in strata]
    total = np.zeros(_DRAWS)
    for one, found in zip(strata, known, strict=True):
        total += one.documented if found is None else _resample(rng, found.draws, _DRAWS)
    counted = tuple(
        one.stratum or f"stratum {k + 1}" for k, (one, d) in enumerate(zip(strata, known, strict=True)) if d is None
    )
    draws = total if len(counted) < len(strata) else np.empty(0)
    return Total(sum(one.documented for one in strata), draws, counted)


def _resample(rng: np.random.Generator, draws: Floats, size: int) -> Floats:
    """Return draws in random order, each about equally often."""
    flat = draws.ravel()
    taken = flat[np.linspace(0, flat.size - 1, size).astype(np.int64)]
    return np.asarray(rng.permutation(taken), np.float64)


@dataclass(frozen=True, slots=True)
class Combined:
    """A point and interval over replicates, by the rule named."""

    rule: str
    point: float
    interval: Interval


def combine_replicates(draws: Sequence[Floats], documented: Sequence[int]) -> Combined:
    """Combine estimates of several imputations of one table by the rule HRDAG published with verdata.

    Parameters
    ----------
    draws
        Draws of the total, one array a replicate.
    documented
        Documented people of each replicate.

    Notes
    -----
    With n0 = N - documented on the log scale (0 counts as 0.1): W the mean within variance, B the variance of the
    means, V = W + (m + 1)/m B, df = (m - 1)(1 + W/((m + 1) B))^2; the interval is the mean documented plus
    exp(mean +- t sqrt V). The point is the mean of the means. Point and interval differ in their centre.
    """
    if len(draws) < 2 or len(draws) != len(documented):
        raise InputError(
            f"{len(draws)} replicates with {len(documented)} counts; give two or more of each, as many of both"
        )
    unseen = [np.asarray(one, np.float64) - people for one, people in zip(draws, documented, strict=True)]
    logs = [np.log(np.where(one <= 0, _EMPTY, one)) for one in unseen]
    seen = round(float(np.mean(documented)))
    point = round(float(np.mean([one.mean() for one in unseen]))) + seen
    center, spread, freedom = _pool([float(x.mean()) for x in logs], [float(x.var(ddof=1)) for x in logs])
    reach = spread * (float(student.ppf(0.975, freedom)) if np.isfinite(freedom) else 1.959963984540054)
    return Combined(
        "replicates", float(point), (seen + float(np.exp(center - reach)), seen + float(np.exp(center + reach)))
    )


def _pool(means: list[float], variances: list[float]) -> tuple[float, float, float]:
    """Return centre, standard deviation and degrees of freedom over replicates."""
    m, within, between = len(means), float(np.mean(variances)), float(np.var(means, ddof=1))
    spread = float(np.sqrt(within + (m + 1) / m * between))
    freedom = (m - 1) * (1.0 + within / ((m + 1) * between)) ** 2 if between > 0.0 else float("inf")
    return float(np.mean(means)), spread, freedom


def pool_draws(draws: Sequence[Floats]) -> Combined:
    """Combine replicates by mixing all their draws, each replicate with the same weight."""
    size = min(len(np.ravel(one)) for one in draws)
    mixed = np.concatenate([np.ravel(one)[np.linspace(0, np.size(one) - 1, size).astype(np.int64)] for one in draws])
    low, high = np.quantile(mixed, [0.025, 0.975])
    return Combined("pooled draws", float(mixed.mean()), (float(low), float(high)))


def stratification(name: str, strata: Mapping[str, int]) -> dict[str, Any]:
    """Return a log entry of a stratification that was tried, so that none can be picked for its result."""
    return {"stratification": name, "strata": dict(sorted(strata.items())), "documented": sum(strata.values())}
