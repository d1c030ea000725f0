"""What the sheets hold: texts that are never formulas, editions, refused rows, the case's language and direction."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.review.filling import HEADER, columns_of, fill, sheet_of, table

from cenotaph.case import Case
from cenotaph.demo import write_case
from cenotaph.pipeline import add_files, build, export_review, import_review
from cenotaph.review.layout import Column, Row, Sheet, Stamp, cell_digest, plain, safe_text
from cenotaph.review.reasons import reasons
from cenotaph.review.wording import LANGUAGES, load, verdict_of, words_for
from cenotaph.review.writing import Page, height, write

RISKY = [
    "=1+1",
    "+98 21",
    "-5",
    "@SUM(A1)",
    "#N/A",
    '=HYPERLINK("http://example.org")',
    "\tx",
    "bell \x07 rings",
    "a\nb",
]
TOML = """[case]
title = "Invented"
languages = ["{language}"]
invented = true
[publisher]
name = "A test"
affiliation = "none"
funding = "none"
contact = "none"
[lists.town]
title = "List of the town"
file = ["one.csv", "two.csv"]
key = "no"
states = "killed"
date_order = "dmy"
columns.name = "name"
columns."death.place" = "place"
"""


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def town(folder: Path, *, language: str = "en") -> Path:
    """Make a case of one list with two editions, a refused row and every text a spreadsheet might run."""
    folder.mkdir()
    rows = [f"{n},Person Number {n},{quoted(text)}" for n, text in enumerate(RISKY, 1)]
    one = ["no,name,place", *rows, "90,Someone Gone,Here", rows[1]]
    two = ["no,name,place", *rows[1:], "1,Person Number 1,Elsewhere", "91,Someone New,There", rows[1]]
    for name, lines in (("one.csv", one), ("two.csv", two)):
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    (folder / "cenotaph.toml").write_text(TOML.format(language=language), encoding="utf-8")
    build(folder, until="link")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return that case and its workbook."""
    folder = town(tmp_path_factory.mktemp("town") / "case")
    path = folder.parent / "town.xlsx"
    export_review(folder, path, author="r1")
    return folder, path


def test_no_text_becomes_a_formula(made: tuple[Path, Path]) -> None:
    """Whatever a source wrote stands there as text, marked as text, and no sheet has a formula."""
    sheet = sheet_of(openpyxl.load_workbook(made[1]), "people")
    places = {str(cell.value) for cell in sheet[HEADER]}
    cells = [cell for row in sheet.iter_rows(min_row=HEADER + 1) for cell in row if cell.value is not None]
    said = {cell.value for cell in cells}
    assert {"+98 21", "-5", "@SUM(A1)", "#N/A", '=HYPERLINK("http://example.org")'} <= said
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@")) and cell.column > 4)
    assert "place" in places
    with zipfile.ZipFile(made[1]) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in data or b"<f " in data for data in sheets)


def test_what_no_cell_can_hold_is_replaced_and_not_reported_as_changed(made: tuple[Path, Path]) -> None:
    """A control character and an overlong text are made bearable, and an untouched workbook has nothing to report."""
    assert safe_text("a\x07b\nc") == "a\ufffdb\nc"
    assert len(safe_text("x" * 40_000)) == 32_000
    found = import_review(*made, author="r1")
    assert (found["report"], found["entries"]) == ([], [])


def test_editions_show_what_the_newest_file_did(made: tuple[Path, Path]) -> None:
    """Added, changed with both values, removed: one row each, and nothing else."""
    rows = [(r["record"], r["kind"], r["which"], r["before"], r["after"]) for r in table(made[1], "editions").values()]
    assert sorted(rows) == [
        ("town:1", "changed", "Place of death", "=1+1", "Elsewhere"),
        ("town:90", "removed (kept, and marked)", None, None, None),
        ("town:91", "added", None, None, None),
    ]


def test_the_report_has_every_refused_row_with_its_place(made: tuple[Path, Path]) -> None:
    """File, row and reason of each refused row of each edition."""
    rows = [(r["kind"], r["file"], r["row"], r["reason_refused"]) for r in table(made[1], "report").values()]
    assert ("row refused", "one.csv", "11", "exact repeat of row 2") in rows
    assert ("row refused", "two.csv", "11", "exact repeat of row 1") in rows


def test_marks_are_hidden_and_cells_to_fill_look_different(exported: Path) -> None:
    """The first row and the first columns are hidden, panes are frozen, filling cells have a dropdown and a colour."""
    sheet = sheet_of(openpyxl.load_workbook(exported), "pairs")
    columns = columns_of(sheet)
    assert sheet.row_dimensions[1].hidden
    assert all(sheet.column_dimensions[letter].hidden for letter in "ABCD") or sheet.column_dimensions["A"].max == 4
    assert sheet.freeze_panes == "G3"
    colours = {name: sheet.cell(3, columns[name]).fill.fgColor.rgb for name in ("verdict", "reason", "why")}
    assert colours["verdict"] == colours["reason"] != colours["why"]
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"same,different,unsure"'
    assert str(rule.sqref).startswith("E3:E")


def test_a_persian_case_runs_from_the_right_in_persian(tmp_path: Path) -> None:
    """All sheets are right-to-left with Persian titles, and a Persian verdict is understood."""
    folder = town(tmp_path / "case", language="fa")
    export_review(folder, tmp_path / "fa.xlsx", author="r1")
    book = openpyxl.load_workbook(tmp_path / "fa.xlsx")
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    assert sheet_of(book, "pairs")["E2"].font.name == "Arial"  # a face with Persian letters
    titles = ["راهنما", "جفت‌ها", "اختلاف‌ها", "سست‌ترین پیوندها", "افراد", "ویرایش‌ها", "گزارش"]
    assert book.sheetnames == titles
    assert [verdict_of(load("fa")["verdicts"][name]) for name in ("same", "different", "unsure")] == [
        "same", "different", "unsure",
    ]  # fmt: skip


@pytest.mark.parametrize(("right_to_left", "away", "text"), [
    (True, ("right", 1), "(unknown first name) Person"), (False, ("left", 2), "(نام ناپیدا) شخص"),
])  # fmt: skip
def test_a_text_reads_in_its_own_direction_whichever_way_the_sheet_runs(
    tmp_path: Path, *, right_to_left: bool, away: tuple[str, int], text: str
) -> None:
    """LibreOffice gives a cell the direction of its sheet unless told: a bracket would go to the wrong end."""
    written = [
        "שם" if right_to_left else "Name",
        "12",
        "\u2068Latin\u2069 = –: واژه" if right_to_left else "7 (x)",
        text,
    ]
    columns = (Column("choice", "n", fill=True), *(Column(f"c{n}", "c") for n in range(len(written))))
    sheet = Sheet("pairs", "pairs", columns, (Row("k", (None, *written)),))
    write(tmp_path / "x.xlsx", Page("p", ()), [sheet], Stamp("c", 1), right_to_left=right_to_left)
    made = sheet_of(openpyxl.load_workbook(tmp_path / "x.xlsx"), "pairs")
    looks = [(cell.alignment.horizontal, int(cell.alignment.readingOrder)) for cell in made[3][5:]]
    along = (None, 2 if right_to_left else 0)
    assert looks == [along, along, along, away]
    assert made[3][-1].font.name == "Arial"  # a face with Persian letters, in a sheet of either direction


def test_rows_are_as_high_as_the_words_they_wrap() -> None:
    """Words are not cut in the middle: three of six letters need three lines of ten, not two."""
    columns = (Column("a", "a", 10), Column("b", "b", 30))
    assert height(("letter letter letter", None), columns) >= 3 * height(("a", "b"), columns)
    assert height(("one-letter two", None), columns) == height(("letter letter", None), columns)
    assert height(("a" * 25, "b"), columns) >= 3 * height(("a", "b"), columns)
    assert height(("one\ntwo\n", 4.0), columns) >= 3 * height(("a", None), columns)


def test_a_persian_case_numbers_its_values_in_persian(tmp_path: Path) -> None:
    """Headers, what is shown now and what is offered have the digits of the language; the choice comes back."""
    folder = tmp_path / "case"
    write_case(folder, size=90)
    toml = folder / "cenotaph.toml"
    toml.write_text(re.sub(r"(?m)^languages = .*$", 'languages = ["fa", "en"]', toml.read_text("utf-8")), "utf-8")
    build(folder, until="link")
    export_review(folder, tmp_path / "fa.xlsx", author="r1")
    sheet = sheet_of(openpyxl.load_workbook(tmp_path / "fa.xlsx"), "conflicts")
    columns = columns_of(sheet)
    assert sheet.cell(2, columns["value2"]).value == "مقدار (۲)"
    assert str(sheet.cell(3, columns["shown"]).value).startswith("۱: ")
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1.startswith('"۱,۲')
    edits = [("conflicts", 0, "choice", "۲"), ("conflicts", 0, "reason", "دقیق‌تر است")]
    found = import_review(folder, fill(tmp_path / "fa.xlsx", edits, tmp_path / "filled.xlsx"), author="r1")
    assert (found["choices"], found["report"]) == (1, [])
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    again = sheet_of(openpyxl.load_workbook(tmp_path / "again.xlsx"), "conflicts")
    assert again.cell(3, columns["choice"]).value == "۲"
    assert import_review(folder, tmp_path / "again.xlsx", author="r1")["choices"] == 0


def test_every_language_has_every_word() -> None:
    """The word files have the same keys, so no sheet is ever half made."""

    def keys(found: dict[str, Any]) -> set[tuple[str, str]]:
        return {(group, key) for group, words in found.items() if isinstance(words, dict) for key in words}

    assert all(keys(load(language)) == keys(load("en")) for language in LANGUAGES)
    assert {len(load(language)["readme"]["lines"]) for language in LANGUAGES} == {len(load("en")["readme"]["lines"])}


def test_reasons_say_what_weighs_most_first() -> None:
    """Strong evidence stands before weak, against stands apart, and a guard and a shared day are named."""
    weights = {"name": 2.5, "death.date": 6.0, "age": -0.7, "sex": 0.2, "prior": -9.0, "event": -3.0, "settled": -2.0}
    assert reasons(weights, words_for(["en"])) == (
        "For: Date of death (strongly), Name (clearly). Against: Age (a little). Says nothing either way: Sex. Many "
        "records share this day and place, so that agreement says less. Held back by a rule: too little beside the "
        "name, or ages far apart."
    )
    assert "did not bring" in reasons({}, words_for(["en"]))
    assert reasons(weights, words_for(["en"]), ("ages",)).endswith(
        "more than fifteen years apart, and no exact day agrees."
    )


def test_digests_forgive_programs_and_notice_people() -> None:
    """Line ends, outer spaces and composed letters change by themselves; anything else is a change."""
    assert cell_digest("k", "c", "a\r\ne\u0301 ") == cell_digest("k", "c", "a\n\u00e9")
    assert cell_digest("k", "c", 12.0) == cell_digest("k", "c", "12")
    assert plain(None) == ""
    assert len({cell_digest("k", "c", "a"), cell_digest("k", "c", "b"), cell_digest("k", "d", "a"), ""}) == 4


def test_a_new_edition_is_in_the_next_workbook(tmp_path: Path) -> None:
    """After a file was added by hand the editions are those of the newest one alone."""
    folder = town(tmp_path / "case")
    (tmp_path / "three.csv").write_text("no,name,place\n91,Someone New,Moved\n", encoding="utf-8")
    add_files(folder, [tmp_path / "three.csv"], name="town", origin="", author="r1")
    assert len(Case.load(folder).sources) == 3
    export_review(folder, tmp_path / "x.xlsx", author="r1")
    rows = table(tmp_path / "x.xlsx", "editions").values()
    assert {row["edition"] for row in rows} == {"3"}
    assert [row["after"] for row in rows if row["kind"] == "changed"] == ["Moved"]
