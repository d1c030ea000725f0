"""Files to tables of text, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers import media
from cenotaph.sources.readers.delimited import read_delimited
from cenotaph.sources.readers.html_tables import read_html
from cenotaph.sources.readers.json_records import read_json
from cenotaph.sources.readers.table import NO_HINTS, Hints, RawTable, Refusal, checked
from cenotaph.sources.readers.xlsx import read_xlsx

__all__ = ["READER", "Hints", "RawTable", "Refusal", "read_table"]

READER = "1"  # what the readers make of a file; a change of it is a new reading in the ledger

_READERS: Mapping[str, Callable[[bytes, str, Hints], RawTable]] = {
    media.CSV: read_delimited,
    media.TSV: read_delimited,
    media.XLSX: read_xlsx,
    media.JSON: read_json,
    media.NDJSON: read_json,
    media.HTML: read_html,
}


def read_table(data: bytes, filename: str, media_type: str, hints: Hints = NO_HINTS) -> RawTable:
    """Read a list's file into a table of text.

    Parameters
    ----------
    data
        The bytes of the file.
    filename
        What it was called; for messages.
    media_type
        What it is, as ``media.media_type`` told when it was captured.
    hints
        What ``cenotaph.toml`` says about the file.

    Raises
    ------
    InputError
        The file is empty, no list, or cannot be read; the message says what to do.
    """
    if not data.strip():
        raise InputError(Message("{file}: the file is empty; name the file that holds the list", file=filename))
    reader = _READERS.get(media_type)
    if reader is None:
        formats = ", ".join(media.LIST_FORMATS)
        raise InputError(f"{filename}: {media_type} is not read as a list; save the list as one of {formats}")
    return checked(reader(data, filename, hints), filename)
