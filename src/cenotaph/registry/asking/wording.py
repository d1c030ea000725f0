"""How a reading is said, in the languages of the questions: English and Persian.

Invariant: a reading names every text, day and property that is looked at, so that who asked can see what was asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from cenotaph.registry.asking import words
from cenotaph.registry.asking.terms import Term
from cenotaph.registry.asking.words import Word
from cenotaph.registry.spans import FIRST, LAST, Span
from cenotaph.values import PROPERTIES, calendars

Wording = Mapping[str, str]
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_SHOWN = 8  # spellings of a place that a reading lists


def day(number: int, language: str) -> str:
    """Write a day number: ISO 8601 in English, the Solar Hijri calendar in Persian, nothing for an open end."""
    if number in (FIRST, LAST):
        return ""
    date = dt.date.fromordinal(number)
    if language != "fa":
        return date.isoformat()
    year, month, on = calendars.from_jdn(calendars.PERSIAN, calendars.jdn_of(date))
    return f"{year}/{month:02}/{on:02}".translate(_DIGITS)


def span(days: Span, language: str) -> str:
    """Write a span of days with its open ends."""
    first, last = day(days.first, language), day(days.last, language)
    if first == last:
        return first
    if language == "fa":
        return f"{first} تا {last}" if first and last else f"از {first}" if first else f"تا {last}"
    return f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}"


def act(word: Word) -> Wording:
    """Say that some source states an act."""
    return {"en": f"a source states: {word.said('en')}", "fa": f"به گفته‌ی منبعی: {word.said('fa')}"}


def place(names: Mapping[str, Sequence[str]], term: Term) -> Wording:
    """Say which names a place goes by, and which acts are looked at."""
    more = max(0, len(names["en"]) - _SHOWN)
    rest = {"en": f" and {more} more spellings", "fa": f" و {more} نوشتار دیگر".translate(_DIGITS)}
    return {
        language: f"{word}: {' = '.join(names[language][:_SHOWN])}{rest[language] if more else ''} "
        f"({_looked_at(term, language)})"
        for language, word in (("en", "place"), ("fa", "مکان"))
    }


def period(days: Span, of: str) -> Wording:
    """Say which days are asked for, and of what."""
    if of:
        what = {language: _act(of, language) for language in ("en", "fa")}
    else:
        what = {
            "en": "death, or disappearance where no source dates a death",
            "fa": "مرگ، یا ناپدید شدن اگر هیچ منبعی تاریخ مرگ ندهد",
        }
    return {
        "en": f"date: {span(days, 'en')} ({what['en']})",
        "fa": f"تاریخ: {span(days, 'fa')} ({what['fa']})",
    }


def age(low: int, high: int) -> Wording:
    """Say which ages are asked for."""
    return {
        "en": f"age as sources state it: {low} to {high}",
        "fa": f"سن به گفته‌ی منابع: {low} تا {high}".translate(_DIGITS),
    }


def of_list(title: str) -> Wording:
    """Say which list must name the person."""
    return {"en": f"named by the list: {title}", "fa": f"در فهرست: {title}"}


def status(titles: Wording) -> Wording:
    """Say which verification status is asked for."""
    return {"en": f"status: {titles.get('en', '')}", "fa": f"وضعیت: {titles.get('fa') or titles.get('en', '')}"}


def affiliation(texts: Iterable[str]) -> Wording:
    """Say which affiliation is asked for, and that it is the sources that give it."""
    shown = " = ".join(sorted(texts))
    return {"en": f"affiliation according to a source: {shown}", "fa": f"وابستگی به گفته‌ی منبع: {shown}"}


def manner(labels: Wording) -> Wording:
    """Say which manner of death is asked for."""
    return {
        "en": f"manner of death according to a source: {labels['en']}",
        "fa": f"چگونگی مرگ به گفته‌ی منبع: {labels['fa']}",
    }


def _looked_at(term: Term, language: str) -> str:
    acts = dict.fromkeys(PROPERTIES[name].act for name in term.properties)
    return ("، " if language == "fa" else ", ").join(_act(each, language) for each in acts)


def _act(code: str, language: str) -> str:
    return next((row.said(language) for row in words.of("act") if row.code == code), code)
