"""EDTF: what we write is read by us and by the reference implementation."""

from __future__ import annotations

import datetime as dt

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.values import calendars, edtf
from cenotaph.values.date_resolve import resolve
from cenotaph.values.date_years import Context, Trace
from cenotaph.values.dates import date

Ends = tuple[dt.date | None, dt.date | None]
TEXTS = [
    "1988",
    "August 1988",
    "summer 1988",
    "circa summer 1988",
    "Mordad 1367",
    "b. ~1340",
    "before September 1988",
    "after 19 July 1988",
    "about after 1988",
    "1980s",
    "c. 1980s",
    "1980s?",
    "28 July - 15 August 1988",
    "July–August 1988",
    "between 28 July and 15 August 1988",
    "1367 (1988)",
    "1408 AH",
    "winter 1988",
    "19XX",
    "perhaps 1988 or 1989",
    "since 1988",
    "../1988-09-01",
    "1988/..",
    "1988-33",
    "c. 1980s - 1990s",
    "summer 1988 - autumn 1988",
    "1988-08-03~",
]


def ends(text: str) -> Ends:
    """Return first and last day of an EDTF string."""
    statement = edtf.read(text)
    assert statement is not None
    found = resolve(statement.node, Context(calendar="gregory"), Trace())
    assert found is not None
    first, last = (calendars.day(each) if each is not None else None for each in (found.first, found.last))
    return first, last


@pytest.mark.parametrize("text", TEXTS)
def test_written_edtf_is_read_back(text: str) -> None:
    """What is written of any reading is read back to the same ends, and the reference implementation parses it."""
    found = date(text)
    assert found.edtf is not None
    assert ends(found.edtf) == (found.earliest, found.latest)
    assert parse_edtf(found.edtf) is not None


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["", "about ", "before ", "after ", "early ", "late ", "since ", "perhaps "]),
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(1280, 1410),
    st.sampled_from(["{y}", "{y}/{m}", "{y}/{m}/{d}", "{y}0s"]),
)
def test_solar_dates_round_trip(front: str, day: int, month: int, year: int, form: str) -> None:
    """Every Solar Hijri reading that has EDTF has EDTF that says the same days."""
    found = date(front + form.format(y=year, m=month, d=day), calendar="persian")
    if found.edtf:
        assert ends(found.edtf) == (found.earliest, found.latest)
        assert parse_edtf(found.edtf) is not None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1988-XX", "1988-01-01", "1988-12-31"),
        ("1988-08-uu", "1988-08-01", "1988-08-31"),
        ("[1988-07,1988-08]", "1988-07-01", "1988-08-31"),
        ("{1988..1990}", "1988-01-01", "1990-12-31"),
        ("1988-?08", "1988-08-01", "1988-08-31"),
        ("1988-40", "1988-01-01", "1988-06-30"),
    ],
)
def test_reads_levels_one_and_two(text: str, first: str, last: str) -> None:
    """Unspecified digits, sets, qualifiers inside and half-years are read."""
    assert tuple(str(each) for each in ends(text)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "1988-13", "1988-08-32", "88", "1988/1989/1990", "[]", "../..", "1988-22-03", "Y170000002"]
)
def test_what_is_no_edtf_is_none(text: str) -> None:
    """What the standard, or this reader, does not hold is not read."""
    assert edtf.read(text) is None


def test_nothing_is_written_of_nothing() -> None:
    """An interval open at both ends has no EDTF."""
    assert edtf.write(edtf.Written(earliest=None, latest=None)) is None
