"""Dates as lists write them: any of nine languages and five calendars, to an interval of days.

Invariant: no text raises; what cannot be read says so in ``flags``; what could mean two things keeps the other in
``alternatives``. Nothing is ever filled in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from cenotaph.errors import InputError
from cenotaph.values import calendars, edtf
from cenotaph.values.date_grammar import parse
from cenotaph.values.date_nodes import Between, Node, Stated, Statement
from cenotaph.values.date_resolve import Resolved, resolve
from cenotaph.values.date_words import digit_script, silent
from cenotaph.values.date_years import Context, Trace
from cenotaph.values.flattening import Flattening, flattening
from cenotaph.values.partial_date import PartialDate, Reading, gap_days, overlap

__all__ = ["Flattening", "PartialDate", "Reading", "date", "flattening", "gap_days", "overlap"]

ORDERS = ("ymd", "dmy", "mdy")
_LONGEST = 300  # characters: nothing longer is a date
_PRIORS = {"order": 0.4, "century": 0.1, "converted": 0.3, "calendar": 0.3, "winter": 0.4, "hemisphere": 0.5,
           "hijri": 0.3, "double": 0.5, "lent": 0.2, "kurdish": 0.2}  # fmt: skip


def date(
    text: str, calendar: str | None = None, language: str | None = None, *, order: str | None = None
) -> PartialDate:
    """Read a date as written.

    Parameters
    ----------
    text : str
        ``10/08/1988``, ``Mordad 1367``, ``اوایل شهریور ۶۷``, ``before September 1988`` …
    calendar : str, optional
        Calendar of the list (``gregory``, ``persian``, ``islamic``, ``julian``, ``imperial`` or an alias): decides
        where words do not, and a year that it cannot hold is flagged ``calendar``.
    language : str, optional
        The language of the list, ``fa`` or ``fa-IR``; without it the words and digits speak for themselves.
    order : str, optional
        ``ymd``, ``dmy`` or ``mdy``; without it an open day/month is read day first and flagged ``ambiguous``.

    Returns
    -------
    PartialDate
        ``flags`` is ``("unreadable",)`` for a text that is no date and ``("unknown",)`` for one that says so.

    Raises
    ------
    InputError
        The calendar or the order is none of those above. The text never raises.
    """
    return _date(text, _calendar(calendar), language.split("-")[0].casefold() if language else None, _order(order))


def _calendar(name: str | None) -> str | None:
    found = calendars.calendar_id(name) if name else None
    if name and found is None:
        raise InputError(f"calendar `{name}` does not exist; use one of {', '.join(calendars.IDS)}")
    return found


def _order(order: str | None) -> str | None:
    if order is not None and order not in ORDERS:
        raise InputError(f"date order `{order}` does not exist; use one of {', '.join(ORDERS)}")
    return order


@lru_cache(maxsize=262_144)
def _date(text: str, calendar: str | None, language: str | None, order: str | None) -> PartialDate:
    if len(text) > _LONGEST:
        return PartialDate(raw=text, flags=("unreadable",))
    if silent(text):
        return PartialDate(raw=text, flags=("unknown",))
    context = Context(calendar=calendar, language=language, order=order, script=digit_script(text))
    trace = Trace()
    for statement in _statements(text):
        trace = Trace()
        if found := resolve(statement.node, context, trace):
            return _finished(text, statement, context, found, trace)
    return PartialDate(raw=text, flags=("unreadable", *sorted(trace.flags & {"no-year"})))


def _statements(text: str) -> list[Statement]:
    """Return what the text may state, the likeliest first: EDTF, except that 2021-22 is two years to everybody else."""
    standard = edtf.read(text)
    if standard and not (isinstance(standard.node, Stated) and standard.node.day is None):
        return [standard]
    said = parse(text)
    found = [each for each in (standard, said) if each]
    return found[::-1] if said and _next_year(said.node) else found


def _next_year(node: Node) -> bool:
    if not (isinstance(node, Between) and isinstance(node.left, Stated) and isinstance(node.right, Stated)):
        return False
    return (node.left.year or 0) + 1 == node.right.year


def _finished(text: str, statement: Statement, context: Context, found: Resolved, trace: Trace) -> PartialDate:
    flags = trace.flags | statement.flags
    earliest, latest = (calendars.day(each) if each is not None else None for each in (found.first, found.last))
    if earliest is None and latest is None:
        return PartialDate(raw=text, flags=("unreadable",))
    written = edtf.Written(
        earliest=earliest, latest=latest, short=found.short, as_set=found.as_set, members=_members(found),
        approximate="approximate" in flags, uncertain="uncertain" in flags,
    )  # fmt: skip
    return PartialDate(
        raw=text, calendar=found.calendar, decided=found.decided, parts=MappingProxyType(dict(found.parts)),
        earliest=earliest, latest=latest, edtf=edtf.write(written), flags=tuple(sorted(flags)),
        alternatives=_alternatives(statement, context, found, trace),
    )  # fmt: skip


def _members(found: Resolved) -> tuple[tuple[dt.date, dt.date], ...]:
    ends = [(calendars.day(first), calendars.day(last)) for first, last in found.members]
    return tuple((first, last) for first, last in ends if first and last)


def _alternatives(statement: Statement, context: Context, found: Resolved, trace: Trace) -> tuple[Reading, ...]:
    """Read again with each doubtful decision turned round."""
    readings = []
    if isinstance(statement.node, Between) and "double" in trace.used:
        turned = resolve(statement.node.right, context, Trace())
        readings = [_reading(turned, "double")] if turned else []
    if isinstance(statement.node, Between) and statement.node.wide:
        turned = resolve(replace(statement.node, right=statement.node.wide, wide=None), context, Trace())
        readings += [_reading(turned, "lent")] if turned else []
    for name in sorted(trace.used - {"double"}):
        turned = resolve(statement.node, replace(context, flip=frozenset((name,))), Trace())
        if turned and (turned.first, turned.last) != (found.first, found.last):
            readings.append(_reading(turned, name))
    return tuple(readings)


def _reading(found: Resolved, name: str) -> Reading:
    ends = (calendars.day(each) if each is not None else None for each in (found.first, found.last))
    earliest, latest = ends
    return Reading(earliest=earliest, latest=latest, calendar=found.calendar, prior=_PRIORS[name])
