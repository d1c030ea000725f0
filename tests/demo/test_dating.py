"""Days as compilers write them: only what was heard is written."""

from __future__ import annotations

import pytest

from cenotaph.demo import dating
from cenotaph.demo.dice import Dice
from cenotaph.demo.hearsay import DAY, MONTH, SEASON, YEAR, When
from cenotaph.values import calendars

SEVENTH_OF_MORDAD = calendars.to_jdn("persian", 1371, 5, 7)


@pytest.mark.parametrize(
    ("precision", "persian", "english"),
    [
        (DAY, "۱۳۷۱/۰۵/۰۷", "29/07/1992"),
        (MONTH, "۱۳۷۱/۰۵", "July 1992"),
        (YEAR, "۱۳۷۱", "1992"),
    ],
)
def test_a_register_writes_what_it_knows(precision: str, persian: str, english: str) -> None:
    """A day, a month and a year are each written as such in both calendars."""
    when = When(SEVENTH_OF_MORDAD, precision)
    assert dating.in_persian_figures(when) == persian
    assert dating.in_english(when) == english


def test_what_nobody_said_is_written_nowhere() -> None:
    """An unknown day is an empty cell in every format."""
    dice = Dice(1)
    written = [dating.in_persian(None, dice), dating.in_persian_figures(None), dating.in_english(None)]
    assert [*written, dating.by_families(None, dice), dating.flattened(None)] == [""] * 5


def test_families_use_both_calendars() -> None:
    """One column of the families' file holds Solar Hijri and Gregorian days."""
    when = When(SEVENTH_OF_MORDAD)
    assert {dating.by_families(when, Dice(seed)) for seed in range(20)} == {"7 Mordad 1371", "1992-07-29"}


def test_a_season_is_named_in_its_calendar() -> None:
    """Mordad is a summer month."""
    when = When(SEVENTH_OF_MORDAD, SEASON)
    assert dating.in_persian(when, Dice(1)) == "تابستان ۱۳۷۱"
    assert dating.in_english(when) == "summer 1992"


def test_flattening_keeps_the_year_and_invents_the_rest() -> None:
    """A flattened day is the first of January of its year."""
    assert dating.flattened(When(SEVENTH_OF_MORDAD, YEAR)) == "1992-01-01"
