"""Many texts at once give what each gives by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values import letter_table, name_table, tokens, words
from cenotaph.values.folding import decode, fold
from cenotaph.values.skeleton import word_key
from cenotaph.values.tokens import is_unknown_name

LETTERS = st.sampled_from("abhkstcz 'ßآحهغشژیи1٣.-,(\n")
TEXTS = st.lists(st.one_of(st.text(LETTERS, max_size=12), st.sampled_from(["Name withheld", "unknown 3", "Al-Sayyid"])))


@given(TEXTS)
def test_texts_are_folded_as_one_by_one(texts: list[str]) -> None:
    """Folding in bulk gives `fold` of each text, and its words are the words of that."""
    found = words.of_texts(texts)
    assert words.texts_of(found) == [fold(text) for text in texts]
    assert found.counts.tolist() == [len(fold(text).split()) for text in texts]
    assert np.array_equal(found.lines == 0, np.array([not fold(text) for text in texts], dtype=bool))


@given(TEXTS)
def test_words_are_keyed_as_one_by_one(texts: list[str]) -> None:
    """Skeletons of words, and of neighbouring words written as one, are those of `word_key`."""
    found = words.of_texts(texts)
    said = [decode(found.points[a:b]) for a, b in zip(found.first, found.last, strict=True)]
    assert decode(words.keys(found)).split("\n")[:-1] == [word_key(word) for word in said]
    lines, texts_of = words.neighbour_keys(found)
    pairs = [(at, one + two) for at, text in enumerate(texts) for one, two in pairwise(fold(text).split())]
    assert decode(lines).split("\n")[:-1] == [word_key(both) for _, both in pairs]
    assert texts_of.tolist() == [at for at, _ in pairs]


@given(TEXTS)
def test_unknown_names_are_those_of_one_by_one(texts: list[str]) -> None:
    """A name that names nobody is known in bulk as by itself."""
    assert words.unknown_names(words.of_texts(texts)).tolist() == [is_unknown_name(text) for text in texts]


@given(st.text(st.sampled_from("abhkstcz'ßآحهغشژیи1"), min_size=1, max_size=9))
def test_words_are_spelt_in_the_units_of_the_letter_table(word: str) -> None:
    """A compiled table finds for every letter the units that the letter table finds."""
    if len(fold(word)) < 2 or fold(word) in tokens.words():  # an initial, or a word that is no name
        return
    table = name_table.prepare([word])
    assert table.units.tolist() == letter_table.letter_table().units(fold(word))


@given(st.lists(st.text(st.sampled_from("abhmrkstcz 'حهغژی"), max_size=12), min_size=2, max_size=8))
def test_names_that_are_unlike_at_first_sight_score_nothing(texts: list[str]) -> None:
    """Wherever consonants alone tell two names apart, their similarity is 0."""
    table = name_table.prepare([*texts, "Bob", "Robert", "J. Smith", "Ali Reza", "Alireza"])
    left, right = np.triu_indices(len(table.names))
    alike = name_table.may_be_alike(table, left, right)
    assert not name_table.similarity(table, left[~alike], right[~alike]).any()
