"""Workbooks."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from cenotaph.errors import InputError
from cenotaph.sources.readers import Hints, RawTable, read_table
from cenotaph.sources.readers.cell_dates import shown
from cenotaph.sources.readers.cell_formats import cell_formats
from cenotaph.sources.readers.media import XLSX

DAY = dt.datetime.fromisoformat("1988-07-29")


def book(*sheets: tuple[str, list[list[object]]], formats: dict[str, str] | None = None) -> bytes:
    """Return a workbook; ``formats`` are the number formats of cells of the first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for cell, look in (formats or {}).items():
        made.worksheets[0][cell].number_format = look
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(data: bytes, hints: Hints | None = None) -> RawTable:
    return read_table(data, "people.xlsx", XLSX, hints or Hints())


def test_a_date_cell_is_what_was_shown() -> None:
    """A cell stored as 1988-07-29 and shown as ۷ مرداد ۱۳۶۷ is read as shown, with its calendar; text has none."""
    data = book(
        ("list", [["id", "date"], [1, DAY], [2, DAY], [3, "۱۳۶۷"], [4, DAY]]),
        formats={"B2": "[$-fa-IR,16]d mmmm yyyy;@", "B3": "yyyy\\-mm\\-dd", "B5": "yyyy"},
    )
    table = read(data)
    assert table.cells.column("date").to_pylist() == ["۷ مرداد ۱۳۶۷", "1988-07-29", "۱۳۶۷", "1988"]
    assert table.calendars["date"].to_pylist() == ["persian", "gregory", None, "gregory"]


@pytest.mark.parametrize(
    ("look", "text", "calendar"),
    [
        ("[$-160429]d mmmm yyyy", "۷ مرداد ۱۳۶۷", "persian"),
        ("[$-3160429]yyyy/mm/dd;@", "۱۳۶۷/۰۵/۰۷", "persian"),
        ("[$-fa-IR,16]dd/mm/yyyy", "۱۳۶۷/۰۵/۰۷", "persian"),
        ("[$-1160429]yyyy/mm/dd", "1367/05/07", "persian"),
        ("[$-160429]mmmm yyyy", "مرداد ۱۳۶۷", "persian"),
        ("[~jalali]yyyy/mm/dd", "1367/05/07", "persian"),
        ("[$-3000401]d mmmm yyyy", "۲۹ يوليو ۱۹۸۸", "gregory"),
        ("[$-2010000]yyyy/mm/dd", "١٩٨٨-٠٧-٢٩", "gregory"),
        ("[$-1170000]B2dd/mm/yyyy", "1408/12/14", "islamic"),
        ("mm-dd-yy", "1988-07-29", "gregory"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "1988-07-29", "gregory"),
        ("[$-409]d-mmm-yy;@", "29 July 1988", "gregory"),
        ('[Red]"in "yyyy', "1988", "gregory"),
        ("yyyy\\-mm", "1988-07", "gregory"),
        ("[$-th-TH,107]d/m/yyyy", "1988-07-29", "gregory"),
        ("General", "1988-07-29", "gregory"),
    ],
)
def test_formats_show_their_parts(look: str, text: str, calendar: str) -> None:
    """A number format decides which parts of a date were shown, in which calendar and with which digits."""
    found = shown(DAY, look)
    assert (found.text, found.calendar) == (text, calendar)


def test_clocks() -> None:
    """A time of day is shown with the date when there is one, minutes are no months, and a time alone is no date."""
    assert shown(DAY.replace(hour=14, minute=30), "yyyy/mm/dd hh:mm").text == "1988-07-29 14:30"
    assert shown(DAY, "yyyy/mm/dd hh:mm").text == "1988-07-29"
    assert shown(DAY.replace(hour=14, minute=30), "h:mm").calendar is None
    assert shown(dt.time(14, 30), "h:mm").text == "14:30"
    assert shown(dt.timedelta(hours=30), "[h]:mm").text == "1 day, 6:00:00"


def test_formats_are_found_without_addresses() -> None:
    """Cells that do not say where they stand follow on one another, and a workbook without styles shows whole dates."""
    data = book(("list", [["id", "date"], [1, DAY], [2, DAY]]), formats={"B2": "yyyy", "B3": "[$-160429]yyyy/mm"})
    bare = rebuilt(data, "xl/worksheets/sheet1.xml", r' r="[A-Z0-9]+"', "")
    assert cell_formats(bare, "list", frozenset([1])) == {
        (0, 1): "General",
        (1, 1): "yyyy",
        (2, 1): "[$-160429]yyyy/mm",
    }
    assert cell_formats(data, "list", frozenset([1])) == cell_formats(bare, "list", frozenset([1]))
    assert cell_formats(data, "another", frozenset([1])) == {}


def test_a_broken_sheet_is_an_error() -> None:
    """A workbook whose parts are broken is refused; no date in it is guessed."""
    data = rebuilt(book(("list", [["id", "date"], [1, DAY]])), "xl/styles.xml", "</cellXfs>", "")
    with pytest.raises(InputError, match=r"^people.xlsx: this workbook cannot be read"):
        read(data)


def rebuilt(data: bytes, part: str, pattern: str, text: str) -> bytes:
    """Return a workbook with something replaced in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            after.writestr(name, re.sub(pattern, text, content) if name == part else content)
    return stream.getvalue()


def test_numbers_are_as_shown() -> None:
    """A stored 17.0 is 17, halves stay halves, and truth values are words."""
    table = read(book(("list", [["id", "age", "dead"], [17, 20.5, True]])))
    assert table.cells.to_pylist() == [{"id": "17", "age": "20.5", "dead": "TRUE"}]


def test_the_sheet_with_the_wanted_columns_is_read() -> None:
    """Of several sheets the one whose header fits the mapping is read; the others are named in the report."""
    data = book(("about", [["What this is"]]), ("people", [["Title"], [], ["id", "name"], [1, "a"]]))
    table = read(data, Hints(columns=("id", "name")))
    assert (table.columns, table.facts["sheet"]) == (("id", "name"), "people")
    assert table.notes == ("1 rows above the header left out", "sheets not read: `about`")


def test_a_sheet_can_be_named_or_counted() -> None:
    """cenotaph.toml may name the sheet or give its number; one that is not there is an error that lists those there."""
    data = book(("a", [["id"], [1]]), ("b", [["id"], [2], [3]]))
    assert read(data, Hints(sheet="a")).cells.num_rows == 1
    assert read(data, Hints(sheet=2)).cells.num_rows == 2
    with pytest.raises(InputError, match=r"^people.xlsx: there is no sheet `c`; it has `a`, `b`"):
        read(data, Hints(sheet="c"))


def test_an_empty_sheet_is_an_error() -> None:
    """A workbook without cells is refused."""
    with pytest.raises(InputError, match="sheet `a` is empty"):
        read(book(("a", [])))


def test_a_bomb_is_not_opened() -> None:
    """A workbook that says it unpacks to far more than a list would is refused before it is opened."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with pytest.raises(InputError, match=r"unpacks to 40,\d+,\d+ bytes, far more than a list would; it was not opened"):
        read(stream.getvalue())


def test_a_bomb_that_lies_about_its_size_is_found_out() -> None:
    """A workbook whose parts are larger than they say is refused."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    data = stream.getvalue().replace((3_000_000).to_bytes(4, "little"), (300_000).to_bytes(4, "little"))
    with pytest.raises(InputError, match="this is no whole Excel workbook"):
        read(data)


def test_text_of_its_own_is_refused() -> None:
    """A workbook that defines entities is refused before any parser sees it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(InputError, match="DOCTYPE"):
        read(stream.getvalue())


@pytest.mark.parametrize("data", [b"PK\x03\x04 and then nothing", b"no archive at all"])
def test_a_broken_workbook_is_an_error(data: bytes) -> None:
    """A file that only calls itself a workbook is refused with what to do."""
    with pytest.raises(InputError, match=r"people.xlsx: this is no whole Excel workbook .* save it again as .xlsx"):
        read(data)


def test_an_archive_without_a_workbook_is_an_error() -> None:
    """A whole archive that holds no workbook is refused too."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/readme.txt", "nothing")
    with pytest.raises(InputError, match=r"people.xlsx: this workbook cannot be read"):
        read(stream.getvalue())
