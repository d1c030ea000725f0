"""What every reader gives: a table of cells as text, each row with the number a person would count.

Invariant: ``len(rows) + len(refused)`` is the number of rows of the file, and no cell was altered, trimmed or typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.errors import InputError

CELL_LIMIT = 1_000_000  # characters; a longer cell is a broken quotation mark or an attack, never a fact about a person
HEADER_DEPTH = 20  # rows looked at for the header: titles and notes above it are left out, and said so
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What ``cenotaph.toml`` says about a file: the columns it names, and what would otherwise be detected."""

    columns: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | int | None = None  # a number counts from 1


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that gave no record, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The cells of a list as written.

    Parameters
    ----------
    cells
        String columns under unique names; an empty cell is the empty string.
    rows
        Shape (rows of ``cells``,): number of each row in the source, 1 the first below the header.
    refused
        Rows with more or fewer cells than the header.
    calendars
        For columns with date cells of a workbook: the calendar in which each cell was shown, null for other cells.
    facts
        How the file was read (encoding, delimiter, sheet), for the report.
    notes
        What a person should know about the reading.
    """

    cells: pa.Table
    rows: pa.Array
    refused: tuple[Refusal, ...] = ()
    calendars: Mapping[str, pa.Array] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(self.cells.column_names)


def clean_name(name: str) -> str:
    """Return a column's name without what nobody sees: doubled or outer spaces, a byte order mark, split accents."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name.replace("\ufeff", ""))).strip()


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return column names that are clean and differ: a second ``date`` is ``date (2)``, a blank one ``column 5``."""
    taken: set[str] = set()
    names = []
    for position, written in enumerate(header, start=1):
        base = clean_name(written) or f"column {position}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def find_header(rows: Sequence[Sequence[str]], wanted: Iterable[str]) -> int:
    """Return which of the first rows is the header: the one with most wanted columns, else the first that is filled.

    Parameters
    ----------
    rows
        The first rows of the file.
    wanted
        The columns that the mapping of the list names.
    """
    names = {clean_name(name) for name in wanted}
    found = [len(names & {clean_name(cell) for cell in row}) for row in rows[:HEADER_DEPTH]]
    if any(found):
        return found.index(max(found))
    return next((place for place, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def header_match(header: Sequence[str], wanted: Iterable[str]) -> int:
    """Return how many of the wanted columns a header has."""
    return len({clean_name(name) for name in wanted} & {clean_name(cell) for cell in header})


def from_rows(header: Sequence[str], rows: Sequence[Sequence[str]], **rest: object) -> RawTable:
    """Return the table of rows of text; a row with another number of cells than the header is refused."""
    names = unique_names(header)
    fit = [len(row) == len(names) for row in rows]
    kept = [row for row, fits in zip(rows, fit, strict=True) if fits]
    columns = zip(*kept, strict=True) if kept else [()] * len(names)
    arrays = [pa.chunked_array([pa.array(column, pa.string())]) for column in columns]
    numbers = np.flatnonzero(np.asarray(fit, bool)).astype(np.int32) + 1
    refused = tuple(
        Refusal(number, ragged(len(row), len(names)))
        for number, (row, fits) in enumerate(zip(rows, fit, strict=True), start=1)
        if not fits
    )
    return RawTable(cells=pa.table(arrays, names=list(names)), rows=pa.array(numbers), refused=refused, **rest)  # type: ignore[arg-type]


def ragged(cells: int, columns: int) -> str:
    """Return the reason why a row with another number of cells than the header is refused."""
    return f"ragged: {cells} cells under {columns} columns"


def checked(table: RawTable, filename: str) -> RawTable:
    """Return the table without its blank tail, if it has columns and no monstrous cell.

    Raises
    ------
    InputError
        The file has no header, or a cell is longer than ``CELL_LIMIT``.
    """
    if not table.columns:
        raise InputError(f"{filename}: no table found in it; the first row should name the columns")
    for name in table.columns:
        _check_cells(table, name, filename)
    return _without_tail(table)


def _check_cells(table: RawTable, name: str, filename: str) -> None:
    column = table.cells.column(name)
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    if longest <= CELL_LIMIT:  # bytes are never fewer than characters
        return
    lengths = pc.utf8_length(column).to_numpy()
    if lengths.max() > CELL_LIMIT:
        row = int(table.rows[int(lengths.argmax())].as_py())
        raise InputError(cell_too_long(filename, f"row {row}, column `{name}`"))


def cell_too_long(filename: str, where: str) -> str:
    """Return the message for a cell beyond the limit."""
    return (
        f"{filename}: {where}: a cell of more than {CELL_LIMIT:,} characters; look for a quotation mark that is not "
        "closed, or keep the long text in a file of its own"
    )


def blank(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return for each cell whether it holds nothing but spaces, or is null."""
    return pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True)  # noqa: FBT003 - Arrow's own signature


def blank_rows(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return for each row whether every cell of it is blank."""
    mask = np.ones(table.num_rows, bool)
    for column in table.columns:
        if not mask.any():
            break
        mask &= blank(column).to_numpy()
    return mask


def _without_tail(table: RawTable) -> RawTable:
    """Leave out the empty rows below the last filled one: editors add them, nobody wrote them."""
    filled = np.flatnonzero(~blank_rows(table.cells))
    last = int(filled[-1]) + 1 if len(filled) else 0
    if last == table.cells.num_rows:
        return table
    last_number = max([table.rows[last - 1].as_py() if last else 0, *(each.row for each in table.refused)])
    keep = max(last, int(np.searchsorted(table.rows.to_numpy(), last_number, side="right")))
    return RawTable(
        cells=table.cells.slice(0, keep),
        rows=table.rows.slice(0, keep),
        refused=table.refused,
        calendars={name: hints.slice(0, keep) for name, hints in table.calendars.items()},
        facts=table.facts,
        notes=table.notes,
    )
