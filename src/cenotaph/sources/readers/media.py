"""What a file is, told from its bytes first and its name second.

Invariant: a name never overrules the bytes: a spreadsheet called ``.csv`` is a spreadsheet, and is refused as a CSV.
"""

from __future__ import annotations

from pathlib import PurePath

from cenotaph.errors import InputError
from cenotaph.messages import Message

CSV, TSV, TEXT = "text/csv", "text/tab-separated-values", "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON, NDJSON, HTML = "application/json", "application/x-ndjson", "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP, OLE, UNKNOWN = "application/zip", "application/x-ole-storage", "application/octet-stream"

LIST_FORMATS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".html")
HEAD = 4096  # bytes looked at

_BY_NAME = {
    ".csv": CSV, ".tsv": TSV, ".tab": TSV, ".txt": TEXT, ".md": TEXT, ".xlsx": XLSX, ".xlsm": XLSX, ".json": JSON,
    ".jsonl": NDJSON, ".ndjson": NDJSON, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".docx": DOCX, ".pdf": PDF,
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\x7fELF", UNKNOWN),
    (b"MZ", UNKNOWN),
)
_ADVICE = {
    OLE: Message("it is an old .xls workbook or one with a password; save it as .xlsx without a password"),
    ZIP: Message("it is a zip archive; unpack it and name the table inside"),
    XLSX: Message("it is an Excel workbook; give it the ending .xlsx"),
    DOCX: Message("it is a Word document; copy its table into a spreadsheet and name the document as its origin"),
    PDF: Message("it is a PDF; copy its table into a spreadsheet and name the PDF as its origin"),
    HTML: Message("it is a web page; give it the ending .html"),
}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXTS = (CSV, TSV, TEXT, JSON, NDJSON, HTML)


def media_type(head: bytes, filename: str) -> str:
    """Return the media type of a file from its first bytes and its name."""
    suffix = PurePath(filename).suffix.lower()
    named = _BY_NAME.get(suffix, UNKNOWN)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        if named == DOCX or b"word/" in head:
            return DOCX
        return XLSX if named == XLSX or b"[Content_Types].xml" in head or b"xl/" in head else ZIP
    magic = next((media for start, media in _MAGIC if head.startswith(start)), None)
    if magic and not (magic == UNKNOWN and named in _TEXTS and b"\x00" not in head):  # "MZ" may begin a word
        return magic
    if b"\x00" in head and not head.startswith(_MARKS):
        return UNKNOWN
    if _looks_like_html(head):
        return HTML
    return named if named in _TEXTS else TEXT if named == UNKNOWN else UNKNOWN


def _looks_like_html(head: bytes) -> bool:
    start = head.removeprefix(_MARKS[0]).lstrip()[:64].lower()
    return start.startswith((b"<!doctype html", b"<html"))


def require_list(media: str, filename: str) -> None:
    """Raise unless the file is a list that can be read, under a name that says so.

    Raises
    ------
    InputError
        The bytes are something else than the name says, or a format that is not read.
    """
    suffix = PurePath(filename).suffix.lower()
    expected = _BY_NAME.get(suffix)
    formats = ", ".join(LIST_FORMATS)
    if expected in (None, TEXT, PDF, DOCX):
        advice = _ADVICE.get(media, Message("a list is read from {formats}", formats=formats))
        raise InputError(
            Message(
                "{file}: files that end in {suffix} are not read as a list; {advice}",
                file=filename,
                suffix=suffix or "nothing",
                advice=advice,
            )
        )
    if media != expected:
        kind = Message("is not text but binary data") if media == UNKNOWN else Message("holds {media}", media=media)
        advice = _ADVICE.get(
            media,
            Message(
                "save the table as {suffix} again, or name the right file ({formats})", suffix=suffix, formats=formats
            ),
        )
        raise InputError(
            Message(
                "{file}: ends in {suffix} but {kind}; {advice}", file=filename, suffix=suffix, kind=kind, advice=advice
            )
        )
