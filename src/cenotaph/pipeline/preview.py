"""What the first rows of a file become under a proposal: shown before anybody relies on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from cenotaph import values
from cenotaph.messages import ENGLISH, Message, Speech
from cenotaph.sources.columns import Cells
from cenotaph.sources.mapping import Rule, template
from cenotaph.sources.proposing import Draft, Line
from cenotaph.sources.readers import RawTable

ROWS = 3
_WIDEST = 60  # characters of a value that is shown


def preview(draft: Draft, rows: int = ROWS) -> list[dict[str, Any]]:
    """Return the first rows as they would be read: for each property the text and what is made of it."""
    table = draft.table
    few = Cells(_first(draft, rows), _missing(draft))
    key = draft.line("key")
    keys = few.key(template(str(key.value))).to_pylist() if key else [None] * few.size
    found: list[dict[str, Any]] = [
        {"row": number, "record": f"{draft.name}:{text}", "values": []}
        for number, text in zip(table.rows.slice(0, few.size).to_pylist(), keys, strict=True)
    ]
    for line in draft.mapped.values():
        for place, (text, shown) in enumerate(_texts(few, line)):
            if text is not None:
                found[place]["values"].append(_value(draft, line, text, shown))
    return found


def _first(draft: Draft, rows: int) -> RawTable:
    table = draft.table
    calendars = {name: hints.slice(0, rows) for name, hints in table.calendars.items()}
    return dataclasses.replace(
        table, cells=table.cells.slice(0, rows), rows=table.rows.slice(0, rows), calendars=calendars
    )


def _missing(draft: Draft) -> list[str]:
    line = draft.line("missing")
    return list(line.value) if line and isinstance(line.value, list) else []


def _texts(cells: Cells, line: Line) -> Iterator[tuple[str | None, str | None]]:
    value = line.value["column"] if isinstance(line.value, dict) else line.value
    texts = value if isinstance(value, list) else [str(value)]
    found = cells.find(Rule(key=line.property, alternatives=tuple(template(text) for text in texts)))
    shown = [None] * cells.size if found.calendar is None else found.calendar.to_pylist()
    yield from zip(found.text.to_pylist(), shown, strict=True)


def _value(draft: Draft, line: Line, text: str, shown: str | None) -> dict[str, Any]:
    known = values.is_known(line.property)
    kind = values.property_of(line.property).kind if known else "text"
    return {
        "property": line.property,
        "certainty": line.certainty,
        "text": text[:_WIDEST],
        "becomes": str(_becomes(draft, line, kind, text, shown)),
    }


def _becomes(draft: Draft, line: Line, kind: str, text: str, shown: str | None) -> str:
    """Return what the values room makes of a text; empty where it stays as it is."""
    if kind == "date":
        return _date(draft, line, text, shown)
    if kind == "code":
        codes = line.value.get("codes", {}) if isinstance(line.value, dict) else {}
        code = codes.get(text) if isinstance(codes, dict) else None
        return str(code or values.code(line.property, text) or "?")
    if kind == "age":
        found = values.age(text)
        low, high = ("?" if each is None else str(each) for each in (found.low, found.high))
        return low if low == high else f"{low}-{high}"
    return ""


def _date(draft: Draft, line: Line, text: str, shown: str | None) -> str:
    calendar = draft.line(f'calendar."{line.property}"')
    order = draft.line("date_order")
    found = values.date(
        text,
        shown or (str(_NAMES.get(str(calendar.value), calendar.value)) if calendar else None),
        draft.language or None,
        order=str(order.value) if order and order.certainty != "held" else None,
    )
    if not found.is_known:
        return "?"
    earliest, latest = found.earliest or "..", found.latest or ".."
    return str(earliest) if earliest == latest else f"{earliest}..{latest}"


_NAMES = {"gregorian": "gregory"}


def preview_lines(rows: Sequence[dict[str, Any]], say: Speech = ENGLISH) -> Iterator[str]:
    """Say the first rows in words: a question mark before what is proposed and not used yet."""
    for row in rows:
        yield "    " + say("row {row} becomes {record}", row=row["row"], record=row["record"])
        for value in row["values"]:
            mark = "? " if value["certainty"] != "sure" else "  "
            becomes = f" {say.arrow} {say.isolate(value['becomes'])}" if value["becomes"] else ""
            yield f"{say.line_start}      {mark}{say.isolate(value['property'])}: {say.isolate(value['text'])}{becomes}"


def settled(message: Message | None) -> str:
    """Return the English of a reason, empty without one."""
    return str(message) if message is not None else ""
