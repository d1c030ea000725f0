"""Words of two names beside each other: every word once, with the reason it is there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.values.facing import Answer, face
from cenotaph.values.tokens import parse

WORDS = ("Ali", "علی", "Dr.", "Kazemi", "کاظمی", "A.", "Jr.", "(Bob)", "Robert", "de", "la", "Cruz", "محمدرضا", "Mohammad", "Reza", "al-Husayni")  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "row"),
    [
        ("Ali Namdar", "Ali Namdar", ("ali", "ali", Answer.SAME)),
        ("Tahvildar", "Tahvīldār", ("tahvildar", "tahvildar", Answer.SAME)),
        ("علی کاظمی", "Ali Kazemi", ("علی", "ali", Answer.KNOWN)),
        ("Orvan Fairweather", "Orvan Fairwether", ("fairweather", "fairwether", Answer.CONSONANTS)),
        ("محمدرضا حسینی", "Mohammad Reza Hoseyni", ("محمدرضا", "mohammadreza", Answer.JOINED)),
        ("A. Namdar", "Ali Namdar", ("a", "ali", Answer.INITIAL)),
        ("Bob Fairweather", "Robert Fairweather", ("bob", "robert", Answer.SHORT)),
        ("Orvan Delkar", "Orvan Delkan", ("delkar", "delkan", Answer.LETTERS)),
        ("Dr. Ali Namdar", "Ali Namdar", ("dr", "", Answer.TITLE)),
        ("Ali Namdar Jr.", "Ali Namdar", ("jr", "", Answer.SUFFIX)),
        ("Ali Namdar (Sepehr)", "Ali Namdar", ("sepehr", "", Answer.ALIAS)),
        ("Ali Namdar", "Ali", ("namdar", "", Answer.ALONE)),
        ("Hasan Moradi", "Hussein Moradi", ("hasan", "", Answer.OTHER_NAME)),
    ],
)
def test_each_reason_is_told(a: str, b: str, row: tuple[str, str, Answer]) -> None:
    """A pair of names made for one reason has a row with it, from either side."""
    assert row in [(each.left, each.right, each.answer) for each in face(a, b)]
    assert (row[1], row[0]) in [(each.left, each.right) for each in face(b, a)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=5), st.lists(st.sampled_from(WORDS), max_size=5))
def test_every_word_stands_somewhere(one: list[str], other: list[str]) -> None:
    """No word of either name is lost, and what is left over faces nothing."""
    a, b = " ".join(one), " ".join(other)
    rows = face(a, b)
    for text, side in ((a, "left"), (b, "right")):
        said = " ".join(getattr(each, side) for each in rows)
        assert all(token.text in said for token in parse(text).tokens)
    assert all((each.left and each.right) or each.likeness == 0.0 for each in rows)
    assert all(0.0 <= each.likeness <= 1.0 for each in rows)
