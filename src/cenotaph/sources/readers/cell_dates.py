"""What a workbook shows for a date cell: which parts of the date, in which calendar, with which digits.

A spreadsheet stores a day number and shows what the cell's number format says: 1988-07-29 may be shown as ۷ مرداد ۱۳۶۷,
as July 1988, or as 1988. What was shown is what its compiler wrote; a day that was not shown was not stated.

Invariant: the text has exactly the parts shown. Its layout is ours: ``2013-05-07`` or ``۱۳۶۷/۰۵/۰۷`` for numbers, year
first, because 07/05/2013 can be read two ways and the cell cannot; ``7 May 2013`` where the month has a name.
"""

from __future__ import annotations

import datetime as dt
import locale
import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from cenotaph.values import calendars

# The calendar codes of number formats (ECMA-376, the CALID of Windows); other calendars are written in ours.
_CALENDARS = {0x06: calendars.ISLAMIC, 0x17: calendars.ISLAMIC, 0x16: calendars.PERSIAN}
_NAMED_CALENDARS = {"jalali": calendars.PERSIAN, "hijri": calendars.ISLAMIC}
_DIGITS = {2: "٠١٢٣٤٥٦٧٨٩", 3: "۰۱۲۳۴۵۶۷۸۹"}
_WESTERN = 1
_PERSIAN_DIGITS = 3
_SYSTEM = (0xF800, 0xF400)  # "the date as this computer writes it": nobody knows how it looked
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_ISLAMIC_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_TOKEN = re.compile(
    r'\[(?P<bracket>[^\]]*)\]|"[^"]*"|\\.|_.|\*.|General|AM/PM|A/P|(?P<era>B[12])|(?P<part>y+|e+|m+|d+|h+|s+)|.',
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell showed; ``calendar`` is None for a time of day."""

    text: str
    calendar: str | None


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format shows of a date."""

    calendar: str
    language: str
    digits: str | None
    year: bool
    month: bool
    month_name: bool
    day: bool
    clock: bool


@lru_cache(maxsize=1 << 16)
def shown(value: dt.date | dt.time | dt.timedelta, number_format: str) -> Shown:
    """Return what a cell with this value and number format shows.

    Parameters
    ----------
    value
        The stored value: a date, a date with a time, a time, or a length of time.
    number_format
        The format as the workbook has it, such as ``[$-fa-IR,16]d mmmm yyyy``.

    Examples
    --------
    >>> shown(dt.date(1988, 7, 29), "yyyy").text
    '1988'
    >>> shown(dt.date(1988, 7, 29), "[$-160429]yyyy/mm/dd")
    Shown(text='۱۳۶۷/۰۵/۰۷', calendar='persian')
    """
    if isinstance(value, dt.timedelta):
        return Shown(str(value), None)
    if isinstance(value, dt.time):
        return Shown(value.strftime("%H:%M:%S" if value.second else "%H:%M"), None)
    look = parsed(number_format)
    text = _date(value, look)
    clock = value.strftime("%H:%M") if look.clock else ""
    if not text:  # only the clock is shown
        return Shown(clock, None)
    if clock and clock != "00:00":
        text = f"{text} {clock}"
    return Shown(text.translate(_table(look.digits)) if look.digits else text, look.calendar)


@lru_cache(maxsize=1024)
def parsed(number_format: str) -> Format:
    """Return what a number format shows; one that shows no part of a date shows the whole of it."""
    calendar, language, digits, system = calendars.GREGORY, "en", None, False
    parts: list[str] = []
    for found in _TOKEN.finditer(_first_section(number_format)):
        if found["bracket"] is not None:
            code = _bracket(found["bracket"])
            calendar, language = code.calendar or calendar, code.language or language
            digits, system = code.digits or digits, system or code.system
            parts += ["h"] if set(found["bracket"].lower()) <= set("hms") and found["bracket"] else []
        elif found["era"]:
            calendar = calendars.ISLAMIC if found["era"].endswith("2") else calendars.GREGORY
        elif found["part"]:
            parts.append(found["part"].lower())
    months = [part for place, part in enumerate(parts) if part[0] == "m" and not _is_minute(parts, place)]
    year, day = any(part[0] in "ye" for part in parts), any(part in ("d", "dd") for part in parts)
    clock = any(part[0] in "hs" for part in parts)
    nothing = not (year or day or months or clock)
    return Format(
        calendar=calendar,
        language=language,
        digits=digits,
        year=year or system or nothing,
        month=bool(months) or system or nothing,
        month_name=any(len(part) > 2 for part in months) and not system,
        day=day or system or nothing,
        clock=clock,
    )


def _first_section(number_format: str) -> str:
    """Return the part for ordinary values: sections are split by semicolons outside quotes and brackets."""
    found = re.match(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', number_format)
    return found.group() if found else number_format


def _is_minute(parts: list[str], place: int) -> bool:
    """Tell minutes from months: ``m`` after hours or before seconds is minutes."""
    before = parts[place - 1][0] if place else ""
    after = parts[place + 1][0] if place + 1 < len(parts) else ""
    return len(parts[place]) <= 2 and (before == "h" or after == "s")


@dataclass(frozen=True, slots=True)
class _Code:
    calendar: str | None = None
    language: str | None = None
    digits: str | None = None
    system: bool = False


def _bracket(text: str) -> _Code:
    """Read ``$-fa-IR,16``, ``$-3160429`` (digits, calendar, language; all hexadecimal), ``~jalali``."""
    if text.startswith("~"):
        return _Code(calendar=_NAMED_CALENDARS.get(text[1:].lower(), calendars.GREGORY))
    if not text.startswith("$"):
        return _Code()
    _, _, name = text.partition("-")
    language, _, codes = name.partition(",")
    if re.fullmatch(r"[0-9A-Fa-f]+", language) and not codes:
        number = int(language, 16)
        tag = locale.windows_locale.get(number & 0xFFFF, "en_US")
        return _code(tag, number >> 16, system=number & 0xFFFF in _SYSTEM)
    number = int(codes, 16) if re.fullmatch(r"[0-9A-Fa-f]+", codes) else 0
    return _code(language.replace("-", "_"), number, system=language == "x_sysdate")


def _code(tag: str, number: int, *, system: bool) -> _Code:
    shape, calendar = number >> 8, _CALENDARS.get(number & 0xFF, calendars.GREGORY)
    if not shape and calendar == calendars.PERSIAN:
        shape = _PERSIAN_DIGITS  # left to the machine; where this calendar is used it shows these
    digits = None if shape == _WESTERN else _DIGITS.get(shape)
    return _Code(calendar=calendar, language=tag, digits=digits, system=system)


def _date(value: dt.date, look: Format) -> str:
    year, month, day = _in_calendar(value, look.calendar)
    if look.month_name:
        name = _month_name(month, look)
        pieces = [str(day) if look.day else "", name, str(year) if look.year else ""]
        return " ".join(piece for piece in pieces if piece)
    pieces = [
        f"{year:04d}" if look.year else "",
        f"{month:02d}" if look.month else "",
        f"{day:02d}" if look.day else "",
    ]
    return ("-" if look.calendar == calendars.GREGORY else "/").join(piece for piece in pieces if piece)


def _in_calendar(value: dt.date, calendar: str) -> tuple[int, int, int]:
    date = value.date() if isinstance(value, dt.datetime) else value
    return calendars.from_jdn(calendar, calendars.jdn_of(date))


def _month_name(month: int, look: Format) -> str:
    if look.calendar == calendars.PERSIAN:
        return _PERSIAN_MONTHS[month - 1]
    if look.calendar == calendars.ISLAMIC:
        return _ISLAMIC_MONTHS[month - 1]
    return str(_locale(look.language).months["format"]["wide"][month])


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=4)
def _table(digits: str) -> dict[int, str]:
    return {ord("0") + value: digit for value, digit in enumerate(digits)}
