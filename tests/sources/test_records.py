"""Rows to records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.config import ListTable
from cenotaph.sources.mapping import compile_mapping, hints_of
from cenotaph.sources.readers import read_table
from cenotaph.sources.readers.media import CSV
from cenotaph.sources.records import Mapped, to_records


def records(text: str, key: str = "id", **more: Any) -> Mapped:
    table = ListTable.model_validate({"file": "a.csv", "key": key, "columns": {"name": "name"}} | more)
    raw = read_table(text.encode(), "a.csv", CSV, hints_of(table))
    return to_records(raw, compile_mapping("one", table, raw.columns, filename="a.csv"), source="d" * 64)


def column(found: Mapped, name: str) -> list[str | None]:
    return list(found.table.column(name).to_pylist())


def refusals(found: Mapped) -> list[tuple[int, str]]:
    return [(each.row, each.reason) for each in found.refused]


def test_a_record_says_where_it_stands() -> None:
    """A record has its list's name and key as id, its list, source and row."""
    found = records("id,name\n7,Ali Namdar\n")
    assert found.table.select(["record", "list", "row", "source"]).to_pylist() == [
        {"record": "one:7", "list": "one", "row": 1, "source": "d" * 64}
    ]


def test_raw_text_is_kept_to_the_letter() -> None:
    """Spaces and letters of a value stay as written; a cell of spaces says nothing."""
    assert column(records('id,name,x\n 7 ,"  Ali\u200c ي ",a\n8,"  ",b\n'), "name") == ["  Ali\u200c ي ", None]
    assert column(records('id,name,x\n 7 ,"  Ali ",a\n'), "record") == ["one:7"]


def test_the_first_filled_column_gives_the_value() -> None:
    """Of several columns the first that is filled gives the value, and the companion says which it was."""
    found = records(
        "id,name,date,year\n1,a,1988-07-29,1988\n2,b,,1988\n3,c,,\n",
        columns={"death.date": ["date", "year"], "name": "name"},
    )
    assert column(found, "death.date") == ["1988-07-29", "1988", None]
    assert column(found, "death.date@") == ["date", "year", None]


@pytest.mark.parametrize(
    ("template", "places"),
    [
        ("{city}, {state}", ["Rey, T", "Rey", "T", None]),
        ("{city} ({state})", ["Rey (T)", "Rey", "T)", None]),
        ("in {city} {state}", ["in Rey T", "in Rey", "T", None]),
    ],
)
def test_templates_put_filled_fields_together(template: str, places: list[str | None]) -> None:
    """A template leaves out empty fields with the text before them, and says nothing when all are empty."""
    found = records(
        "id,name,city,state\n1,a, Rey,T\n2,b,Rey,\n3,c,,T\n4,d,,\n", columns={"name": "name", "death.place": template}
    )
    assert column(found, "death.place") == places
    assert column(found, "death.place@") == ["city, state", "city", "state", None]


def test_codes_stand_beside_the_word() -> None:
    """A list's own word for a code is kept and its code stands beside it; words without a code are reported by row."""
    codes = {"Man": "male", "Boy": "male"}
    found = records(
        "id,name,g\n1,a,Man\n2,b,boy\n3,c,Grue\n4,d,\n",
        columns={"name": "name", "sex": {"column": "g", "codes": codes}},
    )
    assert column(found, "sex") == ["Man", "boy", "Grue", None]
    assert column(found, "sex#") == ["male", "male", None, None]
    assert found.notes[0].startswith("sex: 1 rows say a word that has no code (rows 3)")


def test_missing_words_say_nothing() -> None:
    """What a list writes for "nothing" is nothing, in keys, values and templates alike."""
    found = records("id,name,x\n1,NA,NA\nNA,b,c\n3, NA,d\n", missing=["NA"], columns={"name": "{name} {x}"})
    assert column(found, "name") == ["d"]
    assert [row for row, _ in refusals(found)] == [1, 2]


def test_citations_are_one_or_nothing() -> None:
    """A citation column says "1" or nothing; one that says more, a page, is kept beside it."""
    found = records(
        "id,name,book,page\n1,a,1,p. 3\n2,b,0,\n3,c,1.0,no\n4,d,yes,\n", cites={"book": "book", "report": "page"}
    )
    assert column(found, "cites.book") == ["1", None, "1", "1"]
    assert column(found, "cites.report") == ["1", None, None, None]
    assert column(found, "other.page") == ["p. 3", None, "no", None]
    assert "other.book" not in found.table.column_names


def test_unmapped_columns_are_kept_apart() -> None:
    """A column that is mapped to nothing is kept as internal; one in which nobody says anything is not."""
    found = records("id,name,phone,blank\n1,a,12,\n")
    assert [name for name in found.table.column_names if name.startswith("other.")] == ["other.phone"]


def test_rows_that_give_no_record_say_why() -> None:
    """Every row without a record has a reason: no key, empty, nothing said, an exact repeat, ragged."""
    found = records("id,name\n1,a\n,b\n3,\n\n1,a\n6,c,d\n7,e\n")
    assert refusals(found) == [
        (2, "no key: nothing in `id`"),
        (3, "no name and nothing else"),
        (4, "empty row"),
        (5, "exact repeat of row 1"),
        (6, "ragged: 3 cells under 2 columns"),
    ]
    assert found.rows == 7


def test_different_rows_under_one_key_are_kept() -> None:
    """Rows that repeat a key and differ are kept under keys that differ, and the report says so."""
    found = records("id,name\n1,a\n1,b\n1#2,c\n1,d\n1,b\n")
    assert column(found, "record") == ["one:1", "one:1#3", "one:1#2", "one:1#4"]
    assert refusals(found) == [(5, "exact repeat of row 2")]
    assert found.notes[0].startswith("2 rows repeat the key of an earlier row and differ from it: kept")


def test_keys_from_templates_and_row_numbers() -> None:
    """A key may be made of several columns, of which one may be empty, or of the row's number."""
    assert column(records("nr,name\n1,a\n,b\n", key="{nr}-{name}"), "record") == ["one:1-a", "one:b"]
    assert column(records("nr,name\n1,a\n\n1,a\n", key="{row}"), "record") == ["one:1", "one:3"]
    assert column(records("row,name\nx,a\n", key="{row}"), "record") == ["one:x"]


cell = st.sampled_from(["", " ", "1", "2", "x", "NA"])


@given(rows=st.lists(st.lists(cell, min_size=2, max_size=4), max_size=12))
def test_every_row_is_a_record_or_a_refusal(rows: list[list[str]]) -> None:
    """Whatever a file holds: records and refusals are its rows, each number once, and no two records share an id."""
    found = records("\n".join(["id,name,more", *(",".join(row) for row in rows)]) + "\n", missing=["NA"])
    numbers = sorted([*column(found, "row"), *(each.row for each in found.refused)])  # type: ignore[type-var]
    assert numbers == list(range(1, found.rows + 1))
    ids = column(found, "record")
    assert len(set(ids)) == len(ids)
