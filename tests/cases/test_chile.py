"""Chile's report, where it lies beside this checkout: no cell of its 59 columns is lost."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow as pa
import pytest

from cenotaph.case import Case
from cenotaph.pipeline import build
from cenotaph.pipeline.estimating import register_of
from cenotaph.values import PartialDate, properties
from cenotaph.values.properties import property_of

TEMPLATE = Path(__file__).resolve().parents[2] / "examples" / "chile-1973-1990"
LINE = re.compile(r"\| `([a-z_0-9]+)` \| (.+) \| (.+) \|")


def _table() -> dict[str, tuple[str, str]]:
    """Return property and audience of each column, as the README of the example says."""
    found = LINE.findall((TEMPLATE / "README.md").read_text(encoding="utf-8"))
    assert len(found) == len({column for column, _, _ in found})
    return {column: (re.findall(r"`([^`]+)`", where)[0], audience) for column, where, audience in found}


@pytest.fixture(scope="module")
def chile(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    """Return the case, built as far as the register, and the rows of its file."""
    out = tmp_path_factory.mktemp("chile") / "case"
    build(TEMPLATE, data=cases / "chile-1973-1990", out=out, until="register")
    with (cases / "chile-1973-1990" / "rettig-report.csv").open(encoding="utf-8", newline="") as lines:
        return out, list(csv.DictReader(lines))


def test_the_table_has_every_column_once(chile: tuple[Path, list[dict[str, str]]]) -> None:
    """The README names the 59 columns of the file, no more and no fewer, and properties that there are."""
    _, rows = chile
    table = _table()
    assert set(table) == set(rows[0])
    assert len(table) == 59
    for where, audience in table.values():
        if not where.startswith(("other.", "rettig:")):
            expected = property_of(where).audience
            assert properties.is_known(where)
            assert audience == ("never public" if where.startswith("actor") else expected), where


def test_no_cell_is_lost(chile: tuple[Path, list[dict[str, str]]]) -> None:
    """Each cell that says something stands, to the letter, in the claim that the table names: places and pages too."""
    folder, rows = chile
    import pyarrow.parquet as pq

    records: pa.Table = pq.read_table(folder / "build" / "read" / "records.parquet")
    claims = records.to_pydict()
    place = {record: number for number, record in enumerate(claims["record"])}
    lost = [
        (row["individual_id"], column)
        for row in rows
        for column, (where, _) in _table().items()
        if column != "individual_id" and row[column] not in ("", "NA")
        and row[column].strip() not in (claims[where][place[f"rettig:{row['individual_id']}"]] or "")
    ]  # fmt: skip
    assert lost == []


def test_dates_have_two_ends(chile: tuple[Path, list[dict[str, str]]]) -> None:
    """An event lasts from the first to the last day that the file gives; a missing end stays open."""
    folder, rows = chile
    said = {f"rettig:{row['individual_id']}": (row["start_date_daily"], row["end_date_daily"]) for row in rows}
    seen = {"both": 0, "open": 0}
    for person in register_of(Case.load(folder)).persons():
        value = person.value("event.date")
        if value is None:
            assert said[person.id] == ("NA", "NA")
            continue
        date, (first, last) = value.chosen.reading, said[person.id]
        assert isinstance(date, PartialDate)
        if "NA" in (first, last):
            seen["open"] += 1
        elif first <= last:
            seen["both"] += 1
            assert (str(date.earliest), str(date.latest)) == (first, last)
    assert seen["both"] > 2000
    assert seen["open"] == 69


def test_the_disappeared_are_in_the_register(chile: tuple[Path, list[dict[str, str]]]) -> None:
    """Whoever the report states killed or disappeared is included; nobody is made dead who is not stated so."""
    folder, rows = chile
    register = register_of(Case.load(folder))
    fates = {person.id: str(person.fate) for person in register.persons()}
    stated = {"Killed": "killed", "Disappearance": "disappeared", "Disappearance, Information of Death": "disappeared"}
    assert {f"rettig:{row['individual_id']}": stated[row["violence"]] for row in rows if row["violence"] in stated} == {
        record: fate for record, fate in fates.items() if fate in ("killed", "disappeared")
    }
