"""Probabilities that mean what they say: weights against triangles, and against what people decided.

Two records that each belong surely to a third are one person whatever they say of each other, so the third sides of
sure triangles show, without a label, which weights true pairs have. Not every true pair lies in a triangle: the share
that does is taken from weights so high that all pairs are true. Judgements count as what they are.

Invariant: calibration keeps the order of pairs; with neither triangles nor judgements it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
SURE = 6.6  # log2 odds: 99 in 100
_LOW, _HIGH, _BINS = -15.0, SURE, 87  # above, the pairs are themselves sides of sure triangles
_CEILING_FROM = 2.0
_FEWEST = 100  # pairs in triangles
_SPREAD_OFFSET, _SPREAD_SCALE = 3.0, 0.3  # how far from "as it is" calibration is believed to be
_STIFFNESS = 20.0
_ZOOMS = 20


@dataclass(frozen=True, slots=True)
class Scale:
    """Calibrated log2 odds are ``offset + scale * weight``."""

    offset: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Binned weights: how many pairs, how many of them true, and the share of true pairs that would show."""

    weight: Doubles
    pairs: Doubles
    true: Doubles
    ceiling: float


def calibrate(weight: Floats, implied: Flags, judged: tuple[Floats, Flags]) -> Scale:
    """Return the scale that fits triangles and judgements best.

    Parameters
    ----------
    weight
        Log2 odds of each candidate, not yet calibrated.
    implied
        Whether two sure pairs imply it.
    judged
        Weights of the pairs that people judged, and whether they are the same.
    """
    evidence = [_counts(judged[0], judged[1], 1.0)] if len(judged[0]) else []
    middle = (weight >= _CEILING_FROM) & (weight < _HIGH)
    if int(implied[(weight >= _LOW) & (weight < _HIGH)].sum()) >= _FEWEST and middle.any():
        evidence.append(_counts(weight, implied, max(0.05, float(implied[middle].mean()))))
    if not evidence:
        return Scale()
    offset, scale = _least(evidence)
    return Scale(offset, max(0.2, scale))


def _least(evidence: list[Counts]) -> tuple[float, float]:
    """Return the fit that surprises least: a grid that is laid finer and finer around the best of the last one."""
    best, reach = np.array([0.0, 1.0]), np.array([16.0, 1.6])
    for _ in range(_ZOOMS):
        steps = np.linspace(-1.0, 1.0, 9)
        grid = [best + reach * (across, along) for across in steps for along in steps]
        best = min(grid, key=lambda fit: (_surprise(fit, evidence), tuple(fit)))
        reach = reach * 0.6
    return float(best[0]), float(best[1])


def _counts(weight: Floats, true: Flags, ceiling: float) -> Counts:
    edges = np.linspace(_LOW, _HIGH, _BINS + 1)
    kept = (weight >= _LOW) & (weight < _HIGH)
    number = np.clip(np.searchsorted(edges, weight[kept], side="right") - 1, 0, _BINS - 1)
    pairs = np.bincount(number, minlength=_BINS).astype(np.float64)
    hits = np.bincount(number, weights=true[kept], minlength=_BINS).astype(np.float64)
    return Counts((edges[1:] + edges[:-1]) / 2, pairs, hits, ceiling)


def _surprise(fit: Doubles, evidence: list[Counts]) -> float:
    """Minus the log likelihood of the evidence, with the belief that weights are not far off."""
    total = _STIFFNESS * ((fit[0] / _SPREAD_OFFSET) ** 2 + ((fit[1] - 1.0) / _SPREAD_SCALE) ** 2)
    for counts in evidence:
        share = counts.ceiling / (1.0 + np.exp2(-np.clip(fit[0] + fit[1] * counts.weight, -60, 60)))
        share = np.clip(share, 1e-9, 1.0 - 1e-9)
        total -= float((counts.true * np.log(share) + (counts.pairs - counts.true) * np.log1p(-share)).sum())
    return float(total)
