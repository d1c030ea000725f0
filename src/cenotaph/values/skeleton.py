"""Consonant skeletons: the part of a name that every alphabet writes, as a key for finding it again.

Invariant: a skeleton is made of capital ASCII letters only, is the same for one name in Arabic and in Latin letters
nine times of ten, and decides nothing: vowels and costs do that (`alignment`, `names`). The table is `skeleton.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

import numpy as np

from cenotaph.values.folding import Codepoints, decode, encode, fold
from cenotaph.values.tables import rows

_GRAM_SIZES = (2, 3)
_FEW = 500  # texts; below, loading numba costs more than it saves
_SILENT = "hه"  # at the end of a word


@cache
def _digraphs() -> tuple[tuple[str, str], ...]:
    found = [(row["letters"], row["key"]) for row in rows("skeleton") if len(row["letters"]) > 1]
    return tuple(sorted(found, key=lambda row: (-len(row[0]), row[0])))


class _Keys(dict[int, str]):
    """The key of each code point; vowels and the letters of no known alphabet have none."""

    def __missing__(self, point: int) -> str:
        return ""


@cache
def _keys() -> _Keys:
    single = {ord(row["letters"]): row["key"] for row in rows("skeleton") if len(row["letters"]) == 1}
    return _Keys(single | {point: chr(point) for point in range(ord("A"), ord("Z") + 1)})


@lru_cache(maxsize=1 << 18)
def word_key(word: str) -> str:
    """Key one folded word: digraphs first, then letters; vowels and a final h are dropped, doubles said once."""
    text = word[:-1] if word[-1] in _SILENT and len(word) > 2 else word
    for letters, key in _digraphs():
        if letters in text:
            text = text.replace(letters, key)
    return "".join(key for key, _ in groupby(text.translate(_keys())))


@cache
def _key_points() -> Codepoints:
    """Return the key of each code point as an array, 0 for none."""
    found = np.zeros(max(_keys()) + 1, dtype=np.uint32)
    for point, key in _keys().items():
        found[point] = ord(key) if key else 0
    return found


def key_lines(lines: Codepoints) -> Codepoints:
    """Key many folded words, each a line of code points, as `word_key` keys one."""
    from cenotaph.values import word_kernels  # late: numba loads slowly

    silent = np.array([ord(letter) for letter in _SILENT], dtype=np.uint32)
    text = decode(word_kernels.without_final_h(lines, silent))
    for letters, key in _digraphs():
        text = text.replace(letters, key)
    found: Codepoints = word_kernels.keyed(encode(text), _key_points())
    return found


def _skeleton(folded: str) -> str:
    return "".join(map(word_key, folded.split(" "))) if folded else ""


def skeletons(text: str) -> tuple[str, ...]:
    """Return the skeleton of each word of a name; a word of vowels only has an empty one."""
    return tuple(map(word_key, fold(text).split()))


def skeleton(text: str) -> str:
    """Return the consonants of a name in one alphabet-free key, empty when it has none.

    Examples
    --------
    >>> skeleton("محمدرضا حسینی") == skeleton("Mohammad Reza Hoseyni")
    True
    """
    return _skeleton(fold(text))


def skeleton_all(texts: Sequence[str]) -> list[str]:
    """Fold and key many names at once."""
    from cenotaph.values import words  # late: words are keyed here

    if len(texts) < _FEW:
        return [_skeleton(fold(text)) for text in texts]
    found = words.of_texts(texts)
    said = decode(words.keys(found)).split("\n")
    bounds, numbers = found.texts.tolist(), found.number.tolist()
    return ["".join([said[word] for word in numbers[first:last]]) for first, last in pairwise(bounds)]


def search_keys(text: str) -> tuple[str, ...]:
    """Return the keys to index and to look up a name by: runs of two and three letters of its skeleton, each once.

    A name whose skeleton is shorter than two letters has that skeleton as its only key, a name of vowels its folded
    text; a text without letters has no key and so finds nothing.
    """
    folded = fold(text)
    bones = _skeleton(folded)
    if len(bones) < min(_GRAM_SIZES):
        return (bones or folded,) if folded else ()
    grams = (bones[at : at + size] for size in _GRAM_SIZES for at in range(len(bones) - size + 1))
    return tuple(dict.fromkeys(grams))
