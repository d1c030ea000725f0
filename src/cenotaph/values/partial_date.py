"""The type of a date as lists write it: an interval of days with what was stated, and how two of them compare.

Invariant: ``earliest <= latest`` where both are known; an unknown day is an interval, never the first of the month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})
_DAY_MARGIN = 5  # days: "about 3 August" is rarely off by more
Span = tuple[int, int, float]  # first and last ordinal, weight of the reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another thing the same words may mean, with its share of belief."""

    earliest: dt.date | None
    latest: dt.date | None
    calendar: str
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as written and what it says: earliest and latest day, either of which may be open.

    Attributes
    ----------
    raw : str
        The text, unchanged.
    calendar : str
        ``gregory``, ``persian``, ``islamic``, ``julian``, ``imperial`` or ``unknown``.
    decided : str
        How the calendar was decided: ``month name``, ``era``, ``Kurdish year``, ``list``, ``language``,
        ``year range`` …
    parts : Mapping
        What was stated, in that calendar: year, month, day, season, part, decade …; nothing is filled in.
    edtf : str or None
        The same in EDTF (Gregorian): an unknown day of a Solar Hijri month is one of a set, ``[a..b]``.
    flags : tuple of str
        Rare and meaningful: ``approximate``, ``uncertain``, ``ambiguous``, ``century``, ``calendar``, ``order``,
        ``conflict``, ``either`` (one date or another, nothing between them), ``weekday``, ``hemisphere``, ``no-year``,
        ``unknown``, ``unreadable``.
    """

    raw: str
    calendar: str = "unknown"
    decided: str = ""
    parts: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    earliest: dt.date | None = None
    latest: dt.date | None = None
    edtf: str | None = None
    flags: tuple[str, ...] = ()
    alternatives: tuple[Reading, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known of when."""
        return self.earliest is not None or self.latest is not None

    @property
    def is_full(self) -> bool:
        """Whether day, month and year were stated for one single day."""
        return all(isinstance(self.parts.get(part), int) for part in ("year", "month", "day"))


def _margin(one: PartialDate) -> int:
    """Days by which an approximate date is widened for comparing: its own length, a few days at least."""
    if "approximate" not in one.flags:
        return 0
    if one.earliest is None or one.latest is None:
        return _DAY_MARGIN
    return max(_DAY_MARGIN, (one.latest - one.earliest).days)


def _span(earliest: dt.date | None, latest: dt.date | None, weight: float, margin: int) -> Span:
    first = earliest.toordinal() - margin if earliest else 1
    last = latest.toordinal() + margin if latest else dt.date.max.toordinal()
    return first, last, weight


def _spans(one: PartialDate) -> Iterator[Span]:
    margin = _margin(one)
    if one.is_known:
        yield _span(one.earliest, one.latest, 1.0, margin)
    for other in one.alternatives:
        yield _span(other.earliest, other.latest, other.prior, margin)


def _shared(a: Span, b: Span) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0]) + 1
    shorter = min(a[1] - a[0], b[1] - b[0]) + 1
    return max(0.0, common / shorter) * min(a[2], b[2])


def overlap(a: PartialDate, b: PartialDate) -> float:
    """Say how far two dates may be the same day: the share of the shorter interval that lies in the longer.

    1 where one lies within the other, 0 where every reading is disjoint; an alternative reading counts at most its
    prior. A date of which nothing is known shares nothing.
    """
    return max((_shared(x, y) for x in _spans(a) for y in _spans(b)), default=0.0)


def gap_days(a: PartialDate, b: PartialDate) -> int | None:
    """Return the days that lie between the nearest readings of two dates: 0 when they overlap, None when unknown."""
    gaps = [max(0, x[0] - y[1], y[0] - x[1]) for x in _spans(a) for y in _spans(b)]
    return min(gaps, default=None)


def day_bounds(one: PartialDate) -> tuple[int, int] | None:
    """Return the first and last day number any reading allows, widened where approximate; None when nothing is known.

    An open end is day 1 or the last day there is: it bounds nothing.
    """
    spans = list(_spans(one))
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None
