"""What a file is."""

from __future__ import annotations

import pytest

from cenotaph.errors import InputError
from cenotaph.sources.readers import media


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (b"id,name\n", "a.csv", media.CSV),
        (b"id\tname\n", "a.TSV", media.TSV),
        (b"PK\x03\x04..[Content_Types].xml", "a.csv", media.XLSX),
        (b"PK\x03\x04..", "a.xlsx", media.XLSX),
        (b"PK\x03\x04..", "a.zip", media.ZIP),
        (b"%PDF-1.7", "a.csv", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image/png"),
        (b"  <!DOCTYPE html>", "a.csv", media.HTML),
        (b"a\x00b", "a.csv", media.UNKNOWN),
        ("id,name\n".encode("utf-16"), "a.csv", media.CSV),
        (b"MZ,name\n", "a.csv", media.CSV),
        (b"A letter", "letter", media.TEXT),
        (b"words", "a.xlsx", media.UNKNOWN),
    ],
)
def test_bytes_decide_before_the_name(head: bytes, name: str, found: str) -> None:
    """The bytes say what a file is, and its name only what they leave open."""
    assert media.media_type(head, name) == found


@pytest.mark.parametrize(
    ("kind", "name", "match"),
    [
        (media.XLSX, "a.csv", r"a.csv: ends in .csv but holds .*; it is an Excel workbook; give it the ending .xlsx"),
        (media.UNKNOWN, "a.csv", r"a.csv: ends in .csv but is not text but binary data; save the table as .csv again"),
        (media.OLE, "a.xlsx", r"a.xlsx: .*an old .xls workbook or one with a password"),
        ("application/pdf", "a.pdf", r"a.pdf: files that end in .pdf are not read as a list; it is a PDF"),
        (media.TEXT, "list", r"list: files that end in nothing are not read as a list; a list is read from .csv"),
    ],
)
def test_a_list_must_be_what_its_name_says(kind: str, name: str, match: str) -> None:
    """A file whose bytes and name differ, or of a format that is not read, is refused with what to do."""
    with pytest.raises(InputError, match=match):
        media.require_list(kind, name)
