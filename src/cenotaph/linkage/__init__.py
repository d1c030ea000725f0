"""Records to people: candidates, comparison, weights, clusters. Pure functions over tables and facts about lists."""

from __future__ import annotations

from cenotaph.linkage.draws import Doubt, doubt
from cenotaph.linkage.evaluate import evaluate
from cenotaph.linkage.links import Links, link
from cenotaph.linkage.recall import candidate_pairs
from cenotaph.linkage.reliability import reliability
from cenotaph.linkage.reliability_plot import plot
from cenotaph.linkage.settings import LinkSettings

__all__ = ["Doubt", "LinkSettings", "Links", "candidate_pairs", "doubt", "evaluate", "link", "plot", "reliability"]
