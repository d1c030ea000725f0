"""Words for acts, their kinds and their means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import NotFound
from cenotaph.values import properties, vocabularies
from cenotaph.values.codes import plain

ALL = [each for name in vocabularies.vocabularies() for each in vocabularies.entries(name)]


@pytest.mark.parametrize(
    ("raw", "under_killing"),
    [("executed", True), ("تیرباران", True), ("Firing squad", True), ("shot", False), ("hanged", False), ("?", False)],
)
def test_only_words_of_a_killing_are_under_killing(raw: str, *, under_killing: bool) -> None:
    """An execution is under killing in both languages; a means of death and a word nobody knows are not."""
    assert vocabularies.is_under("manner", raw, "killing") is under_killing


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("killing", "firing squad", True),
        ("shooting", "execution", True),
        ("shooting", "suicide", True),
        ("gallows", "firing squad", False),
        ("execution", "suicide", False),
        ("shooting", "stabbing", False),
        ("illness", "killing", False),
    ],
)
def test_terms_agree_when_both_can_be_true(one: str, other: str, *, expected: bool) -> None:
    """A wider term and a narrower one agree, and so do a manner and a means; two manners or two means do not."""
    assert vocabularies.agree("manner", one, other) is expected
    assert vocabularies.agree("manner", other, one) is expected


def test_a_word_in_no_vocabulary_contradicts_nothing_it_cannot_be_compared_with() -> None:
    """What no vocabulary knows agrees with itself alone."""
    assert vocabularies.agree("manner", "xyz", "xyz")
    assert not vocabularies.agree("manner", "xyz", "execution")


def test_no_word_stands_for_two_terms() -> None:
    """Within one vocabulary a word has one term only."""
    for name in vocabularies.vocabularies():
        seen: dict[str, str] = {}
        for each in vocabularies.entries(name):
            for word in each.words:
                assert seen.setdefault(plain(word), each.code) == each.code


def test_every_term_is_labelled_and_hangs_under_a_term_of_its_own_vocabulary() -> None:
    """Every term has an English and a Persian label, and its broader term exists."""
    for each in ALL:
        assert each.label("en"), each.code
        assert each.labels["fa"] == each.label("fa") != each.label("en")
        assert not each.broader or each.broader in {other.code for other in vocabularies.entries(each.vocabulary)}


def test_a_label_is_english_where_the_language_has_none() -> None:
    """A term has no Norwegian label, so the English one stands."""
    assert vocabularies.entries("manner")[0].label("no") == "killing"


def test_properties_name_vocabularies_that_exist() -> None:
    """Every vocabulary that a property takes its words from is in the table."""
    named = {each.vocabulary for each in properties.PROPERTIES.values()} - {""}
    assert named
    assert named <= set(vocabularies.vocabularies())


def test_an_unknown_vocabulary_is_refused() -> None:
    """Asking for a vocabulary that is none is a mistake of the caller."""
    with pytest.raises(NotFound, match="vocabulary `colours` does not exist; there are act, manner"):
        vocabularies.entries("colours")


@given(st.text())
def test_no_text_raises(raw: str) -> None:
    """Any text stands for a term or for none."""
    found = vocabularies.entry("manner", raw)
    assert found is None or found in vocabularies.entries("manner")
