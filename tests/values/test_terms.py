"""The length of a sentence as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values import TermKind, term


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ("10 years", 120, 120),
        ("ten years in prison", 120, 120),
        ("۵ سال و ۶ ماه", 66, 66),
        ("ده سال حبس", 120, 120),
        ("8-10 years", 96, 120),
        ("۲ تا ۳ سال", 24, 36),
        ("18 months", 18, 18),
    ],
)
def test_lengths_are_read_in_two_languages(raw: str, low: int, high: int) -> None:
    """Numbers, number words, parts and ranges become months, both ends of a range kept."""
    found = term(raw)
    assert (found.kind, found.low, found.high) == (TermKind.FIXED, low, high)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("life imprisonment", TermKind.LIFE),
        ("حبس ابد", TermKind.LIFE),
        ("اعدام", TermKind.DEATH),
        ("death sentence", TermKind.DEATH),
    ],
)
def test_life_and_death_are_no_lengths(raw: str, kind: TermKind) -> None:
    """A life term and a death sentence are told apart from any number of months."""
    assert term(raw) == type(term(raw))(raw=raw, kind=kind)


@pytest.mark.parametrize("raw", ["", "10", "years", "long", "10 years suspended", "10-8 years", "0 years", "نامعلوم"])
def test_nothing_is_guessed(raw: str) -> None:
    """A number without a unit, a range the wrong way round and unknown words give no length."""
    assert term(raw).kind is TermKind.UNREAD


@given(st.integers(1, 40), st.integers(1, 11))
def test_years_and_months_add_up(years: int, months: int) -> None:
    """Years and months in words of either language give the same number of months."""
    assert term(f"{years} years and {months} months").low == 12 * years + months
    assert term(f"{years} سال و {months} ماه").low == 12 * years + months
