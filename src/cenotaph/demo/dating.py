"""Days as compilers write them, in the Solar Hijri and the Gregorian calendar, whole or in part.

Invariant: no part is written that was not heard; a flattened date is written only by ``flattened``.
"""

from __future__ import annotations

import datetime as dt

from cenotaph.demo.dice import Dice
from cenotaph.demo.hearsay import DAY, MONTH, SEASON, When
from cenotaph.values import calendars

_FA_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_LATIN_MONTHS = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
]
_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FA_SEASONS = ("بهار", "تابستان", "پاییز", "زمستان")
_EN_SEASONS = ("winter", "spring", "summer", "autumn")
_TO_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def digits(number: object) -> str:
    """Write a number in Persian digits."""
    return str(number).translate(_TO_PERSIAN_DIGITS)


def solar(jdn: int) -> tuple[int, int, int]:
    """Return year, month and day in the Solar Hijri calendar."""
    return calendars.from_jdn("persian", jdn)


def western(jdn: int) -> tuple[int, int, int]:
    """Return year, month and day in the Gregorian calendar."""
    return calendars.from_jdn("gregory", jdn)


def iso(jdn: int) -> str:
    """Write a whole day as ISO 8601 does."""
    return dt.date(*western(jdn)).isoformat()


def in_persian(when: When | None, dice: Dice) -> str:
    """Write a day in Persian, with figures or with the name of the month."""
    if when is None:
        return ""
    year, month, day = solar(when.jdn)
    if when.precision == DAY:
        figures = (f"{year}/{month}/{day}", f"{year}/{month:02}/{day:02}", f"{day} {_FA_MONTHS[month - 1]} {year}")
        return digits(dice.pick(figures))
    if when.precision == MONTH:
        return f"{_FA_MONTHS[month - 1]} {digits(year)}"
    return f"{_FA_SEASONS[(month - 1) // 3]} {digits(year)}" if when.precision == SEASON else digits(year)


def in_persian_figures(when: When | None) -> str:
    """Write a day as registers do: ۱۳۷۱/۰۵/۰۷, with what is unknown left out."""
    if when is None:
        return ""
    year, month, day = solar(when.jdn)
    return digits({DAY: f"{year}/{month:02}/{day:02}", MONTH: f"{year}/{month:02}"}.get(when.precision, f"{year}"))


def in_english(when: When | None) -> str:
    """Write a day as an English-speaking office does: day first, or month and year, or the year."""
    if when is None:
        return ""
    year, month, day = western(when.jdn)
    if when.precision == DAY:
        return f"{day:02}/{month:02}/{year}"
    if when.precision == MONTH:
        return f"{_EN_MONTHS[month - 1]} {year}"
    return f"{_EN_SEASONS[month % 12 // 3]} {year}" if when.precision == SEASON else f"{year}"


def by_families(when: When | None, dice: Dice) -> str:
    """Write a day as it was told: in either calendar, in Latin letters."""
    if when is None:
        return ""
    if dice.chance(0.5):
        year, month, day = solar(when.jdn)
        named = _LATIN_MONTHS[month - 1]
        return {DAY: f"{day} {named} {year}", MONTH: f"{named} {year}"}.get(when.precision, f"{year}")
    text = iso(when.jdn)
    return {DAY: text, MONTH: text[:7]}.get(when.precision, text[:4])


def flattened(when: When | None) -> str:
    """Write the first of January of the year, as a database does that knows only whole dates."""
    return "" if when is None else f"{western(when.jdn)[0]}-01-01"
