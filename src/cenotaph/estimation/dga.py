"""Averaging over decomposable graphs of list dependence: exact, no chains.

The graph in which every list depends on every other says nothing about the unseen: there the prior answers alone. It
is left out, and its posterior probability reported instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

from cenotaph.errors import NotEstimable
from cenotaph.estimation.graphs import MOST_LISTS, cliques, decomposable, scores_of
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Distribution

Floats = NDArray[np.float64]
_TAIL = 1e-6
_FINE, _RATIO, _LARGEST = 400, 1.01, 10**9


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """Posterior over graphs and over the unseen count on a grid; ``graphs`` are probabilities."""

    unseen: NDArray[np.int64]
    mass: Floats
    graphs: Floats
    saturated: float


def dga(table: Table, *, delta: float | None = None) -> Distribution:
    """Return the posterior of the total, averaged over decomposable graphs without the saturated one.

    Parameters
    ----------
    table
        Two to six lists; the number of graphs beyond that is too large to go through.
    delta
        The prior count a cell (hyper-Dirichlet); ``2 ** -lists`` by default, one count spread over all cells.

    Notes
    -----
    ``p(unseen)`` is proportional to 1/N, graphs are equally likely. The grid of unseen counts grows geometrically
    until less than a millionth of the mass lies at its end.

    References
    ----------
    .. [1] D. Madigan, J. York, "Bayesian methods for estimation of the size of a closed population", Biometrika 84
       (1997).
    """
    lists = len(table.names)
    if not 2 <= lists <= MOST_LISTS:
        raise NotEstimable(f"averaging over graphs works with 2 to {MOST_LISTS} lists; there are {lists}")
    prior = 2.0**-lists if delta is None else delta
    found = _grown(table, prior)
    best = int(found.graphs.argmax())
    shape = cliques(lists, decomposable(lists)[0][best])
    details = {
        "delta": prior,
        "saturated": round(found.saturated, 6),
        "top_graph": [[table.names[j] for j in clique] for clique in shape],
        "top_probability": round(float(found.graphs[best]), 4),
    }
    return Distribution("dga", table.people + found.unseen.astype(np.float64), found.mass, details)


def _grown(table: Table, delta: float) -> Averaged:
    """Widen the grid until its end is empty."""
    most = 10 * table.people
    while most < _LARGEST:
        found = average(table, geometric(most), delta=delta)
        if found.mass[found.unseen > most / 2].sum() < _TAIL:
            return found
        most *= 10
    raise NotEstimable("the data set no upper limit to the total: averaging over graphs has no finite answer")


def geometric(most: int) -> NDArray[np.int64]:
    """Return unseen counts: each one up to 400, then one in every hundredth."""
    steps = int(np.log(max(most / _FINE, 1.0)) / np.log(_RATIO)) + 2
    coarse = (_FINE * _RATIO ** np.arange(1, steps)).astype(np.int64)
    return np.unique(np.concatenate([np.arange(0, _FINE + 1), coarse]))


def average(
    table: Table, unseen: NDArray[np.int64], *, delta: float, saturated: bool = False, log_prior: Floats | None = None
) -> Averaged:
    """Return the posterior on a grid of unseen counts, graphs averaged.

    ``log_prior`` over the grid replaces ``-log N``; ``saturated`` keeps the saturated graph.
    """
    lists = len(table.names)
    graphs, factors = decomposable(lists)
    base = _counting(table, unseen) + (-np.log(table.people + unseen) if log_prior is None else log_prior)
    base = base + np.log(_spacing(unseen))
    scores = factors @ _subsets(table, unseen, delta)
    by_graph = np.asarray(logsumexp(scores + base, axis=1), np.float64)
    full = len(graphs) - 1  # the last: all edges
    share = float(np.exp(by_graph[full] - logsumexp(by_graph)))
    if not saturated:
        by_graph[full], scores[full] = -np.inf, -np.inf
    total = logsumexp(by_graph)
    mass = np.exp(logsumexp(scores, axis=0) + base - total)
    return Averaged(unseen, mass, np.exp(by_graph - total), share)


def _counting(table: Table, unseen: NDArray[np.int64]) -> Floats:
    found: Floats = gammaln(table.people + unseen + 1.0) - gammaln(unseen + 1.0)
    return found


def _spacing(unseen: NDArray[np.int64]) -> Floats:
    """Return how many unseen counts each grid point stands for."""
    middle = (unseen[1:] + unseen[:-1]) / 2.0
    edges = np.concatenate([[unseen[0] - 0.5], middle, [unseen[-1] + 0.5]])
    return np.diff(edges)


def _subsets(table: Table, unseen: NDArray[np.int64], delta: float) -> Floats:
    """Return the log score of each subset of lists at each unseen count, shape (2 ** lists, grid)."""
    lists = len(table.names)
    rows = [_score(table, members, unseen, delta) for members in scores_of(lists)]
    return np.stack(rows)


def _score(table: Table, members: NDArray[np.bool_], unseen: NDArray[np.int64], delta: float) -> Floats:
    """Dirichlet-multinomial score of the marginal table of some lists; only its empty cell holds unseen people."""
    size, lists = int(members.sum()), len(table.names)
    if size == 0:
        return np.zeros(len(unseen))
    codes = table.patterns[:, members].astype(np.int64) @ (1 << np.arange(size))
    margin = np.bincount(codes, weights=table.counts, minlength=2**size)
    weight, whole = delta * 2.0 ** (lists - size), delta * 2.0**lists
    fixed = gammaln(margin[1:] + weight).sum() - 2**size * gammaln(weight) + gammaln(whole)
    found: Floats = fixed + gammaln(margin[0] + unseen + weight) - gammaln(table.people + unseen + whole)
    return found


def sensitivity(table: Table, deltas: Sequence[float] | None = None) -> dict[str, dict[str, float]]:
    """Return median and saturated share for several prior counts a cell: what the prior, not the lists, decides."""
    chosen = deltas or (2.0 ** -len(table.names), 0.5, 1.0)
    found = {f"{delta:g}": dga(table, delta=delta) for delta in chosen}
    return {
        delta: {"median": round(one.median, 1), "saturated": float(one.details["saturated"])}
        for delta, one in found.items()
    }
