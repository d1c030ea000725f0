"""Ages as lists write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values.ages import Age, age, birth_interval
from cenotaph.values.dates import date
from cenotaph.values.partial_date import PartialDate


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("25", 25, 25),
        ("20.0", 20, 20),
        ("25 years old", 25, 25),
        ("۲۵ ساله", 25, 25),
        ("٢٥ سنة", 25, 25),
        ("٢٥ ساڵ", 25, 25),
        ("25 ans", 25, 25),
        ("25 Jahre", 25, 25),
        ("25 år", 25, 25),
        ("25 años", 25, 25),
        ("aged 25", 25, 25),
        ("[20,25)", 20, 24),
        ("[85,Inf)", 85, None),
        ("(20,25]", 21, 25),
        ("15/16", 15, 16),
        ("20-25", 20, 25),
        ("۲۰ تا ۲۵ ساله", 20, 25),
        ("16 or 17", 16, 17),
        ("60+", 60, None),
        ("over 60", 60, None),
        ("under 18", 0, 17),
        ("late 30s", 37, 39),
        ("in his twenties", 20, 29),
        ("teenager", 13, 19),
        ("6 months", 0, 0),
        ("۱۸ ماهه", 1, 1),
        ("10 days", 0, 0),
        ("2 years and 6 months", 2, 2),
        ("infant", 0, 1),
        ("نوجوان", 10, 19),
    ],
)
def test_reads(text: str, low: int | None, high: int | None) -> None:
    """Numbers, bands, decades, small children and words of nine languages are completed years, low to high."""
    found = age(text)
    assert (found.low, found.high, found.flags) == (low, high, ())


@pytest.mark.parametrize(
    ("text", "low", "high"), [("About 40", 38, 42), ("~20", 19, 21), ("حدود ۴۰ سال", 38, 42), ("60?", 57, 63)]
)
def test_about_is_wider_and_says_so(text: str, low: int, high: int) -> None:
    """An approximate age is a band, flagged."""
    found = age(text)
    assert (found.low, found.high, found.flags) == (low, high, ("approximate",))


@pytest.mark.parametrize("text", ["", "Unknown", "unkn own", "NA", "Missing", "نامعلوم", "؟", "--", "inconnu"])
def test_unknown_is_said(text: str) -> None:
    """A text that says the age is not known is no reading error."""
    assert age(text).flags == ("unknown",)


@pytest.mark.parametrize(
    ("text", "flag"), [("abc", "unreadable"), ("-5", "unreadable"), ("200", "implausible"), ("30-20", "unreadable")]
)
def test_nonsense_gives_no_number(text: str, flag: str) -> None:
    """What is no age gives no number and says why."""
    found = age(text)
    assert (found.low, found.high, found.flags) == (None, None, (flag,))


def test_birth_year_is_caught() -> None:
    """A year of birth in an age column is never taken for an age."""
    assert age("1966") == Age(raw="1966", flags=("birth-year",), birth_year=1966)
    assert age("۱۳۴۰").birth_year == 1961


def test_birth_year_with_event_year_gives_an_age() -> None:
    """With the year of the event the age follows, one year either way, in the calendars of both."""
    assert (age("1966", year=1988).low, age("1966", year=1988).high) == (21, 22)
    assert (age("1340", year=1367).low, age("1340", year=1367).high) == (26, 27)
    assert age("1990", year=1988).flags == ("birth-year", "implausible")


@pytest.mark.parametrize("text", ["born 1961", "b. 1961", "متولد ۱۳۴۰", "متولد سال ۱۳۴۰", "né en 1961", "født 1961"])
def test_a_year_of_birth_in_words_is_caught(text: str) -> None:
    """An age column that says *born 1961* gives the year of birth; *born 40* is no age of forty."""
    assert (age(text).birth_year, age(text).flags) == (1961, ("birth-year",))
    assert age("متولد ۴۰").flags == ("unreadable",)


def test_an_age_at_arrest_and_an_age_at_death_are_one_birth() -> None:
    """Ages stated for two events, a year off, share an interval of birth; seven years off they share none."""
    arrest, death = date("1981-06-20"), date("1988-07-29")
    first, last = birth_interval(age("20"), arrest)
    for said, agrees in (("27", True), ("28", True), ("35", False)):
        low, high = birth_interval(age(said), death)
        assert None not in {first, last, low, high}
        assert (max(first, low) <= min(last, high)) is agrees  # type: ignore[type-var]


def test_birth_interval() -> None:
    """Somebody of 22 on 29 July 1988 was born between mid-1965 and mid-1966, a year wider each way."""
    first, last = birth_interval(age("22"), date("1988-07-29"))
    assert (first, last) == (dt.date(1964, 7, 30), dt.date(1967, 7, 29))


def test_birth_interval_keeps_open_ends_open() -> None:
    """An end that follows from nothing stated stays None."""
    assert birth_interval(age("60+"), date("1988")) == (None, dt.date(1929, 12, 31))
    assert birth_interval(age("22"), PartialDate(raw="")) == (None, None)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    """Any text gives an age whose low is not above its high."""
    found = age(text)
    assert found.low is None or found.high is None or found.low <= found.high


@given(st.from_regex(r"[\[(~<>]?\d{1,4}[-/,.+ ]?\d{0,4}[)\]]?( (years|months|ساله))?", fullmatch=True))
def test_numbers_in_any_dress(text: str) -> None:
    """Whatever stands around numbers, an age is between 0 and 120 or absent."""
    found = age(text, year=1988)
    assert all(each is None or 0 <= each <= 120 for each in (found.low, found.high))
