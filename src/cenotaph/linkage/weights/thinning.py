"""A part of very many pairs that is enough to learn from: whole groups of likely pairs, drawn by chance.

Triangles teach only where all of their sides are there, so groups are drawn, not pairs: every likely pair of a drawn
group stays, and of the unlikely ones those that begin in one, which is the same share of them.

Invariant: what is drawn follows from the pairs alone; a collection with few pairs keeps them all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import graph
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.encoding.hashing import mixed

Flags = npt.NDArray[np.bool_]
ENOUGH = 300_000  # pairs; more change a weight in its third digit


def drawn(left: Ints, right: Ints, likely: Flags, records: int) -> tuple[Flags, float]:
    """Choose which pairs to learn from.

    Parameters
    ----------
    left, right
        Pairs of canonical positions, sorted.
    likely
        Which of them are probably one person.
    records
        How many records there are.

    Returns
    -------
    tuple
        Whether each pair stays, and how many pairs each of these stands for.
    """
    if len(left) <= ENOUGH:
        return np.ones(len(left), dtype=bool), 1.0
    group = graph.connected(left, right, likely, np.arange(records, dtype=np.int32))
    chance = mixed(np.arange(int(group.max()) + 1, dtype=np.uint64)) / 2.0**64
    kept = chance[group[left]] < ENOUGH / len(left)
    return kept, len(left) / max(1, int(kept.sum()))
