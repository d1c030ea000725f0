"""`init` with somebody to ask: what each answer does to the proposal."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.pipeline.starting import init_case
from cenotaph.sources.proposing import Draft, Line, column_key

TABLE = "no,name,date,place,photo url\n1,Sina Varzin,1988-07-30,Nordby,x\n2,Tara Rostak,1988-08-04,Sorby,y\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a list whose date and place say of no act."""
    path = tmp_path / "town.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def yes(_draft: Draft, line: Line) -> Line:
    return dataclasses.replace(line, certainty="sure", why=None)


def test_a_yes_maps_what_was_held_back_with_its_calendar(tmp_path: Path, file: Path) -> None:
    """Accepting the bare date makes it the date of death, and its calendar follows without another question."""
    init_case(tmp_path / "case", [file], ask=yes)
    table = Case.load(tmp_path / "case").config.lists["town"]
    assert table.columns["death.date"].sources == ("date",)
    assert table.calendar == {"death.date": "gregory"}


def test_a_no_leaves_the_column_internal(tmp_path: Path, file: Path) -> None:
    """Refusing the date takes its line and its calendar out of the file and names the column as internal."""
    report = init_case(tmp_path / "case", [file], ask=lambda _, line: None if line.property == "death.date" else line)
    text = (tmp_path / "case" / "cenotaph.toml").read_text(encoding="utf-8")
    assert 'calendar."death.date"' not in text
    assert 'columns."death.date"' not in text
    assert "date" in report["lists"][0]["unmapped"]


def test_another_property_takes_the_column_and_the_calendar(tmp_path: Path, file: Path) -> None:
    """Naming another property maps the date and its calendar there."""

    def arrest(_draft: Draft, line: Line) -> Line:
        if line.property == "death.date":
            return dataclasses.replace(line, key=column_key("arrest.date"), certainty="sure", why=None)
        return line

    init_case(tmp_path / "case", [file], ask=arrest)
    table = Case.load(tmp_path / "case").config.lists["town"]
    assert table.columns["arrest.date"].sources == ("date",)
    assert table.calendar == {"arrest.date": "gregory"}
    assert "death.place" not in table.columns


def test_only_doubtful_lines_are_asked_about(tmp_path: Path, file: Path) -> None:
    """Nobody is asked about a line that its header makes sure."""
    asked: list[str] = []

    def remember(_draft: Draft, line: Line) -> Line:
        asked.append(line.key)
        return line

    init_case(tmp_path / "case", [file], ask=remember)
    assert set(asked) == {"unique", "language", 'columns."death.date"', 'columns."death.place"'} | {
        key for key in asked if "photo" in key
    }
