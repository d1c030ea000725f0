"""From a year, month, season or decade of a calendar to its first and last day number.

Invariant: ``first <= last``; a part ("early", "second half") is cut from the smallest unit that was stated.
"""

from __future__ import annotations

from cenotaph.values import calendars
from cenotaph.values.calendars import GREGORY, IMPERIAL, ISLAMIC, JULIAN, PERSIAN
from cenotaph.values.date_nodes import Stated
from cenotaph.values.date_years import Context, Trace, Year

Span = tuple[int, int]

# Western seasons begin by the weather on the first of a month, by the sun three weeks later: both are covered.
_NORTH = {1: ((3, 1), (6, 20)), 2: ((6, 1), (9, 22)), 3: ((9, 1), (12, 21)), 4: ((12, 1), (3, 20))}
_OPPOSITE = {1: 3, 2: 4, 3: 1, 4: 2}
_THIRDS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9), "first-half": (0, 4.5), "second-half": (4.5, 9),
           "early-mid": (0, 6), "mid-late": (3, 9)}  # fmt: skip
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "first-half": (1, 15), "second-half": (16, 31),
                "early-mid": (1, 20), "mid-late": (11, 31), "week-1": (1, 7), "week-2": (8, 14), "week-3": (15, 21),
                "week-4": (22, 31)}  # fmt: skip
_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first-half": (0, 4), "second-half": (5, 9),
                 "early-mid": (0, 6), "mid-late": (4, 9)}  # fmt: skip
_YEAR_PARTS = {"early": (1, 4), "mid": (5, 4), "late": (9, 4), "first-half": (1, 6), "second-half": (7, 6),
               "early-mid": (1, 8), "mid-late": (5, 8)}  # fmt: skip


def _months(calendar: str, year: int, month: int, count: int = 1) -> Span:
    """Return the first day of a month and the last day of the last of ``count`` months."""
    end = year * 12 + month - 1 + count
    first = calendars.to_jdn(calendar, year, month)
    return first, calendars.to_jdn(calendar, end // 12, end % 12 + 1) - 1


def _years(calendar: str, year: int, count: int = 1) -> Span:
    return calendars.to_jdn(calendar, year), calendars.to_jdn(calendar, year + count) - 1


def _cut(span: Span, part: str) -> Span:
    """Cut a season, or anything without months of its own, by thirds or halves of its days."""
    low, high = _THIRDS[part]
    days = span[1] - span[0] + 1
    return span[0] + round(days * low / 9), span[0] + round(days * high / 9) - 1


def _month_part(calendar: str, year: int, month: int, part: str) -> Span:
    low, high = _MONTH_PARTS[part]
    first, last = _months(calendar, year, month)
    return first + low - 1, min(last, first + high - 1)


def _year_part(calendar: str, year: int, part: str) -> Span:
    month, count = _YEAR_PARTS[part]
    return _months(calendar, year, month, count)


def _western_season(year: int, season: int, calendar: str, *, ending: bool) -> Span:
    (month, day), (last_month, last_day) = _NORTH[season]
    first = year - 1 if ending and season == 4 else year
    last = first + 1 if season == 4 else year
    return calendars.to_jdn(calendar, first, month, day), calendars.to_jdn(calendar, last, last_month, last_day)


def _season(stated: Stated, year: Year, context: Context, trace: Trace) -> Span | None:
    """Return the days of a season; a Western winter lies in two years, a Spanish one may be southern."""
    season = stated.season or 1
    if year.calendar in {PERSIAN, IMPERIAL}:
        return _months(year.calendar, year.year, 3 * season - 2, 3)
    if year.calendar not in {GREGORY, JULIAN}:
        return None
    if stated.languages == {"es"} and trace.choose("hemisphere", flag="hemisphere", context=context):
        season = _OPPOSITE[season]
    ending = False
    if season == 4 and stated.part != "spanning" and not stated.is_edtf:
        ending = trace.choose("winter", flag="ambiguous", context=context)
    return _western_season(year.year, season, year.calendar, ending=ending)


def span_of(stated: Stated, year: Year, context: Context, trace: Trace) -> Span | None:
    """Return first and last day number of what is stated, or None when the calendar has no such thing."""
    part = stated.part if stated.part != "spanning" else None
    if part not in _YEAR_PARTS and part is not None and not (stated.month and stated.day is None):
        return None  # a week of nothing but a month
    if stated.season:
        found = _season(stated, year, context, trace)
        return _cut(found, part) if found and part else found
    if stated.month:
        return _month_span(stated, year, part, trace)
    if stated.span > 1:
        low, high = _DECADE_PARTS[part] if part and stated.span == 10 else (0, stated.span - 1)
        return _years(year.calendar, year.year + low, high - low + 1)
    return _year_part(year.calendar, year.year, part) if part else _years(year.calendar, year.year)


def _month_span(stated: Stated, year: Year, part: str | None, trace: Trace) -> Span | None:
    month = stated.month or 1
    if not 1 <= month <= 12:
        return None
    if stated.day is None:
        return (
            _month_part(year.calendar, year.year, month, part)
            if part
            else _months(year.calendar, year.year, month, stated.months)
        )
    if calendars.exists(year.calendar, year.year, month, stated.day):
        day = calendars.to_jdn(year.calendar, year.year, month, stated.day)
        return day, day
    trace.flags.add("no-such-day")
    return _months(year.calendar, year.year, month) if stated.day <= 31 else None


def widened(span: Span, calendar: str) -> Span:
    """Widen a lunar date by what tabular and observed months differ."""
    if calendar != ISLAMIC:
        return span
    return span[0] - calendars.slack(calendar, span[0]), span[1] + calendars.slack(calendar, span[1])
