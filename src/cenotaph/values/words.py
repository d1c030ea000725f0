"""Many texts at once: folded, cut into words, each distinct word once, on flat arrays of code points.

Invariant: everything here gives what the same work done text by text would give; only the cost is another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.values.folding import Codepoints, decode, encode, fold_points
from cenotaph.values.skeleton import key_lines
from cenotaph.values.tokens import words as kinds_of_words

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many texts: text t holds ``number[texts[t]:texts[t + 1]]``, numbers of distinct words.

    ``first`` and ``last`` bound each distinct word in ``points``; ``hashes`` is sorted; ``lines`` is the hash of each
    whole folded text, 0 for one that says nothing.
    """

    points: Codepoints
    texts: Longs
    number: Ints
    first: Longs
    last: Longs
    hashes: Hashes
    lines: Hashes

    @property
    def counts(self) -> Longs:
        """Return how many words each text has."""
        return np.diff(self.texts)

    @property
    def lengths(self) -> Longs:
        """Return how many letters each distinct word has."""
        return self.last - self.first

    def look_up(self, table: Mapping[str, int], default: int) -> Ints:
        """Return what a table of folded words says of each distinct word."""
        found = np.full(len(self.hashes), default, dtype=np.int32)
        if len(found) and table:
            asked = hashes(list(table))
            at = np.minimum(np.searchsorted(self.hashes, asked), len(found) - 1)
            hit = self.hashes[at] == asked
            found[at[hit]] = np.fromiter(table.values(), np.int32, len(table))[hit]
        return found


def hashes(texts: Sequence[str]) -> Hashes:
    """Return the hash of each text as it is."""
    from cenotaph.values import word_kernels  # late: numba loads slowly

    return np.asarray(word_kernels.hash_lines(encode("".join(f"{text}\n" for text in texts)), len(texts)))


def folded(texts: Sequence[str]) -> tuple[Hashes, Codepoints]:
    """Return the hash of each folded text, 0 for one that says nothing, and the folded texts as lines."""
    from cenotaph.values import word_kernels

    points = fold_points(texts)
    return np.asarray(word_kernels.hash_lines(points, len(texts))), points


def of_texts(texts: Sequence[str]) -> Words:
    """Fold many texts and cut them into words."""
    return of_lines(fold_points(texts))


def of_lines(points: Codepoints) -> Words:
    """Cut folded lines into words; every line ends with a line end."""
    from cenotaph.values import numbering, word_kernels

    lines, size = word_kernels.count_words(points)
    starts, first, last, found = word_kernels.split(points, lines, size)
    number, at = numbering.ranked(found)
    whole = np.asarray(word_kernels.hash_lines(points, lines))
    return Words(points, starts, number, first[at], last[at], found[at], whole)


def keys(found: Words) -> Codepoints:
    """Return the skeleton of each distinct word as a line of key letters."""
    from cenotaph.values import word_kernels

    return key_lines(word_kernels.write_lines(found.points, found.first, found.last))


def neighbour_keys(found: Words) -> tuple[Codepoints, Longs]:
    """Return the skeletons of every two neighbouring words written as one, and the text of each."""
    from cenotaph.values import word_kernels

    spans = (found.first[found.number], found.last[found.number])
    lines = word_kernels.write_neighbours(found.points, found.texts, *spans)
    return key_lines(lines), np.repeat(np.arange(len(found.counts)), np.maximum(found.counts - 1, 0))


def unknown_names(found: Words) -> Flags:
    """Tell for each text whether it names nobody, as `names.is_unknown_name` does."""
    kinds = kinds_of_words()
    says = found.look_up({word: kind == "unknown" for word, kind in kinds.items()}, 0).astype(bool)
    empty = {word: kind in ("unknown", "filler", "title", "link") for word, kind in kinds.items()}
    digits = _digits(found)
    names = ~found.look_up(empty, 0).astype(bool) & ~digits
    return ~_any(found, ~digits) | (_any(found, says & ~digits) & ~_any(found, names))


def _any(found: Words, flags: Flags) -> Flags:
    from cenotaph.values import word_kernels

    return np.asarray(word_kernels.any_of(found.texts, found.number, flags))


def any_word(found: Words, flags: Flags) -> Flags:
    """Tell for each text whether any of its words is flagged."""
    return _any(found, flags)


def _digits(found: Words) -> Flags:
    """Mark the distinct words that are digits only; folding leaves no digits but these ten."""
    bad = np.concatenate(([0], np.cumsum((found.points < ord("0")) | (found.points > ord("9")))))
    return np.asarray(bad[found.last] == bad[found.first])


def distinct_texts(found: Words) -> list[str]:
    """Return the distinct words."""
    from cenotaph.values import word_kernels

    return decode(word_kernels.write_lines(found.points, found.first, found.last)).split("\n")[:-1]


def texts_of(found: Words) -> list[str]:
    """Return the folded texts."""
    return decode(found.points).split("\n")[:-1]
