"""Workbooks: values by calamine, what date cells show by their number formats.

Invariant: nothing is unpacked before the sizes that the archive declares are known to be bearable and true, and every
cell is the text its reader saw: ``17`` for a stored 17.0, the parts of a date that were shown.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers.cell_dates import Shown, shown
from cenotaph.sources.readers.cell_formats import cell_formats
from cenotaph.sources.readers.table import (
    HEADER_DEPTH,
    NO_HINTS,
    Hints,
    RawTable,
    find_header,
    from_rows,
    header_match,
)

UNPACKED_LIMIT = 2 << 30  # bytes; a workbook of a million rows and twenty columns takes half of it
_RATIO = 200  # a part that shrinks more than this is no table of people
_SMALL = 1 << 20
_DOCTYPE = b"<!DOCTYPE"
_HEAD = 4096
_Row = list[Any]


def read_xlsx(data: bytes, filename: str, hints: Hints = NO_HINTS) -> RawTable:
    """Read one sheet of a workbook: the one named, else the one whose header fits the mapping best.

    Raises
    ------
    InputError
        The file is no workbook, unpacks to far more than it is, or has no such sheet.
    """
    check_archive(data, filename)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = list(book.sheet_names)
        name, rows = _chosen(book, names, filename, hints)
    except CalamineError as error:
        raise InputError(_unreadable(filename, error)) from error
    if not rows:
        raise InputError(f"{filename}: sheet `{name}` is empty; name another one (sheet = …) in cenotaph.toml")
    seen = _shown_dates(data, name, rows, filename)
    texts = [
        [_plain(cell) if (y, x) not in seen else seen[y, x].text for x, cell in enumerate(row)]
        for y, row in enumerate(rows)
    ]
    place = find_header(texts[:HEADER_DEPTH], hints.columns)
    table = from_rows(texts[place], texts[place + 1 :])
    above = sum(any(row) for row in texts[:place])
    notes = [Message("{n} rows above the header left out", n=above)] if above else []
    others = [f"`{other}`" for other in names if other != name]
    notes += [Message("sheets not read: {sheets}", sheets=others)] if others else []
    return RawTable(
        cells=table.cells,
        rows=table.rows,
        refused=table.refused,
        calendars=_calendars(table, seen, place),
        facts={"sheet": name},
        notes=tuple(notes),
    )


def _unreadable(filename: str, error: Exception) -> str:
    return Message("{file}: this workbook cannot be read ({error}); save it again as .xlsx", file=filename, error=error)


def check_archive(data: bytes, filename: str) -> None:
    """Raise unless the workbook is an archive whose parts are as large as it says and no larger than is bearable.

    Raises
    ------
    InputError
        It is no archive, or a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, filename)
            for part in archive.infolist():
                _check_part(archive, part, filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(
            Message(
                "{file}: this is no whole Excel workbook ({error}); save it again as .xlsx", file=filename, error=error
            )
        ) from error


def _check_sizes(archive: zipfile.ZipFile, filename: str) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    swollen = any(part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1) for part in parts)
    if total > UNPACKED_LIMIT or swollen:
        raise InputError(
            f"{filename}: the workbook says that it unpacks to {total:,} bytes, far more than a list would; it was not "
            "opened. Save the list as CSV if it is really that large"
        )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, filename: str) -> None:
    """Unpack one part piece by piece: Python stops at the declared size and then checks the sum over the bytes."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
        if _DOCTYPE in head:
            raise InputError(
                f"{filename}: the workbook defines text of its own (DOCTYPE), as no spreadsheet program does"
            )
        while stream.read(_SMALL):
            pass


def _chosen(book: CalamineWorkbook, names: Sequence[str], filename: str, hints: Hints) -> tuple[str, list[_Row]]:
    if hints.sheet is not None:
        name = _named(names, hints.sheet, filename)
        return name, _cells(book.get_sheet_by_name(name))
    found = [(name, _cells(book.get_sheet_by_name(name))) for name in names]
    if not found:
        raise InputError(f"{filename}: the workbook has no sheet with cells")
    return max(found, key=lambda sheet: (_fit(sheet[1], hints), len(sheet[1]) > 1))


def _named(names: Sequence[str], wanted: str | int, filename: str) -> str:
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return names[wanted - 1]
    if isinstance(wanted, str) and wanted in names:
        return wanted
    there = ", ".join(f"`{name}`" for name in names)
    raise InputError(f"{filename}: there is no sheet `{wanted}`; it has {there}")


def _cells(sheet: CalamineSheet) -> list[_Row]:
    return sheet.to_python(skip_empty_area=False)


def _fit(rows: list[_Row], hints: Hints) -> int:
    return max((header_match([_plain(cell) for cell in row], hints.columns) for row in rows[:HEADER_DEPTH]), default=0)


_DATES = (dt.date, dt.time, dt.timedelta)
_Seen = Mapping[tuple[int, int], Shown]


def _plain(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def _shown_dates(data: bytes, name: str, rows: list[_Row], filename: str) -> _Seen:
    """Return what was shown for each date cell, by row and column from 0."""
    dates = [(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if isinstance(cell, _DATES)]
    try:
        looks = cell_formats(data, name, frozenset(x for _, x in dates)) if dates else {}
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(_unreadable(filename, error)) from error
    return {place: shown(rows[place[0]][place[1]], looks.get(place, "")) for place in dates}


def _calendars(table: RawTable, seen: _Seen, place: int) -> dict[str, pa.Array]:
    """Return the calendars in which the date cells below the header were shown, by column."""
    places = sorted({x for y, x in seen if y > place})
    rows = [number + place for number in table.rows.to_pylist()]
    found = {}
    for x in places:
        hints = [seen[(y, x)].calendar if (y, x) in seen else None for y in rows]
        if any(hints):
            found[table.columns[x]] = pa.array(hints, pa.string())
    return found
