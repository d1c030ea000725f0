"""Sources: files captured by digest, and read into records that say where each value stands."""

from __future__ import annotations

from cenotaph.sources.capture import capture, place, source_bytes
from cenotaph.sources.checking import reread
from cenotaph.sources.editions import Changes
from cenotaph.sources.originals import Original, RowChange, latest_changes, originals
from cenotaph.sources.readers import RawTable, Refusal, read_table
from cenotaph.sources.reading import Reading, nothing, read
from cenotaph.sources.registers import given_persons

__all__ = [
    "Changes",
    "Original",
    "RawTable",
    "Reading",
    "Refusal",
    "RowChange",
    "capture",
    "given_persons",
    "latest_changes",
    "nothing",
    "originals",
    "place",
    "read",
    "read_table",
    "reread",
    "source_bytes",
]
