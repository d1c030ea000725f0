"""The ways in which a reader may write a year, a season or a month, each read by the values room beforehand.

Invariant: a phrase stands here with the days that ``registry.asking`` reads in it, and only where it reads one thing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cenotaph.registry.asking.reading import periods
from cenotaph.values import calendars, gazetteer, tables

_FEW = 30  # years of which each month and season is written out; of more only the years
_LANGUAGES = ("en", "fa", "fa-Latn")
_CALENDARS = ("gregory", "persian")
_LAST = dt.date.max.toordinal()


def phrases(days: Iterable[int]) -> dict[str, list[int]]:
    """Return each phrase, folded, with the first and the last day it means.

    Parameters
    ----------
    days
        Day numbers of the register; open ends are left out.
    """
    known = sorted(day for day in days if 1 < day < _LAST)
    if not known:
        return {}
    found: dict[str, list[int]] = {}
    for text in _texts(dt.date.fromordinal(known[0]), dt.date.fromordinal(known[-1])):
        read = list(periods(text))
        if len(read) == 1 and read[0].span is not None:
            found[" ".join(gazetteer.words(text))] = [read[0].span.first, read[0].span.last]
    return found


def _texts(first: dt.date, last: dt.date) -> Iterator[str]:
    for calendar in _CALENDARS:
        start, end = (calendars.from_jdn(calendar, calendars.jdn_of(day))[0] for day in (first, last))
        for year in range(start, end + 1):
            yield str(year)
            if end - start < _FEW:
                yield from (f"{name} {number}" for name, language in _names(calendar)
                            for number in _numbers(year, language))  # fmt: skip


def _numbers(year: int, language: str) -> tuple[str, ...]:
    """Return the year, and in Persian the last two of its figures as well: summer 67."""
    return (str(year), f"{year % 100:02}") if language == "fa" and 1300 <= year < 1400 else (str(year),)


def _names(calendar: str) -> list[tuple[str, str]]:
    """Return the names of months of a calendar and of seasons, each with its language."""
    rows = [row for row in tables.rows("date_words") if row["language"] in _LANGUAGES]
    meant = [row for row in rows if row["kind"] == "season" or (row["kind"], row["calendar"]) == ("month", calendar)]
    return [(form, row["language"]) for row in meant for form in row["forms"].split("|")]
