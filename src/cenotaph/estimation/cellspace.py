"""Every pattern a number of lists can make, for the methods that fit all cells, empty ones too."""

from __future__ import annotations

import numpy as np

from cenotaph.estimation.glm import Floats
from cenotaph.estimation.panel import Table


def full_cells(table: Table) -> tuple[Floats, Floats]:
    """Return every non-empty pattern, and its count, zeros included."""
    lists = len(table.names)
    codes = np.arange(1, 2**lists)
    patterns = (codes[:, None] >> np.arange(lists - 1, -1, -1)) & 1
    counts = np.zeros(len(codes))
    held = table.patterns.astype(np.int64) @ (1 << np.arange(lists - 1, -1, -1))
    counts[held - 1] = table.counts
    return patterns.astype(np.float64), counts
