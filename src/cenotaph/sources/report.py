"""What a reading did, as plain data: rows in, records, refusals by row and reason, editions, dates that look filled in.

Invariant: it holds record ids and row numbers, never a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cenotaph.config import ListTable
from cenotaph.model import ListFacts, Source
from cenotaph.sources.dating import date_columns
from cenotaph.sources.editions import GONE, Changes
from cenotaph.sources.mapping import ListMapping
from cenotaph.sources.readers import RawTable
from cenotaph.sources.records import Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One captured file of a list, read."""

    source: Source
    raw: RawTable
    mapping: ListMapping
    mapped: Mapped
    digest: str


def edition_report(edition: Edition) -> dict[str, Any]:
    """Say how one file was read."""
    return {
        "edition": edition.source.edition,
        "source": edition.source.digest,
        "file": edition.source.filename,
        "rows": edition.mapped.rows,
        "records": edition.mapped.table.num_rows,
        "refused": len(edition.mapped.refused),
        "refusals": [{"row": refusal.row, "reason": refusal.reason} for refusal in edition.mapped.refused],
        "digest": edition.digest,
        **dict(edition.raw.facts),
    }


def list_report(
    table: ListTable, facts: ListFacts, editions: Sequence[Edition], changes: Sequence[Changes], records: pa.Table
) -> dict[str, Any]:
    """Say how a list was read; counts are those of its latest edition, and ``gone`` those that only earlier ones have.

    Parameters
    ----------
    table
        What ``cenotaph.toml`` says of the list.
    facts
        Its calendars, date order and language.
    editions
        Its captured files, oldest first.
    changes
        What each edition after the first changed.
    records
        All its records.
    """
    latest = editions[-1]
    dates = date_columns(records, facts)
    missing = records.num_rows - records.column(GONE).null_count if GONE in records.column_names else 0
    return {
        "title": table.title,
        "rows": latest.mapped.rows,
        "records": latest.mapped.table.num_rows,
        "refused": len(latest.mapped.refused),
        "refusals": edition_report(latest)["refusals"],
        "gone": missing,
        "unmapped": list(latest.mapping.unmapped),
        "editions": [edition_report(edition) for edition in editions],
        "changes": [change.to_json() for change in changes],
        "dates": dates,
        "notes": [*_notes(latest), *(change.note for change in changes), *_date_notes(dates)],
    }


def _notes(edition: Edition) -> list[str]:
    refused = edition.mapped.refused
    mapping = edition.mapping
    notes = [*edition.raw.notes, *edition.mapped.notes]
    if refused:
        first = refused[0]
        notes.append(f"{len(refused)} rows refused; the first is row {first.row}: {first.reason}")
    if mapping.absent:
        notes.append(f"columns that this edition does not have: {', '.join(mapping.absent)}")
    if mapping.unmapped:
        notes.append(f"mapped to nothing, kept and internal: {', '.join(mapping.unmapped)}")
    return notes


def _date_notes(dates: dict[str, dict[str, Any]]) -> list[str]:
    return [f"{key}: {found['note']}" for key, found in dates.items() if found["suspicious"]]
