"""A whole register as rows: what other programs, spreadsheets and another Cenotaph read.

A row states one thing, and ``what`` says what kind of thing: the case, a list, a captured file, a record, a claim, a
judgement or a choice. Claims come after their record, records of a person after one another.

Invariant: writing what was read gives the same bytes. A cell that a spreadsheet would calculate with, or that begins
with an apostrophe, has one apostrophe more before it in the file; reading takes exactly that one away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers import media
from cenotaph.sources.readers.ftm_entities import rows_of_entities
from cenotaph.sources.readers.register_row import KINDS, Row
from cenotaph.sources.readers.xlsx import check_archive

HEADER = tuple(field.name for field in fields(Row))
SHEET = "register"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")  # full-width twins too
_LONGEST = 32_767  # characters that a cell of a workbook holds
_WIDE = 1 << 30  # characters of a CSV field; the library's own limit is that of a short note


def to_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV that spreadsheets open rightly: UTF-8 with a byte order mark, lines ended by CR LF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([_guarded(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Row]) -> bytes:
    """Return rows as a workbook of one sheet, every cell text.

    Raises
    ------
    InputError
        A text is too long for a cell, or holds a character that no workbook can hold; CSV takes both.
    """
    lines = [HEADER, *map(astuple, rows)]
    for number, cells in enumerate(lines):
        if any(len(cell) >= _LONGEST or ILLEGAL_CHARACTERS_RE.search(cell) for cell in cells):
            raise InputError(
                Message("row {n}: a text that no workbook can hold; export it as CSV instead", n=str(number))
            )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for cells in lines:
        sheet.append([_text_cell(sheet, _guarded(cell)) for cell in cells])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # text, whatever it begins with
    return cell


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def read_rows(data: bytes, filename: str, media_type: str, form: str = "csv") -> list[Row]:
    """Read a register's rows.

    Parameters
    ----------
    data, filename, media_type
        The file.
    form
        ``csv`` for our own rows, in a CSV or a workbook; ``ftm`` for FollowTheMoney entities, one JSON object a line.

    Raises
    ------
    InputError
        It has other columns, a row states nothing we know, or a claim stands without a record.
    """
    if form == "ftm":
        return rows_of_entities(data, filename)
    tables = _sheet(data, filename) if media_type == media.XLSX else _lines(data, filename)
    header, *lines = tables or [[]]
    if tuple(header) != HEADER:
        raise InputError(
            Message("{file}: this is no register that Cenotaph exported; its columns are {names}", file=filename,
                    names=", ".join(HEADER))
        )  # fmt: skip
    return list(_checked(lines, filename))


def _lines(data: bytes, filename: str) -> list[list[str]]:
    limit = csv.field_size_limit(_WIDE)
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            Message("{file}: the register cannot be read ({error}); export it again", file=filename, error=str(error))
        ) from error
    finally:
        csv.field_size_limit(limit)


def _sheet(data: bytes, filename: str) -> list[list[str]]:
    check_archive(data, filename)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    if SHEET not in book.sheetnames:
        raise InputError(
            Message("{file}: the workbook has no sheet {name}; export it again", file=filename, name=f"`{SHEET}`")
        )
    rows = [["" if cell is None else str(cell) for cell in row] for row in book[SHEET].iter_rows(values_only=True)]
    book.close()
    return rows


def _checked(lines: Sequence[Sequence[str]], filename: str) -> Iterator[Row]:
    records: set[str] = set()
    for number, cells in enumerate(lines, 1):
        if len(cells) != len(HEADER) or cells[0] not in KINDS:
            raise InputError(
                Message("{file}, row {n}: states nothing we know; `what` is one of {kinds}", file=filename,
                        n=str(number), kinds=list(KINDS))
            )  # fmt: skip
        row = Row(*(cell.removeprefix("'") for cell in cells))
        if row.what == "record" and (row.record in records or not row.record):
            raise InputError(
                Message("{file}, row {n}: a record without an id, or one that is there twice", file=filename,
                        n=str(number))
            )  # fmt: skip
        records |= {row.record} if row.what == "record" else set()
        if row.what == "claim" and row.record not in records:
            raise InputError(
                Message("{file}, row {n}: a claim of a record that does not stand before it", file=filename,
                        n=str(number))
            )  # fmt: skip
        yield row
