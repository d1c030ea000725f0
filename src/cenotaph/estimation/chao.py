"""Chao's lower bound: the fewest people the overlap of the lists is compatible with, however unequal their chances.

A floor only where scope and links hold: people outside the scope or missed links raise it.
"""

from __future__ import annotations

import numpy as np

from cenotaph.errors import NotEstimable
from cenotaph.estimation.cellspace import full_cells
from cenotaph.estimation.existence import exists
from cenotaph.estimation.glm import Floats, poisson
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Bound

_Z = 1.959963984540054
_WIDEST = 10  # lists; beyond it the cells are too many to fit and the closed form serves


def chao(table: Table) -> Bound:
    """Return the lower bound.

    A log-linear model with one effect a list and a convex effect of the number of lists beyond two (bends that come
    out negative are taken out), so that only people on one or two lists speak about those on none. Where that fit
    does not exist, the closed form ``n + e2 / (f2 + 1)`` is used: e2 sums the products of pairs of lists' singly
    named people, f2 counts those on exactly two.

    References
    ----------
    .. [1] A. Chao, "Estimating the population size for capture-recapture data with unequal catchability",
       Biometrics 43 (1987).
    .. [2] L.-P. Rivest, S. Baillargeon, "Applications and extensions of Chao's moment estimator for the size of a
       closed population", Biometrics 63 (2007).
    """
    if len(table.names) > _WIDEST:
        return _closed(table)
    patterns, counts = full_cells(table)
    base = np.column_stack([np.ones(len(counts)), patterns])
    sizes = patterns.sum(axis=1)
    bends = [np.maximum(sizes - s, 0.0) for s in range(2, patterns.shape[1])]
    try:
        return _bent(table.people, base, bends, counts)
    except NotEstimable:
        return _closed(table)


def _bent(people: int, base: Floats, bends: list[Floats], counts: Floats) -> Bound:
    """Fit, take the most negative bend out, and fit again until none is negative."""
    design = np.column_stack([base, *bends])
    if not exists(design, counts):
        raise NotEstimable("the lower bound's model has no estimate on this table")
    fit = poisson(design, counts)
    effects = fit.coefficients[base.shape[1] :]
    if len(bends) and effects.min() < 0.0:
        worst = int(effects.argmin())
        return _bent(people, base, bends[:worst] + bends[worst + 1 :], counts)
    return _log_interval(people, fit.unseen, float(np.sqrt(fit.unseen + (fit.unseen * fit.spread) ** 2)))


def _log_interval(people: int, unseen: float, deviation: float) -> Bound:
    if unseen <= 0.0:
        return Bound(float(people), (float(people), float(people)))
    factor = float(np.exp(_Z * np.sqrt(np.log1p((deviation / unseen) ** 2))))
    return Bound(people + unseen, (people + unseen / factor, people + unseen * factor))


def _closed(table: Table) -> Bound:
    once = table.counts[table.patterns.sum(axis=1) == 1].astype(np.float64)
    pairs = (once.sum() ** 2 - (once**2).sum()) / 2.0
    twice = float(table.by_lists[2]) + 1.0
    unseen = float(pairs) / twice
    noise = 1.0 / twice + 4.0 / max(float(once.sum()), 1.0)
    return _log_interval(table.people, unseen, float(np.sqrt(unseen + unseen**2 * noise)))
