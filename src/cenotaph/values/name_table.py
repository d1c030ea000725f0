"""Many names made ready for comparing: every form of every name as arrays of letter units; and the call that scores.

Invariant: a table depends on each name alone, never on its neighbours, so scoring a pair in a table of millions gives
what `compare` gives. Hold distinct names only: rows of a list point into the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.values import letter_table, tokens
from cenotaph.values import words as bulk
from cenotaph.values.folding import as_lines, encode, fold
from cenotaph.values.house_styles import house_key, house_keys
from cenotaph.values.skeleton import word_key
from cenotaph.values.tables import rows

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Shorts = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]

MOST_LETTERS = 96
MOST_WORDS = 8
MOST_REMEMBERED = 1 << 23
_ABJADS = (("\u0590", "\u08ff"),)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names as arrays; ``len(table)`` names, each a run of forms, each a run of words, each a run of letters."""

    names: Sequence[str]
    forms: Ints
    words: Ints
    starts: Ints
    ends: Ints
    units: Shorts
    longer: npt.NDArray[np.bool_]
    sizes: Ints
    weights: Ints
    initials: Ints
    nicknames: Ints
    consonants: Ints
    distinct: Ints
    known: Ints
    abjad: Ints
    suffixes: Ints

    def __len__(self) -> int:
        """Count the names."""
        return len(self.names)


@cache
def nickname_groups() -> dict[str, tuple[int, ...]]:
    """Return for each word that is or has a short form the numbers of its families of names."""
    groups: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(rows("nicknames"), start=1):
        for name in row["names"].split():
            groups[fold(name)] = (*groups.get(fold(name), ()), number)
    return groups


@cache
def _known_names() -> dict[str, tuple[int, int]]:
    """Return the numbers of the well known names a spelling may stand for, one or two; 0 is none."""
    spelt = [(number, fold(name)) for number, row in enumerate(rows("known_names"), start=1)
             for name in row["spellings"].split()]  # fmt: skip
    found: dict[str, list[int]] = {}
    for (number, _), key in zip(spelt, house_keys([name for _, name in spelt]), strict=True):
        numbers = found.setdefault(key, [])
        numbers += [number] if number not in numbers else []
    return {name: (numbers[0], numbers[-1] if len(numbers) > 1 else 0) for name, numbers in found.items()}


def known_numbers(word: str) -> frozenset[int]:
    """Return the numbers of the well known names that a folded word may be a spelling of."""
    return frozenset(_known_names().get(house_key(word), ())) - {0}


@cache
def _common() -> dict[str, int]:
    """Return how much a word counts, in hundredths, by skeleton, for words that very many people bear."""
    return {word_key(fold(row["name"])): int(row["weight"]) for row in rows("common_names")}


def is_abjad(word: str) -> bool:
    """Tell whether a word is in a script that leaves short vowels unwritten (Arabic, Persian, Kurdish, Hebrew)."""
    return any(first <= letter <= last for letter in word for first, last in _ABJADS)


def _weights(keys: Hashes, sizes: Ints) -> Ints:
    """Return what each word counts: its size, less for words that very many people bear."""
    share = np.full(len(keys), 100, dtype=np.int64)
    for key, hundredths in zip(bulk.hashes(list(_common())), _common().values(), strict=True):
        share[keys == key] = hundredths
    return (np.minimum(sizes, 600) * share // 100).astype(np.int32)


def _plain(names: Sequence[str], found: bulk.Words) -> Flags:
    """Mark the names that are words only and short enough to be compared whole: their one form is what was written."""
    special = found.look_up(dict.fromkeys(tokens.words(), 1), 0).astype(bool) | (found.lengths == 1)
    special |= _sayyids(found)
    odd = bulk.any_word(found, special) | (found.counts > MOST_WORDS)
    letters = np.concatenate(([0], np.cumsum(found.lengths[found.number])))[found.texts]
    signs = np.zeros(len(names), dtype=bool)
    if tokens.has_special_sign(as_lines(names)):
        signs[:] = [tokens.has_special_sign(name) for name in names]
    return ~odd & ~signs & (np.diff(letters) <= MOST_LETTERS)


def _sayyids(found: bulk.Words) -> Flags:
    """Mark the distinct words that begin as *sayyid* does; only those with such a first letter are read one by one."""
    letters = found.points[found.first] if len(found.first) else np.empty(0, dtype=np.uint32)
    marked = np.isin(letters, encode(tokens.sayyid_letters()))
    asked = np.flatnonzero(marked)
    marked[asked] = [tokens.may_hold_sayyid(word) for word in bulk.some_texts(found, asked)]
    return marked


def _cut(form: Iterable[str]) -> str:
    """Return a form as a line, cut to the letters and words that are compared."""
    said: list[str] = []
    room = MOST_LETTERS
    for text in form:
        if room <= 0 or len(said) == MOST_WORDS:
            break
        said.append(text[:room])
        room -= len(text)
    return " ".join(said)


def _forms(names: Sequence[str], found: bulk.Words) -> tuple[bulk.Words, Ints, Ints]:
    """Return the words of every form of every name, how many forms each name has, and its suffix."""
    suffixes = np.zeros(len(names), dtype=np.int32)
    counts = (found.counts > 0).astype(np.int32)
    plain = _plain(names, found)
    if not plain.all():
        lines = bulk.texts_of(found)
        for at in np.flatnonzero(~plain).tolist():
            name = tokens.parse(names[at])
            lines[at], suffixes[at] = "\n".join(map(_cut, name.forms)), name.suffix
            counts[at] = len(name.forms)
        found = bulk.of_lines(encode("\n".join(lines) + "\n"))
    return found, counts, suffixes


@cache
def _units() -> tuple[npt.NDArray[np.uint64], Ints]:
    """Return the units of the letter table as an open hash table."""
    from cenotaph.values import word_kernels

    names = letter_table.letter_table().names
    ends = np.cumsum([len(name) for name in names])
    codes, ids = word_kernels.hash_table(encode("".join(names)), ends - [len(name) for name in names], ends)
    return codes, ids


def _spelt(found: bulk.Words) -> tuple[Shorts, Longs]:
    """Return the units of the letters of each distinct word, side by side, and where each word begins."""
    from cenotaph.values import word_kernels

    known = len(letter_table.letter_table().names)
    units = word_kernels.spell(found.points, found.first, found.last, _units(), (known, letter_table.OTHERS))
    return units, np.concatenate(([0], np.cumsum(found.lengths)))


def _nicknames(found: bulk.Words) -> Ints:
    groups = {word: (*numbers[:3], 0, 0, 0)[:3] for word, numbers in nickname_groups().items()}
    columns = [found.look_up({word: three[at] for word, three in groups.items()}, 0) for at in range(3)]
    return np.stack(columns, axis=1)


def _known(found: bulk.Words) -> Ints:
    """Return the numbers of the well known names each distinct word may be in any house style, 0 for none."""
    known = _known_names()
    said = np.zeros((len(found.hashes), 2), dtype=np.int32)
    for at, key in enumerate(house_keys(bulk.distinct_texts(found))):
        if key in known:
            said[at] = known[key]
    return said


def _laid_out(said: Ints, forms: Longs) -> tuple[Ints, Flags]:
    """Return the words of all forms, the first word of a form also after its last, and which of them are not added.

    So a surname of two words is found as one run of letters also where its second half was put first.
    """
    first, end = forms[:-1], forms[1:]
    around = end - first > 2
    added = np.zeros(len(said), dtype=bool)
    return np.insert(said, end[around], said[first[around]]), ~np.insert(added, end[around], True)


def _initials(found: bulk.Words) -> Ints:
    """Mark words of one letter that mean nothing else."""
    letter = found.points[found.first] if len(found.first) else np.empty(0, dtype=np.uint32)
    digit = (letter >= ord("0")) & (letter <= ord("9"))
    special = found.look_up({word: kind != "initial" for word, kind in tokens.words().items()}, 0).astype(bool)
    alone: Flags = (found.lengths == 1) & ~digit & ~special
    return alone.astype(np.int32)


def _abjads(found: bulk.Words) -> Flags:
    """Mark the words in a script that leaves short vowels unwritten."""
    low, high = (ord(edge) for edge in _ABJADS[0])
    before = np.concatenate(([0], np.cumsum((found.points >= low) & (found.points <= high))))
    return np.asarray(before[found.last] > before[found.first], dtype=bool)


def prepare(names: Sequence[str], words_of: bulk.Words | None = None) -> NameTable:
    """Make names ready for `similarity`; pass distinct names, and keep the index of each.

    Parameters
    ----------
    names : Sequence of str
        Distinct names as written.
    words_of : Words, optional
        What `words.of_texts` gives for them, where it is known already.
    """
    from cenotaph.values import word_kernels  # late: numba loads slowly

    found, counts, suffixes = _forms(names, bulk.of_texts(names) if words_of is None else words_of)
    said = found.number
    keys = bulk.keys(found)
    sets, _ = word_kernels.key_sets(keys, len(found.hashes))
    spelt, starts = _spelt(found)
    before = np.concatenate(([0], np.cumsum(letter_table.letter_table().drop[0][spelt[0]], dtype=np.int64)))
    sizes = (before[starts[1:]] - before[starts[:-1]]).astype(np.int32)
    spoken = found.counts > 0
    words = found.texts[np.concatenate(([True], spoken))]
    laid_out, own = _laid_out(said, words)
    letters, units = word_kernels.gather(spelt, starts, laid_out)
    weights = _weights(np.asarray(word_kernels.hash_lines(keys, len(found.hashes))), sizes)
    return NameTable(
        names=names,
        forms=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        words=words.astype(np.int32),
        starts=letters[:-1][own],
        ends=letters[1:][own],
        units=units,
        longer=np.any(units[1:] >= 0, axis=0),
        sizes=sizes[said],
        weights=weights[said],
        initials=_initials(found)[said],
        nicknames=_nicknames(found)[said],
        consonants=sets[said],
        distinct=np.where(said < MOST_REMEMBERED, said, -1).astype(np.int32),
        known=_known(found)[said],
        abjad=bulk.any_word(found, _abjads(found))[spoken].astype(np.int32),
        suffixes=suffixes,
    )


def similarity(table: NameTable, left: npt.ArrayLike, right: npt.ArrayLike) -> Floats:
    """Score pairs of names by their numbers in the table.

    Parameters
    ----------
    table : NameTable
        Distinct names made ready by `prepare`, in any scripts.
    left, right : array_like of int, shape (n,)
        The pairs.

    Returns
    -------
    ndarray of float32, shape (n,)
        0 to 1, symmetric; 1 for the same name, 0 where either has nothing to compare.
    """
    from cenotaph.values import name_scoring  # late: numba loads slowly

    names = (table.forms, table.words, table.abjad, table.suffixes)
    scores: Floats = name_scoring.score_pairs(names, *_scored_by(table, left, right))
    return scores


def contradictions(table: NameTable, left: npt.ArrayLike, right: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Tell of pairs of names how they contradict each other, however alike the whole of them is.

    Two spellings of one name, one slip of the pen, a short form, an initial and a compound that holds the other
    (Mohammad Reza, Reza) do not contradict each other. What stands in brackets may answer a part of the other name; it
    stands for the whole only where it answers all of it.

    Parameters
    ----------
    table : NameTable
        As for `similarity`.
    left, right : array_like of int, shape (n,)
        The pairs.

    Returns
    -------
    ndarray of uint8, shape (n,)
        2 where the given names are two different names, 1 where both have other words that are simply different, else
        0; also for a name of one word and one that says nothing. Symmetric.

    Examples
    --------
    >>> names = prepare(["Hassan Namdar", "Hossein Namdar", "Hosein Namdar"])
    >>> contradictions(names, [0, 1], [1, 2]).tolist()
    [2, 0]
    """
    from cenotaph.values import name_contradiction  # late: numba loads slowly

    names = (table.forms, table.words, table.abjad)
    found: npt.NDArray[np.uint8] = name_contradiction.contradict_pairs(names, *_scored_by(table, left, right))
    return found


def _scored_by(table: NameTable, left: npt.ArrayLike, right: npt.ArrayLike) -> tuple[Any, ...]:
    """Return what compiled code compares names by: letters, words, what letters cost, and the pairs."""
    costs = letter_table.letter_table()
    pairs = (np.ascontiguousarray(side, dtype=np.int32) for side in (left, right))
    return (table.units, table.longer), _columns(table), (costs.cost, costs.drop), *pairs


def may_be_alike(table: NameTable, left: npt.ArrayLike, right: npt.ArrayLike) -> Flags:
    """Mark the pairs of names whose `similarity` may be above 0, by their consonants alone, a hundred times faster.

    Parameters
    ----------
    table : NameTable
        As for `similarity`.
    left, right : array_like of int, shape (n,)
        The pairs.

    Returns
    -------
    ndarray of bool, shape (n,)
        False only where `similarity` is 0.
    """
    from cenotaph.values import name_sight  # late: numba loads slowly

    pairs = tuple(np.ascontiguousarray(side, dtype=np.int32) for side in (left, right))
    found = np.empty(len(pairs[0]), dtype=bool)
    name_sight.may_be_alike(found, table.forms, table.words, _columns(table), pairs)
    return found


def _columns(table: NameTable) -> tuple[Ints, ...]:
    """Return what is known of each word, in the order in which the compiled code wants it."""
    return (
        table.starts, table.sizes, table.weights, table.initials, table.nicknames, table.consonants, table.distinct,
        table.known, table.ends,
    )  # fmt: skip
