"""Invented registers: two lists and what reviewers said of them, built once or for each example."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.pipeline import build, decide

HEAD = """[case]
title = "Two lists (invented)"
languages = ["en", "fa"]
period = "1988/1989"
country = "IR"
invented = true
[publisher]
name = "=Circle"
affiliation = "none"
funding = "none"
contact = "x@y.example"
"""
LISTS = """[lists.amar]
title = "Amar, a list"
file = "amar.csv"
key = "id"
language = "en"
capture = true
states = "killed"
date_order = "dmy"
covers = { period = "1988/..", manner = ["shot"] }
columns.name = "name"
columns.sex = { column = "sex", codes = { M = "male", F = "female" } }
columns.age = "age"
columns."death.date" = "died"
columns."death.place" = "place"
columns."death.manner" = "how"
columns."arrest.date" = "taken"
columns."burial.place" = "grave"
columns.informant = "told_by"
calendar."death.date" = "gregorian"
[lists.amar.cites]
leaflet = { column = "leaflet", title = "A leaflet" }
[lists.bayan]
title = "بیان"
file = "bayan.csv"
key = "n"
language = "fa"
unique = true
states = "killed"
derived_from = ["amar"]
columns.name = "name"
columns."name.alias" = "alias"
columns."death.date" = "died"
calendar."death.date" = "persian"
"""
AMAR = ("id", "name", "sex", "age", "died", "place", "how", "taken", "grave", "told_by", "leaflet")
BAYAN = ("n", "name", "alias", "died")
ROWS = (
    ("1", "Tavan Orsen", "M", "24", "30.7.1988", "Kelmar, by the river", "shot", "1985", "a field", "her sister", "1"),
    ("2", "=Miran Velk", "F", "31", "1988", '"Kelmar"\nnorth', "shot", "", "", "", ""),
    ("3", "Sorin -Dal", "M", "", "12.1.1989", "@Tir", "", "", "", "-", "0"),
    ("4", "'Quoted Name", "", "40", "2.8.1988", "", "", "", "", "", ""),
    ("5", "Out Of Time", "M", "40", "2.8.1975", "", "", "", "", "", ""),
)
PERSIAN = (
    ("1", "تاوان اورسن", "", "مرداد ۱۳۶۷"),
    ("2", "میران\u200cولک", "-ماه", "۱۳۶۷"),
)


def make_case(folder: Path, amar: Sequence[Sequence[str]] = ROWS, bayan: Sequence[Sequence[str]] = PERSIAN) -> Path:
    """Return a case folder of two lists, built as far as the register."""
    folder.mkdir(parents=True)
    for name, header, rows in (("amar", AMAR, amar), ("bayan", BAYAN, bayan)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([header, *rows])
    Case.create(folder, HEAD + LISTS, secret=bytes(32))
    build(folder, until="register")
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case in which reviewers linked, kept apart and chose; read only."""
    folder = make_case(tmp_path_factory.mktemp("interchange") / "case")
    decide(folder, "judge", author="r1", left="amar:1", right="bayan:1", verdict="same", reason="one, in two scripts")
    decide(folder, "judge", author="r2", left="amar:3", right="amar:4", verdict="different", reason="=two, of course")
    decide(folder, "choose", author="r1", record="amar:1", key="death.date", chosen="bayan:1", reason="a paper")
    build(folder, until="register")
    return folder
