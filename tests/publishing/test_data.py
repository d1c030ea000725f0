"""The public data: CSV that no spreadsheet runs, linked data that invents no day."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from cenotaph.publishing.data.jsonld import linked
from cenotaph.publishing.release import make_data

FORMULA = '=HYPERLINK("https://evil.example","x")'


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_tables_hold_every_public_claim(invented: Any, tmp_path: Path) -> None:
    """Each public claim is a row, as written, with its list and its place; the person's row has what is shown."""
    made = make_data(invented.release([invented.rich()]), tmp_path / "data")
    folder = made.folder / "data"
    claims, [person] = _rows(folder / "claims.csv"), _rows(folder / "people.csv")
    dates = [row for row in claims if row["property"] == "death.date"]
    assert [row["as_written"] for row in dates] == ["مرداد ۱۳۶۷", "2 August 1988", "3.12.1988"]
    assert [row["shown"] + row["agrees"] for row in dates] == ["11", "01", "00"]
    assert person["death_date_edtf"] == "[1988-07-23..1988-08-22]"
    assert person["lists"] == "amar bayan copy"
    assert person["cited_lists"] == "leaflet"


def test_formulas_are_disarmed(invented: Any, tmp_path: Path) -> None:
    """A name that is a formula is text in every cell it stands in."""
    made = make_data(invented.release([invented.person(FORMULA)]), tmp_path / "data")
    for name in ("people.csv", "claims.csv"):
        cells = [cell for row in _rows(made.folder / "data" / name) for cell in row.values()]
        assert f"'{FORMULA}" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_only_full_days_are_schema_org_dates(invented: Any) -> None:
    """A month is EDTF in our own property and no ``deathDate``; a full day is both."""
    guard = invented.guard()
    vague = linked(guard.person(invented.rich()))
    assert "deathDate" not in vague
    assert vague["cenotaph:deathDate"]["@value"] == "[1988-07-23..1988-08-22]"
    full = invented.rich()
    day = next(v for v in full.values if v.property == "death.date").claims[1]
    exact = invented.person("Mina Zarrin", invented.value(day))
    assert linked(guard.person(exact))["deathDate"] == "1988-08-02"


def test_the_graph_is_json(invented: Any, tmp_path: Path) -> None:
    """The graph is one JSON document with every person, and with none when there is none."""
    for people in ([], [invented.rich(), invented.person("Mina Zarrin", number=5)]):
        made = make_data(invented.release(people), tmp_path / f"data{len(people)}")
        graph = json.loads((made.folder / "data" / "people.jsonld").read_text(encoding="utf-8"))
        assert len(graph["@graph"]) == len(people)


def test_sums_are_right(invented: Any, tmp_path: Path) -> None:
    """``SHA256SUMS`` and the manifest name every file with its hash."""
    made = make_data(invented.release([invented.rich()]), tmp_path / "data")
    folder = made.folder / "data"
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    for row in manifest["files"]:
        assert hashlib.sha256((made.folder / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    on_disk = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert {row["path"] for row in manifest["files"]} == on_disk - {"manifest.json"}


def test_an_estimate_never_stands_alone(invented: Any, tmp_path: Path) -> None:
    """The estimate's file holds its verdict, its reasons and its words."""
    made = make_data(invented.release([invented.rich()]), tmp_path / "data")
    found = json.loads((made.folder / "data" / "estimate.json").read_text(encoding="utf-8"))
    assert found["verdict"] == "refused"
    assert found["reasons"]
    assert found["statement"]["en"]
