"""Does the model reproduce what the lists show? A good fit says nothing about the people nobody saw.

Invariant: replicated tables have as many people as the observed one; nothing here speaks about the unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph.estimation.chains import Prior, data_of, spawn, together
from cenotaph.estimation.panel import Table

SAID = "Fit is judged on people who are on a list. It says nothing about those who are on none."
_UNLIKELY = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Posterior predictive intervals: people on exactly 1, 2, … lists, and in each cell."""

    by_lists: NDArray[np.int64]
    by_lists_low: NDArray[np.float64]
    by_lists_high: NDArray[np.float64]
    tails: NDArray[np.float64]
    cells_outside: int
    cells: int

    @property
    def misfits(self) -> list[dict[str, Any]]:
        """What the model does not reproduce, as pieces of a sentence."""
        places = np.flatnonzero(self.tails < _UNLIKELY).tolist()
        found = [{"part": "on_lists", "people": int(self.by_lists[k]), "lists": k + 1} for k in places]
        cells = {"part": "patterns", "outside": self.cells_outside, "cells": self.cells}
        return [*found, cells] if self.cells_outside > 0.2 * self.cells else found

    def to_json(self) -> dict[str, Any]:
        """Return the check with the sentence that belongs to it."""
        return {
            "by_lists": [
                {
                    "lists": k + 1,
                    "observed": int(seen),
                    "low": float(low),
                    "high": float(high),
                    "tail": round(float(tail), 4),
                }
                for k, (seen, low, high, tail) in enumerate(
                    zip(self.by_lists, self.by_lists_low, self.by_lists_high, self.tails, strict=True)
                )
            ],
            "cells_outside": self.cells_outside,
            "cells": self.cells,
            "note": SAID,
        }


def predict(
    table: Table, *, classes: int = 10, prior: Prior | None = None, seed: int = 1988, draws: int = 400
) -> Predicted:
    """Replicate the table from the posterior and compare: per cell and by number of lists."""
    root = np.random.SeedSequence([seed, 1])
    data = data_of(table, prior or Prior(), None)
    chains = spawn(data, classes, root.spawn(4))
    together(chains, 800, warm=True, workers=1)
    rng = np.random.default_rng(root)
    replicas = []
    for _ in range(draws // len(chains)):
        together(chains, 8, warm=False, workers=1)
        for chain in chains:
            shares = _shares(table, chain.state.weight, chain.state.odds)
            replicas.append(rng.multinomial(table.people, shares))
    return _compare(table, np.array(replicas))


def _shares(table: Table, weight: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of each observed pattern among the seen, and at the end that of patterns nobody has."""
    present = table.patterns[:, None, :].astype(np.float64)
    log = (present * odds - np.logaddexp(0.0, odds)).sum(axis=2) + weight
    hidden = np.exp(weight - np.logaddexp(0.0, odds).sum(axis=1)).sum()
    cells = np.exp(log).sum(axis=1) / max(1.0 - hidden, 1e-12)
    shares = np.append(cells, max(1.0 - cells.sum(), 0.0))
    return np.asarray(shares / shares.sum(), np.float64)


def _compare(table: Table, replicas: NDArray[np.int64]) -> Predicted:
    """Set observed beside replicated counts; patterns nobody has count for no number of lists."""
    cells = replicas[:, :-1]
    sizes = table.patterns.sum(axis=1)
    lists = np.arange(1, len(table.names) + 1)
    grouped = np.stack([cells[:, sizes == k].sum(axis=1) for k in lists], axis=1)
    observed = table.by_lists[1:]
    tails = np.minimum((grouped <= observed).mean(axis=0), (grouped >= observed).mean(axis=0))
    low, high = np.quantile(cells, [0.005, 0.995], axis=0)
    outside = int(((table.counts < low) | (table.counts > high)).sum())
    band = np.quantile(grouped, [0.025, 0.975], axis=0)
    return Predicted(observed, band[0], band[1], tails, outside, len(table.counts))
