"""Header words in five languages: what they mean, and what they must not be taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.sources.proposing.headers import fold_words, meaning
from cenotaph.values import is_known, tables

PARTS = {"date", "place", "region", "year", "month", "day", "key"}


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("Victim's name", "name"), ("name_latin", "name"), ("LastName", "name.family"),
        ("Place_of_death", "death.place"),
        ("نام و نام خانوادگی", "name"), ("نام‌خانوادگی", "name.family"), ("نام پدر", "name.father"),
        ("تاریخ دستگیری", "arrest.date"), ("محل دفن", "burial.place"), ("تاريخ", "date"), ("استان", "region"),
        ("شماره تماس خانواده", "contact"), ("الاسم الكامل", "name"), ("تاريخ الوفاة", "death.date"),
        ("مكان الاعتقال", "arrest.place"), ("Prénom", "name.given"), ("Date de naissance", "birth.date"),
        ("Lieu du décès", "death.place"), ("N°", "key"), ("Fødselsdato", "birth.date"), ("Dødsårsak", "death.cause"),
        ("Kjønn", "sex"), ("Løpenr.", "key"), ("نام / Name", "name"), ("Nom (Name)", "name"), ("Age", "age"),
    ],
)  # fmt: skip
def test_headers_mean_what_a_reader_takes_them_for(header: str, says: str) -> None:
    """A header of any of the languages, in any spelling of its letters, names its property."""
    assert meaning(header).says == says


@pytest.mark.parametrize(
    "header",
    ["father's occupation", "group_id", "number of previous arrests", "نام / Age", "exact coordinates", "x7", ""],
)
def test_a_header_that_says_more_or_other_things_is_not_understood(header: str) -> None:
    """What is only partly explained by the words of a property is not taken for it."""
    assert not meaning(header).says or meaning(header).strange


def test_a_header_may_state_the_order_and_the_calendar() -> None:
    """The order and the calendar that a header states are read beside what it names."""
    assert meaning("Date of death (month/day/year)").order == "mdy"
    assert meaning("Date of death (month/day/year)").says == "death.date"
    assert "persian" in meaning("تاریخ تولد (شمسی)").concepts


def test_every_rule_gives_a_property_or_a_part_of_one() -> None:
    """The table of rules names no property that is not in the table of properties."""
    assert {row["property"] for row in tables.rows("header_rules") if not is_known(row["property"])} == PARTS


def test_no_phrase_of_one_language_has_two_meanings() -> None:
    """Within a language, a phrase stands once; folded spellings of it count as the same."""
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    twice = []
    for row in tables.rows("header_words"):
        for phrase in row["words"].split("|"):
            place = (row["language"], fold_words(phrase))
            if seen.setdefault(place, row["concepts"]) != row["concepts"]:
                twice.append((phrase, seen[place], row["concepts"]))
    assert twice == []


@given(st.text(max_size=120))
def test_no_header_raises(text: str) -> None:
    """Whatever stands in a header, its meaning is a known property, a part of one, or nothing."""
    found = meaning(text).says
    assert not found or found in PARTS or is_known(found)
