"""Whether somebody was in office when something happened: certain, possible or no, as the known ends allow.

Invariant: what is certain stays possible when any end is known less exactly, and nothing becomes certain by knowing
less. An end that no source gives is open and makes nothing certain beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.registry.spans import FIRST, LAST, Certainty, Span


@dataclass(frozen=True, slots=True)
class Tenure:
    """When a post was held: its first day lies within ``start``, its last within ``end``."""

    start: Span
    end: Span

    @classmethod
    def of(cls, start: Span | None, end: Span | None) -> Tenure:
        """Return the tenure of which sources give these ends; one that none gives may lie anywhere beyond the other."""
        if start is None:
            start = Span(FIRST, end.last if end is not None else LAST)
        if end is None:
            end = Span(start.first, LAST)
        return cls(start, end)

    @property
    def is_contradictory(self) -> bool:
        """Say whether it would have ended before it could begin."""
        return self.end.last < self.start.first


def at_the_time(tenure: Tenure, act: Span) -> Certainty:
    """Say whether a post was held on the one, perhaps unknown, day of an act."""
    if act.last < tenure.start.first or act.first > tenure.end.last:
        return Certainty.CONTRADICTED
    if tenure.start.last <= act.first and act.last <= tenure.end.first:
        return Certainty.CERTAIN
    return Certainty.POSSIBLE


def during(tenure: Tenure, act: Tenure) -> Certainty:
    """Say whether a post was held on at least one day of something that lasted, a detention."""
    if act.end.last < tenure.start.first or act.start.first > tenure.end.last:
        return Certainty.CONTRADICTED
    first, last = max(tenure.start.last, act.start.last), min(tenure.end.first, act.end.first)
    return Certainty.CERTAIN if first <= last else Certainty.POSSIBLE
