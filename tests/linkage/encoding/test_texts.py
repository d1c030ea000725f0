"""Texts that stay in Arrow: in every respect the same as the strings they hold."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.linkage.encoding.texts import Texts
from cenotaph.values.folding import as_lines

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)


@given(st.lists(_TEXT, max_size=12), st.integers(0, 4), st.sampled_from((pa.string(), pa.large_string())))
def test_they_are_the_sequence_of_their_strings(said: list[str], begin: int, kind: pa.DataType) -> None:
    """One by one, in a row, in part and as lines they say what a list of the same strings says."""
    texts = Texts(pa.array(said, kind))
    assert list(texts) == said == [texts[at] for at in range(len(texts))]
    assert texts == said
    assert list(texts[begin:]) == said[begin:]
    assert texts[begin:].lines() == as_lines(said[begin:])
    assert texts.blank().tolist() == [at for at, text in enumerate(said) if not text]


@given(st.lists(_TEXT, min_size=1, max_size=8), st.data())
def test_some_of_them_are_taken_in_any_order(said: list[str], data: st.DataObject) -> None:
    """Taking some leaves the others where they are."""
    places = data.draw(st.lists(st.integers(0, len(said) - 1), max_size=8))
    assert list(Texts(pa.array(said)).at(np.array(places, dtype=np.int64))) == [said[at] for at in places]


def test_what_is_missing_is_the_empty_text() -> None:
    """A null says nothing."""
    assert list(Texts(pa.array(["a", None], pa.string()))) == ["a", ""]


def test_a_place_outside_is_an_error_and_nothing_is_shown_in_a_log() -> None:
    """As with a list; and their representation holds no name."""
    texts = Texts(pa.array(["secret"]))
    with pytest.raises(IndexError):
        texts[1]
    assert "secret" not in repr(texts)
