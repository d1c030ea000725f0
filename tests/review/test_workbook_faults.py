"""A workbook that is wrong, old, foreign or interrupted: said in the report, and nothing is half done."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.review.filling import (
    HEADER,
    Edit,
    codes,
    columns_of,
    entries,
    fill,
    pair,
    pick,
    sheet_of,
    table,
)

from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.pipeline import build, import_review
from cenotaph.review import Review

DECISIONS = [*pair(0, "same"), *pair(1, "different"), *pair(3, "unsure"), *pick(0, 2), *pick(2, "۱")]


@pytest.mark.parametrize(
    ("edits", "code", "column"),
    [
        (pair(0, "maybe"), "no-verdict", "verdict"),
        ([("pairs", 0, "verdict", "same")], "no-reason", "reason"),
        ([("pairs", 0, "reason", "why")], "reason-alone", "reason"),
        (pick(0, 77), "no-choice", "choice"),
        (pick(0, "two"), "no-choice", "choice"),
        ([("conflicts", 0, "choice", 1)], "no-reason", "reason"),
    ],
)
def test_what_is_no_decision_is_a_line_of_the_report(
    folder: Path, exported: Path, tmp_path: Path, edits: list[Edit], code: str, column: str
) -> None:
    """A cell that cannot be taken is reported with its place, and nothing is written for it."""
    before = entries(folder)
    found = import_review(folder, fill(exported, edits, tmp_path / "f.xlsx"), author="r1")
    sheet = edits[0][0]
    places = columns_of(sheet_of(openpyxl.load_workbook(exported), sheet))
    cell = f"{openpyxl.utils.get_column_letter(places[column])}{HEADER + 1}"
    assert [(line["sheet"], line["cell"], line["code"]) for line in found["report"]] == [(sheet, cell, code)]
    assert entries(folder) == before


def test_a_pair_that_no_longer_exists_is_a_line_of_the_report(folder: Path, exported: Path, tmp_path: Path) -> None:
    """After one of its records was erased, a verdict on a pair is reported and not entered."""
    first = next(iter(table(exported, "pairs").values()))
    with Case.load(folder).open_ledger() as ledger:
        known = frozenset({first["left_record"]})
        Review(ledger, "r9", known).erase(first["left_record"], who="the family", why="they asked")
    build(folder, until="read")
    found = import_review(
        folder, fill(exported, [*pair(0, "same"), *pair(1, "same")], tmp_path / "f.xlsx"), author="r1"
    )
    assert (codes(found), found["judgements"]) == (["gone"], 1)


def test_a_row_put_in_by_hand_and_a_copied_row_decide_nothing(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A row without marks, and two copies of one row that say different things, are reported."""

    def more(book: Any) -> None:
        sheet = sheet_of(book, "pairs")
        copied = [cell.value for cell in sheet[HEADER + 1]]
        columns = columns_of(sheet)
        copied[columns["verdict"] - 1] = "different"
        sheet.append(copied)
        sheet.append([None] * (columns["verdict"] - 1) + ["same", "why"])

    found = import_review(folder, fill(exported, pair(0, "same"), tmp_path / "f.xlsx", more), author="r1")
    assert (sorted(codes(found)), found["judgements"]) == (["twice", "unknown-row"], 0)


def test_a_power_cut_leaves_none_or_all(
    folder: Path, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the middle of the entries nothing is written; importing again completes it."""
    path = fill(exported, DECISIONS, tmp_path / "f.xlsx")
    before, whole = entries(folder), Review.choice

    def stop(*_words: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(Review, "choice", stop)
    with pytest.raises(KeyboardInterrupt):
        import_review(folder, path, author="r1")
    assert entries(folder) == before
    monkeypatch.setattr(Review, "choice", whole)
    import_review(folder, path, author="r1")
    assert entries(folder) == before + 5


KILLED_IN_THE_FIRST_CHOICE = """
import os, signal, sys
from pathlib import Path
from cenotaph.pipeline import import_review
from cenotaph.review import Review
Review.choice = lambda *words, **more: os.kill(os.getpid(), signal.SIGKILL)
import_review(Path(sys.argv[1]), Path(sys.argv[2]), author="r1")
"""


def test_a_killed_import_leaves_none_or_all(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A process killed with signal 9 between two entries leaves nothing behind that stops the next import."""
    path = fill(exported, DECISIONS, tmp_path / "f.xlsx")
    before = entries(folder)
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_THE_FIRST_CHOICE, folder, path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert entries(folder) == before
    import_review(folder, path, author="r1")
    assert entries(folder) == before + 5


def test_other_workbooks_are_refused(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A workbook of another case, any other workbook, a torn file, a missing one: refused, and nothing is written."""
    before = entries(folder)
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    (tmp_path / "torn.xlsx").write_bytes(exported.read_bytes()[:2000])

    def foreign(book: Any) -> None:
        for sheet in book:
            if str(sheet["A1"].value).startswith("cenotaph/1"):
                sheet["A1"].value = str(sheet["A1"].value).replace(" ", " x", 2).replace(" x", " ", 1)

    fill(exported, pair(0, "same"), tmp_path / "foreign.xlsx", foreign)
    for name, kind, what in (
        ("other.xlsx", InputError, "no sheet has the hidden first row"),
        ("torn.xlsx", InputError, "torn.xlsx"),
        ("foreign.xlsx", InputError, "from another case"),
        ("none.xlsx", NotFound, "there is no such file"),
        ("none.csv", InputError, "ends in .xlsx"),
    ):
        with pytest.raises(kind, match=what):
            import_review(folder, tmp_path / name, author="r1")
    with pytest.raises(InputError, match="is no name"):
        import_review(folder, exported, author="A Name")
    assert entries(folder) == before
