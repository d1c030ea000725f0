"""When something can have been: a first and a last day over all that every source says, and what follows from two.

Invariant: a span holds every day that some live claim allows, so that what is certain about it is certain whichever
source is right; only a reviewer's choice narrows it to one claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cenotaph import values
from cenotaph.registry.persons import ReadClaim, Rule, Value
from cenotaph.values import PartialDate, Term

FIRST, LAST = 1, dt.date.max.toordinal()
_SOLAR_MONTH, _LUNAR_MONTH = 365.2425 / 12, 29.530588  # mean days; Gregorian and Solar Hijri years differ by 2 minutes
_SLACK = 3  # days: months are 28 to 31 days long, and leap days fall in different years of the two solar calendars


class Certainty(StrEnum):
    """How far a flag goes: the spans leave no other way, leave it open, or exclude it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last possible day, as day numbers; `FIRST` and `LAST` are open ends."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the span in EDTF, an open end as ``..``."""
        ends = [
            ".." if day in (FIRST, LAST) else dt.date.fromordinal(day).isoformat() for day in (self.first, self.last)
        ]
        return ends[0] if ends[0] == ends[1] else "/".join(ends)


def believed(value: Value) -> tuple[ReadClaim, ...]:
    """Return the claims that count: all of them, or the one a reviewer chose."""
    return (value.chosen,) if value.rule is Rule.CHOICE else value.claims


def span_of(value: Value | None) -> Span | None:
    """Return the days a date value allows; None where no source says when."""
    if value is None:
        return None
    readings = [claim.reading for claim in believed(value)]
    bounds = [values.day_bounds(reading) for reading in readings if isinstance(reading, PartialDate)]
    return hull(Span(*each) for each in bounds if each is not None)


def hull(spans: Iterable[Span]) -> Span | None:
    """Return the span that holds all of them; None of none."""
    found = list(spans)
    return Span(min(each.first for each in found), max(each.last for each in found)) if found else None


def after(start: Span, low: int, high: int, *, lunar: bool = False) -> Span:
    """Return the span ``low`` to ``high`` months later; ``lunar`` where the months may be lunar ones as well."""
    first = start.first + int(low * (_LUNAR_MONTH if lunar else _SOLAR_MONTH)) - _SLACK
    last = start.last + int(high * _SOLAR_MONTH) + _SLACK
    return Span(FIRST if start.first == FIRST else first, LAST if start.last == LAST else min(last, LAST))


def release(start: Span, sentence: Term, *, lunar: bool = False) -> Span:
    """Return the expected release: never for life or death, from a fixed term by its length, else any later day."""
    if sentence.kind in (values.TermKind.LIFE, values.TermKind.DEATH):
        return Span(LAST, LAST)
    if sentence.kind is values.TermKind.UNREAD:
        return Span(start.first, LAST)
    return after(start, sentence.low, sentence.high, lunar=lunar)


def is_lunar(value: Value | None) -> bool:
    """Say whether some counted claim may be dated in the lunar calendar, in which a year is eleven days shorter."""
    readings = [] if value is None else [claim.reading for claim in believed(value)]
    dates = [each for each in readings if isinstance(each, PartialDate)]
    return any("islamic" in (each.calendar, *(other.calendar for other in each.alternatives)) for each in dates)


def is_before(left: Span, right: Span) -> Certainty:
    """Say whether one day came before another, both within their spans."""
    if left.last < right.first:
        return Certainty.CERTAIN
    return Certainty.CONTRADICTED if left.first >= right.last else Certainty.POSSIBLE


def every(each_of: Iterable[Certainty]) -> Certainty:
    """Return what holds of all together: the weakest."""
    found = set(each_of)
    if Certainty.CONTRADICTED in found:
        return Certainty.CONTRADICTED
    return Certainty.POSSIBLE if Certainty.POSSIBLE in found else Certainty.CERTAIN


def some(each_of: Iterable[Certainty]) -> Certainty:
    """Return what holds of at least one of them: the strongest."""
    found = set(each_of)
    if Certainty.CERTAIN in found:
        return Certainty.CERTAIN
    return Certainty.POSSIBLE if Certainty.POSSIBLE in found else Certainty.CONTRADICTED


def agree(each_of: Iterable[Certainty]) -> Certainty:
    """Return the certainty of sources that answer one question: their own where they agree, else possible."""
    found = set(each_of)
    return found.pop() if len(found) == 1 else Certainty.POSSIBLE
