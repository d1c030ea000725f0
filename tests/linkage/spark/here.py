"""The machines of an engine in this very process: parcels are packed and sent, and arrive in an order drawn by lot."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from cenotaph.linkage.spark.machines import Addressed, Work, packed, unpacked


@dataclass(frozen=True)
class Here:
    """Machines that are all this one."""

    seed: int = 0

    def send(self, parcels: Iterable[Addressed]) -> Sent:
        """Pack parcels."""
        return Sent(self, [(part, packed(parcel)) for part, parcel in parcels])

    def share(self, value: object) -> Any:
        """Return the value as it is."""
        return SimpleNamespace(value=value)


@dataclass(frozen=True)
class Sent:
    """Parcels as bytes."""

    machines: Here
    rows: Sequence[tuple[int, bytes]]

    def step(self, work: Work) -> Sent:
        """Work on the parcels of each part, which arrive in another order."""
        mixed = list(self.rows)
        random.Random(self.machines.seed).shuffle(mixed)
        waiting: dict[int, list[Any]] = {}
        for part, data in mixed:
            waiting.setdefault(part, []).append(unpacked(data))
        return self.machines.send(row for part, parcels in waiting.items() for row in work(part, parcels))

    def beside(self, other: Sent) -> Sent:
        """Return the parcels of both."""
        return Sent(self.machines, [*self.rows, *other.rows])

    def held(self) -> Sent:
        """Return the same."""
        return self

    def collected(self) -> list[Addressed]:
        """Unpack all, by part."""
        return [(part, unpacked(data)) for part, data in sorted(self.rows, key=lambda row: row[0])]
