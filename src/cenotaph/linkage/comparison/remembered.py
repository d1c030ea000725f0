"""Pairs that were compared before: a pair is compared once, however often triangles or people ask for it.

Invariant: what is remembered of a pair is what comparing it again would give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.comparison.compare import Compared
from cenotaph.linkage.encoding.encode import Ints, Longs

Comparer = Callable[[Ints, Ints], Compared]


def places(packed: Longs, asked: Longs) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """Return where packed pairs stand, or would stand, among sorted ones, and which of them are there."""
    at = np.searchsorted(packed, asked)
    there = at < len(packed)
    there[there] = packed[at[there]] == asked[there]
    return at, there


@dataclass(slots=True)
class Remembered:
    """Compares pairs that it has not met yet.

    Parameters
    ----------
    compare
        Compares pairs of canonical positions.
    packed
        The pairs that are remembered, sorted.
    compared
        How they compare.
    """

    compare: Comparer
    packed: Longs = field(default_factory=lambda: np.empty(0, np.int64))
    compared: Compared | None = None

    def __call__(self, asked: Longs) -> Compared:
        """Return how packed pairs compare; ``asked`` is sorted, each once."""
        at, there = places(self.packed, asked)
        new = asked[~there]
        if len(new):
            self._learn(at[~there], new)
            at, _ = places(self.packed, asked)
        held = self.remembered()[1]
        return held.chosen(at)

    def remembered(self) -> tuple[Longs, Compared]:
        """Return the pairs, packed and sorted, and how they compare."""
        if self.compared is None:
            self.compared = self.compare(np.empty(0, np.int32), np.empty(0, np.int32))
        return self.packed, self.compared

    def _learn(self, at: Longs, new: Longs) -> None:
        more = self.compare((new >> 32).astype(np.int32), (new & 0xFFFFFFFF).astype(np.int32))
        held = self.compared
        if held is None:
            self.packed, self.compared = new, more
            return
        self.packed = np.insert(self.packed, at, new)
        self.compared = Compared(
            np.insert(held.levels, at, more.levels, axis=0),
            np.insert(held.bits, at, more.bits, axis=0),
            np.insert(held.kin, at, more.kin),
        )
