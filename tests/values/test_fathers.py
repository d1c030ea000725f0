"""Fathers' names: what leads to them, what follows them, and a given name beside a full one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.values.fathers import MENTION, compare_fathers, father, father_similarity, prepare_fathers

WORDS = ("علی", "فرزند", "بن", "Ali", "son of", "Reza", "نامدار", "مرحوم", "Namdar", "Karim", "😀")
mentions = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))


@pytest.mark.parametrize(
    "text",
    ["فرزند علی", "پسرِ علی", "بن علی", "ولد علي", "نام پدر: علی", "مرحوم علی", "فرزند مرحوم علی", "کوڕی علی"],
)
def test_words_for_son_of_are_no_name(text: str) -> None:
    """Filiation in Persian, Arabic and Kurdish leaves the name; so does *the late*."""
    assert father(text).name == "علی"
    assert compare_fathers(text, "Ali").score == 1


@pytest.mark.parametrize("text", ["s/o Karim", "Son of Karim", "d/o Karim", "bin Karim", "fils de Karim"])
def test_words_for_son_of_in_latin_letters(text: str) -> None:
    """The same in English, French, and Arabic written in Latin letters."""
    assert father(text).name == "karim"


def test_the_words_stay_where_nothing_else_was_written() -> None:
    """A text of nothing but such a word keeps it: nothing is made empty."""
    assert father("ولد").name == "ولد"


def test_a_grandfather_is_not_part_of_the_name() -> None:
    """Ali bin Hossein bin Karim: the father is Ali, the rest stands apart."""
    found = father("فرزند علی بن حسین بن کریم")
    assert (found.name, found.grandfather) == ("علی", "حسین بن کریم")


@pytest.mark.parametrize(
    ("text", "given_name"),
    [
        ("Ali Namdar", "ali"), ("علی رضا نامدار", "علی رضا"), ("Mohammad Reza Namdar", "mohammad reza"),
        ("Abd al-Rahman Namdar", "abd al rahman"), ("حاج علی نامدار", "حاج علی"), ("Karim", "karim"),
    ],
)  # fmt: skip
def test_the_given_name_of_a_full_name(text: str, given_name: str) -> None:
    """Given names of two words and of *servant of* stay whole; titles stay with them."""
    assert father(text).given == given_name


@pytest.mark.parametrize(
    ("a", "b"), [("Ali", "علی نامدار"), ("فرزند کریم", "Karim Namdar"), ("محمدرضا", "Mohammadreza Namdar")]
)
def test_a_given_name_answers_a_full_one_and_says_so(a: str, b: str) -> None:
    """A given name against the full name scores as a mention, never as the same name, and the words say why."""
    found = compare_fathers(a, b)
    assert found.score == pytest.approx(MENTION, abs=0.05)
    assert found.score < 1
    assert "given name against full name" in found.words


def test_different_fathers_stay_different() -> None:
    """Another given name, and another surname behind the same given name, are no match."""
    assert compare_fathers("s/o Hassan", "حسین").score < 0.3
    assert compare_fathers("Ali Namdar", "Ali Rostami").score < 0.6


@pytest.mark.parametrize("text", ["", "-", "نامعلوم", "unknown", "😀"])
def test_nobody_matches_nobody(text: str) -> None:
    """An unknown father is like no father, not even like himself."""
    assert compare_fathers(text, text).score == 0
    assert compare_fathers(text, "Ali").words == "nothing to compare"


@settings(deadline=None)
@given(mentions, mentions)
def test_comparing_is_symmetric_and_never_raises(a: str, b: str) -> None:
    """Whatever was written, both orders give one score between 0 and 1 and some words."""
    there, back = compare_fathers(a, b), compare_fathers(b, a)
    assert there.score == pytest.approx(back.score, abs=1e-6)
    assert 0 <= there.score <= 1
    assert there.words


@settings(deadline=None)
@given(st.lists(mentions, min_size=2, max_size=6))
def test_many_at_once_is_as_one_by_one(texts: list[str]) -> None:
    """The vectorised form gives each pair the score it has alone."""
    table = prepare_fathers(texts)
    left, right = list(range(len(texts) - 1)), list(range(1, len(texts)))
    alone = [compare_fathers(a, b).score for a, b in pairwise(texts)]
    assert father_similarity(table, left, right).tolist() == pytest.approx(alone, abs=1e-6)
