"""Chance that falls the same way on every machine, in every Python and NumPy.

Each stream is named: draws added to one part of the demo leave every other part as it was. The generator is
SplitMix64; no call uses a function (log, exp) whose last digit may differ from one processor to another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15


class Dice:
    """A named stream of chance: the same seed and names give the same draws for ever."""

    def __init__(self, seed: int, *names: object) -> None:
        label = "/".join(str(name) for name in (seed, *names))
        self._state = int.from_bytes(hashlib.sha256(label.encode("utf-8")).digest()[:8], "big")

    def bits(self) -> int:
        """Return 64 random bits."""
        self._state = (self._state + _GOLDEN) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def unit(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return (self.bits() >> 11) / 9007199254740992.0

    def chance(self, rate: float) -> bool:
        """Say yes with the given rate."""
        return self.unit() < rate

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to ``bound - 1``."""
        return int(self.unit() * bound)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things, each as likely as the others."""
        return things[self.below(len(things))]

    def weighed(self, things: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the things, as likely as its weight says."""
        left = self.unit() * sum(weights)
        for thing, weight in zip(things, weights, strict=True):
            left -= weight
            if left < 0:
                return thing
        return things[-1]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in a random order."""
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def some(self, things: Sequence[T], rate: float) -> list[T]:
        """Return each of the things with the given rate, in their order."""
        return [thing for thing in things if self.chance(rate)]
