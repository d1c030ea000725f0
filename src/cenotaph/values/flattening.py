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


def _firsts(days: Sequence[dt.date], calendar: str) -> tuple[int, list[dt.date]]:
    """Count the firsts of the year, and list the firsts of a month, of days seen in a calendar."""
    of_month = [each for each in days if calendars.from_jdn(calendar, calendars.jdn_of(each))[2] == 1]
    of_year = sum(calendars.from_jdn(calendar, calendars.jdn_of(each))[1] == 1 for each in of_month)
    return of_year, of_month


def _note(year: int, month: int, full: int, expected: float, commonest: tuple[dt.date | None, int]) -> str:
    day, times = commonest
    most = f", {times} of them on {day.isoformat()}" if day and times > 1 else ""
    return (
        f"{month} of {full} full dates are the first of a month where chance would give about {expected:.0f}{most}; "
        f"{year} are the first of the year. Days may have been filled in where only the month or year was known."
    )


def flattening(dates: Sequence[PartialDate]) -> Flattening:
    """Count the firsts of a column of dates and say whether they are too many to be true.

    Both the Gregorian and the Solar Hijri calendar are tried, because a converted list keeps its 1 Farvardins as
    21 Marches; the one with more firsts is reported.
    """
    days = [each.earliest for each in dates if each.is_full and each.earliest and each.earliest == each.latest]
    found = {name: _firsts(days, name) for name in (calendars.GREGORY, calendars.PERSIAN)}
    calendar = max(found, key=lambda name: len(found[name][1]))
    of_year, of_month = found[calendar]
    expected = len(days) * 12 / _YEAR
    suspicious = _too_many(len(of_month), len(days), 12 / _YEAR) or _too_many(of_year, len(days), 1 / _YEAR)
    commonest = min(Counter(of_month).items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
    return Flattening(
        total=len(dates), full=len(days), firsts_of_year=of_year, firsts_of_month=len(of_month),
        expected=expected, suspicious=suspicious, calendar=calendar, commonest=commonest[0],
        commonest_count=commonest[1],
        note=_note(of_year, len(of_month), len(days), expected, commonest) if suspicious else "",
    )  # fmt: skip
