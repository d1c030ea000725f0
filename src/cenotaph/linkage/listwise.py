"""How common a word of a name is among the records of two lists, in its script, against the whole collection.

Agreement on a word tells minus log2 of its share among those with whom the two records could be confused: the people
of their two lists. Which share of a word's bearers stand on two lists has a Dirichlet prior around the share of all
names that stand there, worth `Counts.weight` bearers; the weight is learnt from how much the lists differ. The
derivation is in ``docs/methods/linkage.md``.

Invariant: symmetric in the two lists; nothing depends on the order of lists or records. Two lists that are the whole
collection, and lists that were not there when it was counted, change nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encode import MISSING, Ints, Longs
from cenotaph.linkage.information import together
from cenotaph.values import word_kernels, words
from cenotaph.values.words import Words

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
PAIR = 2  # records that are compared: their own holding of a word is no evidence that others hold it
PRIOR_NAMES = 500.0  # names that what a word's sound tells is worth against what its script tells
LEAST_WEIGHT = 10.0  # bearers; lists that share no name at all are still not believed to be quite apart
_FEWEST = 8  # bearers; a word of fewer is not looked up by list
_TEACHING = 20  # bearers; of rarer words one person on two lists would look like a custom of these lists
_MATERIAL = 0.25  # bits by which a word must tell more or less in some list to be looked up
_EDGES = (0x370, 0x400, 0x530, 0x590, 0x600, 0x780, 0x1100, 0x1E00, 0x1F00, 0x2E80)  # code points between scripts


@dataclass(frozen=True, slots=True)
class Counts:
    """The words whose share differs from list to list, as one collection taught them.

    Attributes
    ----------
    words : ndarray of uint64, shape (words,)
        Their hashes, sorted.
    starts, lists, bearers
        Word w stands ``bearers[n]`` times in list ``lists[n]``, for n from ``starts[w]`` to ``starts[w + 1]``.
    script : ndarray of int32, shape (words,)
        The script of each.
    held : ndarray of int64, shape (lists, scripts)
        How many names of a script stand on each list.
    weight : float
        Bearers that the prior is worth.
    names : tuple of str
        The names of the lists.
    """

    words: Hashes
    starts: Longs
    lists: Ints
    bearers: Ints
    script: Ints
    held: Longs
    weight: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listwise:
    """The same for the names of one column."""

    counts: Counts
    lists: Ints  # by record: the number of its list among those that were counted, -1 for a later one
    row: Ints  # by distinct word: its place among the counted ones, -1 where it has none
    scale: Doubles  # by name: how much its words tell together, 0 where none of them is counted
    texts: Longs
    number: Ints

    def of_records(self, lists: Ints) -> Listwise:
        """Return the same for other records of the same names."""
        return replace(self, lists=lists)

    def more(self, names: Ints, left: Ints, right: Ints) -> Doubles:
        """Return the bits that the words of names tell in two lists beyond what they tell in the collection.

        Parameters
        ----------
        names
            Numbers of names, -1 for none.
        left, right
            The two records of each pair.
        """
        own = self.counts
        told = (own.starts, own.lists, own.bearers, own.script, own.held, own.held.sum(axis=0), own.weight)
        spelt = (self.scale, self.texts, self.number, self.row)
        return np.asarray(_more(names, self.lists[left], self.lists[right], spelt, told), dtype=np.float64)


def scripts_of(found: Words) -> Ints:
    """Return the script of each distinct word, by its first letter."""
    first = found.points[found.first] if len(found.first) else np.empty(0, np.uint32)
    return np.searchsorted(np.array(_EDGES), first, side="right").astype(np.int32)


def held_by(found: Words, held: Longs) -> tuple[Longs, Longs]:
    """Return how often each distinct word is held, and how many names each script has, by their first word."""
    said = np.bincount(found.number, weights=np.repeat(held, found.counts), minlength=len(found.hashes))
    first = _first_words(found)
    script = scripts_of(found)[first[first >= 0]]
    names = np.bincount(script, weights=held[first >= 0], minlength=len(_EDGES) + 1)
    return said.astype(np.int64), names.astype(np.int64)


def _first_words(found: Words) -> Ints:
    """Return the first word of each name, -1 where it has none."""
    number = np.append(found.number, np.int32(MISSING))
    first: Ints = np.where(found.counts > 0, number[found.texts[:-1]], MISSING).astype(np.int32)
    return first


def most_bits(found: Words, held: Longs) -> Floats | None:
    """Return the bits that each distinct word may tell at most, so that a script that few use makes no name rare.

    The share of a spelling among the names of its own script is drawn towards how often its consonants are heard in
    any script, times the share of this spelling among those of its script.

    Returns
    -------
    ndarray of float32, shape (words,), or None where all names are in one script.
    """
    said, names = held_by(found, held)
    if np.count_nonzero(names) < 2:
        return None
    script = scripts_of(found)
    lines = words.keys(found)
    sounds, key = np.unique(word_kernels.hash_lines(lines, len(said)), return_inverse=True)
    silent = word_kernels.key_sets(lines, len(said))[1] == 0
    everywhere = np.bincount(key, weights=said, minlength=len(sounds))[key]
    joint = key.astype(np.int64) * len(names) + script
    written = np.bincount(joint, weights=said, minlength=len(sounds) * len(names))[joint]
    heard = said * np.where(silent, 1.0, everywhere / np.maximum(1, written)) / max(1, int(held.sum()))
    share = (np.maximum(0, said - PAIR) + PRIOR_NAMES * heard) / (names[script] + PRIOR_NAMES)
    most: Floats = -np.log2(np.clip(share, 2.0**-60, 1.0)).astype(np.float32)
    return most


def counted(found: Words, codes: Ints, lists: Ints, names: Sequence[str]) -> Counts | None:
    """Count words by list, and learn how much lists differ.

    Parameters
    ----------
    found
        The words of each distinct name.
    codes
        The names of each record, shape (records, slots), -1 for none.
    lists
        The number of the list of each record.
    names
        The names of the lists.

    Returns
    -------
    Counts, or None where no word's share differs materially from list to list.
    """
    by_name = _by_name(codes, lists, len(names))
    whole = np.bincount(by_name[0], weights=by_name[2], minlength=len(found.counts)).astype(np.int64)
    said, _ = held_by(found, whole)
    held, script = _names_by_list(found, by_name, len(names)), scripts_of(found)
    share = held / np.maximum(1, held.sum(axis=0))
    frequent = (said >= _FEWEST) & (held.sum(axis=0)[script] > 0)
    word, where, bearers = _by_word(found, frequent, by_name, len(names))
    listed = share[where, script[word]] > 0.0  # a second word in another script may stand where no name begins in it
    word, where, bearers = word[listed], where[listed], bearers[listed]
    by_word = word, bearers, share[where, script[word]]
    weight = _weight(by_word, said, (share**2).sum(axis=0)[script])
    if math.isinf(weight):
        return None
    rows = np.flatnonzero(_material(by_word, said, (share > 0.0).sum(axis=0)[script], weight))
    if not len(rows):
        return None
    starts, kept = _rows(word, rows)
    return Counts(
        found.hashes[rows], starts, where[kept].astype(np.int32), bearers[kept].astype(np.int32), script[rows], held,
        weight, tuple(names),
    )  # fmt: skip


def _rows(word: Longs, rows: Longs) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """Return where chosen words start among the kept entries, and which entries of sorted words are kept."""
    kept = np.isin(word, rows)
    ends = np.searchsorted(word[kept], rows, side="right")
    return np.concatenate(([0], ends)).astype(np.int64), kept


def _by_name(codes: Ints, lists: Ints, size: int) -> tuple[Longs, Longs, Longs]:
    """Return names with the lists they stand on, and how often."""
    joint = codes.astype(np.int64) * size + lists[:, None]
    found, held = np.unique(joint[codes >= 0], return_counts=True)
    name, place = np.divmod(found, size)
    return name, place, held.astype(np.int64)


def _names_by_list(found: Words, by_name: tuple[Longs, Longs, Longs], size: int) -> Longs:
    """Return how many names of each script stand on each list."""
    name, place, held = by_name
    first = _first_words(found)[name]
    said, scripts = first >= 0, len(_EDGES) + 1
    joint = place[said] * scripts + scripts_of(found)[first[said]]
    counts = np.bincount(joint, weights=held[said], minlength=size * scripts)
    return counts.reshape(size, scripts).astype(np.int64)


def _by_word(
    found: Words, which: npt.NDArray[np.bool_], by_name: tuple[Longs, Longs, Longs], size: int
) -> tuple[Longs, Longs, Longs]:
    """Return some words with the lists they stand on, and how often, sorted; other words are never put in a row."""
    joint, bearers = _spread(found.texts, found.number, which, by_name, size)
    pairs, at = np.unique(joint, return_inverse=True)
    word, where = np.divmod(pairs, size)
    return word, where, np.bincount(at.reshape(-1), weights=bearers, minlength=len(pairs)).astype(np.int64)


@numba.njit(cache=True)
def _spread(texts: Longs, number: Ints, which: npt.NDArray[np.bool_], by_name: Any, size: int) -> tuple[Longs, Longs]:
    """Return the asked words of names, packed with their list, and how often each of these names is held there."""
    name, place, held = by_name
    total = 0
    for at in range(len(name)):
        for word in range(texts[name[at]], texts[name[at] + 1]):
            total += which[number[word]]
    joint, bearers = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    filled = 0
    for at in range(len(name)):
        for word in range(texts[name[at]], texts[name[at] + 1]):
            if which[number[word]]:
                joint[filled] = np.int64(number[word]) * size + place[at]
                bearers[filled] = held[at]
                filled += 1
    return joint, bearers


def _weight(by_word: tuple[Longs, Longs, Doubles], said: Longs, square: Doubles) -> float:
    """Return the weight of the prior by the method of moments, infinite where lists differ by chance only.

    Of a word with c bearers, Dirichlet-multinomial over lists with shares p and weight A, the squared distance from
    c p exceeds that of chance by ``c (c - 1) (1 - sum of p squared) / (1 + A)``. Sums are exact, so their order cannot
    be seen.
    """
    word, bearers, expected = by_word
    told = said[word] >= _TEACHING
    held = said[word[told]].astype(np.float64)
    apart = bearers[told] ** 2 - 2.0 * held * bearers[told] * expected[told]
    which = np.unique(word[told])
    own, alike = said[which].astype(np.float64), square[which]
    excess = math.fsum(apart) + math.fsum(own**2 * alike) - math.fsum(own * (1.0 - alike))
    most = math.fsum(own * (own - 1.0) * (1.0 - alike))
    return max(LEAST_WEIGHT, most / excess - 1.0) if excess > 0.0 and most > 0.0 else math.inf


def _material(by_word: tuple[Longs, Longs, Doubles], said: Longs, lists: Longs, weight: float) -> npt.NDArray[np.bool_]:
    """Mark the words that tell materially more or less in some list than in the collection.

    ``lists`` says for each word on how many lists names of its script stand: from some of them it may be absent.
    """
    word, bearers, expected = by_word
    there = np.bincount(word, minlength=len(said))
    unheard = np.log2((weight + np.maximum(0, said - PAIR)) / weight) >= _MATERIAL
    marked = (there > 0) & (there < lists) & unheard
    marked[word[np.abs(np.log2(_ratio(bearers, said[word], expected, weight))) >= _MATERIAL]] = True
    return np.asarray(marked, dtype=bool)


def _ratio(bearers: npt.NDArray[Any], said: npt.NDArray[Any], expected: Doubles, weight: float) -> Doubles:
    """Return how many times more common a word is in a list than in the collection."""
    others, all_others = np.maximum(0, bearers - PAIR), np.maximum(0, said - PAIR)
    found: Doubles = (weight * expected + others) / ((weight + all_others) * expected)
    return found


def bound(counts: Counts, found: Words, lists: Ints, names: Sequence[str]) -> Listwise:
    """Bind what was counted to the names of a column.

    Parameters
    ----------
    counts
        What was counted, now or when the collection was last linked.
    found
        The words of the column's names.
    lists
        The number of the list of each record.
    names
        The names of the lists now.
    """
    at = np.minimum(np.searchsorted(counts.words, found.hashes), len(counts.words) - 1)
    row = np.where(counts.words[at] == found.hashes, at, MISSING).astype(np.int32)
    scale = np.where(words.any_word(found, row >= 0), together(found.texts), 0.0)
    known = {name: number for number, name in enumerate(counts.names)}
    number = np.array([known.get(name, MISSING) for name in names], dtype=np.int32)
    return Listwise(counts, number[lists], row, scale, found.texts, found.number)


@numba.njit(cache=True)
def _more(names: Ints, left: Ints, right: Ints, spelt: Any, told: Any) -> Doubles:
    scale, texts, number, row = spelt
    out = np.zeros(len(names), dtype=np.float64)
    for pair in range(len(names)):
        name = names[pair]
        if name < 0 or scale[name] == 0.0:
            continue
        for place in range(texts[name], texts[name + 1]):
            word = row[number[place]]
            if word >= 0:
                out[pair] += _of_word(word, left[pair], right[pair], told)
        out[pair] *= scale[name]
    return out


@numba.njit(cache=True, inline="always")
def _of_word(word: int, left: int, right: int, told: Any) -> float:
    """Return how much more a word tells in two lists, nought where they are unknown or have no name of its script."""
    starts, lists, bearers, script, held, all_held, weight = told
    here, whole, names = 0, 0, 0
    for at in range(starts[word], starts[word + 1]):
        whole += bearers[at]
        if lists[at] == left or lists[at] == right:
            here += bearers[at]
    if left >= 0:
        names += held[left, script[word]]
    if right >= 0 and right != left:
        names += held[right, script[word]]
    if names == 0:
        return 0.0
    expected = names / all_held[script[word]]
    others, all_others = max(0, here - 2), max(0, whole - 2)
    return float(-np.log2((weight * expected + others) / ((weight + all_others) * expected)))
