"""Which date columns look as if a machine had filled in their days. Reported; nothing is changed here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pyarrow as pa

from cenotaph import values
from cenotaph.model import ListFacts, split_key
from cenotaph.sources.records import CALENDAR_OF, OTHER


def date_columns(table: pa.Table, facts: ListFacts) -> dict[str, dict[str, Any]]:
    """Return for each date claim of a list how many dates are firsts of a month or year, and whether too many are.

    Parameters
    ----------
    table
        The records of the list.
    facts
        Its calendars, date order and language.
    """
    keys = [name for name in table.column_names if _is_date(name)]
    return {key: _flattening(table, key, facts) for key in keys}


def _is_date(name: str) -> bool:
    key = split_key(name)[0]
    return not name.startswith(OTHER) and values.is_known(key) and values.property_of(key).kind == "date"


def _flattening(table: pa.Table, key: str, facts: ListFacts) -> dict[str, Any]:
    """Read each distinct text of a column once, and count it as often as it stands there."""
    shown = key + CALENDAR_OF
    names = [key, shown] if shown in table.column_names else [key]
    said = table.select(names).filter(table.column(key).is_valid())
    groups = said.group_by(names, use_threads=False).aggregate([([], "count_all")])
    calendar = facts.calendars.get(key) or facts.calendars.get(split_key(key)[0])
    hints = groups.column(shown).to_pylist() if shown in names else [None] * groups.num_rows
    read = [
        values.date(text, calendar=hint or calendar, language=facts.language, order=facts.date_order)
        for text, hint in zip(groups.column(key).to_pylist(), hints, strict=True)
    ]
    report = values.flattening(read, counts=groups.column("count_all").to_pylist())
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in dataclasses.asdict(report).items()
    }
