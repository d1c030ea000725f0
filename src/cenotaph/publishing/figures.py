"""The numbers of a release, counted from what the guard let through and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.publishing.public import Card

THREE_OR_MORE = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a release. ``withheld`` says how many persons are kept back, never who or for which reason."""

    shown: int
    withheld: int
    status: Mapping[str, int]
    fate: Mapping[str, int]
    on_lists: Mapping[int, int]  # 1, 2, 3 (or more) -> persons

    @classmethod
    def of(cls, cards: Sequence[Card], withheld: int) -> Figures:
        """Count the cards of all public persons."""
        return cls(
            shown=len(cards),
            withheld=withheld,
            status=_tally(card.status for card in cards),
            fate=_tally(card.fate for card in cards),
            on_lists=dict(sorted(Counter(min(len(card.lists), THREE_OR_MORE) for card in cards).items())),
        )

    def as_json(self) -> dict[str, object]:
        """Return the counts for a manifest."""
        return {
            "persons": self.shown,
            "withheld": self.withheld,
            "status": dict(self.status),
            "fate": dict(self.fate),
            "on_lists": {("3+" if n == THREE_OR_MORE else str(n)): count for n, count in self.on_lists.items()},
        }


def _tally(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items()))
