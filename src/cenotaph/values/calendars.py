"""Day numbers of the calendars that lists are written in, all through the Julian day number (JDN).

Invariant: ``from_jdn(c, to_jdn(c, y, m, d)) == (y, m, d)`` for every day that exists in calendar ``c``. A lunar Hijri
date is what the tabular (civil) reckoning says; what was observed differs, so callers widen it by ``slack``.

The Solar Hijri leap years follow the 33-year cycle, which agrees with the official calendar for 1244 to 1472
(1865 to 2093). The Imperial calendar of 1976 to 1978 is the Solar Hijri year plus 1180.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

GREGORY, PERSIAN, ISLAMIC, JULIAN, IMPERIAL = "gregory", "persian", "islamic", "julian", "imperial"
IDS = (GREGORY, PERSIAN, ISLAMIC, JULIAN, IMPERIAL)
IMPERIAL_OFFSET = 1180
KURDISH_OFFSET = 1321  # the Kurdish era counts from 700 BC: 2688 is 1367
KURDISH_SHIFT = 88  # years between that and the count from the fall of Nineveh, 612 BC

_ALIASES = {
    "gregorian": GREGORY, "gregory": GREGORY, "western": GREGORY, "iso": GREGORY, "iso8601": GREGORY,
    "persian": PERSIAN, "solar-hijri": PERSIAN, "jalali": PERSIAN, "shamsi": PERSIAN, "iranian": PERSIAN,
    "islamic": ISLAMIC, "hijri": ISLAMIC, "lunar-hijri": ISLAMIC, "islamic-civil": ISLAMIC, "qamari": ISLAMIC,
    "julian": JULIAN, "old-style": JULIAN,
    "imperial": IMPERIAL, "shahanshahi": IMPERIAL,
}  # fmt: skip

_ORDINAL_ZERO = 1_721_425  # JDN less this is the ordinal of `datetime.date`
_PERSIAN_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_PERSIAN_EPOCH = 1_948_319  # day before 1 Farvardin 1 by the cycle: 1 Farvardin 1367 is 21 March 1988
_ISLAMIC_EPOCH = 1_948_439  # the day before 1 Muharram 1 (civil reckoning, 16 July 622 Julian)
_OBSERVED_SINCE = 2_444_240  # 1 January 1980: before it printed lunar calendars differ by two days


def calendar_id(name: str) -> str | None:
    """Return the id of a calendar (``gregory``, ``persian`` …) from any of its names, or None."""
    return _ALIASES.get(name.strip().casefold().replace("_", "-").replace(" ", "-"))


def _gregory_to_jdn(year: int, month: int, day: int) -> int:
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400 - 32045


def _gregory_from_jdn(jdn: int) -> tuple[int, int, int]:
    rest = jdn + 32044
    century = (4 * rest + 3) // 146097
    return _from_march(rest - 146097 * century // 4, 100 * century - 4800)


def _julian_to_jdn(year: int, month: int, day: int) -> int:
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083


def _julian_from_jdn(jdn: int) -> tuple[int, int, int]:
    return _from_march(jdn + 32082, -4800)


def _from_march(days: int, base: int) -> tuple[int, int, int]:
    """Date of a number of days counted from a 1 March of a four-year cycle, ``base`` years being added."""
    years = (4 * days + 3) // 1461
    rest = days - 1461 * years // 4
    months = (5 * rest + 2) // 153
    day = rest - (153 * months + 2) // 5 + 1
    return base + years + months // 10, months + 3 - 12 * (months // 10), day


def _persian_leaps_before(year: int) -> int:
    """Leap years among 1 … year-1."""
    cycles, rest = divmod(year - 1, 33)
    return 8 * cycles + sum(each <= rest for each in _PERSIAN_LEAP)


def _persian_to_jdn(year: int, month: int, day: int) -> int:
    months = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    return _PERSIAN_EPOCH + 365 * (year - 1) + _persian_leaps_before(year) + months + day


def _persian_from_jdn(jdn: int) -> tuple[int, int, int]:
    year = (33 * (jdn - _PERSIAN_EPOCH - 1)) // 12053 + 1
    while jdn < _persian_to_jdn(year, 1, 1):
        year -= 1
    while jdn >= _persian_to_jdn(year + 1, 1, 1):
        year += 1
    rest = jdn - _persian_to_jdn(year, 1, 1)
    month = rest // 31 + 1 if rest < 186 else (rest - 186) // 30 + 7
    return year, month, jdn - _persian_to_jdn(year, month, 1) + 1


def _islamic_to_jdn(year: int, month: int, day: int) -> int:
    months = (59 * (month - 1) + 1) // 2
    return _ISLAMIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + months + day


def _islamic_from_jdn(jdn: int) -> tuple[int, int, int]:
    year = (30 * (jdn - _ISLAMIC_EPOCH - 1) + 10646) // 10631
    rest = jdn - _islamic_to_jdn(year, 1, 1)
    month = min(12, (2 * rest + 1) // 59 + 1)
    month -= _islamic_to_jdn(year, month, 1) > jdn
    return year, month, jdn - _islamic_to_jdn(year, month, 1) + 1


def _imperial_to_jdn(year: int, month: int, day: int) -> int:
    return _persian_to_jdn(year - IMPERIAL_OFFSET, month, day)


def _imperial_from_jdn(jdn: int) -> tuple[int, int, int]:
    year, month, day = _persian_from_jdn(jdn)
    return year + IMPERIAL_OFFSET, month, day


_TO: dict[str, Callable[[int, int, int], int]] = {
    GREGORY: _gregory_to_jdn, PERSIAN: _persian_to_jdn, ISLAMIC: _islamic_to_jdn,
    JULIAN: _julian_to_jdn, IMPERIAL: _imperial_to_jdn,
}  # fmt: skip
_FROM: dict[str, Callable[[int], tuple[int, int, int]]] = {
    GREGORY: _gregory_from_jdn, PERSIAN: _persian_from_jdn, ISLAMIC: _islamic_from_jdn,
    JULIAN: _julian_from_jdn, IMPERIAL: _imperial_from_jdn,
}  # fmt: skip


def to_jdn(calendar: str, year: int, month: int = 1, day: int = 1) -> int:
    """Return the Julian day number of a date of a calendar; the date is not checked, see ``exists``."""
    return _TO[calendar](year, month, day)


def from_jdn(calendar: str, jdn: int) -> tuple[int, int, int]:
    """Return year, month and day of a Julian day number in a calendar."""
    return _FROM[calendar](jdn)


def month_length(calendar: str, year: int, month: int) -> int:
    """Return the number of days of a month (1 to 12) of a year."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return to_jdn(calendar, *following) - to_jdn(calendar, year, month)


def exists(calendar: str, year: int, month: int = 1, day: int = 1) -> bool:
    """Say whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= month_length(calendar, year, month)


def slack(calendar: str, jdn: int) -> int:
    """Return by how many days a date may be off: 1 for a lunar date, 2 before 1980, 0 in every other calendar."""
    if calendar != ISLAMIC:
        return 0
    return 1 if jdn >= _OBSERVED_SINCE else 2


def day(jdn: int) -> dt.date | None:
    """Return the (Gregorian) date of a Julian day number, or None outside the years 1 to 9999."""
    ordinal = jdn - _ORDINAL_ZERO
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def jdn_of(moment: dt.date) -> int:
    """Return the Julian day number of a (Gregorian) date."""
    return moment.toordinal() + _ORDINAL_ZERO
