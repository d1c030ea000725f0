"""Dates and intervals in the words of a language: Gregorian in English, Solar Hijri with Persian digits in Persian.

Invariant: no more is said than is known. A year stays a year, a month a month; an interval that is exactly a month or
a year of either calendar is named as that, everything else by its two ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from cenotaph.publishing.public import PublicDate
from cenotaph.publishing.site.words import Words
from cenotaph.values import calendars

_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")  # fmt: skip
_GREGORIAN_FA = ("ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت", "سپتامبر", "اکتبر",
                 "نوامبر", "دسامبر")  # fmt: skip
_PERSIAN_FA = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

_Day = tuple[int, int, int]


@lru_cache(maxsize=1 << 15)
def persian(day: dt.date) -> _Day:
    """Return the Solar Hijri year, month and day."""
    return calendars.from_jdn(calendars.PERSIAN, calendars.jdn_of(day))


def gregorian(day: dt.date) -> _Day:
    """Return the Gregorian year, month and day."""
    return day.year, day.month, day.day


def span(earliest: dt.date | None, latest: dt.date | None, words: Words) -> str:
    """Write an interval in the calendar and digits of the language; an open end as *before* or *after*."""
    if earliest is None and latest is None:
        return ""
    if earliest is None or latest is None:
        return _open_end(earliest, latest, words)
    if words.language == "fa":
        return words.digits(_persian_span(earliest, latest))
    return _gregorian_span(earliest, latest)


def reading(date: PublicDate, words: Words) -> str:
    """Write what is read in a date."""
    return span(date.earliest, date.latest, words)


def _open_end(earliest: dt.date | None, latest: dt.date | None, words: Words) -> str:
    day = earliest or latest
    text = span(day, day, words)
    return words.say("on or after {day}", day=text) if latest is None else words.say("on or before {day}", day=text)


@lru_cache(maxsize=1 << 15)
def _gregorian_span(earliest: dt.date, latest: dt.date) -> str:
    whole = _whole(gregorian(earliest), gregorian(latest), gregorian, latest)
    a, b = gregorian(earliest), gregorian(latest)
    if whole == "year":
        return str(a[0]) if a[0] == b[0] else f"{a[0]}–{b[0]}"
    if whole == "month":
        return _months_en(a, b)
    if a == b:
        return f"{a[2]} {_ENGLISH[a[1] - 1]} {a[0]}"
    if a[:2] == b[:2]:
        return f"{a[2]}–{b[2]} {_ENGLISH[a[1] - 1]} {a[0]}"
    left = f"{a[2]} {_ENGLISH[a[1] - 1]}" + ("" if a[0] == b[0] else f" {a[0]}")
    return f"{left} – {b[2]} {_ENGLISH[b[1] - 1]} {b[0]}"


def _months_en(a: _Day, b: _Day) -> str:
    if a[:2] == b[:2]:
        return f"{_ENGLISH[a[1] - 1]} {a[0]}"
    left = _ENGLISH[a[1] - 1] + ("" if a[0] == b[0] else f" {a[0]}")
    return f"{left} – {_ENGLISH[b[1] - 1]} {b[0]}"


@lru_cache(maxsize=1 << 15)
def _persian_span(earliest: dt.date, latest: dt.date) -> str:
    a, b = persian(earliest), persian(latest)
    whole = _whole(a, b, persian, latest)
    if whole is None and (found := _gregorian_fa(earliest, latest)):
        return found
    if whole == "year":
        return str(a[0]) if a[0] == b[0] else f"{a[0]} تا {b[0]}"
    if whole == "month":
        left = _PERSIAN_FA[a[1] - 1] + ("" if a[0] == b[0] else f" {a[0]}")
        return f"{_PERSIAN_FA[a[1] - 1]} {a[0]}" if a[:2] == b[:2] else f"{left} تا {_PERSIAN_FA[b[1] - 1]} {b[0]}"
    if a == b:
        return f"{a[2]} {_PERSIAN_FA[a[1] - 1]} {a[0]}"
    if a[:2] == b[:2]:
        return f"{a[2]} تا {b[2]} {_PERSIAN_FA[a[1] - 1]} {a[0]}"
    left = f"{a[2]} {_PERSIAN_FA[a[1] - 1]}" + ("" if a[0] == b[0] else f" {a[0]}")
    return f"{left} تا {b[2]} {_PERSIAN_FA[b[1] - 1]} {b[0]}"


def _gregorian_fa(earliest: dt.date, latest: dt.date) -> str:
    """Name a whole Gregorian year or month as such in Persian too: its Solar Hijri ends would feign precision."""
    a, b = gregorian(earliest), gregorian(latest)
    whole = _whole(a, b, gregorian, latest)
    if whole == "year":
        return f"{a[0]} میلادی" if a[0] == b[0] else f"{a[0]} تا {b[0]} میلادی"
    if whole == "month" and a[:2] == b[:2]:
        return f"{_GREGORIAN_FA[a[1] - 1]} {a[0]} میلادی"
    if whole == "month":
        left = _GREGORIAN_FA[a[1] - 1].removesuffix("ٔ") if a[0] == b[0] else f"{_GREGORIAN_FA[a[1] - 1]} {a[0]}"
        return f"{left} تا {_GREGORIAN_FA[b[1] - 1]} {b[0]} میلادی"
    return ""


def _whole(a: _Day, b: _Day, read: Callable[[dt.date], _Day], latest: dt.date) -> str | None:
    """Say whether an interval is made of whole years or whole months of the calendar that ``read`` reads."""
    if a[2] != 1 or latest == dt.date.max or read(latest + dt.timedelta(days=1))[2] != 1:
        return None
    after = read(latest + dt.timedelta(days=1))
    return "year" if a[1] == 1 and after[1] == 1 and b[1] == 12 else "month"


def as_date(text: str) -> dt.date | None:
    """Return the day of an ISO date, None when the text is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
