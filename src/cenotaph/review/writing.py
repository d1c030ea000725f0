"""Sheets to an .xlsx file, row by row, so that a hundred thousand records need no memory to speak of.

Invariant: no text ever becomes a formula, whatever it begins with; the file is written beside its place and moved
there whole.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.review.layout import DIGEST, MARKS, Cell, Column, Row, Sheet, Stamp, as_held, row_digest

ROWS = 1_048_000  # an .xlsx sheet ends soon after
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
_EDGE = Side(style="thin", color="BFBFBF")
_YELLOW, _GREY, _DARK = "FFF6CC", "F2F2F2", "1F3A4D"
_HEADER_ROW = 2
_LINE, _LINES = 15.0, 26  # points; Excel has no row higher than 409
_FURTHER = 15.75  # points of each line after the first: bars come from a font with taller lines
_FACE = "Arial"  # for Persian in a sheet of either direction: Excel's own face has no such letters, stand-ins cut them
_WORD = re.compile(r"[^\s-]*(?:-|\s+|$)")  # to where a line may break
_WIDE = 90  # characters, of the first sheet


@dataclass(frozen=True, slots=True)
class Page:
    """The first sheet: paragraphs, each with its look (``title`` or ``text``) and whether it runs from the right."""

    title: str
    lines: tuple[tuple[str, str, bool], ...]


class _Styles:
    """Ready-made cells of each look; a written cell takes its look by reference."""

    def __init__(self, sheet: Any, *, right_to_left: bool) -> None:
        self._sheet, self._right_to_left = sheet, right_to_left
        border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
        wrap = Alignment(vertical="top", wrap_text=True, readingOrder=2 if right_to_left else 0)
        side, order = ("right", 1) if right_to_left else ("left", 2)
        against = Alignment(vertical="top", wrap_text=True, horizontal=side, readingOrder=order)
        face = _FACE if right_to_left else None
        self._looks = {
            "header": self._look(Font(name=face, bold=True, color="FFFFFF"), _DARK, wrap, border),
            "header fill": self._look(Font(name=face, bold=True, color="000000"), "FFD966", wrap, border),
            "fill": self._look(Font(name=face, color="000000"), _YELLOW, wrap, border),
            "locked": self._look(Font(name=face, color="404040"), _GREY, wrap, border),
            "locked against": self._look(Font(name=_FACE, color="404040"), _GREY, against, border),
            "title": self._look(Font(name=face, bold=True, size=16), None, wrap, None),
            "text": self._look(Font(name=face, size=12), None, wrap, None),
        }
        self._quoted: dict[str, Any] = {}

    def _look(self, font: Font, fill: str | None, alignment: Alignment, border: Border | None) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        cell.font, cell.alignment = font, alignment
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        if border:
            cell.border = border
        return cell._style

    def cell(self, value: Cell, look: str | None = None) -> Any:
        """Return what to append for a value: a plain value where nothing needs saying, else a cell."""
        value = as_held(value)
        risky = isinstance(value, str) and value.startswith(_RISKY)
        if look is None and not risky:
            return value
        if look == "locked" and isinstance(value, str) and _from_right(value) is (not self._right_to_left):
            look = "locked against"  # a source in the other script: its brackets belong where it puts them
        made: Any = WriteOnlyCell(self._sheet, value=value)
        if look is not None:
            made._style = self._looks[look]
        if risky:
            made.data_type = "s"  # a text, whatever it looks like
            made._style = self._quote(made._style, look or "")
        return made

    def _quote(self, style: Any, look: str) -> Any:
        """Return the look with Excel's mark for "this is text", so that editing the cell makes no formula either."""
        if look not in self._quoted:
            cell: Any = WriteOnlyCell(self._sheet)
            cell._style = copy(style)
            cell.quotePrefix = True
            self._quoted[look] = cell._style
        return self._quoted[look]


def _from_right(text: str) -> bool | None:
    """Return whether a text runs from the right, by its first letter outside isolates; None where it has none.

    Rules P2 and P3 of the Unicode bidirectional algorithm (UAX #9).
    """
    depth = 0
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in ("L", "R", "AL"):
            return kind != "L"
    return None


def check_target(path: Path) -> None:
    """Refuse a file that no workbook can be written to, before anything is computed or decided for it.

    Raises
    ------
    InputError
        Its name does not end in .xlsx, or its folder is not there.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(Message("{file}: this becomes a workbook; give it a name that ends in .xlsx", file=path.name))
    if not path.parent.is_dir():
        raise InputError(
            Message("{folder}: there is no such folder; make it, or name another place", folder=path.parent)
        )


def write(path: Path, page: Page, sheets: Iterable[Sheet], stamp: Stamp, *, right_to_left: bool) -> dict[str, int]:
    """Write the workbook and return how many rows each sheet has.

    Parameters
    ----------
    path
        Where; an existing file is replaced at the end, in one step.
    page
        The first sheet.
    sheets
        The others, in their order.
    stamp
        Which case this is.
    right_to_left
        Whether sheets run from the right.

    Raises
    ------
    InputError
        There is no such folder, or a sheet would have more rows than the format holds.
    """
    check_target(path)
    book = Workbook(write_only=True)
    readme = book.create_sheet(page.title)
    counts = {}
    for sheet in sheets:
        made = book.create_sheet(sheet.title)
        made.sheet_view.rightToLeft = right_to_left
        counts[sheet.id] = _write_sheet(made, sheet, stamp, _Styles(made, right_to_left=right_to_left))
    _write_readme(readme, page, right_to_left=right_to_left)
    temporary = path.with_name(f".{path.name}.new")
    book.save(temporary)
    temporary.replace(path)
    return counts


def _write_readme(sheet: Any, page: Page, *, right_to_left: bool) -> None:
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = _WIDE
    _to_width(sheet)
    for number, (text, look, rtl) in enumerate(page.lines, 1):
        wide = 2 if look == "title" else 1.2  # against the letters that widths are measured in
        sheet.row_dimensions[number].height = _LINE * wide * (1 + int(len(text) * wide) // _WIDE) + _LINE / 2
        sheet.append([_Styles(sheet, right_to_left=rtl).cell(text, look)])


def _write_sheet(sheet: Any, wanted: Sheet, stamp: Stamp, styles: _Styles) -> int:
    columns = wanted.columns
    _arrange(sheet, wanted)
    sheet.append(_technical(wanted, stamp))
    header = [styles.cell(column.title, "header fill" if column.fill else "header") for column in columns]
    sheet.row_dimensions[_HEADER_ROW].height = height([column.title for column in columns], columns)
    sheet.append([*(None for _ in MARKS), *header])
    # rows that nobody fills in stay plain: a styled cell costs ten times as much
    looks = ["fill" if column.fill else "locked" for column in columns]
    styled = looks if wanted.wrapped or any(column.fill for column in columns) else [None] * len(columns)
    count = 0
    for row in _checked(wanted):
        count += 1
        if styled is looks:
            sheet.row_dimensions[_HEADER_ROW + count].height = height(row.cells, columns)
        marks = (row.key, row.options or None, row.given or None, row_digest(row, columns))
        sheet.append([*(styles.cell(mark) for mark in marks), *map(styles.cell, row.cells, styled)])
    last = get_column_letter(len(MARKS) + len(columns))
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{last}{_HEADER_ROW + max(count, 1)}"
    _offer(sheet, columns, count)
    return count


def height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return a row's height in points: not every program finds it out by itself."""
    lines = (
        sum(_lines(line, column.width) for line in value.split("\n"))
        for value, column in zip(cells, columns, strict=True)
        if isinstance(value, str)
    )
    return _LINE + _FURTHER * (min(max(lines, default=1), _LINES) - 1)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text without breaks takes in a column; it may break at spaces and behind hyphens."""
    if len(text) <= width:
        return 1
    lines, used = 1, 0
    for word in _WORD.findall(text):
        size = len(word.rstrip())
        if used and used + size > width:
            lines, used = lines + 1, 0
        lines += max(size - 1, 0) // width  # a word longer than the column is broken
        used += len(word) if size <= width else size % width
    return lines


def _checked(wanted: Sheet) -> Iterator[Row]:
    rows = iter(wanted.rows)
    yield from itertools.islice(rows, ROWS)
    if next(rows, None) is not None:
        raise InputError(
            f"sheet {wanted.id}: an .xlsx sheet holds {ROWS:,} rows and this case has more; nothing written"
        )


def _technical(wanted: Sheet, stamp: Stamp) -> list[str]:
    """Return the hidden first row: what each column is, and in which order the digest has them."""
    locked = ",".join(column.id for column in wanted.columns if not column.fill)
    marks = [stamp.text(wanted.id), *MARKS[1:-1], f"{DIGEST} {locked}"]
    return [*marks, *(column.id for column in wanted.columns)]


def _arrange(sheet: Any, wanted: Sheet) -> None:
    """Set widths, what is hidden and what stays in sight; in a file written row by row this comes first."""
    for number in range(1, len(MARKS) + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    for number, column in enumerate(wanted.columns, len(MARKS) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"{get_column_letter(len(MARKS) + 1 + wanted.frozen)}{_HEADER_ROW + 1}"
    _to_width(sheet)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _to_width(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _offer(sheet: Any, columns: Sequence[Column], count: int) -> None:
    """Put a dropdown on the cells that are filled in from a few words."""
    for number, column in enumerate(columns, len(MARKS) + 1):
        if column.options and count:
            rule = DataValidation(type="list", formula1='"' + ",".join(column.options) + '"', allow_blank=True)
            rule.error, rule.errorTitle = " / ".join(column.options), column.title
            letter = get_column_letter(number)
            rule.add(f"{letter}{_HEADER_ROW + 1}:{letter}{_HEADER_ROW + count}")
            sheet.data_validations.append(rule)
