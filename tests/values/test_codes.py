"""Code words of nine languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import NotFound
from cenotaph.values import codes, tables


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("sex", "M", "male"),
        ("sex", "Boy", "male"),
        ("sex", "مرد", "male"),
        ("sex", "أنثى", "female"),
        ("sex", "ژن", "female"),
        ("sex", "Kvinne", "female"),
        ("sex", "Transgender", "other"),
        ("sex", "Non-conforming", "other"),
        ("sex", "Ma", None),
        ("sex", "", None),
        ("fate", "اعدام شده", "killed"),
        ("fate", "Desaparecido", "disappeared"),
        ("fate", "زنده", "alive"),
        ("answer", "بله", "yes"),
        ("answer", "0", "no"),
        ("answer", "NA", None),
        ("whereabouts", "گور جمعی", "concealed"),
    ],
)
def test_words(kind: str, raw: str, expected: str | None) -> None:
    """A word has the code the table gives it, and none that is guessed."""
    assert codes.code(kind, raw) == expected


def test_unknown_kind_is_refused() -> None:
    """Asking for a kind of code that is none is a mistake of the caller."""
    with pytest.raises(NotFound, match="code kind `colour` does not exist"):
        codes.code("colour", "red")


def test_no_word_has_two_codes() -> None:
    """No word of one kind stands for two codes."""
    seen: dict[tuple[str, str], str] = {}
    for row in tables.rows("codes"):
        for word in row["words"].split("|"):
            assert seen.setdefault((row["kind"], word.casefold()), row["code"]) == row["code"]


def test_codes_of_a_kind() -> None:
    """A kind lists its codes in the order of the table."""
    assert codes.codes("sex") == ("male", "female", "other")
    assert set(codes.kinds()) == {"sex", "fate", "whereabouts", "answer"}


@given(st.text())
def test_no_text_raises(text: str) -> None:
    """Any text has a code or none."""
    assert codes.code("sex", text) in {None, "male", "female", "other"}
