"""Records to people: candidates, comparison, weights, clusters. Pure functions over tables and facts about lists."""

from __future__ import annotations

from cenotaph.linkage.draws import Doubt, doubt
from cenotaph.linkage.evaluate import evaluate
from cenotaph.linkage.kept import Kept
from cenotaph.linkage.kept import from_arrays as kept_from_arrays
from cenotaph.linkage.links import Links, link
from cenotaph.linkage.recall import candidate_pairs
from cenotaph.linkage.relinking import Policy, Relinked, relink
from cenotaph.linkage.settings import LinkSettings

__all__ = [
    "Doubt",
    "Kept",
    "LinkSettings",
    "Links",
    "Policy",
    "Relinked",
    "candidate_pairs",
    "doubt",
    "evaluate",
    "kept_from_arrays",
    "link",
    "relink",
]
