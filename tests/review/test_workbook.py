"""The review as one workbook: what goes out comes back, whatever people and programs do to the file meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.review.filling import (
    HEADER,
    codes,
    columns_of,
    entries,
    fill,
    live,
    own_cells,
    pair,
    pick,
    sheet_of,
    table,
)

from cenotaph.case import Case
from cenotaph.model import Verdict
from cenotaph.pipeline import build, decide, export_review, import_review, queue_of

DECISIONS = [*pair(0, "same"), *pair(1, "different"), *pair(3, "unsure"), *pick(0, 2), *pick(2, "۱")]


def test_what_is_filled_in_becomes_entries_signed_by_the_reviewer(folder: Path, exported: Path, tmp_path: Path) -> None:
    """Each filled row is one entry with the reviewer's code, verdict and reason; nothing else is written."""
    before, rows = entries(folder), list(table(exported, "pairs").values())
    found = import_review(folder, fill(exported, DECISIONS, tmp_path / "f.xlsx"), author="r1")
    assert (found["judgements"], found["choices"], found["already"], found["report"]) == (3, 2, 0, [])
    assert found["entries"] == [before + 1, before + 5]
    assert entries(folder) == before + 5
    wanted = {
        (*sorted((rows[n]["left_record"], rows[n]["right_record"])), verdict, "looked at both")
        for n, verdict in ((0, "same"), (1, "different"), (3, "unsure"))
    }
    case = Case.load(folder)
    assert live(folder)[0] == wanted
    assert {each.reviewer for each in (*case.judgements, *case.choices)} == {"r1"}


def test_a_choice_names_the_record_behind_the_number(folder: Path, exported: Path, tmp_path: Path) -> None:
    """Number 2, and a 1 in Persian digits, are the records whose values stand in those columns."""
    import_review(folder, fill(exported, [*pick(0, 2), *pick(2, "۱")], tmp_path / "f.xlsx"), author="r1")
    case, rows = Case.load(folder), list(table(exported, "conflicts").values())
    chosen = {(case.public_id(each.record), each.property): case.public_id(each.chosen) for each in case.choices}
    assert chosen == {
        tuple(rows[0]["key"].split()): rows[0]["options"].split()[1],
        tuple(rows[2]["key"].split()): rows[2]["options"].split()[0],
    }


def test_importing_twice_adds_nothing(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A second import enters nothing and reports nothing."""
    path = fill(exported, DECISIONS, tmp_path / "f.xlsx")
    import_review(folder, path, author="r1")
    count = entries(folder)
    again = import_review(folder, path, author="r1")
    assert (again["judgements"], again["choices"], again["already"], again["report"]) == (0, 0, 5, [])
    assert entries(folder) == count


def test_an_old_file_does_not_bring_back_what_was_superseded(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A, then B, then A's file again: B stands, for A's file was imported before."""
    one = fill(exported, pair(0, "same"), tmp_path / "1.xlsx")
    two = fill(exported, pair(0, "different"), tmp_path / "2.xlsx")
    for path in (one, two, one):
        import_review(folder, path, author="r1")
    assert [each[2] for each in live(folder)[0]] == ["different"]


def test_the_next_export_holds_the_decisions_and_the_sources_rows_unmoved(
    folder: Path, exported: Path, tmp_path: Path
) -> None:
    """Exported again, every decision stands in its cell, the sources' own cells are what they were."""
    import_review(folder, fill(exported, DECISIONS, tmp_path / "f.xlsx"), author="r1")
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    before, after = table(exported, "pairs"), table(tmp_path / "again.xlsx", "pairs")
    keys = list(before)
    said = {key: (row["verdict"], row["reason"]) for key, row in after.items() if row["verdict"]}
    assert said == {
        keys[n]: (verdict, "looked at both") for n, verdict in ((0, "same"), (1, "different"), (3, "unsure"))
    }
    assert "r1" in after[keys[0]]["so_far"]
    assert own_cells(exported) == own_cells(tmp_path / "again.xlsx")
    untouched = import_review(folder, tmp_path / "again.xlsx", author="r1")
    assert (untouched["judgements"], untouched["choices"], untouched["report"]) == (0, 0, [])


def test_people_holds_every_row_as_captured(linked: Path, exported: Path) -> None:
    """Every record has one row, under its list's own column names, rows of one person one under the other."""
    build_report = build(linked, until="link")
    sheet = sheet_of(openpyxl.load_workbook(exported), "people")
    titles = [cell.value for cell in sheet[HEADER]]
    assert sheet.max_row - HEADER == build_report["read"]["records"]
    assert titles.count("نام") <= 1
    people = [cell.value for cell in sheet["E"][HEADER:]]
    blocks = [one for one, two in zip(people, [*people[1:], None], strict=True) if one != two]
    assert len(blocks) == len(set(people)) == build_report["link"]["clusters"]


def test_a_changed_cell_that_is_not_ours_to_change_is_pointed_out(folder: Path, exported: Path, tmp_path: Path) -> None:
    """The report names sheet and cell, not what stands in it, and the decision beside it is taken."""
    edits = [*pair(1, "same"), ("pairs", 1, "a.name", "Somebody Else"), ("people", 4, "own0", "99")]
    found = import_review(folder, fill(exported, edits, tmp_path / "f.xlsx"), author="r1")
    columns = columns_of(sheet_of(openpyxl.load_workbook(exported), "pairs"))
    letter = openpyxl.utils.get_column_letter(columns["a.name"])
    lines = [(line["sheet"], line["cell"], line["code"]) for line in found["report"]]
    assert ("pairs", f"{letter}{HEADER + 2}", "changed") in lines
    assert [line[0] for line in lines if line[2] == "changed"] == ["people", "pairs"]
    assert "Somebody" not in str(found)
    assert found["judgements"] == 1


def scramble(book: Any) -> None:
    """Do to a workbook what people do: sort, hide, insert, rename, move columns, filter, rename the sheet."""
    for name in ("pairs", "conflicts"):
        sheet = sheet_of(book, name)
        rows = list(sheet.iter_rows(min_row=HEADER + 1, values_only=True))
        rows.sort(key=lambda row: str(row[6:]), reverse=True)
        order = list(range(1, sheet.max_column + 1))
        order = [*order[:4], *reversed(order[4:])]
        head = [[sheet.cell(number, place).value for place in order] for number in (1, HEADER)]
        head[1][5] = "renamed"
        sheet.delete_rows(1, sheet.max_row)
        for number, row in enumerate(
            [["a note of mine"], *head, [], *([row[p - 1] for p in order] for row in rows)], 1
        ):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["H"].hidden = True
        sheet.title = f"{name} of mine"


def test_sorting_hiding_inserting_moving_and_renaming_change_nothing(
    folder: Path, exported: Path, tmp_path: Path
) -> None:
    """A workbook that was turned upside down gives the same entries and no complaint."""
    found = import_review(folder, fill(exported, DECISIONS, tmp_path / "f.xlsx", scramble), author="r1")
    assert (found["judgements"], found["choices"], found["report"]) == (3, 2, [])
    scrambled = live(folder)
    again = import_review(folder, fill(exported, DECISIONS, tmp_path / "g.xlsx"), author="r1")
    assert (again["already"], live(folder)) == (5, scrambled)


def test_libreoffice_saves_it_again_and_nothing_is_lost(folder: Path, exported: Path, tmp_path: Path) -> None:
    """Filled in, opened and saved by LibreOffice, it gives the same entries and no complaint."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice (LibreOffice) is not installed: nothing to save the workbook again with")
    path = fill(exported, DECISIONS, tmp_path / "f.xlsx")
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    found = import_review(folder, out / "f.xlsx", author="r1")
    assert (found["judgements"], found["choices"], found["report"]) == (3, 2, [])


def test_two_reviewers_copies_merge_and_disagreement_settles_to_unsure(
    folder: Path, exported: Path, tmp_path: Path
) -> None:
    """Each signs their own; where they disagree the pair is unsure, the report says so, and both can still agree."""
    one = fill(exported, [*pair(0, "same"), *pair(1, "same")], tmp_path / "1.xlsx")
    two = fill(exported, [*pair(0, "different"), *pair(1, "same")], tmp_path / "2.xlsx")
    import_review(folder, one, author="r1")
    found = import_review(folder, two, author="r2")
    assert found["judgements"] == 2
    assert codes(found) == ["disagree"]
    assert "r1 same, r2 different" in found["report"][0]["what"]
    assert sorted(each[2] for each in live(folder)[0]) == ["same", "unsure"]
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    first = next(iter(table(tmp_path / "again.xlsx", "pairs").values()))
    assert first["verdict"] == "same"
    assert "r2 different" in first["so_far"]
    import_review(folder, fill(tmp_path / "again.xlsx", pair(0, "different"), tmp_path / "3.xlsx"), author="r1")
    assert sorted(each[2] for each in live(folder)[0]) == ["different", "same"]


def test_a_copy_filled_for_another_reviewer_decides_only_what_changed(
    folder: Path, exported: Path, tmp_path: Path
) -> None:
    """What stood in r1's copy when it was exported is not signed by r2 who imports it."""
    import_review(folder, fill(exported, pair(0, "same"), tmp_path / "1.xlsx"), author="r1")
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    found = import_review(folder, fill(tmp_path / "again.xlsx", pair(2, "same"), tmp_path / "2.xlsx"), author="r2")
    assert (found["judgements"], found["report"]) == (1, [])


def test_an_edited_reason_and_a_withdrawn_verdict_supersede(folder: Path, exported: Path, tmp_path: Path) -> None:
    """A new reason is a new entry; an emptied verdict becomes unsure and says why."""
    import_review(folder, fill(exported, [*pair(0, "same"), *pair(1, "same")], tmp_path / "1.xlsx"), author="r1")
    keys = list(table(exported, "pairs"))
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    place = {key: n for n, key in enumerate(table(tmp_path / "again.xlsx", "pairs"))}
    edits = [("pairs", place[keys[0]], "reason", "also the father"), ("pairs", place[keys[1]], "verdict", None),
             ("pairs", place[keys[1]], "reason", None)]  # fmt: skip
    found = import_review(folder, fill(tmp_path / "again.xlsx", edits, tmp_path / "2.xlsx"), author="r1")
    assert (found["judgements"], found["report"]) == (2, [])
    assert sorted(each[2:] for each in live(folder)[0]) == [
        ("same", "also the father"),
        ("unsure", "withdrawn in the workbook"),
    ]


def test_a_choice_cannot_be_emptied_and_another_reviewers_is_replaced_aloud(
    folder: Path, exported: Path, tmp_path: Path
) -> None:
    """An emptied choice stands and is reported; replacing another reviewer's choice is reported too."""
    import_review(folder, fill(exported, pick(0, 2), tmp_path / "1.xlsx"), author="r1")
    export_review(folder, tmp_path / "again.xlsx", author="r1")
    edits = [("conflicts", 0, "choice", None)]
    assert codes(import_review(folder, fill(tmp_path / "again.xlsx", edits, tmp_path / "2.xlsx"), author="r1")) == [
        "emptied"
    ]
    assert codes(import_review(folder, fill(exported, pick(0, 1), tmp_path / "3.xlsx"), author="r2")) == ["replaces"]
    assert entries(folder) - entries_before(exported) == 2


def entries_before(exported: Path) -> int:
    """Return how many entries the ledger had when a workbook was exported."""
    return int(str(sheet_of(openpyxl.load_workbook(exported), "pairs")["A1"].value).split()[3])


VERDICTS = st.dictionaries(st.integers(0, 7), st.sampled_from(list(Verdict)), max_size=8)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])  # an example makes files: shrinking takes long
@given(data=st.data())
def test_any_decisions_in_any_order_round_trip(
    linked: Path, exported: Path, tmp_path_factory: Any, data: st.DataObject
) -> None:
    """Any subset of decisions, the rows in any order: what stands is what was filled in, and two imports are one."""
    place = tmp_path_factory.mktemp("law")
    folder = Path(shutil.copytree(linked, place / "case", ignore=shutil.ignore_patterns("register")))
    rows = list(table(exported, "pairs").values())
    picked = data.draw(VERDICTS)
    reasons = data.draw(st.lists(TEXT, min_size=1))
    order = data.draw(st.permutations(range(len(rows))))

    def shuffle(book: Any) -> None:
        sheet = sheet_of(book, "pairs")
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
        for target, origin in enumerate(order):
            for column, value in enumerate(cells[origin], 1):
                sheet.cell(HEADER + 1 + target, column).value = value

    why = {row: "why " + reasons[n % len(reasons)] for n, row in enumerate(picked)}
    edits = [edit for row, verdict in picked.items() for edit in pair(row, str(verdict), why[row])]
    path = fill(exported, edits, place / "f.xlsx", shuffle)
    first, count = import_review(folder, path, author="r1"), entries(folder)
    again = import_review(folder, path, author="r1")
    assert first["report"] == again["report"] == []
    assert (again["judgements"], entries(folder)) == (0, count)
    assert live(folder)[0] == {
        (*sorted((rows[n]["left_record"], rows[n]["right_record"])), str(v), unicodedata.normalize("NFC", why[n]))
        for n, v in picked.items()
    }


def test_the_queue_asks_once_and_keeps_what_was_judged(folder: Path) -> None:
    """Two persons are asked about once; a judged pair stands at the end with its verdict and is asked no more."""
    before = queue_of(folder)["questions"]
    first = before[0]
    decide(folder, "judge", author="r1", left=first["left"], right=first["right"], verdict="different", reason="no")
    after = queue_of(folder)["questions"]
    mine = [each for each in after if {each["left"], each["right"]} == {first["left"], first["right"]}]
    assert [each["verdict"] for each in mine] == ["different"]
    assert after[-1] == mine[0]
    assert mine[0]["why"]
    assert mine[0]["probability"] == pytest.approx(first["probability"], abs=0.5)
    worth = [each["expected"] for each in before]
    assert worth == sorted(worth, reverse=True)


EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "iran-2022"


def test_forty_decisions_about_three_real_lists_round_trip(cases: Path, tmp_path: Path) -> None:
    """Thirty verdicts and ten choices come back in the next export, and no cell of the lists moved."""
    folder = tmp_path / "case"
    build(EXAMPLE, data=cases / "iran-2022", out=folder, until="link")
    export_review(folder, tmp_path / "1.xlsx", author="r1")
    verdicts = list(Verdict)
    edits = [each for n in range(30) for each in pair(n, verdicts[n % 3], f"reason {n}")]
    edits += [each for n in range(10) for each in pick(n, str(1 + n % 2), f"choice {n}")]
    found = import_review(folder, fill(tmp_path / "1.xlsx", edits, tmp_path / "2.xlsx"), author="r1")
    assert (found["judgements"], found["choices"], found["report"]) == (30, 10, [])
    export_review(folder, tmp_path / "3.xlsx", author="r1")
    for name, count, column in (("pairs", 30, "verdict"), ("conflicts", 10, "choice")):
        before = list(table(tmp_path / "2.xlsx", name).values())[:count]
        after = table(tmp_path / "3.xlsx", name)
        assert [(row[column], row["reason"]) for row in before] == [
            (after[row["key"]][column], after[row["key"]]["reason"]) for row in before
        ], name
        assert sum(bool(row[column]) for row in after.values()) == count
    assert own_cells(tmp_path / "1.xlsx") == own_cells(tmp_path / "3.xlsx")
