"""Records to people: candidates, comparison, weights, clusters. Pure functions over tables and facts about lists."""

from __future__ import annotations

from cenotaph.linkage import sampled
from cenotaph.linkage.draws import Doubt, doubt
from cenotaph.linkage.evaluate import evaluate
from cenotaph.linkage.guards import names_of as guards_of
from cenotaph.linkage.kept import Kept
from cenotaph.linkage.kept import from_arrays as kept_from_arrays
from cenotaph.linkage.levels import MEANINGS
from cenotaph.linkage.links import Links, link
from cenotaph.linkage.meeting import Meeting, meeting
from cenotaph.linkage.recall import candidate_pairs
from cenotaph.linkage.relinking import Policy, Relinked, relink
from cenotaph.linkage.settings import LinkSettings
from cenotaph.linkage.weakest import Weakest, weakest

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
    "relink",
    "sampled",
    "weakest",
]
