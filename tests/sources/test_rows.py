"""Tables about sites and actors: captured, read by their headings, refused row by row."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from cenotaph.case import Case
from cenotaph.errors import ConfigError, InputError, NotFound
from cenotaph.sources import capture_table, read_rows

HEAD = '[case]\ntitle = "Invented"\nlanguages = ["en"]\n'
SITES = '[tables.graves]\nabout = "sites"\nfile = "graves.csv"\n'


def made(folder: Path, toml: str, data: bytes, *, name: str = "graves", file: str = "graves.csv") -> Case:
    """Return a case whose table was captured."""
    case = Case.create(folder / "case", HEAD + toml, secret=bytes(32))
    (folder / file).write_bytes(data)
    capture_table(case, name, folder / file, author="r1")
    return Case.load(case.folder)


def test_a_cell_keeps_its_words_and_its_column(tmp_path: Path) -> None:
    """What stands under a known heading is the cell's own text, with the heading it stands under."""
    csv = "Site,نام,Name (en),Source,Page,Phone\nhill,تپه,The Hill, A letter ,p. 4,555\n".encode()
    (table,) = read_rows(made(tmp_path, SITES, csv))
    (row,) = table.rows
    assert dict(row.cells) == {
        "site": "hill", "name": "تپه", "name@en": "The Hill", "source": "A letter", "locator": "p. 4",
    }  # fmt: skip
    assert row.columns["name@en"] == "Name (en)"
    assert dict(row.unmapped) == {"Phone": "555"}
    assert table.unmapped == ("Phone",)
    assert (row.number, row.is_public) == (1, False)


def test_a_row_without_its_source_is_a_line_of_the_report(tmp_path: Path) -> None:
    """A row that lacks what every row needs gives nothing and is counted, with the reason and its number."""
    csv = b"site,name,source\nhill,The Hill,\nwell,The Well,A letter\n,,\nlake,Lake,A book\n"
    (table,) = read_rows(made(tmp_path, SITES, csv))
    report = table.to_json()
    assert [row.cells["site"] for row in table.rows] == ["well", "lake"]
    assert report["refused"] == [
        {"row": 1, "reason": "nothing under source: every row needs it"},
        {"row": 3, "reason": "empty row"},
    ]
    assert report["rows"] == report["read"] + len(report["refused"]) == 4
    assert "The Hill" not in str(report)


def test_a_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    """Each sheet of one workbook can be a table of its own, found by its name."""
    book = Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Graves")
    for row in (("Site", "Kind", "Source"), ("hill", "mass grave", "A letter")):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    toml = SITES.replace("graves.csv", "graves.xlsx") + 'sheet = "Graves"\naudience = "public"\n'
    (table,) = read_rows(made(tmp_path, toml, data.getvalue(), file="graves.xlsx"))
    assert [row.cells["kind"] for row in table.rows] == ["mass grave"]
    assert table.rows[0].is_public


def test_a_heading_of_ones_own_is_named_in_the_configuration(tmp_path: Path) -> None:
    """`columns.FIELD` reads a column under another heading, and a wrong one is an error that lists the columns."""
    csv = b"place id,source\nhill,A letter\n"
    (table,) = read_rows(made(tmp_path, SITES + 'columns.site = "place id"\n', csv))
    assert table.rows[0].cells["site"] == "hill"
    with pytest.raises(InputError, match=r"has no column `plot`; its columns are `place id`, `source`"):
        read_rows(made(tmp_path / "b", SITES + 'columns.site = "plot"\n', csv))


def test_a_needed_column_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """A table without its source column is refused as a whole, and the message says how to name it."""
    with pytest.raises(InputError, match=r"\[tables.graves\] graves.csv has no column `source`"):
        read_rows(made(tmp_path, SITES, b"site,name\nhill,The Hill\n"))


def test_a_changed_file_is_captured_again(tmp_path: Path) -> None:
    """The same bytes add nothing to the ledger, other bytes a new edition, and the last one is read."""
    case = made(tmp_path, SITES, b"site,source\nhill,A letter\n")
    capture_table(case, "graves", tmp_path / "graves.csv", author="r1")
    assert len(Case.load(case.folder).sources) == 1
    (tmp_path / "graves.csv").write_bytes(b"site,source\nwell,A letter\n")
    capture_table(case, "graves", tmp_path / "graves.csv", author="r1")
    case = Case.load(case.folder)
    assert [source.edition for source in case.sources] == [1, 2]
    assert [row.cells["site"] for row in read_rows(case)[0].rows] == ["well"]


def test_a_table_is_no_list(tmp_path: Path) -> None:
    """A table has no part in the lists: its rows are no records."""
    case = made(tmp_path, SITES, b"site,source\nhill,A letter\n")
    assert case.lists == {}
    assert all(source.list is None for source in case.sources)


def test_wrong_subjects_and_fields_are_refused(tmp_path: Path) -> None:
    """A subject or a field that does not exist is an error of the configuration, with those there are."""
    with pytest.raises(ConfigError, match=r"\[tables.graves\] `about` = 'graves'"):
        Case.create(tmp_path / "a", HEAD + SITES.replace('"sites"', '"graves"'))
    with pytest.raises(ConfigError, match=r"columns.begun: a table about sites has the fields site, name"):
        Case.create(tmp_path / "b", HEAD + SITES + 'columns.begun = "From"\n')


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Capturing a table that does not lie there says so and writes nothing."""
    case = Case.create(tmp_path / "case", HEAD + SITES)
    with pytest.raises(NotFound, match="there is no such file"):
        capture_table(case, "graves", tmp_path / "graves.csv", author="r1")
    assert Case.load(case.folder).sources == ()
