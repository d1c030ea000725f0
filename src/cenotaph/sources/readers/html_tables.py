"""HTML: the table of the page whose header has the columns that the mapping names.

Invariant: a cell that spans rows or columns says its text in each of them; nothing but markup and the spaces between
words is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from cenotaph.errors import InputError
from cenotaph.sources.readers.encoding import to_utf8
from cenotaph.sources.readers.table import HEADER_DEPTH, NO_HINTS, Hints, RawTable, find_header, from_rows, header_match

_WIDEST = 1000  # columns a cell may span; the HTML standard has the same limit
_ROW_LIMIT = 5000  # cells in a row, spans written out; more is an attack
_UNSAID = ("script", "style", "template")
_APART = ("br", "p", "div", "li")


def read_html(data: bytes, filename: str, hints: Hints = NO_HINTS) -> RawTable:
    """Read the table of a web page that fits the mapping best; without a mapping, the longest.

    Raises
    ------
    InputError
        The page holds no table with rows.
    """
    page, encoding = _page(data, filename, hints)
    tables = [(number, rows) for number, rows in enumerate(_tables(page, filename), start=1) if len(rows) > 1]
    if not tables:
        raise InputError(f"{filename}: no table with rows in this page; save the page that shows the list, or a CSV")
    number, rows = max(tables, key=lambda found: (_fit(found[1], hints), len(found[1]), -found[0]))
    place = find_header(rows, hints.columns)
    notes = [f"read table {number} of the {len(tables)} on the page"] if len(tables) > 1 else []
    table = from_rows(rows[place], rows[place + 1 :])
    return RawTable(
        cells=table.cells,
        rows=table.rows,
        refused=table.refused,
        facts={"encoding": encoding, "table": str(number)},
        notes=tuple(notes),
    )


def _page(data: bytes, filename: str, hints: Hints) -> tuple[html.HtmlElement, str]:
    declared = hints.encoding or declared_encoding(data)
    text = to_utf8(data, filename, declared)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    broken = f"{filename}: this page cannot be read to its end; save it again from the browser as HTML only, or as CSV"
    try:
        page = html.document_fromstring(text.data, parser=parser)
    except etree.LxmlError as error:
        raise InputError(broken) from error
    if any(problem.level_name == "FATAL" for problem in parser.error_log):  # the parser gave up and kept silent
        raise InputError(broken)
    return page, text.encoding


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the page names, unless the bytes are UTF-8 whatever it says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        head = data[:4096].decode("ascii", errors="replace").lower()
        _, found, rest = head.partition("charset=")
        name = rest.lstrip("\"' ").split('"')[0].split("'")[0].split(">")[0].split(";")[0].strip(" /")
        return name if found and name else None
    return None


def _fit(rows: list[list[str]], hints: Hints) -> int:
    return max(header_match(row, hints.columns) for row in rows[:HEADER_DEPTH])


def _tables(page: html.HtmlElement, filename: str) -> Iterator[list[list[str]]]:
    return (_rows(table, filename) for table in page.iter("table"))


@dataclass(slots=True)
class _Span:
    """A cell that reaches into rows below."""

    text: str
    rows: int


@dataclass(slots=True)
class _Grid:
    """The rows of a table so far, and what reaches down into the next one."""

    filename: str
    rows: list[list[str]] = field(default_factory=list)
    hanging: dict[int, _Span] = field(default_factory=dict)

    def add(self, cells: list[tuple[str, int, int]]) -> None:
        row: list[str] = []
        for text, wide, high in cells:
            self._fill(row)
            for _ in range(wide):
                if high > 1:
                    self.hanging[len(row)] = _Span(text, high)
                row.append(text)
        self._fill(row)
        if len(row) > _ROW_LIMIT:
            raise InputError(
                f"{self.filename}: a row of a table has more than {_ROW_LIMIT:,} cells; save the list itself as CSV"
            )
        self.rows.append(row)
        for span in self.hanging.values():
            span.rows -= 1
        self.hanging = {place: span for place, span in self.hanging.items() if span.rows > 0}

    def _fill(self, row: list[str]) -> None:
        while (span := self.hanging.get(len(row))) is not None:
            row.append(span.text)


def _rows(table: html.HtmlElement, filename: str) -> list[list[str]]:
    grid = _Grid(filename)
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue  # of a table inside a cell
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            grid.add([(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells])
    return grid.rows


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() else 1


def _text(cell: html.HtmlElement) -> str:
    return " ".join("".join(_pieces(cell)).split())


def _pieces(cell: html.HtmlElement) -> Iterator[str]:
    """Yield the text of a cell and of all elements in it, however deep they lie."""
    silent = 0
    for event, element in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event == "start":
            silent += element.tag in _UNSAID
            yield " " if element.tag in _APART else ""
            yield "" if silent else element.text or ""
            continue
        silent -= event == "end" and element.tag in _UNSAID
        yield "" if silent or element is cell else element.tail or ""
