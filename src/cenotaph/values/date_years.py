"""Decide the calendar of a stated year and complete a year of two digits: the only place where context is weighed.

Invariant: whatever context decides is traced. ``Trace.used`` names each decision that could have gone the other way,
and reading again with that name in ``Context.flip`` gives the other way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cenotaph.values import calendars
from cenotaph.values.calendars import GREGORY, IMPERIAL, ISLAMIC, JULIAN, PERSIAN
from cenotaph.values.date_nodes import Stated

_PLAUSIBLE = {
    GREGORY: range(1500, 2201), JULIAN: range(1, 2201), PERSIAN: range(1250, 1461),
    ISLAMIC: range(1250, 1461), IMPERIAL: range(2480, 2541),
}  # fmt: skip
_SOLAR_BARE = range(1250, 1415)  # beyond 1414 (2035) a bare year is lunar: 1420 is 1999
_LUNAR_TOO = 1406  # from here a bare year may as well be lunar: 1408 is 2029 or 1988
_KURDISH = range(2600, 2761)
_KURDISH_OPEN = 2648  # an older count, from 612 BC, gives 2036 for it: later years can only be from 700 BC
_PERSIAN_PIVOT, _WESTERN_PIVOT, _LUNAR_PIVOT = 14, 35, 49
_CONVERSION = 621  # most of 1988 is 1367: how compilers convert a year that stands alone
_PERSIAN_LANGUAGES = frozenset(("fa", "fa-Latn", "prs", "ps"))
_KURDISH_LANGUAGES = frozenset(("ckb", "ku"))
DAY_FIRST = frozenset(("fr", "de", "no", "nb", "nn", "sv", "es", "ar", "ckb", "ku")) | _PERSIAN_LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known beside the text: the list's calendar, language and order, and the decisions to turn round."""

    calendar: str | None = None
    language: str | None = None
    order: str | None = None
    script: str | None = None  # of the digits
    flip: frozenset[str] = frozenset()


@dataclass(slots=True)
class Trace:
    """What a reading rested on: decisions that had another side, and flags."""

    used: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)

    def choose(self, name: str, *, flag: str, context: Context) -> bool:
        """Note a decision that has another side; say whether this reading takes the other side."""
        self.used.add(name)
        if flag:
            self.flags.add(flag)
        return name in context.flip


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its calendar and how that was decided."""

    calendar: str
    year: int
    decided: str


def is_persian(stated: Stated, context: Context) -> bool:
    """Say whether the words, the digits or the list are Persian, so that a short year is Solar Hijri."""
    if stated.languages:
        also: frozenset[str] = frozenset() if context.language in _KURDISH_LANGUAGES else _KURDISH_LANGUAGES
        return bool(stated.languages & _PERSIAN_LANGUAGES) and stated.languages <= _PERSIAN_LANGUAGES | also
    if context.calendar in {PERSIAN, IMPERIAL}:
        return True
    return context.language in _PERSIAN_LANGUAGES or (context.language is None and context.script == "fa")


def decide(stated: Stated, context: Context, trace: Trace, *, year_first: bool = False) -> Year | None:
    """Return the year of a date in the calendar that words, list, language or its size decide, in that order."""
    if stated.year is None:
        return None
    if stated.era:
        return _of_era(stated, context, trace)
    if stated.calendar:
        return _of_month(stated, stated.calendar, context, trace)
    if stated.digits <= 2:
        return _of_two_digits(stated, context, trace, year_first=year_first)
    return _of_size(stated, context, trace)


def _completed(calendar: str, year: int, context: Context, trace: Trace) -> int:
    """Complete a year of two digits; the century is doubtful where both are past."""
    century, pivot = {PERSIAN: (1300, _PERSIAN_PIVOT), ISLAMIC: (1300, _LUNAR_PIVOT), IMPERIAL: (2400, 99)}.get(
        calendar, (1900, _WESTERN_PIVOT)
    )
    if year > pivot:
        return century + year
    if calendar == ISLAMIC:
        return century + 100 + year
    earlier = trace.choose("century", flag="century", context=context)
    return century + (0 if earlier else 100) + year


def _of_era(stated: Stated, context: Context, trace: Trace) -> Year | None:
    year, era = stated.year or 0, stated.era or ""
    if era == "kurdish":
        return _kurdish(year, context, trace) if year in _KURDISH else None
    if era == "ambiguous":
        return _hijri(stated, context, trace)
    if stated.digits <= 2:
        year = _completed(era, year, context, trace)
    elif year not in _PLAUSIBLE[era] and not (era == GREGORY and 1 <= year < 1500):
        return _against_era(stated, context, trace)
    if stated.calendar and stated.calendar != era and era not in {JULIAN, IMPERIAL}:
        return _foreign(stated, stated.calendar, Year(era, year, "era"))
    return Year(era, year, "era")


def _against_era(stated: Stated, context: Context, trace: Trace) -> Year | None:
    """Decide a year that its own era cannot hold, "1995 Shamsi": by its month or its size, flagged."""
    if _natural(stated.year or 0) is None:
        return None
    trace.flags.add("calendar")
    return decide(replace(stated, era=None), context, trace)


def _hijri(stated: Stated, context: Context, trace: Trace) -> Year | None:
    """Decide a year called only "Hijri": lunar beside an Arabic month or in an Arabic list, else solar."""
    year = stated.year or 0
    if stated.calendar in {PERSIAN, ISLAMIC}:
        calendar = stated.calendar
    elif year in _SOLAR_BARE or stated.digits <= 2:
        lunar = trace.choose("hijri", flag="ambiguous", context=context) ^ (context.language == "ar")
        calendar = ISLAMIC if lunar else PERSIAN
    else:
        calendar = ISLAMIC
    return Year(calendar, _completed(calendar, year, context, trace) if stated.digits <= 2 else year, "era")


def _of_month(stated: Stated, calendar: str, context: Context, trace: Trace) -> Year | None:
    """Decide by the calendar of the month's name."""
    year = stated.year or 0
    if stated.digits <= 2:
        return Year(calendar, _completed(calendar, year, context, trace), "month name")
    if calendar == GREGORY and context.calendar == JULIAN and year in _PLAUSIBLE[JULIAN]:
        return Year(JULIAN, year, "list")
    if year in _PLAUSIBLE[calendar]:
        return Year(calendar, year, "month name")
    if calendar == PERSIAN and year in _PLAUSIBLE[IMPERIAL]:
        return Year(IMPERIAL, year, "month name")
    if calendar == PERSIAN and year in _KURDISH:
        return _kurdish(year, context, trace)
    other = _natural(year)
    if calendar == GREGORY and 1 <= year <= 2200 and (other is None or context.calendar == GREGORY):
        return Year(GREGORY, year, "month name")
    if other is None:
        return None
    if calendar != ISLAMIC:
        trace.flags.add("calendar")
    return _foreign(stated, calendar, Year(other, year, "month name"))


def _kurdish(year: int, context: Context, trace: Trace) -> Year:
    """Decide a Kurdish year: counted from 700 BC; one that lies in our time from 612 BC may be meant so."""
    later = year < _KURDISH_OPEN and trace.choose("kurdish", flag="ambiguous", context=context)
    offset = calendars.KURDISH_OFFSET - (calendars.KURDISH_SHIFT if later else 0)
    return Year(PERSIAN, year - offset, "Kurdish year")


def _foreign(stated: Stated, calendar: str, year: Year) -> Year | None:
    """Return the year of the month's own calendar whose month lies in the year of another: Ramadan 1988 is 1408."""
    month = stated.month or 1
    first = calendars.to_jdn(year.calendar, year.year)
    guess = calendars.from_jdn(calendar, first)[0]
    for each in (guess, guess + 1, guess - 1):
        middle = calendars.to_jdn(calendar, each, month, 15)
        if calendars.from_jdn(year.calendar, middle)[0] == year.year:
            return Year(calendar, each, "month name")
    return None


def _of_two_digits(stated: Stated, context: Context, trace: Trace, *, year_first: bool) -> Year:
    """Decide a short year: the list's calendar, then Persian words or digits, then the Western century."""
    year = stated.year or 0
    if context.calendar:
        return Year(context.calendar, _completed(context.calendar, year, context, trace), "list")
    if is_persian(stated, context):
        return Year(PERSIAN, _completed(PERSIAN, year, context, trace), "language")
    kurdish = context.language in _KURDISH_LANGUAGES or bool(stated.languages & _KURDISH_LANGUAGES)
    bare = context.language is None and context.order is None and not stated.languages
    doubtful = kurdish or (bare and bool(stated.day)) or (year_first and context.language is None)
    western = not year_first
    if doubtful:
        western ^= trace.choose("calendar", flag="ambiguous", context=context)
    calendar = GREGORY if western else PERSIAN
    return Year(calendar, _completed(calendar, year, context, trace), "usage")


def _natural(year: int) -> str | None:
    """Return the calendar that the size of a year alone suggests."""
    if year in _SOLAR_BARE:
        return PERSIAN
    return next((each for each in (GREGORY, ISLAMIC, IMPERIAL) if year in _PLAUSIBLE[each]), None)


def _of_size(stated: Stated, context: Context, trace: Trace) -> Year | None:
    year = stated.year or 0
    if context.calendar and year in _PLAUSIBLE[context.calendar]:
        return _maybe_converted(stated, Year(context.calendar, year, "list"), context, trace)
    found = _by_size(stated, context, trace)
    if found and context.calendar and context.calendar != found.calendar:
        trace.flags.add("calendar")
    return _maybe_converted(stated, found, context, trace) if found else None


def _by_size(stated: Stated, context: Context, trace: Trace) -> Year | None:
    year, calendar = stated.year or 0, _natural(stated.year or 0)
    if context.calendar == GREGORY and 1 <= year < 1500 and not is_persian(stated, context):
        if calendar is None:
            return Year(GREGORY, year, "list")
        turned = trace.choose("calendar", flag="calendar", context=context)
        return Year(calendar if turned else GREGORY, year, "list")
    if year in _KURDISH:
        trace.flags |= set() if context.language in _KURDISH_LANGUAGES else {"calendar"}
        return _kurdish(year, context, trace)
    if calendar is None:
        trace.flags.add("calendar")
        return Year(GREGORY, year, "year range") if 1000 <= year < 1500 else None
    if calendar == PERSIAN and _is_arabic(stated, context):
        turned = context.language != "ar" and trace.choose("calendar", flag="ambiguous", context=context)
        return Year(PERSIAN if turned else ISLAMIC, year, "language")
    if calendar == PERSIAN and year >= _LUNAR_TOO and trace.choose("hijri", flag="ambiguous", context=context):
        calendar = ISLAMIC
    return Year(calendar, year, "year range")


def _is_arabic(stated: Stated, context: Context) -> bool:
    if stated.languages:
        return stated.languages == {"ar"}
    return context.language == "ar" or (context.language is None and context.script == "ar")


def _maybe_converted(stated: Stated, found: Year, context: Context, trace: Trace) -> Year:
    """Keep 1367 beside a lone 1988 of a Persian list: the compiler may have subtracted 621 from what was written."""
    lone = not (stated.month or stated.season or stated.day or stated.part or stated.span > 1)
    persian_list = context.language in _PERSIAN_LANGUAGES | _KURDISH_LANGUAGES or context.calendar == PERSIAN
    if found.calendar != GREGORY or not lone or not persian_list or not 1900 <= found.year <= 2200:
        return found
    if trace.choose("converted", flag="", context=context):
        return Year(PERSIAN, found.year - _CONVERSION, "converted")
    return found
