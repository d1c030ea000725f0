"""A workbook that came back: its rows by their hidden marks, and every cell changed that was not to be changed.

Invariant: the order of rows and columns, names of sheets and columns, hidden and empty rows mean nothing; what a row
is about comes from its marks alone. Messages name sheets and cells, never what stands in them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from cenotaph.errors import InputError
from cenotaph.review.layout import DIGEST, FORMAT, GIVEN, KEY, OPTIONS, SHEETS, Stamp, cell_digest, plain
from cenotaph.sources.readers.xlsx import check_archive

_LOOKED_AT = 30  # rows in which the technical row must be: a person may have put some above it
_LENGTH = 4  # characters of a digest
_TOLD = 20  # changed cells named for each column; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something a person should know about the import: where, a code for programs, and what, in words."""

    sheet: str
    cell: str
    code: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One row that came back: its marks, and the text of its cells by the column's name for the program."""

    number: int
    key: str
    options: tuple[str, ...]
    given: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """One sheet that came back."""

    id: str
    title: str
    stamp: Stamp
    rows: tuple[Filled, ...]
    places: Mapping[str, int]  # column number by name, from 1
    lines: tuple[Line, ...]

    def cell(self, row: Filled, column: str) -> str:
        """Return how a person calls a cell of a row."""
        return f"{get_column_letter(self.places[column])}{row.number}" if column in self.places else str(row.number)


def read_back(path: Path, sheets: Sequence[str] = SHEETS) -> tuple[list[Back], list[Line]]:
    """Read a workbook that was filled in.

    Parameters
    ----------
    path
        The workbook.
    sheets
        Which sheets it should have.

    Returns
    -------
    tuple
        Its sheets in our order, and what is wrong with the workbook as a whole.

    Raises
    ------
    InputError
        The file is no workbook, or none of ours.
    """
    try:
        data = path.read_bytes()
        check_archive(data, path.name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [each for name in book.sheet_names if (each := _sheet(name, _rows(book, name), sheets)) is not None]
    except CalamineError as error:
        raise InputError(f"{path.name}: it cannot be read as a workbook; save it again as .xlsx") from error
    if not found:
        raise InputError(
            f"{path.name}: no sheet has the hidden first row of a review workbook; export one and fill it in"
        )
    if len({each.stamp for each in found}) > 1:
        raise InputError(f"{path.name}: its sheets come from several workbooks; import each by itself")
    twice = sorted({each.id for each in found if sum(other.id == each.id for other in found) > 1})
    if twice:
        raise InputError(f"{path.name}: sheet {twice[0]} is there twice; remove the copy that does not count")
    there = {each.id for each in found}
    missing = [
        Line(
            sheet=name,
            cell="",
            code="sheet-missing",
            what="the sheet, or its hidden first row, is gone: nothing read of it",
        )
        for name in sheets
        if name not in there
    ]
    return sorted(found, key=lambda each: sheets.index(each.id)), missing


def _rows(book: Any, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _sheet(title: str, rows: Sequence[Sequence[Any]], sheets: Sequence[str]) -> Back | None:
    """Return a sheet of ours, or None for any other."""
    for number, row in enumerate(rows[:_LOOKED_AT]):
        for value in row:
            if isinstance(value, str) and value.startswith(f"{FORMAT} "):
                mark = value.split()
                known = len(mark) == 4 and mark[1] in sheets and mark[3].isdecimal()
                return _ours(title, rows, number, mark) if known else None
    return None


def _ours(title: str, rows: Sequence[Sequence[Any]], technical: int, mark: Sequence[str]) -> Back:
    names = _names(rows[technical])
    locked = next((tuple(name.split()[1].split(",")) for name in names if name.startswith(f"{DIGEST} ")), ())
    places = {(DIGEST if name.startswith(f"{DIGEST} ") else name): place + 1 for name, place in names.items()}
    filled, lines = [], _gone(title, locked, places)
    changed: dict[str, list[str]] = {}
    for number, row in enumerate(rows[technical + 2 :], technical + 3):  # below the technical row stands the header
        texts = {name: plain(row[place - 1]) if place <= len(row) else "" for name, place in places.items()}
        if not texts.get(KEY):
            lines += _without_key(title, number, texts)
            continue
        for column in _differing(texts, locked):
            changed.setdefault(column, []).append(f"{get_column_letter(places[column])}{number}")
        filled.append(
            Filled(number=number, key=texts[KEY], options=tuple(texts.get(OPTIONS, "").split()),
                   given=texts.get(GIVEN, ""), cells=texts)
        )  # fmt: skip
    lines += [line for cells in changed.values() for line in _changed(title, cells)]
    return Back(id=mark[1], title=title, stamp=Stamp(mark[2], int(mark[3])), rows=tuple(filled), places=places,
                lines=tuple(lines))  # fmt: skip


def _names(row: Sequence[Any]) -> dict[str, int]:
    """Return the place of each column by the name that the technical row gives it."""
    found: dict[str, int] = {}
    for place, value in enumerate(row):
        name = plain(value)
        name = KEY if name.startswith(f"{FORMAT} ") else name
        if name:
            found.setdefault(name, place)
    return found


def _gone(title: str, locked: Sequence[str], places: Mapping[str, int]) -> list[Line]:
    if not locked:
        return [
            Line(sheet=title, cell="", code="unguarded", what="its hidden columns were removed: changes cannot be told")
        ]
    lost = sum(column not in places for column in locked)
    what = f"{lost} of its columns were removed; nothing is lost, but changes in them cannot be told"
    return [Line(sheet=title, cell="", code="columns-gone", what=what)] if lost else []


def _without_key(title: str, number: int, texts: Mapping[str, str]) -> Iterator[Line]:
    if any(texts.get(name) for name in ("verdict", "choice", "reason")):
        what = "this row was put in by hand, nobody can tell which records it is about: ignored"
        yield Line(sheet=title, cell=str(number), code="unknown-row", what=what)


def _differing(texts: Mapping[str, str], locked: Sequence[str]) -> Iterator[str]:
    """Yield the columns of a row that no longer say what they said."""
    digests = texts.get(DIGEST, "")
    if len(digests) != _LENGTH * len(locked):
        return
    for number, column in enumerate(locked):
        expected = digests[number * _LENGTH : (number + 1) * _LENGTH]
        if column in texts and cell_digest(texts[KEY], column, texts[column]) != expected:
            yield column


def _changed(title: str, cells: Sequence[str]) -> Iterator[Line]:
    what = "this cell is not to be changed here: what it says now is ignored"
    for cell in cells[:_TOLD]:
        yield Line(sheet=title, cell=cell, code="changed", what=what)
    if len(cells) > _TOLD:
        more = f"and {len(cells) - _TOLD} more cells of this column: ignored. Was only a part of the sheet sorted?"
        yield Line(sheet=title, cell=cells[_TOLD], code="changed", what=more)
