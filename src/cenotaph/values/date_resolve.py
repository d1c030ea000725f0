"""From the nodes of an expression to an interval of days: numbers put in order, ends joined, doubles compared.

Invariant: nothing is decided here without a trace; an expression that cannot be resolved whole gives None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cenotaph.values import calendars
from cenotaph.values.calendars import GREGORY, ISLAMIC, JULIAN
from cenotaph.values.date_nodes import Between, Field, Node, Open, Stated
from cenotaph.values.date_spans import Span, span_of, widened
from cenotaph.values.date_years import DAY_FIRST, Context, Trace, Year, decide, is_persian

_SHORT_ERA = 31
_SLIP_DAYS = 3  # by which a day converted to another calendar is usually wrong, if it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An interval of day numbers, what was stated, and a shorter EDTF form where one says exactly the same."""

    first: int | None
    last: int | None
    calendar: str
    decided: str
    parts: Mapping[str, object]
    short: str | None = None
    as_set: bool = True
    members: tuple[Span, ...] = ()  # the pieces, where one or the other is meant and nothing between them


def resolve(node: Node, context: Context, trace: Trace) -> Resolved | None:
    """Resolve a node in a context, noting in the trace what was decided."""
    if isinstance(node, Stated):
        return _stated(node, context, trace)
    if isinstance(node, Open):
        return _open(node, context, trace)
    return _between(node, context, trace)


def _stated(stated: Stated, context: Context, trace: Trace) -> Resolved | None:
    if stated.triple:
        return _triple(stated, stated.triple, context, trace)
    if stated.bare:
        if context.calendar is None and not is_persian(stated, context):
            return None
        stated = replace(stated, bare=None, year=stated.bare.value, digits=stated.bare.digits)
    return _dated(stated, context, trace)


def _dated(stated: Stated, context: Context, trace: Trace, *, year_first: bool = False) -> Resolved | None:
    if stated.year is None:
        trace.flags.add("no-year")
        return None
    if stated.day and not stated.month:
        return None
    year = decide(stated, context, trace, year_first=year_first)
    span = span_of(stated, year, context, trace) if year and 1 <= year.year < 9999 else None
    if year is None or span is None:
        return None
    first, last = _by_weekday(widened(span, year.calendar), stated, trace)
    return Resolved(first=first, last=last, calendar=year.calendar, decided=year.decided,
                    parts=_parts(stated, year), short=_short(stated, year, trace))  # fmt: skip


def _by_weekday(span: Span, stated: Stated, trace: Trace) -> Span:
    """Check a day against its weekday; a lunar date of several possible days is narrowed by it."""
    if stated.weekday is None or stated.day is None or span[1] - span[0] > 4:
        return span
    days = [each for each in range(span[0], span[1] + 1) if each % 7 == stated.weekday]
    if not days:
        trace.flags.add("weekday")
        return span
    return days[0], days[0]


def _parts(stated: Stated, year: Year) -> Mapping[str, object]:
    names = {"month": stated.month, "day": stated.day, "season": stated.season, "part": stated.part}
    parts: dict[str, object] = {"year": year.year} | {name: value for name, value in names.items() if value is not None}
    if stated.span > 1:
        parts["decade" if stated.span == 10 else "century"] = parts.pop("year")
    if stated.months > 1:
        parts["months"] = stated.months
    return parts


def _short(stated: Stated, year: Year, trace: Trace) -> str | None:
    """Return the EDTF form of a plain Gregorian date; every other is written by its days."""
    southern = "hemisphere" in trace.used
    if year.calendar != GREGORY or stated.part or stated.months > 1 or southern or "no-such-day" in trace.flags:
        return None
    text = f"{year.year:04d}"
    if stated.season:
        return None if stated.season == 4 and "winter" in trace.used else f"{text}-{20 + stated.season}"
    if stated.span > 1:
        blank = len(str(stated.span)) - 1
        return text[:-blank] + "X" * blank
    month = f"-{stated.month:02d}" if stated.month else ""
    return text + month + (f"-{stated.day:02d}" if stated.day else "")


def _orders(triple: tuple[Field, Field, Field], stated: Stated, context: Context) -> list[str]:
    """Return the orders in which three numbers may stand, the likeliest first."""
    first, _, third = triple
    if first.digits >= 3:
        return ["ymd", "ydm"]
    if third.digits >= 3:
        return ["mdy", "dmy"] if context.order == "mdy" else ["dmy", "mdy"]
    usual = ["ymd", "dmy"] if is_persian(stated, context) else ["dmy", "mdy", "ymd"]
    if context.order:
        return [context.order, *(each for each in usual if each != context.order)]
    if (first.value or 0) > _SHORT_ERA:
        return ["ymd"]
    return [each for each in usual if each != "ymd"] if (third.value or 0) > _SHORT_ERA else usual


def _ordered(stated: Stated, order: str) -> Stated | None:
    """Return the date with its numbers put in an order, or None when month or day cannot be that."""
    fields = dict(zip(order, stated.triple or (), strict=True))
    year, month, day = fields["y"], fields["m"], fields["d"]
    if year.value is None or not 0 <= (month.value or 0) <= 12 or not 0 <= (day.value or 0) <= 31:
        return None
    return replace(stated, triple=None, year=year.value, digits=year.digits, month=month.value or None,
                   day=day.value or None if month.value else None)  # fmt: skip


def _triple(stated: Stated, triple: tuple[Field, Field, Field], context: Context, trace: Trace) -> Resolved | None:
    readings = list(_readings(stated, triple, context))
    if not readings:
        return None
    order, chosen = readings[0]
    rest = [each for each in readings[1:] if each[1] != chosen and (each[1].month or not chosen.month)]
    if context.order and order != context.order and len(triple) == 3 and sum(f.digits <= 2 for f in triple) > 1:
        if context.order[0] == "y" or triple[0].digits <= 2:
            trace.flags.add("order")
    elif rest and _is_open(stated, order, context):
        turned = trace.choose("order", flag="ambiguous", context=context)
        order, chosen = rest[0] if turned else (order, chosen)
    return _dated(chosen, context, trace, year_first=order[0] == "y")


def _readings(stated: Stated, triple: tuple[Field, Field, Field], context: Context) -> Iterator[tuple[str, Stated]]:
    """Yield the orders that give a day the calendar has, else the orders that give a month."""
    ordered = [(each, found) for each in _orders(triple, stated, context) if (found := _ordered(stated, each))]
    whole = [(each, found) for each, found in ordered if _exists(found, context, year_first=each[0] == "y")]
    yield from whole or ordered


def _exists(stated: Stated, context: Context, *, year_first: bool) -> bool:
    year = decide(stated, context, Trace(), year_first=year_first)
    if year is None or not 1 <= year.year < 9999:
        return False
    return stated.day is None or calendars.exists(year.calendar, year.year, stated.month or 1, stated.day)


def _is_open(stated: Stated, order: str, context: Context) -> bool:
    """Say whether nothing but habit decides between day first and month first."""
    if context.order or stated.sign == "." or (order[0] == "y" and not is_persian(stated, context)):
        return False
    short = all(field.digits <= 2 for field in stated.triple or ())
    if is_persian(stated, context):
        return short
    last = stated.triple[2] if stated.triple else Field(None, 0)
    settled = decide(replace(stated, year=last.value, digits=last.digits), context, Trace())
    by_month_first = settled is None or settled.calendar in {GREGORY, JULIAN}
    return by_month_first and (short or context.language not in DAY_FIRST)


def _open(node: Open, context: Context, trace: Trace) -> Resolved | None:
    inner = resolve(node.inner, context, trace)
    if inner is None:
        return None
    first, last = {
        "before": (None, inner.first - 1 if inner.first is not None else None),
        "until": (None, inner.last),
        "since": (inner.first, None),
        "after": (inner.last + 1 if inner.last is not None else None, None),
    }[node.side]
    if inner.parts.get("part") == "late" and node.side == "before":  # before the end of August is still in August
        last = inner.last
    if inner.parts.get("part") == "early" and node.side == "after":
        first = inner.first
    if first is None and last is None:
        return None
    return replace(inner, first=first, last=last, parts={node.side: inner.parts}, short=None, as_set=node.as_set)


def _between(node: Between, context: Context, trace: Trace) -> Resolved | None:
    left, right = _sides(node, context, trace)
    if left is None or right is None:
        return None
    apart = left.calendar != right.calendar and node.how not in {"set", "either"}
    if node.how == "equal" or (apart and (node.how == "slash" or _are_one_day(left, right))):
        return _double(left, right, trace)
    if node.how in {"either", "slash"}:
        return _either(left, right, trace)
    ends = [left.first, left.last, right.first, right.last]
    if left.first is not None and right.last is not None and left.first > right.last:
        trace.flags.add("conflict")
        left, right = right, left
    first = None if None in ends else min(each for each in ends if each is not None)
    last = None if None in ends else max(each for each in ends if each is not None)
    if first is None or last is None:
        return None
    short = f"{left.short}/{right.short}" if left.short and right.short and node.how == "range" else None
    return Resolved(first=first, last=last, calendar=left.calendar, decided=left.decided, short=short,
                    parts={"from": left.parts, "to": right.parts}, as_set=node.how == "set")  # fmt: skip


def _either(left: Resolved, right: Resolved, trace: Trace) -> Resolved | None:
    """Join dates of which one is meant; what lies between them is not, so a gap is kept and flagged."""
    pieces: list[Span] = []
    for first, last in sorted((*_pieces(left), *_pieces(right))):
        if pieces and first <= pieces[-1][1] + 1:
            pieces[-1] = (pieces[-1][0], max(last, pieces[-1][1]))
        else:
            pieces.append((first, last))
    if not pieces:
        return None
    if len(pieces) > 1:
        trace.flags.add("either")
    return Resolved(first=pieces[0][0], last=pieces[-1][1], calendar=left.calendar, decided=left.decided,
                    parts={"from": left.parts, "to": right.parts},
                    members=tuple(pieces) if len(pieces) > 1 else ())  # fmt: skip


def _pieces(one: Resolved) -> tuple[Span, ...]:
    if one.members:
        return one.members
    return () if one.first is None or one.last is None else ((one.first, one.last),)


def _sides(node: Between, context: Context, trace: Trace) -> tuple[Resolved | None, Resolved | None]:
    """Resolve both sides; in ``28 Tir (19 July 1988)`` the side without a year takes it from the other."""
    left, right = node.left, node.right
    if node.how == "equal":
        left, right = _with_year(left, right, context), _with_year(right, left, context)
    return resolve(left, context, trace), resolve(right, context, trace)


def _with_year(node: Node, other: Node, context: Context) -> Node:
    if not isinstance(node, Stated) or node.year is not None or node.triple or node.bare or not node.calendar:
        return node
    known = resolve(other, context, Trace())
    if known is None or known.first is None:
        return node
    return replace(node, year=calendars.from_jdn(node.calendar, known.first)[0], digits=4)


def _intersection(left: Resolved, right: Resolved) -> Span | None:
    if None in {left.first, left.last, right.first, right.last}:
        return None
    first, last = max(left.first or 0, right.first or 0), min(left.last or 0, right.last or 0)
    return (first, last) if first <= last else None


def _are_one_day(left: Resolved, right: Resolved) -> bool:
    """Say whether two dates of two calendars state one date: they overlap, or are days too near to be a range."""
    if None in {left.first, left.last, right.first, right.last}:
        return False
    days = left.first == left.last and right.first == right.last
    near = abs((left.first or 0) - (right.first or 0)) <= _SLIP_DAYS
    return _intersection(left, right) is not None or (days and near)


def _is_old_style(left: Resolved, right: Resolved) -> bool:
    """Say whether the first of two Western days is the Julian date of the second: 26 October (8 November) 1917."""
    if left.calendar != GREGORY or left.first is None or left.first != left.last or right.first != right.last:
        return False
    return calendars.to_jdn(JULIAN, *calendars.from_jdn(GREGORY, left.first)) == right.first


def _double(left: Resolved, right: Resolved, trace: Trace) -> Resolved:
    """Join one date said in two calendars: what both say, or the first, flagged, where they disagree."""
    exact = left if left.calendar != ISLAMIC else right
    if _is_old_style(left, right):
        return replace(right, decided="both calendars agree")
    if found := _intersection(left, right):
        short = next((each.short for each in (left, right) if each.short and (each.first, each.last) == found), None)
        return replace(left, first=found[0], last=found[1], short=short, decided="both calendars agree")
    trace.flags.add("conflict")
    trace.used.add("double")
    return replace(exact, decided="two calendars disagree")
