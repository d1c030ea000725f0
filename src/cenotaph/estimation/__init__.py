"""How many people are on no list: tables of overlaps in, a verdict out, then perhaps a number with its doubt."""

from __future__ import annotations

from cenotaph.estimation.cells import read_cells
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.estimate import estimate
from cenotaph.estimation.lcmcr import Sampling
from cenotaph.estimation.panel import Table, incidence, tabulate
from cenotaph.estimation.result import Bound, Estimate, Fitted, Posterior, Reason, Verdict, Weight, Withheld

__all__ = [
    "Bound",
    "Estimate",
    "Fitted",
    "Posterior",
    "Prior",
    "Reason",
    "Sampling",
    "Table",
    "Verdict",
    "Weight",
    "Withheld",
    "estimate",
    "incidence",
    "read_cells",
    "tabulate",
]
