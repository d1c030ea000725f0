"""Columns whose days were filled in by machine: too many 1 Januaries, too many firsts of a month.

Nothing is corrected. In such a column a first of January is read as the year, a first of a month as the month, and
the reading carries the flag ``flattened``: the day is somebody's software, not somebody's testimony.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from cenotaph import values
from cenotaph.model import ListFacts
from cenotaph.registry.columns import Columns
from cenotaph.values import Flattening, PartialDate, calendars

FLAG = "flattened"


def flattened_columns(columns: Columns, lists: Mapping[str, ListFacts]) -> dict[tuple[str, str], Flattening]:
    """Return the suspicious date columns, by (list, key), with the counts that make them so."""
    names = columns["list"]
    found = {}
    for key in columns.keys:
        if values.property_of(key).kind != "date":
            continue
        for code, name in enumerate(names.texts):
            dates, counts = _dates(columns, lists[name], key, code)
            report = values.flattening(dates, counts=counts)
            if report.suspicious:
                found[(name, key)] = report
    return found


def _dates(columns: Columns, facts: ListFacts, key: str, code: int) -> tuple[list[PartialDate], list[int]]:
    """Return the distinct dates of a column of a list, and how often each stands in it."""
    rows = (columns["list"].codes == code) & (columns[key].codes >= 0)
    distinct, counts = np.unique(columns[key].codes[rows], return_counts=True)
    calendar = facts.calendars.get(key)
    read = [
        values.date(columns[key].texts[c], calendar=calendar, language=facts.language, order=facts.date_order)
        for c in distinct.tolist()
    ]
    return read, counts.tolist()


def widen(date: PartialDate, report: Flattening) -> PartialDate:
    """Read a filled-in first of a month as what was known: the year, or the month."""
    if not date.is_full or date.earliest is None:
        return date
    year, month, day = calendars.from_jdn(report.calendar, calendars.jdn_of(date.earliest))
    of_year = month == 1 and _years_filled(report)
    if day != 1 or not (of_year or _months_filled(report)):
        return date
    text = f"{year:04d}" if of_year else f"{year:04d}-{month:02d}"
    wider = values.date(text, calendar=report.calendar)
    return dataclasses.replace(wider, raw=date.raw, flags=tuple(dict.fromkeys((*date.flags, FLAG))))


def _years_filled(report: Flattening) -> bool:
    """Chance makes one first of a month in twelve a first of the year; far more were filled in from a year alone."""
    return 4 * report.firsts_of_year > report.firsts_of_month


def _months_filled(report: Flattening) -> bool:
    return report.firsts_of_month - report.firsts_of_year > 2 * report.expected
