"""Days that were filled in: a first of the year says no more than the year in a list where firsts are far too many.

Invariant: only lists whose column `values.flattening` finds suspicious are touched, and intervals only grow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.values import calendars, dates

Filled = tuple[str, bool] | None  # calendar of the firsts, whether those of the year too; None: days are as stated
_LEAST = 5
_FOLD = 2.0
_YEAR = 365.2425
_JDN = calendars.jdn_of(dt.date.fromordinal(1)) - 1  # of the day before day number 1


def doubtful(days: Ints, hints: Ints, counts: Longs) -> list[int]:
    """Return the lists in which firsts may be too many to be true: only these need a closer look.

    Parameters
    ----------
    days
        Day number of each distinct date that states one day, 0 for others.
    hints
        The list of each of them.
    counts
        How many records hold each of them.
    """
    months, years = _firsts(days[days > 0])
    found = []
    for hint in np.unique(hints).tolist():
        own = (hints == hint) & (days > 0)
        full = int(counts[own].sum())
        for firsts, a_year in ((months, 12), (years, 1)):
            held = [int(counts[own & np.isin(days, kind)].sum()) for kind in firsts]
            if max(held) >= max(_LEAST, _FOLD * full * a_year / _YEAR):
                found.append(hint)
                break
    return found


def _firsts(days: Ints) -> tuple[list[Longs], list[Longs]]:
    """Return the firsts of months and the firsts of years around some days, in both calendars that are looked at."""
    months, years = [], []
    for calendar in (calendars.GREGORY, calendars.PERSIAN):
        ends = [dt.date.fromordinal(int(day)) for day in (days.min(), days.max())] if len(days) else []
        first, last = (calendars.from_jdn(calendar, calendars.jdn_of(day))[0] for day in ends) if ends else (1, 0)
        starts = [[calendars.to_jdn(calendar, year, month, 1) for month in range(1, 13)]
                  for year in range(first, last + 1)]  # fmt: skip
        found = np.array(starts, dtype=np.int64).reshape(-1, 12) - _JDN
        months.append(found.reshape(-1))
        years.append(found[:, 0])
    return months, years


def filled(
    read: Sequence[dates.PartialDate], hints: Ints, counts: Longs, known: Mapping[int, Filled]
) -> dict[int, Filled]:
    """Return for each list how its days were filled in; what is known of a list is not asked again."""
    return {
        int(hint): known[int(hint)] if int(hint) in known else _filled(read, np.flatnonzero(hints == hint), counts)
        for hint in np.unique(hints)
    }


def _filled(read: Sequence[dates.PartialDate], own: Longs, counts: Longs) -> Filled:
    found = dates.flattening([read[at] for at in own.tolist()], counts=counts[own].tolist())
    return (
        (found.calendar, found.firsts_of_year >= max(_LEAST, _FOLD * found.full / _YEAR)) if found.suspicious else None
    )


def widen(read: Sequence[dates.PartialDate], hints: Ints, found: Mapping[int, Filled], low: Ints, high: Ints) -> None:
    """Widen, in place, the days that were probably filled in.

    Parameters
    ----------
    read
        The distinct dates.
    hints
        The list of each of them.
    found
        How the days of each list were filled in.
    low, high
        First and last day number of each, changed where a list is flattened.
    """
    for hint, how in found.items():
        if how is not None:
            _widen_list(np.flatnonzero(hints == hint), how, read, (low, high))


def _widen_list(
    own: npt.NDArray[np.int64], found: tuple[str, bool], read: Sequence[dates.PartialDate], bounds: tuple[Ints, Ints]
) -> None:
    low, high = bounds
    calendar, years_too = found
    for at in own.tolist():
        day = read[at].earliest
        if day is None or not read[at].is_full or day != read[at].latest:
            continue
        year, month, first = calendars.from_jdn(calendar, calendars.jdn_of(day))
        if first != 1:
            continue
        if month == 1 and years_too:
            high[at] = low[at] + _days(calendar, (year, 1), (year + 1, 1))
        else:
            high[at] = low[at] + _days(calendar, (year, month), (year + month // 12, month % 12 + 1))


def _days(calendar: str, start: tuple[int, int], end: tuple[int, int]) -> int:
    """Count the days after the first of a month until the day before the first of a later one."""
    return calendars.to_jdn(calendar, *end, 1) - calendars.to_jdn(calendar, *start, 1) - 1
