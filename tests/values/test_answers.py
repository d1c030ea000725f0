"""Names that say nothing, or say far too much, are answered sensibly."""

from __future__ import annotations

import pytest

from cenotaph.values import compare, date

LONG = "Namdar" * 1700


@pytest.mark.parametrize("text", ["", " ", "😀", "؟؟", "-", "unknown", "نامعلوم", "Dr", "\u200f\u200e"])
def test_a_name_that_says_nothing_is_evidence_of_nothing(text: str) -> None:
    """Empty, emoji, marks, titles alone: no likeness, no weight for or against, and the words say so."""
    found = compare(text, "علی نامدار")
    assert (found.score, found.weight, found.alignment) == (0, 0, "nothing to compare")
    assert compare(text, text).weight == 0


def test_two_names_that_differ_speak_against_each_other() -> None:
    """Weight is only withheld where there is nothing to compare."""
    assert compare("علی نامدار", "حسن رستمی").weight < -1


def test_ten_thousand_letters_are_answered() -> None:
    """A name of ten thousand letters is like itself, unlike another, and its explanation stays readable."""
    assert compare(LONG, LONG).score == 1
    assert compare(LONG, "علی").score < 0.3
    assert len(compare(LONG, LONG).alignment) < 1000
    assert date(LONG).flags == ("unreadable",)
    assert date("1" * 10_000).flags == ("unreadable",)


def test_mixed_directions_are_one_name() -> None:
    """Both scripts in one text, with marks of direction in between, are aligned word by word."""
    assert compare("\u202bعلی\u202c Namdar", "Ali \u2067نامدار\u2069").score > 0.95
    assert str(date("\u200f۷ Mordad ۱۳۶۷\u200e").earliest) == "1988-07-29"
