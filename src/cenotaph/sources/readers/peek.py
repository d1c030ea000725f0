"""The first rows of a file before anybody knows which of them is the header: for proposing a mapping, not for reading.

Invariant: nothing here becomes a record; a file that cannot be peeked into gives no rows, and its reader says why.
"""

from __future__ import annotations

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from cenotaph.sources.readers import media
from cenotaph.sources.readers.delimited import DELIMITERS
from cenotaph.sources.readers.encoding import to_utf8
from cenotaph.sources.readers.table import HEADER_DEPTH
from cenotaph.sources.readers.xlsx import check_archive

_HEAD = 1 << 18  # bytes: twenty rows of any table


def first_rows(data: bytes, filename: str, media_type: str) -> list[list[str]]:
    """Return the first rows of a file as cells of text, once for each delimiter or sheet it may have.

    Raises
    ------
    InputError
        The workbook is no archive, or a bomb; the text is in no encoding we know.
    """
    if media_type in (media.CSV, media.TSV):
        return _of_text(data, filename)
    if media_type == media.XLSX:
        check_archive(data, filename)
        return _of_workbook(data)
    return []


def _of_text(data: bytes, filename: str) -> list[list[str]]:
    text = to_utf8(data, filename, None).data[:_HEAD].decode("utf-8", "ignore")
    lines = text.splitlines()[:HEADER_DEPTH]
    rows: list[list[str]] = []
    for delimiter in DELIMITERS:
        try:
            rows += csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
        except csv.Error:  # a cell longer than the module bears: the reader itself will name it
            continue
    return rows


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python(nrows=HEADER_DEPTH) for name in book.sheet_names]
    except CalamineError:  # the reader says what is wrong with it
        return []
    return [[str(cell) for cell in row] for rows in sheets for row in rows]
