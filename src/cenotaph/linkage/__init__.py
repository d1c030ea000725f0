"""Records to people: candidates, comparison, weights, clusters. Pure functions over tables and facts about lists.

Read the rooms in the order records pass them: `encoding`, `candidates`, `comparison`, `weights`, `clusters`. `solving`
leads through them for numbers and `links` for tables; `increments`, `diagnostics`, `sampled`, `copying` and `spark`
stand on top. Invariant: imports go one way only, as a contract in `pyproject.toml` says.
"""

from __future__ import annotations

from cenotaph.linkage import sampled
from cenotaph.linkage.clusters.guards import names_of as guards_of
from cenotaph.linkage.comparison.levels import MEANINGS
from cenotaph.linkage.diagnostics.draws import Doubt, doubt
from cenotaph.linkage.diagnostics.evaluate import evaluate
from cenotaph.linkage.diagnostics.meeting import Meeting, meeting
from cenotaph.linkage.diagnostics.recall import candidate_pairs
from cenotaph.linkage.diagnostics.reliability import reliability
from cenotaph.linkage.diagnostics.reliability_plot import reliability_plot
from cenotaph.linkage.diagnostics.weakest import Weakest, weakest
from cenotaph.linkage.increments.kept import Kept
from cenotaph.linkage.increments.kept import from_arrays as kept_from_arrays
from cenotaph.linkage.increments.relinking import Policy, Relinked, relink
from cenotaph.linkage.links import Links, link
from cenotaph.linkage.settings import LinkSettings

__all__ = [
    "MEANINGS",
    "Doubt",
    "Kept",
    "LinkSettings",
    "Links",
    "Meeting",
    "Policy",
    "Relinked",
    "Weakest",
    "candidate_pairs",
    "doubt",
    "evaluate",
    "guards_of",
    "kept_from_arrays",
    "link",
    "meeting",
    "reliability",
    "reliability_plot",
    "relink",
    "sampled",
    "weakest",
]
