"""Sources: files captured by digest, and read into records that say where each value stands."""

from __future__ import annotations

from cenotaph.sources.capture import capture, capture_table, place, source_bytes
from cenotaph.sources.checking import reread
from cenotaph.sources.editions import Changes
from cenotaph.sources.originals import Original, RowChange, latest_changes, originals
from cenotaph.sources.readers import RawTable, Refusal, read_table
from cenotaph.sources.reading import Reading, nothing, read
from cenotaph.sources.registers import given_persons
from cenotaph.sources.rows import TableRows, read_rows

__all__ = [
    "Changes",
    "Original",
    "RawTable",
    "Reading",
    "Refusal",
    "RowChange",
    "TableRows",
    "capture",
    "capture_table",
    "given_persons",
    "latest_changes",
    "nothing",
    "originals",
    "place",
    "read",
    "read_rows",
    "read_table",
    "reread",
    "source_bytes",
]
