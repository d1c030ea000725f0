"""Judgements hold over editions by key, and who made them is told what a newer edition changed or dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.review.filling import table

from cenotaph.messages import ENGLISH, speech
from cenotaph.pipeline import add_files, build, decide, export_review
from cenotaph.pipeline.report import as_text

TOML = """[case]
title = "Two editions"
languages = ["en"]
include = "everybody"

[lists.town]
title = "The town's list"
file = "one.csv"
key = "no"
columns.name = "name"
columns."death.place" = "place"
"""
ONE = [
    "no,name,place",
    "1,Dorvan Akkarov,Belmar",
    "2,Dorvan Akarov,Belmar",
    "3,Mirell Cordova,Eskar",
    "4,Sanno Gorani,Eskar",
]
TWO = ["no,name,place", "1,Dorvan Akkarov,Corvin", "2,Dorvan Akarov,Belmar", "4,Sanno Gorani,Eskar"]


def edition(folder: Path, name: str, lines: list[str]) -> dict[str, Any]:
    """Add an edition by hand, as `cenotaph add` does, and link."""
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    add_files(folder, [folder / name], name="town", origin="", author="r1")
    return build(folder, until="link")


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Return a case of one list whose first edition was judged."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "one.csv").write_text("\n".join(ONE), encoding="utf-8")
    (folder / "cenotaph.toml").write_text(TOML, encoding="utf-8")
    build(folder, until="link")
    decide(folder, "judge", author="r1", left="town:1", right="town:2", verdict="same", reason="one grave")
    decide(folder, "judge", author="r2", left="town:3", right="town:4", verdict="same", reason="her letters")
    return folder


def test_judgements_hold_by_key_over_editions(judged: Path) -> None:
    """Records that a new edition changed or dropped are still one person where a reviewer said so."""
    edition(judged, "two.csv", TWO)
    path = judged.parent / "x.xlsx"
    export_review(judged, path, author="r1")
    person = {row["record"]: row["person"] for row in table(path, "people").values()}
    assert person["town:1"] == person["town:2"]
    assert person["town:3"] == person["town:4"]


def test_who_judged_is_told_what_changed(judged: Path) -> None:
    """A changed and a dropped record are named with the judgement, its reviewer, the edition and what changed."""
    found = edition(judged, "two.csv", TWO)["link"]["since_judged"]
    told = [(each["record"], each["kind"], each["keys"], each["reviewer"], each["edition"]) for each in found]
    assert told == [("town:1", "changed", ["death.place"], "r1", 2), ("town:3", "gone", [], "r2", 2)]


def test_a_judgement_of_the_new_values_is_told_no_more(judged: Path) -> None:
    """Who judges again after the new edition was read has seen it; the other judgement is still named."""
    edition(judged, "two.csv", TWO)
    decide(judged, "judge", author="r1", left="town:2", right="town:1", verdict="different", reason="two towns")
    found = build(judged, until="link")["link"]["since_judged"]
    assert [each["record"] for each in found] == ["town:3"]


def test_a_record_that_comes_back_is_no_longer_told(judged: Path) -> None:
    """A third edition that has the record again as it was leaves nothing to look at there."""
    edition(judged, "two.csv", TWO)
    found = edition(judged, "three.csv", [*TWO, ONE[3]])["link"]["since_judged"]
    assert [each["record"] for each in found] == ["town:1"]


def test_the_report_says_it_in_words(judged: Path) -> None:
    """The text of a build names both, by ids only, in English and in Persian."""
    found = edition(judged, "two.csv", TWO)
    text = as_text(found, ENGLISH)
    assert "town:1 and town:2: same (r1); edition 2 changed death.place of town:1" in text
    assert "town:3 and town:4: same (r2); edition 2 no longer has town:3" in text
    persian = as_text(found, speech("fa"))
    assert "دیگر" in persian
    assert "Akkarov" not in text + persian


def test_the_sheet_of_editions_shows_what_was_judged(judged: Path) -> None:
    """Beside each change stands what was decided about the record before."""
    edition(judged, "two.csv", TWO)
    path = judged.parent / "x.xlsx"
    export_review(judged, path, author="r1")
    said = {row["record"]: row["judged"] for row in table(path, "editions").values()}
    assert said == {"town:1": "town:2: same (r1)", "town:3": "town:4: same (r2)"}
