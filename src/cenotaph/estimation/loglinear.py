"""Log-linear models of list dependence, chosen by BIC: one model, its interval blind to the choosing.

Up to four lists every hierarchical model without the highest interaction is tried, beyond that pairs of lists are
added and removed one at a time. A model without an existing, identifiable estimate is passed over.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from cenotaph.errors import NotEstimable
from cenotaph.estimation.cellspace import full_cells
from cenotaph.estimation.existence import exists, identifiable
from cenotaph.estimation.glm import Fit, Floats, poisson
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Fitted

Term = tuple[int, ...]
_Z = 1.959963984540054
_EXHAUSTIVE = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model: its interaction terms, its fit, its BIC."""

    terms: tuple[Term, ...]
    fit: Fit
    bic: float


def loglinear(table: Table) -> Fitted:
    """Return the estimate of the model with the lowest BIC."""
    patterns, counts = full_cells(table)
    lists = patterns.shape[1]
    best = _all(patterns, counts) if lists <= _EXHAUSTIVE else _search(patterns, counts)
    if best is None:
        raise NotEstimable("no log-linear model has an estimate on this table")
    terms = [":".join(table.names[j] for j in term) for term in best.terms]
    total, interval = wald(table.people, best.fit)
    return Fitted("loglinear", total, interval, {"terms": terms, "bic": round(best.bic, 2)})


def wald(people: int, fit: Fit) -> tuple[float, tuple[float, float]]:
    """Return the total with an interval that is log-normal in the people not seen."""
    factor = float(np.exp(_Z * fit.spread))
    return people + fit.unseen, (people + fit.unseen / factor, people + fit.unseen * factor)


def design_of(patterns: Floats, terms: tuple[Term, ...]) -> Floats:
    """Return intercept, one effect a list, and one column an interaction, shape (cells, terms)."""
    products = [patterns[:, list(term)].prod(axis=1) for term in terms]
    return np.column_stack([np.ones(len(patterns)), patterns, *products])


def _judge(patterns: Floats, counts: Floats, terms: tuple[Term, ...]) -> Chosen | None:
    """Fit a model, or return None where it has no estimate."""
    design = design_of(patterns, terms)
    if not identifiable(design) or not exists(design, counts):
        return None
    fit = poisson(design, counts)
    return Chosen(terms, fit, -2.0 * fit.log_likelihood + design.shape[1] * float(np.log(counts.sum())))


def _all(patterns: Floats, counts: Floats) -> Chosen | None:
    found = [_judge(patterns, counts, terms) for terms in hierarchical(patterns.shape[1])]
    return min((model for model in found if model), key=lambda model: model.bic, default=None)


@cache
def hierarchical(lists: int) -> tuple[tuple[Term, ...], ...]:
    """Return the interaction terms of every hierarchical model with all main effects, the highest order left out."""
    pairs = list(itertools.combinations(range(lists), 2))
    chosen = itertools.chain.from_iterable(itertools.combinations(pairs, size) for size in range(len(pairs) + 1))
    return tuple(terms for graph in chosen for terms in _closed(lists, graph))


def _closed(lists: int, graph: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """Yield the graph's pairs with every choice of triples all of whose pairs are in it."""
    triples = [t for t in itertools.combinations(range(lists), 3) if set(itertools.combinations(t, 2)) <= set(graph)]
    triples = [] if lists == 3 else triples
    for size in range(len(triples) + 1):
        for extra in itertools.combinations(triples, size):
            yield (*graph, *extra)


def _search(patterns: Floats, counts: Floats) -> Chosen | None:
    """Add or remove one pair of lists while that lowers the BIC."""
    pairs = list(itertools.combinations(range(patterns.shape[1]), 2))
    best = _judge(patterns, counts, ())
    while best is not None:
        here = set(best.terms)
        near = [_judge(patterns, counts, tuple(sorted(here ^ {pair}))) for pair in pairs]
        step = min((model for model in near if model), key=lambda model: model.bic, default=best)
        if step.bic >= best.bic:
            return best
        best = step
    return best
