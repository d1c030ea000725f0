"""The example templates on the real lists, where they are beside the checkout. Only counts of theirs are here."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.sources import Reading, capture, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def built(name: str, data: Path, folder: Path) -> Reading:
    folder.mkdir()
    shutil.copyfile(EXAMPLES / name / "cenotaph.toml", folder / "cenotaph.toml")
    case = Case.create(folder)
    for list_name, table in case.config.lists.items():
        for file in table.file:
            capture(case, data / name / file, author="r1", list_name=list_name)
    return read(Case.load(folder))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "us-2013-2017",
            {"mpv": 5399, "wapo": 2939, "fatal-encounters": 8467, "the-counted": 2239, "killed-by-police": 5484},
        ),
        ("iran-1988", {"omid": 3379}),
        ("iran-2022", {"hrana": 501, "iran-human-rights": 444, "wikipedia": 653}),
        ("chile-1973-1990", {"rettig": 2398}),
    ],
)
def test_every_row_is_a_record(cases: Path, tmp_path: Path, name: str, rows: dict[str, int]) -> None:
    """Every row of the real lists becomes a record, under an id of its own."""
    found = built(name, cases, tmp_path / "case")
    lists = found.report["lists"]
    assert {each: lists[each]["records"] for each in lists} == rows
    assert found.report["refused"] == 0
    assert len(set(found.records.column("record").to_pylist())) == sum(rows.values())


def test_the_published_links_name_our_records(cases: Path, tmp_path: Path) -> None:
    """Every record that the published links of the American lists name is a record here."""
    ids = set(built("us-2013-2017", cases, tmp_path / "case").records.column("record").to_pylist())
    with (cases / "us-2013-2017" / "truth.csv").open(encoding="utf-8", newline="") as stream:
        wanted = {f"{row['list']}:{row['record']}" for row in csv.DictReader(stream)}
    assert wanted
    assert wanted <= ids


def test_firsts_of_a_month_are_reported(cases: Path, tmp_path: Path) -> None:
    """The 139 firsts of a month among the 711 full dates of the 1988 list are reported, and citations are counted."""
    found = built("iran-1988", cases, tmp_path / "case")
    dates = found.report["lists"]["omid"]["dates"]["death.date"]
    assert (dates["total"], dates["full"], dates["firsts_of_month"], dates["suspicious"]) == (3379, 711, 139, True)
    cited = {name: found.records.column(name) for name in found.records.column_names if name.startswith("cites.")}
    assert {name: len(column) - column.null_count for name, column in cited.items()}["cites.pmoi_book"] == 2805
    assert len(cited) == 7
