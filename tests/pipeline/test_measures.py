"""What was measured of a case reaches the terminal, the estimate and the memorial, and names nobody."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from tests.review.filling import columns_of, sheet_of
from typer.testing import CliRunner

from cenotaph.case import Case
from cenotaph.cli import app
from cenotaph.pipeline import build, copied
from cenotaph.pipeline.report import estimate_text
from cenotaph.publishing import Measures, PublicCopying, PublicSample
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.site.measured import measured
from cenotaph.publishing.site.words import words

ROW = {"lists": ["a", "b"], "shared": 23, "expected": 0.84, "p": 1e-9, "p_adjusted": 1e-8, "compared": 900,
       "looks_copied": True, "declared": [], "evidence": [["a:1", "b:1", "name"]]}  # fmt: skip


def _run(*said: object) -> str:
    found = CliRunner().invoke(app, list(map(str, said)))
    assert found.exit_code == 0, found.output
    return found.stdout


def test_a_sample_goes_from_the_command_line_to_the_page(case_folder: Path, tmp_path: Path) -> None:
    """Drawn, labelled, imported and built, the methodology page prints the figures and no record of the sample."""
    book = tmp_path / "r1.xlsx"
    assert "nobody has measured" in _run("sample", case_folder)
    made = json.loads(_run("sample", case_folder, book, "--pairs", 30, "--author", "r1", "--json"))
    assert made["pairs"] == 30
    workbook = openpyxl.load_workbook(book)
    sheet = sheet_of(workbook, "sample")
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, columns_of(sheet)["verdict"]).value = "same"
    workbook.save(book)
    assert "30 labels entered" in _run("sample", case_folder, book, "--import", "--author", "r1")
    assert "provisional" in _run("sample", case_folder)
    build(case_folder)
    page = (case_folder / "build" / "site" / "en" / "methodology.html").read_text(encoding="utf-8")
    assert "30 pairs of records" in page
    assert "provisional" in page
    assert not any(each.left in page for each in Case.load(case_folder).sample)


def test_the_page_says_when_nobody_measured(built: Path) -> None:
    """Without a sample and without a truth the page says that there is no figure."""
    page = (built / "build" / "site" / "en" / "methodology.html").read_text(encoding="utf-8")
    assert "has not been measured against pairs judged by people" in page


def test_what_lists_share_is_kept_beside_the_links(case_folder: Path) -> None:
    """The command gives JSON, and leaves the comparison and its records under build/copying."""
    found = json.loads(_run("copying", case_folder, "--json"))
    assert set(found) == {"pairs", "untested"}
    folder = case_folder / "build" / "copying"
    assert {path.name for path in folder.iterdir()} == {"copying.json", "shared_errors.parquet", "manifest.json"}


def test_only_independent_lists_are_warned_of() -> None:
    """A suspected pair is a warning where an estimate uses both lists, and none where one derives from the other."""
    found = {"pairs": [ROW]}
    assert [row["lists"] for row in copied.warnings(found, ["a", "b", "c"])] == [["a", "b"]]
    assert copied.warnings(found, ["a", "c"]) == []
    assert copied.warnings({"pairs": [ROW | {"declared": [["b", "a"]]}]}, ["a", "b"]) == []


def test_the_estimate_shows_the_warning() -> None:
    """The words of an estimate say which lists share how many errors, and how many chance gives."""
    told = {"verdict": "supported", "documented": 5, "reasons": [], "methods": {}, "statement": "", "copying": [ROW]}
    assert "a and b share 23 errors where chance gives 0.8 at most" in estimate_text(told)


@pytest.mark.parametrize(("language", "said"), [("en", "share 23 errors"), ("fa", "در ۲۳ خطا شریک‌اند")])
def test_the_page_names_lists_that_share_errors(language: str, said: str) -> None:
    """In both languages the page says which lists share how many errors, and gives kappa where two labelled."""
    share = (0.9, 0.8, 0.95)
    sample = PublicSample(labelled=200, pairs=200, coders=2, provisional=False, precision=share, recall=share,
                          recall_near=share, kappa=share, both=200)  # fmt: skip
    shared = PublicCopying(lists=("a", "b"), shared=23, expected=0.84, declared=False)
    measures = Measures(sample=sample, compared=1, copying=(shared,))
    parts = measured(_case(measures), words(language))
    assert said in parts["copying"][0].replace("\u2068", "").replace("\u2069", "")
    assert len(parts["sample_rows"]) == 4


def _case(measures: Measures) -> PublicCase:
    return PublicCase(
        title="", titles={}, languages=("en",), period="", include="", invented=True, publisher=None, lists={},
        criteria=(), corrections=(), quality={}, head="", date="", url="", version="", measures=measures,
    )  # fmt: skip
