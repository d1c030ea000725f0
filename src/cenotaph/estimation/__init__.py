"""How many people are on no list: tables of overlaps in, a verdict out, then perhaps a number with its doubt."""

from __future__ import annotations

from cenotaph.estimation.cells import read_cells
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.checked import describe
from cenotaph.estimation.combine import Combined, Total, add_strata, combine_replicates, pool_draws, stratification
from cenotaph.estimation.elicit import elicit
from cenotaph.estimation.estimate import Linkages, estimate
from cenotaph.estimation.lcmcr import Sampling
from cenotaph.estimation.linkage_doubt import OverLinkages, over_linkages
from cenotaph.estimation.panel import Table, incidence, independent, tabulate
from cenotaph.estimation.plots import pictures
from cenotaph.estimation.result import (
    Bound,
    Distribution,
    Estimate,
    Fitted,
    Posterior,
    Reason,
    Verdict,
    Weight,
    Withheld,
)
from cenotaph.estimation.statement import LANGUAGES
from cenotaph.estimation.strata import Strata, estimate_strata

__all__ = [
    "LANGUAGES",
    "Bound",
    "Combined",
    "Distribution",
    "Estimate",
    "Fitted",
    "Linkages",
    "OverLinkages",
    "Posterior",
    "Prior",
    "Reason",
    "Sampling",
    "Strata",
    "Table",
    "Total",
    "Verdict",
    "Weight",
    "Withheld",
    "add_strata",
    "combine_replicates",
    "describe",
    "elicit",
    "estimate",
    "estimate_strata",
    "incidence",
    "independent",
    "over_linkages",
    "pictures",
    "pool_draws",
    "read_cells",
    "stratification",
    "tabulate",
]
