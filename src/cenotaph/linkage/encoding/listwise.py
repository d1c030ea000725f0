"""How much more a word of a name tells in two lists than in the whole collection.

Two records of two lists can only be confused with people who could stand on both. The odds that they are one person,
for all that a word tells, are one to the bearers of the word among these people: how common the word is on a list
cancels out against how likely the list is to hold anybody, and what is left is which share of the bearers the list can
reach. That share has a Dirichlet prior around the share of all names that stand there, worth a number of bearers that
is learnt from how much lists differ. Bearers are counted by sound, for how a list spells is no sign of whom it reaches.
The derivation is in ``docs/methods/linkage.md``.

Invariant: symmetric in the two lists; nothing depends on the order of lists or records. A word never tells less than in
the collection. Lists that were not there when words were counted, and the only list of a collection, change nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import MISSING, Ints, Longs
from cenotaph.linkage.encoding.information import together
from cenotaph.linkage.encoding.sounds import SCRIPTS, Sounds, scripts_of, sounds_of
from cenotaph.values import words
from cenotaph.values.words import Words

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEAST_WEIGHT = 10.0  # bearers; lists that share no name at all are still not believed to be quite apart
_ITSELF = 1  # the record itself is no evidence that others hold its word
_FEWEST = 8  # bearers; a word of fewer is not looked up by list
_TEACHING = 20  # bearers; of rarer words one person on two lists would look like a custom of these lists
_MATERIAL = 0.25  # bits that a word must tell more in some list to be looked up


@dataclass(frozen=True, slots=True)
class Counts:
    """The sounds of words that tell materially more in some list than in the collection, as one collection taught them.

    Attributes
    ----------
    sounds : ndarray of uint64, shape (sounds,)
        Hashes of the consonants of words in a script, sorted: all spellings of a name are one sound.
    starts, lists, bits
        Sound s tells ``bits[n]`` more in list ``lists[n]``, for n from ``starts[s]`` to ``starts[s + 1]``.
    absent : ndarray of float32, shape (sounds,)
        How much more each tells in lists where it does not stand.
    script : ndarray of int32, shape (sounds,)
        The script of each.
    written : ndarray of bool, shape (lists, scripts)
        Whether any name of a script stands on a list: where none does, nothing is known of its sounds.
    names : tuple of str
        The names of the lists.
    """

    sounds: Hashes
    starts: Longs
    lists: Ints
    bits: Floats
    absent: Floats
    script: Ints
    written: Flags
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
        told = (own.starts, own.lists, own.bits, own.absent, own.script, own.written)
        spelt = (self.scale, self.texts, self.number, self.row)
        return np.asarray(_more(names, self.lists[left], self.lists[right], spelt, told), dtype=np.float64)


def counted(found: Words, codes: Ints, lists: Ints, names: Sequence[str]) -> Counts | None:
    """Count words by list, learn how much lists differ, and return the words that tell more in some.

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
    Counts, or None where no word tells materially more in any list.
    """
    sounds = sounds_of(found)
    by_name = _by_name(codes, lists, len(names))
    held = _names_by_list(found, by_name, len(names))
    share = held / np.maximum(1, held.sum(axis=0))
    sound, where, bearers = _by_sound(found, sounds, by_name, len(names))
    said = np.bincount(sound, weights=bearers, minlength=len(sounds.hashes)).astype(np.int64)
    kept = (said[sound] >= _FEWEST) & (share[where, sounds.script[sound]] > 0.0)  # no name may begin in its script
    sound, where, bearers = sound[kept], where[kept], bearers[kept]
    expected, square = share[where, sounds.script[sound]], (share**2).sum(axis=0)[sounds.script]
    weight = _weight((sound, bearers, expected), said, square)
    if math.isinf(weight):
        return None
    bits = _more_bits(bearers, said[sound], expected, weight)
    absent = _more_bits(np.zeros(len(said)), said, np.ones(len(said)), weight)
    lists_of = (share > 0.0).sum(axis=0)[sounds.script]
    rows = np.flatnonzero(_material((sound, bits), absent, lists_of))
    if not len(rows):
        return None
    kept = np.isin(sound, rows)
    starts = np.concatenate(([0], np.searchsorted(sound[kept], rows, side="right")))
    return Counts(
        sounds.hashes[rows], starts.astype(np.int64), where[kept].astype(np.int32), bits[kept], absent[rows],
        sounds.script[rows], held > 0, tuple(names),
    )  # fmt: skip


def _by_name(codes: Ints, lists: Ints, size: int) -> tuple[Longs, Longs, Longs]:
    """Return names with the lists they stand on, and how often."""
    joint = codes.astype(np.int64) * size + lists[:, None]
    found, held = np.unique(joint[codes >= 0], return_counts=True)
    name, place = np.divmod(found, size)
    return name, place, held.astype(np.int64)


def _names_by_list(found: Words, by_name: tuple[Longs, Longs, Longs], size: int) -> Longs:
    """Return how many names of each script, by their first word, stand on each list; shape (lists, scripts)."""
    name, place, held = by_name
    said = found.counts[name] > 0
    first = found.number[found.texts[name[said]]]
    joint = place[said] * SCRIPTS + scripts_of(found)[first]
    counts = np.bincount(joint, weights=held[said], minlength=size * SCRIPTS)
    return counts.reshape(size, SCRIPTS).astype(np.int64)


def _by_sound(
    found: Words, sounds: Sounds, by_name: tuple[Longs, Longs, Longs], size: int
) -> tuple[Longs, Longs, Longs]:
    """Return sounds with the lists they stand on, and how often, sorted."""
    number = np.where(sounds.silent, MISSING, sounds.key)[found.number]
    joint, bearers = _spread(found.texts, number, by_name, size)
    pairs, at = np.unique(joint, return_inverse=True)
    sound, where = np.divmod(pairs, size)
    return sound, where, np.bincount(at.reshape(-1), weights=bearers, minlength=len(pairs)).astype(np.int64)


@numba.njit(cache=True)
def _spread(texts: Longs, number: Longs, by_name: Any, size: int) -> tuple[Longs, Longs]:
    """Return the sounds of names, packed with their list, and how often each of these names is held there."""
    name, place, held = by_name
    total = 0
    for at in range(len(name)):
        total += texts[name[at] + 1] - texts[name[at]]
    joint, bearers = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    filled = 0
    for at in range(len(name)):
        for word in range(texts[name[at]], texts[name[at] + 1]):
            if number[word] >= 0:
                joint[filled] = number[word] * size + place[at]
                bearers[filled] = held[at]
                filled += 1
    return joint[:filled], bearers[:filled]


def _weight(by_sound: tuple[Longs, Longs, Doubles], said: Longs, square: Doubles) -> float:
    """Return the weight of the prior by the method of moments, infinite where lists differ by chance only.

    Of a sound with c bearers, Dirichlet-multinomial over lists with shares p and weight A, the squared distance from
    c p exceeds that of chance by ``c (c - 1) (1 - sum of p squared) / (1 + A)``. Sums are exact, so their order cannot
    be seen.
    """
    sound, bearers, expected = by_sound
    told = said[sound] >= _TEACHING
    which = np.unique(sound[told])
    own, alike = said[which].astype(np.float64), square[which]
    apart = bearers[told] ** 2 - 2.0 * said[sound[told]] * bearers[told] * expected[told]
    excess = math.fsum(apart) + math.fsum(own**2 * alike) - math.fsum(own * (1.0 - alike))
    most = math.fsum(own * (own - 1.0) * (1.0 - alike))
    return max(LEAST_WEIGHT, most / excess - 1.0) if excess > 0.0 and most > 0.0 else math.inf


def _more_bits(bearers: npt.NDArray[Any], said: Longs, expected: Doubles, weight: float) -> Floats:
    """Return the bits that a sound tells more in a list that reaches fewer of its bearers than of all names."""
    others, all_others = np.maximum(0, bearers - _ITSELF), np.maximum(0, said - _ITSELF)
    reached = (weight * expected + others) / ((weight + all_others) * expected)
    found: Floats = -np.log2(np.minimum(1.0, reached)).astype(np.float32)
    return found


def _material(by_sound: tuple[Longs, Floats], absent: Floats, lists: Longs) -> Flags:
    """Mark the sounds that tell materially more in some list; ``lists`` says how many hold names of its script."""
    sound, bits = by_sound
    there = np.bincount(sound, minlength=len(absent))
    marked: Flags = (there > 0) & (there < lists) & (absent >= _MATERIAL)
    marked[sound[bits >= _MATERIAL]] = True
    return marked


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
    sounds = sounds_of(found)
    asked = sounds.hashes[sounds.key]
    at = np.minimum(np.searchsorted(counts.sounds, asked), len(counts.sounds) - 1)
    row = np.where((counts.sounds[at] == asked) & ~sounds.silent, at, MISSING).astype(np.int32)
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
    """Return how much more a word tells in two lists: what it tells in the one that reaches fewer of its bearers."""
    starts, lists, bits, absent, script, written = told
    more = 0.0
    for one in (left, right):
        if one >= 0 and written[one, script[word]]:
            here = absent[word]
            for at in range(starts[word], starts[word + 1]):
                if lists[at] == one:
                    here = bits[at]
            more = max(more, here)
    return float(more)
