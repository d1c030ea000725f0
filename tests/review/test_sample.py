"""A labelled sample through the workbook: blind, signed by its coder, kept in the ledger, and no part of linking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils
import pytest
from tests.review.filling import HEADER, columns_of, fill, sheet_of, table
from typer.testing import CliRunner

from cenotaph.case import Case
from cenotaph.cli import app
from cenotaph.errors import InputError, NotFound
from cenotaph.pipeline import build, decide, draw_sample, import_sample, measure_sample, write_sample

PAIRS = 24


@pytest.fixture
def drawn(folder: Path) -> Path:
    """Return a case with a sample of two dozen pairs."""
    draw_sample(folder, PAIRS, seed=3, author="lead")
    return folder


def _book(folder: Path, author: str, **options: bool) -> Path:
    path = folder.parent / f"{author}.xlsx"
    write_sample(folder, path, author=author, **options)
    return path


def _fill(path: Path, word: str, rows: range = range(PAIRS)) -> Path:
    return fill(path, [("sample", row, "verdict", word) for row in rows], path.with_name(f"filled-{path.name}"))


def _texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def test_the_workbook_tells_nothing_of_the_program(drawn: Path) -> None:
    """No column and no cell of a coder's copy holds a probability, a stratum, a link or a weight."""
    path = _book(drawn, "r1")
    columns = set(columns_of(sheet_of(openpyxl.load_workbook(path), "sample")))
    assert not columns & {"probability", "now", "why", "so_far", "stratum", "letters"}
    assert not any(each.stratum in text for each in Case.load(drawn).sample for text in _texts(path))


def test_each_coder_has_the_same_pairs_in_another_order(drawn: Path) -> None:
    """Two copies hold the same pairs, and their rows stand in different orders that do not change."""
    one, two, again = (list(table(_book(drawn, name), "sample")) for name in ("r1", "r2", "r1"))
    assert sorted(one) == sorted(two)
    assert one != two
    assert one == again


def test_labels_measure_and_have_no_part_in_linking(drawn: Path) -> None:
    """Labels that contradict every link change no judgement; the sample says so in its precision."""
    before = Case.load(drawn).judgements
    found = import_sample(drawn, _fill(_book(drawn, "r1"), "different"), author="r1")
    case = Case.load(drawn)
    measured = measure_sample(drawn)
    assert found["labels"] == PAIRS
    assert case.judgements == before
    assert measured is not None
    assert measured["precision"]["estimate"] == 0.0
    assert measured["provisional"]


def test_importing_twice_adds_nothing(drawn: Path) -> None:
    """The second import of a workbook enters nothing, and a changed label supersedes the first."""
    path = _fill(_book(drawn, "r1"), "same")
    import_sample(drawn, path, author="r1")
    entries = Case.load(drawn).decided.entries
    assert import_sample(drawn, path, author="r1") == {"labels": 0, "already": PAIRS, "report": []}
    assert Case.load(drawn).decided.entries == entries
    changed = import_sample(drawn, _fill(path, "unsure", range(1)), author="r1")
    assert changed["labels"] == 1
    assert sum("unsure" in each.said.values() for each in Case.load(drawn).sample) == 1


def test_persian_words_and_empty_cells(drawn: Path) -> None:
    """A verdict in Persian is understood, an empty cell is no label, another word is named by its cell."""
    edits = [("sample", 0, "verdict", "دو نفر"), ("sample", 1, "verdict", "perhaps")]
    found = import_sample(drawn, fill(_book(drawn, "r1"), edits, drawn.parent / "x.xlsx"), author="r1")
    assert found["labels"] == 1
    assert [(line["code"], line["cell"]) for line in found["report"]] == [("no-verdict", f"E{HEADER + 2}")]


def test_a_copy_belongs_to_one_coder(drawn: Path) -> None:
    """Somebody else's copy is refused, so that two coders stay independent."""
    with pytest.raises(InputError, match="this copy was made for r1"):
        import_sample(drawn, _book(drawn, "r1"), author="r2")


def test_another_case_is_refused(drawn: Path, tmp_path: Path) -> None:
    """A workbook of another case enters nothing."""
    from cenotaph.demo import write_case

    other = tmp_path / "other"
    write_case(other, size=30)
    build(other, until="read")
    with pytest.raises(InputError, match="made from another case"):
        import_sample(other, _book(drawn, "r1"), author="r1")


def test_disagreements_go_to_a_third_coder(drawn: Path) -> None:
    """A third coder gets the pairs that two disagree about, and no others."""
    import_sample(drawn, _fill(_book(drawn, "r1"), "same"), author="r1")
    path = _fill(_fill(_book(drawn, "r2"), "same"), "different", range(3))
    import_sample(drawn, path, author="r2")
    measured: dict[str, Any] = measure_sample(drawn) or {}
    assert len(measured["disagreements"]) == 3
    assert len(table(_book(drawn, "r3", disagreements=True), "sample")) == 3
    assert measured["kappa"][0]["both"] == PAIRS


def test_a_labelled_sample_is_not_replaced_by_accident(drawn: Path) -> None:
    """Drawing again is refused once there are labels, and done with ``again``: the old labels no longer count."""
    import_sample(drawn, _fill(_book(drawn, "r1"), "same"), author="r1")
    with pytest.raises(InputError, match="--again"):
        draw_sample(drawn, PAIRS, seed=4, author="lead")
    draw_sample(drawn, PAIRS, seed=4, author="lead", again=True)
    assert {each.sample for each in Case.load(drawn).sample} == {2}
    assert not any(each.said for each in Case.load(drawn).sample)


def test_erasing_a_record_takes_its_pairs_out_of_the_sample(drawn: Path) -> None:
    """Of an erased record no pair is left, and no word of it in the ledger."""
    from cenotaph.pipeline.deciding import known_records
    from cenotaph.review import Review

    case = Case.load(drawn)
    record = case.sample[0].left
    with case.open_ledger() as ledger:
        Review(ledger, "r1", known_records(case)).erase(record, who="family", why="asked")
    assert all(record not in (each.left, each.right) for each in Case.load(drawn).sample)


def test_a_case_without_a_sample_says_so(folder: Path) -> None:
    """Nothing was drawn: no measure, and no workbook but an error that says what to do."""
    assert measure_sample(folder) is None
    with pytest.raises(NotFound, match="draw one with --pairs"):
        write_sample(folder, folder / "x.xlsx", author="r1")


def test_a_pair_judged_since_is_counted(drawn: Path) -> None:
    """When a person judges a sampled pair its link is no longer the program's, and the measure says how many."""
    pair = Case.load(drawn).sample[0]
    decide(drawn, "judge", author="r1", left=pair.left, right=pair.right, verdict="different", reason="seen")
    assert (measure_sample(drawn) or {})["judged"] == 1


@pytest.mark.parametrize("name", ["nowhere/sample.xlsx", "sample.csv"])
def test_where_no_workbook_can_be_written_nothing_is_drawn(folder: Path, name: str) -> None:
    """A folder that is not there, or a file that is no workbook, is refused before a sample stands in the ledger."""
    found = CliRunner().invoke(app, ["sample", str(folder), str(folder.parent / name), "--pairs", str(PAIRS)])
    assert isinstance(found.exception, InputError | NotFound)
    assert not Case.load(folder).sample


def test_both_names_stay_in_sight_beside_the_verdict(drawn: Path) -> None:
    """Whoever scrolls to the age or the list still sees whose they are."""
    sheet = sheet_of(openpyxl.load_workbook(_book(drawn, "r1")), "sample")
    columns = columns_of(sheet)
    frozen = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)[0]
    behind = openpyxl.utils.column_index_from_string(frozen)
    assert {name for name, at in columns.items() if 4 < at < behind} == {"verdict", "reason", "a.name", "b.name"}


def test_the_first_sheet_names_the_coder_and_invites_another(drawn: Path) -> None:
    """A coder finds the code the copy was made for, and how a second coder gets a copy of their own."""
    texts = [text for text in _texts(_book(drawn, "coder-seven")) if "coder-seven" in text]
    assert any(text.startswith("24 pairs") for text in texts)
    assert any("second coder" in text and "--author" in text for text in _texts(_book(drawn, "r1")))
