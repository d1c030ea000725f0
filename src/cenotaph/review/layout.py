"""What the sheets of the workbook are made of: columns, rows, and the hidden marks that tell later whose row is whose.

Invariant: the first row of a sheet is hidden and names its columns for the program, so that a person may rename and
move them; the first columns are hidden and hold the row's opaque key, what was filled in when the workbook was made,
and a digest of every cell that is not the person's to change. No mark names anybody.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FORMAT = "cenotaph/1"
KEY, OPTIONS, GIVEN, DIGEST = "key", "options", "given", "digest"
MARKS = (KEY, OPTIONS, GIVEN, DIGEST)
SHEETS = ("people", "pairs", "conflicts", "weakest", "editions", "report")
SAMPLE = ("sample",)  # the one sheet of a workbook for coders
_DIGEST_BYTES = 3  # a change escapes once in 16 million
LONGEST = 32_000  # characters; a cell holds 32,767
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A visible column: its name for the program and for people, its width, whether people fill it in, what with."""

    id: str
    title: str
    width: int = 18
    fill: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its opaque key, the cells in the order of the columns, and what the import needs to know."""

    key: str
    cells: tuple[Cell, ...]
    options: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, its rows made while they are written; ``frozen`` visible columns stay in sight.

    Cells are dressed and wrapped where somebody fills in a column, or where ``wrapped`` asks for it.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    frozen: int = 0
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which case a workbook is of, and how many entries its ledger had."""

    case: str
    entries: int

    def text(self, sheet: str) -> str:
        """Return the mark in the first cell of a sheet."""
        return f"{FORMAT} {sheet} {self.case} {self.entries}"


def plain(value: object) -> str:
    r"""Return a cell's text without what spreadsheet programs change by themselves.

    Examples
    --------
    >>> plain(12.0), plain(" a\r\nb "), plain(None)
    ('12', 'a\nb', '')
    """
    if value is None:
        return ""
    text = f"{value:.6g}" if isinstance(value, float | int) else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return unicodedata.normalize("NFC", text).strip()


def cell_digest(key: str, column: str, value: object) -> str:
    """Return four characters that tell whether a cell still says what it said."""
    said = hashlib.sha256(f"{key}\0{column}\0{plain(value)}".encode("utf-8", "replace")).digest()
    return base64.urlsafe_b64encode(said[:_DIGEST_BYTES]).decode("ascii")


def row_digest(row: Row, columns: Sequence[Column]) -> str:
    """Return the digests of a row's locked cells, in the order of the columns."""
    cells = zip(columns, row.cells, strict=True)
    return "".join(cell_digest(row.key, column.id, as_held(value)) for column, value in cells if not column.fill)


def given(author: str, verdict: str, reason: str) -> str:
    """Return what stood in the cells to fill when the workbook was made; the reason as a digest."""
    return f"{author} {verdict} {reason_digest(reason)}" if verdict else ""


def reason_digest(reason: str) -> str:
    """Return a digest of a reason: it is compared, never read back."""
    return hashlib.sha256(plain(reason).encode("utf-8", "replace")).hexdigest()[:16]


def as_held(value: Cell) -> Cell:
    """Return a value as a workbook holds it."""
    return safe_text(value) if isinstance(value, str) else value


def safe_text(text: str) -> str:
    """Return a text that a workbook can hold: no control characters, not longer than a cell."""
    if text.isprintable() and len(text) <= LONGEST:
        return text
    clean = "".join(
        c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff") else "\ufffd"
        for c in text
    )
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"
