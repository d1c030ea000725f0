"""Ages as written, in completed years: a lowest and a highest, never a single number where the text gives a band.

Invariant: ``low <= high`` where both are known; an age that is really a birth year is never taken as an age.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cenotaph.values import calendars, tables
from cenotaph.values.partial_date import PartialDate

OLDEST = 120
_SOLAR_YEARS, _WESTERN_YEARS = range(1250, 1420), range(1850, 2040)
_LIMIT = 120  # characters: nothing longer is an age


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """An age as written: completed years at the event it was stated for, either end open (None).

    Flags: ``approximate``, ``birth-year`` (the value is the year of birth, ``birth_year`` is its Gregorian year),
    ``implausible``, ``unknown`` (the text says it is not known), ``unreadable``.
    """

    raw: str
    low: int | None = None
    high: int | None = None
    flags: tuple[str, ...] = ()
    birth_year: int | None = None


_Bounds = tuple[int | None, int | None]


def _words(kind: str) -> list[tuple[str, str]]:
    """Return (form, value) of a kind of age word, longest first."""
    found = [(form, row["value"]) for row in tables.rows("age_words") if row["kind"] == kind
             for form in row["forms"].split("|")]  # fmt: skip
    return sorted(found, key=lambda pair: (-len(pair[0]), pair[0]))


def _any(kind: str) -> str:
    return "(?:" + "|".join(re.escape(form) for form, _ in _words(kind)) + ")"


def _band(value: str) -> _Bounds:
    low, _, high = value.partition("-")
    return int(low), int(high) if high else None


_UNKNOWN = {form.replace(" ", "") for form, _ in _words("unknown")}
_MARKS = re.compile(r"[-?؟.]*")
_ABOUT = re.compile(rf"^{_any('about')}[.\s]*(?=[\d(\[])")
_TRAIL = re.compile(rf"(?:\?|؟|\(\?\)|\(?{_any('about-after')}\)?)$")
_BORN = re.compile(rf"^{_any('born')}[:\s]*(?=\d{{4}}$)")
_UNITS = _any("years")
_YEARS = re.compile(rf"^{_any('aged')}?\s*(.*?)[\s-]*{_UNITS}$|^{_any('aged')}\s+(.*)$")
_NUMBER = re.compile(r"(\d{1,4})(?:[.,٫]\d+)?")
_SMALL_UNITS = {form: int(value) for form, value in _words("unit")}
_SMALL = re.compile(rf"^(\d{{1,3}})[\s-]*({_any('unit')[3:-1]})(?:\w{{0,4}})(?: old)?$")
_YEARS_MONTHS = re.compile(rf"^(\d{{1,3}})\s*{_UNITS}\s*{_any('and')}?\s*\d{{1,2}}\s*{_any('unit')}\w{{0,4}}$")
_BRACKET = re.compile(r"^([\[(])\s*(\d{1,3})\s*[,;]\s*(\d{1,3}|inf(?:inity)?|∞)\s*([\])])$")
_RANGE = re.compile(rf"^{_any('between')}?\s*(\d{{1,3}})\s*(?:[-–—/]|\.\.|{_any('to')}|{_any('and')})\s*(\d{{1,3}})$")
_LEAST = re.compile(
    rf"^(?:{_any('over')}\s*(\d{{1,3}})|{_any('at-least')}\s*(\d{{1,3}})|(\d{{1,3}})\s*(?:\+|{_any('or-over')}))$"
)
_MOST = re.compile(
    rf"^(?:{_any('under')}\s*(\d{{1,3}})|{_any('at-most')}\s*(\d{{1,3}})|(\d{{1,3}})\s*{_any('or-under')})$"
)
_DECADE_WORDS = {form: int(value) for form, value in _words("decade")}
_DECADE = re.compile(rf"^(?:in )?(?:(?:his|her|their) )?(early|mid|middle|late)?[\s-]*(\d0|{_any('decade')[3:-1]})'?s$")
_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), None: (0, 9)}
_GROUPS: dict[str, _Bounds] = {form: _band(value) for form, value in _words("group")}


def _plain(text: str) -> str:
    digits = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
    folded = unicodedata.normalize("NFC", digits).casefold().translate(str.maketrans("يىك\u200c", "ییک "))
    return " ".join("".join(each for each in folded if unicodedata.category(each) not in {"Cf", "Lm"}).split())


def _bracket(text: str) -> _Bounds | None:
    """``[20,25)`` are the completed years 20 to 24."""
    if not (found := _BRACKET.match(text)):
        return None
    opening, low, high, closing = found.groups()
    top = None if not high.isdigit() else int(high) - (closing == ")")
    return int(low) + (opening == "("), top


def _range(text: str) -> _Bounds | None:
    found = _RANGE.match(text)
    return (int(found[1]), int(found[2])) if found else None


def _least(text: str) -> _Bounds | None:
    if not (found := _LEAST.match(text)):
        return None
    over, least, plus = found.groups()
    return int(over or least or plus), None


def _most(text: str) -> _Bounds | None:
    if not (found := _MOST.match(text)):
        return None
    under, most, less = found.groups()
    return 0, int(under) - 1 if under else int(most or less)


def _decade(text: str) -> _Bounds | None:
    if not (found := _DECADE.match(text)):
        return None
    base = _DECADE_WORDS.get(found[2]) or int(found[2])
    low, high = _DECADE_PARTS[found[1]]
    return (13, 19) if found[2] == "teen" and not found[1] else (base + low, base + high)


def _small(text: str) -> _Bounds | None:
    """Months, weeks and days: completed years."""
    if not (found := _SMALL.match(text)):
        return None
    years = int(found[1]) // _SMALL_UNITS[found[2]]
    return years, years


def _years_months(text: str) -> _Bounds | None:
    found = _YEARS_MONTHS.match(text)
    return (int(found[1]), int(found[1])) if found else None


def _number(text: str) -> _Bounds | None:
    found = _NUMBER.fullmatch(text)
    return (int(found[1]), int(found[1])) if found else None


def _word(text: str) -> _Bounds | None:
    return _GROUPS.get(text)


_FORMS: tuple[Callable[[str], _Bounds | None], ...] = (
    _number, _bracket, _range, _small, _years_months, _least, _most, _decade, _word,
)  # fmt: skip


def _bounds(text: str) -> _Bounds | None:
    for form in _FORMS:
        if found := form(text):
            return found
    stripped = _YEARS.match(text)
    inner = (stripped[1] or stripped[2] or "").strip() if stripped else ""
    return _bounds(inner) if inner and inner != text else None


def _birth_year(number: int) -> int | None:
    """Return the Gregorian year of a number that can only be a year of birth."""
    if number in _SOLAR_YEARS:
        return calendars.from_jdn(calendars.GREGORY, calendars.to_jdn(calendars.PERSIAN, number))[0]
    return number if number in _WESTERN_YEARS else None


def _from_birth_year(raw: str, number: int, born: int, year: int | None) -> Age:
    """Read a value that is a year of birth: with the year of the event it still gives an age."""
    if year is None:
        return Age(raw=raw, flags=("birth-year",), birth_year=born)
    shift = 621 if year in _SOLAR_YEARS else 0
    high = year + shift - born
    low = high - 1 if number == born and not shift else high - 2 + bool(shift)
    plausible = 0 <= high <= OLDEST
    bounds = (max(0, low), high) if plausible else (None, None)
    flags = ("birth-year",) if plausible else ("birth-year", "implausible")
    return Age(raw=raw, low=bounds[0], high=bounds[1], flags=flags, birth_year=born)


def _checked(raw: str, bounds: _Bounds, flags: tuple[str, ...], year: int | None) -> Age:
    low, high = bounds
    if low is not None and low == high and (born := _birth_year(low)) is not None:
        return _from_birth_year(raw, low, born, year)
    if low is not None and high is not None and low > high:
        return Age(raw=raw, flags=("unreadable",))
    if any(each is not None and each > OLDEST for each in bounds):
        return Age(raw=raw, flags=("implausible",))
    return Age(raw=raw, low=low, high=high, flags=flags)


def _widened(bounds: _Bounds) -> _Bounds:
    """Widen "about 40" to 38 … 42: a twentieth each way, a year at least."""
    low, high = bounds
    return (
        None if low is None else max(0, low - max(1, low // 20)),
        None if high is None else high + max(1, high // 20),
    )


@lru_cache(maxsize=65536)
def age(text: str, *, year: int | None = None) -> Age:
    """Read an age as written in any of the languages of the lists; never raises, whatever the text.

    Parameters
    ----------
    text : str
        ``20.0``, ``[20,25)``, ``About 40``, ``۲۵ ساله``, ``6 months``, ``15/16``, ``late 30s``, ``unknown`` …
    year : int, optional
        Year of the event (Gregorian or Solar Hijri): turns a year of birth written in an age column into an age.
    """
    plain = _plain(text[:_LIMIT])
    if _MARKS.fullmatch(plain) or plain.replace(" ", "") in _UNKNOWN:
        return Age(raw=text, flags=("unknown",))
    if len(text) > _LIMIT:
        return Age(raw=text, flags=("unreadable",))
    core = _TRAIL.sub("", _ABOUT.sub("", plain)).strip()
    bounds = _bounds(_BORN.sub("", core))
    if bounds is None:
        return Age(raw=text, flags=("unreadable",))
    about = core != plain
    if about and (bounds[0] is None or bounds[0] <= OLDEST):
        return _checked(text, _widened(bounds), ("approximate",), year)
    return _checked(text, bounds, (), year)


def _years_before(moment: dt.date, years: int) -> dt.date | None:
    """Return the same day of an earlier year; 29 February falls on 1 March."""
    if moment.year - years < 1:
        return None
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return dt.date(moment.year - years, 3, 1)


def birth_interval(stated: Age, event: PartialDate, *, within_years: int = 1) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day on which somebody of this age at this event was born, a year wider each way.

    Ages are stated at death, at arrest or at the time of listing, and sources differ by one year for most persons:
    ``within_years`` widens for it. An end that follows from nothing stated is None.
    """
    first = last = None
    if stated.high is not None and event.earliest:
        first = _years_before(event.earliest, stated.high + 1 + within_years)
    if stated.low is not None and event.latest:
        last = _years_before(event.latest, max(0, stated.low - within_years))
    return (first + dt.timedelta(days=1) if first else None), last
