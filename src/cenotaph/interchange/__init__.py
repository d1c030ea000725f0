"""The register in the formats of others, and registers of others in ours.

Invariant: without ``internal`` only what the guard lets through leaves, in every format.
"""

from __future__ import annotations

from cenotaph.interchange.ftm import entities
from cenotaph.interchange.huridocs import tables
from cenotaph.interchange.inward import choices_to_make, config_text
from cenotaph.interchange.linked import graph
from cenotaph.interchange.outward import public_rows, rows

__all__ = ["choices_to_make", "config_text", "entities", "graph", "public_rows", "rows", "tables"]
