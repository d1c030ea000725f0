"""From captured files to the records of a case."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.sources.conftest import MakeCase, table

from cenotaph.case import Case
from cenotaph.errors import ChainBroken, InputError
from cenotaph.sources import Reading, capture, read

GOOD = b"id,name,phone\n1,Ali Namdar,555\n2,Bita Invented,\n,nobody,\n"
Snapshot = Callable[[Path], Mapping[str, bytes]]


def values(reading: Reading, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in reading.records.to_pylist()]


def test_a_reading_is_entered_once(make_case: MakeCase, snapshot: Snapshot) -> None:
    """Reading enters what was read; reading again gives the same records and changes nothing."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    first = read(case, author="r1")
    after = snapshot(case.folder)
    again = read(Case.load(case.folder), author="r2")
    assert (first.appended, again.appended, snapshot(case.folder)) == (1, 0, after)
    assert again.records.equals(first.records)
    assert again.report == first.report
    with case.open_ledger() as ledger:
        (entry,) = ledger.entries("reading")
    counts = {key: entry.facts[key] for key in ("list", "edition", "rows", "records", "refused", "reader")}
    assert counts == {"list": "one", "edition": 1, "rows": 3, "records": 2, "refused": 1, "reader": "1"}
    assert (entry.author, entry.words) == ("r1", {})


def test_order_is_entry_and_row(make_case: MakeCase) -> None:
    """A record's order is the entry of its first reading and its row, so earlier lists come first."""
    case = make_case(table() + table("two", file="b.csv"), ("one", "a.csv", GOOD), ("two", "b.csv", GOOD))
    assert values(read(case), "record", "order", "row") == [
        ("one:1", (3 << 32) | 1, 1),
        ("one:2", (3 << 32) | 2, 2),
        ("two:1", (4 << 32) | 1, 1),
        ("two:2", (4 << 32) | 2, 2),
    ]


def test_a_changed_mapping_is_a_new_reading_in_the_old_place(make_case: MakeCase) -> None:
    """Another mapping is entered as another reading; records keep the order of their first appearance."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    first = read(case)
    path = case.folder / "cenotaph.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'columns.contact = "phone"\n', encoding="utf-8", newline="\n")
    second = read(Case.load(case.folder))
    assert second.appended == 1
    assert values(second, "record", "order") == values(first, "record", "order")
    assert values(second, "contact") == [("555",), (None,)]
    assert read(Case.load(case.folder)).appended == 0


def test_other_records_from_the_same_file_stop_the_reading(
    make_case: MakeCase, monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot
) -> None:
    """A file and mapping that give other records than they gave stop the reading, and nothing is entered."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    read(case)
    before = snapshot(case.folder)
    monkeypatch.setattr("cenotaph.sources.reading.fingerprint", lambda _: "0" * 64)
    with pytest.raises(ChainBroken, match=r"entry 2: a.csv gives other records than when it was entered"):
        read(Case.load(case.folder))
    assert snapshot(case.folder) == before


def test_editions_follow_one_another(make_case: MakeCase, tmp_path: Path) -> None:
    """The latest edition's values hold, who is gone is kept and marked, and the report says what changed."""
    newer = b"id,name\n3,Caro Sample\n2,Bita Invented-Sample\n"
    case = make_case(table(), ("one", "a.csv", GOOD))
    read(case)
    (tmp_path / "b.csv").write_bytes(newer)
    capture(case, tmp_path / "b.csv", author="r1", list_name="one")
    found = read(Case.load(case.folder))
    assert values(found, "record", "name", "order", "gone") == [
        ("one:1", "Ali Namdar", (2 << 32) | 1, "1"),
        ("one:2", "Bita Invented-Sample", (2 << 32) | 2, None),
        ("one:3", "Caro Sample", (4 << 32) | 1, None),
    ]
    report = found.report["lists"]["one"]
    assert (report["rows"], report["records"], report["refused"], report["gone"]) == (2, 2, 0, 1)
    assert report["changes"] == [
        {"edition": 2, "new": ["one:3"], "changed": {"one:2": ["name"]}, "gone": ["one:1"], "returned": []}
    ]
    assert [edition["records"] for edition in report["editions"]] == [2, 2]
    assert (found.appended, found.report["records"]) == (1, 3)


def test_the_report_is_plain_data_without_names(make_case: MakeCase) -> None:
    """The report is JSON, accounts for every row and holds no name of a person."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    report = read(case).report
    text = json.dumps(report)
    assert "Ali" not in text
    assert "nobody" not in text
    one = report["lists"]["one"]
    assert one["rows"] == one["records"] + one["refused"]
    assert one["refusals"] == [{"row": 3, "reason": "no key: nothing in `id`"}]
    assert one["notes"] == [
        "1 rows refused; the first is row 3: no key: nothing in `id`",
        "mapped to nothing, kept and internal: phone",
    ]
    assert one["editions"][0]["encoding"] == "utf-8"


def test_machine_made_days_are_reported(make_case: MakeCase) -> None:
    """A column full of 1 Januaries is reported as such; nothing in it is changed."""
    data = "id,name,day\n" + "".join(f"{n},p{n},198{n % 10}-01-01\n" for n in range(60))
    case = make_case(table(more='columns."death.date" = "day"'), ("one", "a.csv", data.encode()))
    found = read(case)
    dates = found.report["lists"]["one"]["dates"]["death.date"]
    assert (dates["firsts_of_year"], dates["suspicious"]) == (60, True)
    assert any(note.startswith("death.date: 60 of 60 full dates") for note in found.report["lists"]["one"]["notes"])
    assert values(found, "death.date")[0] == ("1980-01-01",)


def test_a_workbook_keeps_what_it_showed(make_case: MakeCase) -> None:
    """Date cells come as shown, with their calendar beside them, through fallback columns too."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "name", "day", "year"], [1, "p1", dt.date(1988, 7, 29), None], [2, "p2", None, 1367]):
        sheet.append(row)
    sheet["C2"].number_format = "[$-fa-IR,16]d mmmm yyyy"
    stream = io.BytesIO()
    book.save(stream)
    lists = table(file="a.xlsx", more='columns."death.date" = ["day", "year"]')
    found = read(make_case(lists, ("one", "a.xlsx", stream.getvalue())))
    assert values(found, "death.date", "death.date@", "death.date%") == [
        ("۷ مرداد ۱۳۶۷", "day", "persian"),
        ("1367", "year", None),
    ]


def test_who_was_erased_does_not_come_back(make_case: MakeCase) -> None:
    """A record whose opaque id an erasure names is in no table, though its file still has it."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    read(case)
    with case.open_ledger() as ledger:
        ledger.erase([], "the family", "they asked", author="r1", facts={"records": [case.public_id("one:1")]})
    found = read(Case.load(case.folder))
    assert (values(found, "record"), found.appended) == ([("one:2",)], 0)


def test_wrong_columns_write_nothing(make_case: MakeCase, snapshot: Snapshot) -> None:
    """A mapping that names a wrong column stops the reading before anything is entered."""
    case = make_case(table(more='columns.age = "years"'), ("one", "a.csv", GOOD))
    before = snapshot(case.folder)
    with pytest.raises(InputError, match=r"\[lists.one\] columns.\"age\" names the column `years`"):
        read(case)
    assert snapshot(case.folder) == before


def test_a_list_without_a_file_waits(make_case: MakeCase) -> None:
    """A list that has no captured file yet is reported as waiting; a case without any is an error."""
    lists = table() + table("two", file="b.csv")
    assert read(make_case(lists, ("one", "a.csv", GOOD))).report["waiting"] == ["two"]
    with pytest.raises(InputError, match="no list of this case has a captured file"):
        read(make_case(lists, folder="empty"))
