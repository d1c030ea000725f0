"""Lists as bytes: CSV, JSON, an HTML page, and a workbook whose dates are shown in the Solar Hijri calendar.

Invariant: the same sheet gives the same bytes on every machine. The workbook is therefore written here part by part
(no clock, no author, no compression), not by a library that stamps what it writes.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from html import escape

from cenotaph.demo.lists import Cell, Sheet

_EXCEL_DAY_ZERO = 2_415_019  # Julian day number of 30 December 1899
_STAMP = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE_FORMAT = "[$-fa-IR,16]d mmmm yyyy;@"  # 16 hexadecimal is the Solar Hijri calendar


def as_bytes(sheet: Sheet, title: str) -> bytes:
    """Write a sheet in the format its file name asks for."""
    kind = sheet.file.rpartition(".")[2]
    return {"csv": _csv, "json": _json, "html": _html, "xlsx": _xlsx}[kind](sheet, title)


def _csv(sheet: Sheet, _title: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(sheet.rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(sheet.rows)
    return text.getvalue().encode("utf-8")


def _json(sheet: Sheet, _title: str) -> bytes:
    rows = [{key: value for key, value in row.items() if value != ""} for row in sheet.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _html(sheet: Sheet, title: str) -> bytes:
    head = "".join(f"<th>{escape(name)}</th>" for name in sheet.rows[0])
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row.values()) + "</tr>" for row in sheet.rows
    )
    page = (
        '<!doctype html>\n<html lang="fa" dir="rtl">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _xlsx(sheet: Sheet, title: str) -> bytes:
    strings = _Strings()
    grid = _grid(sheet, strings)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": _workbook(title),
        "xl/_rels/workbook.xml.rels": _relations(
            "worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"
        ),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": strings.xml(),
        "xl/worksheets/sheet1.xml": grid,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system = 0  # else it would say on which system it was written
            archive.writestr(entry, (_HEAD + text).encode("utf-8"))
    return buffer.getvalue()


class _Strings:
    """The workbook's table of texts, each kept once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self._places.setdefault(text, len(self._places))

    def xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in self._places)
        return f'<sst xmlns="{_OFFICE}/spreadsheetml/2006/main" uniqueCount="{len(self._places)}">{items}</sst>'


def _grid(sheet: Sheet, strings: _Strings) -> str:
    lines: list[list[Cell]] = [list(sheet.rows[0]), *(list(row.values()) for row in sheet.rows)]
    rows = "".join(_line(number, cells, strings) for number, cells in enumerate(lines, start=1))
    return (
        f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main"><sheetViews><sheetView rightToLeft="1" '
        f'workbookViewId="0"/></sheetViews><sheetData>{rows}</sheetData></worksheet>'
    )


def _line(number: int, cells: list[Cell], strings: _Strings) -> str:
    written = (_cell(f"{_column(at)}{number}", cell, strings) for at, cell in enumerate(cells) if cell != "")
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(place: str, cell: Cell, strings: _Strings) -> str:
    if isinstance(cell, int):
        return f'<c r="{place}" s="1"><v>{cell - _EXCEL_DAY_ZERO}</v></c>'
    return f'<c r="{place}" t="s"><v>{strings.place(cell)}</v></c>'


def _column(at: int) -> str:
    """Return the letters of a column, counted from 0: A to Z, AA and so on."""
    high, low = divmod(at, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def _relations(*pairs: str) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(pairs[::2], pairs[1::2], strict=True), start=1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{made}</Relationships>'


def _content_types() -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles"}
    parts["sharedStrings"] = "sharedStrings"
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{base}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _workbook(title: str) -> str:
    return (
        f'<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{escape(title[:31])}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _styles() -> str:
    blank = "<border><left/><right/><top/><bottom/><diagonal/></border>"
    return (
        f'<styleSheet xmlns="{_OFFICE}/spreadsheetml/2006/main">'
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{escape(_DATE_FORMAT)}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        f'<borders count="1">{blank}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
