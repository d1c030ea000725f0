"""Sparse log-linear models: main effects, then pairs of lists one by one while the overlap surprises the model.

A pair that shares nobody has the estimate minus infinity: its cells leave the table and its term the model. A model
whose estimate does not exist, or is not identified, is never taken.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import poisson as poisson_law

from cenotaph.errors import NotEstimable
from cenotaph.estimation.cellspace import full_cells
from cenotaph.estimation.existence import exists, identifiable
from cenotaph.estimation.glm import Fit, Floats, poisson
from cenotaph.estimation.loglinear import wald
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Fitted

Pair = tuple[int, int]
THRESHOLD = 0.02
WIDEST = 9  # lists
_CERTAIN = 1e-6  # fitted means above this at a stationary point prove that the estimate exists


@dataclass(frozen=True, slots=True)
class Model:
    """Pairs in the order they were taken, those that share nobody, and the fit on the cells that are left."""

    pairs: tuple[Pair, ...]
    empty: tuple[Pair, ...]
    fit: Fit


def stepwise(table: Table, *, threshold: float = THRESHOLD, resamples: int = 0, seed: int = 1988) -> Fitted:
    """Return the estimate of the model that stepping arrives at.

    Parameters
    ----------
    table
        Three to nine lists.
    threshold
        A pair is taken while the smaller tail of its overlap under the model lies below this.
    resamples
        With 0 the interval is Wald's, blind to the choosing of pairs; else a BCa bootstrap that chooses anew in each
        resample (1,000 are wanted for 95 %).

    References
    ----------
    .. [1] L. Chan, B. Silverman, K. Vincent, "Multiple systems estimation for sparse capture data: inferential
       challenges when there are nonoverlapping lists", JASA 116 (2021).
    .. [2] B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987).
    """
    if len(table.names) > WIDEST:
        raise NotEstimable(f"stepwise selection works with up to {WIDEST} lists; there are {len(table.names)}")
    space = Space(*full_cells(table))
    model = choose(space, space.counts, threshold)
    total, interval = wald(table.people, model.fit)
    details: dict[str, object] = {
        "terms": [f"{table.names[i]}:{table.names[j]}" for i, j in (*model.pairs, *model.empty)],
        "interval_by": "wald",
    }
    if resamples:
        interval, acceleration = bca(space, threshold, resamples, seed)
        details |= {"interval_by": "bca", "acceleration": round(acceleration, 4), "resamples": resamples}
    return Fitted("stepwise", total, interval, details)


class Space:
    """The cells with what does not change between fits."""

    def __init__(self, patterns: Floats, counts: Floats) -> None:
        self.patterns, self.counts = patterns, counts
        self.pairs = list(itertools.combinations(range(patterns.shape[1]), 2))
        self.both = {pair: patterns[:, pair[0]] * patterns[:, pair[1]] for pair in self.pairs}
        self.main = np.column_stack([np.ones(len(counts)), patterns])


def choose(space: Space, counts: Floats, threshold: float) -> Model:
    """Step from main effects to the last pair that surprises."""
    model = fit_pairs(space, counts, ())
    while True:
        taken = {*model.pairs, *model.empty}
        surprise = _surprise(space, counts, model, [pair for pair in space.pairs if pair not in taken])
        step = next(_admissible(space, counts, model, surprise, threshold), None)
        if step is None:
            return model
        model = step


def _admissible(
    space: Space, counts: Floats, model: Model, surprise: list[tuple[float, Pair]], threshold: float
) -> Iterator[Model]:
    """Yield models with one pair more that have an estimate, the most surprising first."""
    for tail, pair in surprise:
        if tail >= threshold:
            return
        try:
            yield fit_pairs(space, counts, (*model.pairs, *model.empty, pair))
        except NotEstimable:
            continue


def fit_pairs(space: Space, counts: Floats, pairs: tuple[Pair, ...]) -> Model:
    """Fit main effects and pairs, or raise `NotEstimable`."""
    empty = tuple(pair for pair in pairs if counts @ space.both[pair] == 0)
    kept = tuple(pair for pair in pairs if pair not in empty)
    cells = np.ones(len(counts), np.bool_)
    for pair in empty:
        cells &= space.both[pair] == 0
    design = np.column_stack([space.main, *(space.both[pair] for pair in kept)])[cells]
    if not identifiable(design):
        raise NotEstimable("the pairs of lists in the model cannot be told apart on this table")
    fit = _proved(design, counts[cells])
    fitted = np.zeros(len(counts))
    fitted[cells] = fit.fitted
    return Model(kept, empty, Fit(fit.coefficients, fit.covariance, fitted, fit.log_likelihood))


def _proved(design: Floats, counts: Floats) -> Fit:
    """Fit, and prove that the estimate exists where the fit alone does not."""
    try:
        fit = poisson(design, counts)
    except NotEstimable:
        fit = None
    if fit is not None and fit.fitted.min() > _CERTAIN:
        return fit
    if fit is None or not exists(design, counts):
        raise NotEstimable("the estimate is not finite: the overlaps in the model leave it without an upper end")
    return fit


def _surprise(space: Space, counts: Floats, model: Model, pairs: list[Pair]) -> list[tuple[float, Pair]]:
    """Return the smaller tail of each pair's overlap under the model, smallest first."""
    if not pairs:
        return []
    observed = np.array([counts @ space.both[pair] for pair in pairs])
    expected = np.array([model.fit.fitted @ space.both[pair] for pair in pairs])
    tails = np.minimum(poisson_law.cdf(observed, expected), poisson_law.sf(observed - 1, expected))
    return sorted(zip(tails.tolist(), pairs, strict=True))


def bca(space: Space, threshold: float, resamples: int, seed: int) -> tuple[tuple[float, float], float]:
    """Return the bias-corrected and accelerated interval, pairs chosen anew each time, and its acceleration."""
    rng = np.random.default_rng(seed)
    people = int(space.counts.sum())
    point = _total(space, space.counts, threshold)
    shares = space.counts / people
    draws = np.array(
        [_total(space, one, threshold) for one in rng.multinomial(people, shares, resamples).astype(float)]
    )
    acceleration = _acceleration(space, threshold)
    below = (float((draws < point).sum()) + 0.5 * float((draws == point).sum())) / resamples
    bias = float(ndtri(np.clip(below, 0.5 / resamples, 1 - 0.5 / resamples)))
    normal = bias + ndtri(np.array([0.025, 0.975]))
    levels = ndtr(bias + normal / (1.0 - acceleration * normal))
    low, high = np.quantile(draws, levels, method="median_unbiased")
    return (float(low), float(high)), acceleration


def _total(space: Space, counts: Floats, threshold: float) -> float:
    """Return the total; infinite where even main effects have no estimate."""
    try:
        return float(counts.sum()) + choose(space, counts, threshold).fit.unseen
    except NotEstimable:
        return float("inf")


def _acceleration(space: Space, threshold: float) -> float:
    """Return the acceleration from leaving out one person of each cell."""
    cells = np.flatnonzero(space.counts)
    left_out: NDArray[np.float64] = np.array([_total(space, _without(space.counts, int(c)), threshold) for c in cells])
    weights = space.counts[cells]
    finite = np.isfinite(left_out)
    away = np.average(left_out[finite], weights=weights[finite]) - left_out[finite]
    spread = float((weights[finite] * away**2).sum())
    return float((weights[finite] * away**3).sum() / (6.0 * spread**1.5)) if spread > 0 else 0.0


def _without(counts: Floats, cell: int) -> Floats:
    fewer = counts.copy()
    fewer[cell] -= 1.0
    return fewer
