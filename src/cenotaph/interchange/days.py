"""Dates for formats that know a day, a month or a year and nothing between: none of them is ever made up."""

from __future__ import annotations

import calendar

from cenotaph.publishing.public import PublicDate


def prefix(date: PublicDate | None) -> str:
    """Return ``1988-07-30``, ``1988-07`` or ``1988`` where the interval is exactly that, else nothing."""
    if date is None or date.earliest is None or date.latest is None or date.flags:
        return ""
    first, last = date.earliest, date.latest
    if first == last:
        return first.isoformat()
    if first.day != 1 or first.year != last.year:
        return ""
    if (first.month, last.month, last.day) == (1, 12, 31):
        return f"{first.year:04}"
    whole = first.month == last.month and last.day == calendar.monthrange(last.year, last.month)[1]
    return f"{first.year:04}-{first.month:02}" if whole else ""


def ends(date: PublicDate | None) -> tuple[str, str]:
    """Return the first and the last day a date can mean, in ISO; empty where that end is open."""
    if date is None:
        return "", ""
    return (date.earliest.isoformat() if date.earliest else "", date.latest.isoformat() if date.latest else "")
