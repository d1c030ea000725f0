"""How the dates of a list are written: order, calendar, and what a machine may have filled in.

Invariant: an order or a calendar that the values do not prove is held back, with the count of what is open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from cenotaph import values
from cenotaph.messages import Message
from cenotaph.sources.columns import Cells
from cenotaph.sources.mapping import Rule, template
from cenotaph.sources.proposing.draft import Certainty, Draft, Line
from cenotaph.sources.proposing.people import Columns
from cenotaph.values import PartialDate, calendars

_TRIPLE = re.compile(r"(?<!\d)(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})(?!\d)")
_DAY_NAME = re.compile(r"^\D{0,4}\d{1,2}[ .\-]+[^\W\d_]{3,}[ .,\-]+\d{2,4}$")
_NAMES = {"gregory": "gregorian"}
_NEARLY = 0.98
_FEW = 0.02
Texts = Counter[tuple[str, str | None]]


def propose_dating(draft: Draft, columns: Columns, missing: list[str]) -> None:
    """Propose date order and calendars, and name what is doubtful in the dates themselves."""
    lines = [line for line in draft.mapped.values() if line.property.endswith(".date")]
    texts = {line.property: _texts(draft, line, missing) for line in lines}
    order = _order(draft, columns, texts)
    for line in lines:
        _calendar(draft, columns, line, texts[line.property], order)


def _texts(draft: Draft, line: Line, missing: list[str]) -> Texts:
    """Return what a line finds in the rows, by text and by the calendar a workbook showed it in."""
    alternatives = line.value if isinstance(line.value, list) else [str(line.value)]
    rule = Rule(key=line.property, alternatives=tuple(template(text) for text in alternatives))
    found = Cells(draft.table, missing).find(rule)
    shown = [None] * len(found.text) if found.calendar is None else found.calendar.to_pylist()
    pairs = zip(found.text.to_pylist(), shown, strict=True)
    return Counter((text.strip(), hint) for text, hint in pairs if text is not None)


def _order(draft: Draft, columns: Columns, texts: Mapping[str, Texts]) -> str | None:
    stated = {meaning.order for name, (meaning, _) in columns.items() if meaning.order and name in draft.used}
    seen = Counter[str]()
    for found in texts.values():
        for (text, hint), count in found.items():
            seen[_order_of(text) if hint is None else "ymd"] += count
    order, certainty = _decided(seen, stated)
    if not order:
        return None
    why = None
    if certainty == "held":
        why = Message("{open} dates could be read day first or month first; {dmy} prove day first, {mdy} month first",
                      open=seen["open"], dmy=seen["dmy"], mdy=seen["mdy"])  # fmt: skip
        draft.doubt("order", why)
    draft.propose("date_order", order, certainty, why)
    return order if certainty == "sure" else None


def _decided(seen: Counter[str], stated: set[str]) -> tuple[str, Certainty]:
    """Return the order and how sure it is: proved by days beyond the twelfth, stated by a header, or open."""
    proved = [order for order in ("dmy", "mdy") if seen[order]]
    if len(stated) == 1 and not set(proved) - stated:
        return next(iter(stated)), "sure"
    if len(proved) == 1 and not stated:
        return proved[0], "sure"
    if proved or seen["open"]:
        return max(proved, key=lambda order: seen[order], default="dmy"), "held"
    if seen["ymd"] or seen["words"]:
        return ("ymd" if seen["ymd"] else "dmy"), "sure"
    return "", "sure"


def _order_of(text: str) -> str:
    """Return the order that a text proves: ``ymd``, ``dmy``, ``mdy``, ``words``, ``open`` or nothing."""
    found = _TRIPLE.search(text)
    if found is None:
        return "words" if _DAY_NAME.match(text) else ""
    first, second = int(found[1]), int(found[2])
    if len(found[1]) > 2:
        return "ymd"
    if first > 12 and second <= 12:
        return "dmy"
    return "mdy" if second > 12 >= first else "open"


def _calendar(draft: Draft, columns: Columns, line: Line, texts: Texts, order: str | None) -> None:
    language = draft.language or None
    read = [(values.date(text, hint, language, order=order), n) for (text, hint), n in texts.items()]
    known = Counter[str]()
    for found, count in read:
        known[found.calendar] += count if found.is_known else 0
    known -= Counter({"unknown": known["unknown"]})
    if not known:
        return
    shown = Counter(hint for (_, hint), n in texts.items() for _ in range(n) if hint)
    name, certainty, why = _settled(draft, columns, line, known, shown, read)
    if line.certainty == "held":
        certainty = "held"  # the calendar of a column that is not mapped yet waits with it
    draft.propose(f'calendar."{line.property}"', _NAMES.get(name, name), certainty, why)
    _look_at_days(draft, line, read)


def _settled(
    draft: Draft, columns: Columns, line: Line, known: Counter[str], shown: Counter[str],
    read: list[tuple[PartialDate, int]],
) -> tuple[str, Certainty, Message | None]:  # fmt: skip
    """Weigh what the header, the workbook and the values say of the calendar."""
    column = line.value if isinstance(line.value, str) else ""
    concepts = columns[column][0].concepts if column in columns else frozenset()
    stated = next((name for name in ("persian", "islamic", "gregorian") if name in concepts), "")
    name, count = known.most_common(1)[0]
    if shown and set(shown) - {calendars.GREGORY}:
        name = shown.most_common(1)[0][0]
        what = Message("{key}: {n} cells are shown in the calendar {calendar}; what was shown is read",
                       key=line.property, n=shown[name], calendar=name)  # fmt: skip
        draft.doubt("shown-calendar", what, column)
        return name, "sure" if shown.total() == sum(n for _, n in read) else "doubtful", None
    if stated:
        return stated, "sure", None
    if count < _NEARLY * known.total():
        others = [Message("{name} {n}", name=_NAMES.get(each, each), n=n) for each, n in known.most_common()]
        why = Message("dates in several calendars: {calendars}", calendars=others)
        draft.doubt("calendar", Message("{key}: {why}", key=line.property, why=why), column)
        return name, "held", why
    open_ones = sum(n for found, n in read if any(other.calendar != found.calendar for other in found.alternatives))
    if open_ones > _FEW * known.total():
        why = Message("{n} dates could also be of another calendar", n=open_ones)
        draft.doubt("calendar", Message("{key}: {why}", key=line.property, why=why), column)
        return name, "doubtful", why
    return name, "sure", None


def _look_at_days(draft: Draft, line: Line, read: list[tuple[PartialDate, int]]) -> None:
    report = values.flattening([found for found, _ in read], counts=[n for _, n in read])
    if report.suspicious:
        what = Message("{key}: {n} of {full} full dates are the first of a month; days may have been filled in",
                       key=line.property, n=report.firsts_of_month, full=report.full)  # fmt: skip
        draft.doubt("flattened", what)
    unread = sum(n for found, n in read if "unreadable" in found.flags)
    if unread:
        draft.doubt("unreadable", Message("{key}: {n} dates cannot be read", key=line.property, n=unread))
