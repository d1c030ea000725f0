"""The number formats of a sheet's cells, read from the workbook's own parts.

openpyxl can tell them too, by building an object for every cell; only the attributes of date cells are looked at here,
which takes a twentieth of the time on a large list.

Invariant: a part that is not there leaves formats unknown (dates are then shown whole); one that is broken is an error.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import IO

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_DIGITS = "0123456789"


def cell_formats(data: bytes, sheet: str, columns: frozenset[int]) -> dict[tuple[int, int], str]:
    """Return the number formats of the cells of some columns.

    Parameters
    ----------
    data
        The workbook.
    sheet
        The name of the sheet.
    columns
        The columns to look at, from 0.

    Returns
    -------
    dict[tuple[int, int], str]
        The format of each cell that is there, by row and column from 0.

    Raises
    ------
    ValueError, lxml.etree.XMLSyntaxError
        A part of the workbook is broken.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = set(book.namelist())
        path = _sheet_path(book, sheet) if {_BOOK, _RELATIONS} <= parts else ""
        if path not in parts or _STYLES not in parts:
            return {}
        looks = _styles(book)
        with book.open(path) as stream:
            return {place: looks.get(style, "") for place, style in _cells(stream, columns)}


def _parsed(book: zipfile.ZipFile, part: str) -> etree._Element:
    return etree.fromstring(book.read(part), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _sheet_path(book: zipfile.ZipFile, name: str) -> str:
    found = [each for each in _parsed(book, _BOOK).iter("{*}sheet") if each.get("name") == name]
    ids = {value for each in found for key, value in each.attrib.items() if str(key).endswith("}id")}
    targets = [each.get("Target", "") for each in _parsed(book, _RELATIONS) if each.get("Id") in ids]
    return posixpath.normpath(posixpath.join("/xl", targets[0])).lstrip("/") if targets else ""


def _styles(book: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the number format of each style, by the number that cells give."""
    styles = _parsed(book, _STYLES)
    known = {str(number): str(look) for number, look in BUILTIN_FORMATS.items()}
    known |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
    cells = next(styles.iter("{*}cellXfs"), None)
    used = [] if cells is None else [each.get("numFmtId", "0") for each in cells.iterchildren("{*}xf")]
    return {str(number): known.get(look, "") for number, look in enumerate(used)}


def _cells(stream: IO[bytes], columns: frozenset[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the places and styles of cells; one without an address follows on the one before it."""
    y = -1
    for _, row in etree.iterparse(stream, tag="{*}row", resolve_entities=False, no_network=True, huge_tree=True):
        y = int(row.get("r", y + 2)) - 1
        x = -1
        for cell in row:
            address = cell.get("r")
            x = _column(address.rstrip(_DIGITS)) if address else x + 1
            if x in columns:
                yield (y, x), cell.get("s", "0")
        _forget(row)


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """Return the number, from 0, of a column called A or Z or AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _forget(row: etree._Element) -> None:
    """Free a row that was looked at, and those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]
