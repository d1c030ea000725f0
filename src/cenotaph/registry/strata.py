"""Overlap tables by stratum: the persons of the case's table, each in exactly one group of place, period and so on.

Invariant: together the strata hold everybody of `panel` once. Who is not known well enough for a group stands under
*not stated*; groups too small to be estimated stand together under *others*, so no group is lost and none is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from cenotaph.errors import InputError
from cenotaph.model import Panel
from cenotaph.registry.panel import captured, within
from cenotaph.registry.persons import Reading
from cenotaph.registry.register import Register
from cenotaph.values import PartialDate, Place, date
from cenotaph.values.gazetteer import entries

NOT_STATED, OTHERS = "not stated", "others"
BETWEEN = " \u00b7 "  # between the parts of a stratum's name
SMALLEST = 30  # people; smaller groups stand together

Key = Callable[[Register, int], str]


def panels(
    register: Register, by: Sequence[str], *, periods: Sequence[str] = (), smallest: int = SMALLEST
) -> tuple[Panel, ...]:
    """Return the overlap table of each stratum.

    Parameters
    ----------
    register
        The register; who counts, and which lists serve, is as in `panel`.
    by
        One or more of `STRATIFY`.
    periods
        Spans such as ``1988-07/1988-09`` that replace calendar years in ``period``; a death that lies in none of them
        for certain is *not stated*.
    smallest
        Groups with fewer documented people stand together.

    Raises
    ------
    InputError
        A key is not known, or a period is none.
    """
    keys = _keys(by, periods)
    found = captured(register)
    persons = np.flatnonzero(found.inside & found.presence.any(axis=1))
    names = [BETWEEN.join(key(register, int(person)) for key in keys) for person in persons]
    sizes = Counter(names)
    kept = np.array([name if sizes[name] >= smallest else OTHERS for name in names], dtype=object)
    return tuple(found.panel(persons[kept == name], stratum=name) for name in sorted(set(kept)))


def _keys(by: Sequence[str], periods: Sequence[str]) -> list[Key]:
    unknown = [name for name in by if name not in STRATIFY]
    if unknown or not by or len(set(by)) < len(by):
        raise InputError(f"strata by {', '.join(by) or 'nothing'}: name each of {', '.join(STRATIFY)} at most once")
    if periods and "period" not in by:
        raise InputError(f"periods {', '.join(periods)} without strata by period; add period")
    spans = {text: _span(text) for text in periods}
    return [partial(_period, spans=spans) if name == "period" and spans else STRATIFY[name] for name in by]


def _span(text: str) -> PartialDate:
    span = date(text)
    if span.earliest is None or span.latest is None:
        raise InputError(f"{text!r} is no period; write a first and a last day, month or year: 1988-07/1988-09")
    return span


def _reading(register: Register, person: int, key: str) -> Reading:
    """Return what the value shown of a person means, or None when no source says it."""
    found = register.assembly.values(register.groups.members(person), (key,))
    return found[0].chosen.reading if found else None


def _place(register: Register, person: int) -> str:
    """Return the province of the death; where the gazetteer has no province, the place; else the text."""
    said = [_reading(register, person, key) for key in ("death.place", "death.region")]
    places = [each for each in said if isinstance(each, Place)]
    province = next((each.province for each in places if each.province), "")
    if province:
        return entries()[province].names[0] if province in entries() else province
    return next((each.name or each.raw.strip() for each in places if each.name or each.raw.strip()), NOT_STATED)


def _year(register: Register, person: int) -> str:
    reading = _reading(register, person, "death.date")
    if not isinstance(reading, PartialDate) or reading.earliest is None or reading.latest is None:
        return NOT_STATED
    first, last = reading.earliest.year, reading.latest.year
    return str(first) if first == last else NOT_STATED


def _period(register: Register, person: int, spans: Mapping[str, PartialDate]) -> str:
    reading = _reading(register, person, "death.date")
    return next((text for text, span in spans.items() if within(reading, span.earliest, span.latest)), NOT_STATED)


def _said(register: Register, person: int, *, key: str) -> str:
    reading = _reading(register, person, key)
    return reading if isinstance(reading, str) and reading else NOT_STATED


STRATIFY: Mapping[str, Key] = {
    "place": _place,
    "period": _year,
    "affiliation": partial(_said, key="affiliation"),
    "sex": partial(_said, key="sex"),
    "manner": partial(_said, key="death.manner"),
}
