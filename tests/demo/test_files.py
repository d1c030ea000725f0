"""What is written: the same bytes everywhere, a truth no build can read, and formats others can open."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from pathlib import Path

import openpyxl
import pytest

from cenotaph.demo import CANARIES, DemoFiles, write_case

PINNED = "535c69dd9465f36b3d87bfe309de364a313a67e6d26763125ac40d20796f0c81"
FIVE_LISTS = "f91440b7eaa8736dd5a160ba05a627bb1ff61d0cc981e63150e727a3ff452a6f"  # before there was a docket


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    """Return a small demo."""
    return write_case(tmp_path_factory.mktemp("demo"), size=300)


def _digest(folder: Path, *, parts: tuple[str, ...] = ("lists", "truth"), without: str = "-") -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        if path.relative_to(folder).parts[0] in parts and not path.name.startswith(
            without
        ):  # configuration may be reworded
            total.update(path.relative_to(folder).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def test_the_same_seed_gives_the_same_bytes_everywhere(written: DemoFiles) -> None:
    """Lists and truth are byte for byte those that were written when the demo was made."""
    assert _digest(written.folder) == PINNED


def test_the_docket_changed_no_other_list(written: DemoFiles) -> None:
    """The five lists are byte for byte what they were before the docket was added."""
    assert _digest(written.folder, parts=("lists",), without="docket") == FIVE_LISTS


def test_another_seed_gives_other_people(written: DemoFiles, tmp_path: Path) -> None:
    """The seed decides who is made."""
    other = write_case(tmp_path, seed=7, size=300)
    assert _digest(other.folder) != _digest(written.folder)


def test_the_configuration_names_every_list_and_no_truth(written: DemoFiles) -> None:
    """The build is told of all lists, and of nothing beneath truth/."""
    text = (written.folder / "cenotaph.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    named = [name for table in tables["lists"].values() for name in _files(table)]
    assert sorted(named) == sorted(path.relative_to(written.folder).as_posix() for path in written.lists)
    assert "truth/" not in text
    assert tables["case"]["invented"] is True


def test_truth_counts_what_it_says(written: DemoFiles) -> None:
    """The answers give the true number and the number listed, and every record its person."""
    answers = json.loads(written.answers.read_text(encoding="utf-8"))
    rows = written.truth.read_text(encoding="utf-8").splitlines()
    dead = {row.split(",")[2] for row in rows[1:] if ",P" in row}
    assert rows[0] == "list,record,person"
    assert answers["true_number"] == written.true_number == 300
    assert answers["on_some_list"] == written.documented == len(dead)


def test_the_workbook_shows_solar_hijri_dates_and_holds_days(written: DemoFiles) -> None:
    """A spreadsheet program finds real dates in the workbook, shown in the Persian calendar, beside typed ones."""
    sheet = openpyxl.load_workbook(written.folder / "lists" / "prisoners.xlsx").active
    cells = [row[5] for row in sheet.iter_rows(min_row=2)]
    days = [cell for cell in cells if isinstance(cell.value, dt.datetime)]
    assert {cell.number_format for cell in days} == {"[$-fa-IR,16]d mmmm yyyy;@"}
    assert all(dt.datetime(1972, 1, 1) < cell.value < dt.datetime(1997, 1, 1) for cell in days)  # noqa: DTZ001 - as stored
    assert any(isinstance(cell.value, str) for cell in cells)


def test_canaries_are_in_the_lists(written: DemoFiles) -> None:
    """Each mark that must never be published is in the files, so that looking for it means something."""
    text = "".join(path.read_text(encoding="utf-8") for path in written.lists if path.suffix != ".xlsx")
    assert all(mark in text for mark in CANARIES)


def _files(table: dict[str, object]) -> list[str]:
    value = table["file"]
    return [str(name) for name in value] if isinstance(value, list) else [str(value)]
