"""What an agreement tells."""

from __future__ import annotations

import numpy as np

from cenotaph.linkage.encoding.information import of_names


def told(words: list[list[int]], word_bits: list[float]) -> list[float]:
    """Return the bits of names given as lists of word numbers."""
    offsets = np.cumsum([0, *map(len, words)]).astype(np.int64)
    flat = np.array([word for name in words for word in name], dtype=np.int32)
    whole = np.full(len(words), 12.0, dtype=np.float32)
    return of_names(offsets, flat, np.array(word_bits, dtype=np.float32), whole).tolist()


def test_a_name_of_one_word_tells_all_that_its_word_tells() -> None:
    """A surname in a column of its own has no other part to depend on, so nothing of its bits is taken away."""
    assert told([[0], [1]], [5.0, 7.5]) == [5.0, 7.5]


def test_words_of_one_name_together_tell_less_than_their_sum() -> None:
    """Parts of one name go together, so two words tell less than twice what each tells, and more than one."""
    (both,) = told([[0, 1]], [5.0, 7.5])
    assert 7.5 < both < 12.5
