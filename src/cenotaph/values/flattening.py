"""Tell whether a whole column hides partial dates as firsts of the year or of the month.

Invariant: only full dates (day, month and year stated for one day) are counted; nothing is changed, only reported.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.values import calendars
from cenotaph.values.partial_date import PartialDate

_YEAR = 365.2425
_ODDS = 1e-4  # a column is suspicious when chance would do this less often than once in ten thousand
_FOLD = 2.0  # and the firsts are at least twice what chance gives
_LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattening:
    """How many dates of a column are firsts, how many chance would give, and whether that is suspicious.

    ``firsts_of_year`` are 1 Januaries or 1 Farvardins, ``firsts_of_month`` all firsts (of the calendar in which they
    are more numerous); ``expected`` is the number of firsts of a month chance would give among ``full`` dates.
    """

    total: int
    full: int
    firsts_of_year: int
    firsts_of_month: int
    expected: float
    suspicious: bool
    note: str
    calendar: str = calendars.GREGORY
    commonest: dt.date | None = None
    commonest_count: int = 0


def _surprise(count: int, total: int, share: float) -> float:
    """Probability of ``count`` or more among ``total`` when each has probability ``share`` (binomial tail)."""
    logs = (
        math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
        + k * math.log(share) + (total - k) * math.log1p(-share)
        for k in range(count, min(total, count + 500) + 1)  # beyond, terms halve and halve again
    )  # fmt: skip
    return math.fsum(math.exp(each) for each in logs)


def _too_many(count: int, total: int, share: float) -> bool:
    return count >= _LEAST and count >= _FOLD * share * total and _surprise(count, total, share) < _ODDS


def _firsts(days: Counter[dt.date], calendar: str) -> tuple[int, Counter[dt.date]]:
    """Count the firsts of the year, and the firsts of a month by day, of days seen in a calendar."""
    parts = {day: calendars.from_jdn(calendar, calendars.jdn_of(day)) for day in days}
    of_month = Counter({day: count for day, count in days.items() if parts[day][2] == 1})
    of_year = sum(count for day, count in of_month.items() if parts[day][1] == 1)
    return of_year, of_month


def _note(year: int, month: int, full: int, expected: float, commonest: tuple[dt.date | None, int]) -> str:
    day, times = commonest
    most = f", {times} of them on {day.isoformat()}" if day and times > 1 else ""
    return (
        f"{month} of {full} full dates are the first of a month where chance would give about {expected:.0f}{most}; "
        f"{year} are the first of the year. Days may have been filled in where only the month or year was known."
    )


def flattening(dates: Sequence[PartialDate], *, counts: Sequence[int] | None = None) -> Flattening:
    """Count the firsts of a column of dates and say whether they are too many to be true.

    Both the Gregorian and the Solar Hijri calendar are tried, because a converted list keeps its 1 Farvardins as
    21 Marches; the one with more firsts is reported.

    Parameters
    ----------
    dates
        The dates of the column, or its distinct dates.
    counts
        How often each of ``dates`` stands in the column; once each when left out.
    """
    times = [1] * len(dates) if counts is None else counts
    days: Counter[dt.date] = Counter()
    for each, count in zip(dates, times, strict=True):
        if each.is_full and each.earliest and each.earliest == each.latest:
            days[each.earliest] += count
    full = days.total()
    found = {name: _firsts(days, name) for name in (calendars.GREGORY, calendars.PERSIAN)}
    calendar = max(found, key=lambda name: found[name][1].total())
    of_year, firsts = found[calendar]
    of_month, expected = firsts.total(), full * 12 / _YEAR
    suspicious = _too_many(of_month, full, 12 / _YEAR) or _too_many(of_year, full, 1 / _YEAR)
    commonest = min(firsts.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
    return Flattening(
        total=sum(times), full=full, firsts_of_year=of_year, firsts_of_month=of_month,
        expected=expected, suspicious=suspicious, calendar=calendar, commonest=commonest[0],
        commonest_count=commonest[1],
        note=_note(of_year, of_month, full, expected, commonest) if suspicious else "",
    )  # fmt: skip
