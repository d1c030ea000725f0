"""Many names made ready for comparing: every form of every name as arrays of letter units; and the call that scores.

Invariant: a table depends on each name alone, never on its neighbours, so scoring a pair in a table of millions gives
what `compare` gives. Hold distinct names only: rows of a list point into the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from cenotaph.values import letter_table, tokens
from cenotaph.values.folding import fold, fold_all
from cenotaph.values.house_styles import house_key
from cenotaph.values.skeleton import word_key
from cenotaph.values.tables import rows

Ints = npt.NDArray[np.int32]
Shorts = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]

MOST_LETTERS = 96
MOST_WORDS = 8
MOST_REMEMBERED = 1 << 23
_ABJADS = (("\u0590", "\u08ff"),)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names as arrays; ``len(table)`` names, each a run of forms, each a run of words, each a run of letters."""

    names: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class _Word:
    units: Shorts
    size: int
    weight: int
    initial: bool
    nicknames: tuple[int, ...]
    consonants: int
    known: tuple[int, int]
    abjad: bool


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
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows("known_names"), start=1):
        for name in row["spellings"].split():
            numbers = found.setdefault(house_key(fold(name)), [])
            numbers += [number] if number not in numbers else []
    return {name: (numbers[0], numbers[-1] if len(numbers) > 1 else 0) for name, numbers in found.items()}


@cache
def _common() -> dict[str, int]:
    """Return how much a word counts, in hundredths, by skeleton, for words that very many people bear."""
    return {word_key(fold(row["name"])): int(row["weight"]) for row in rows("common_names")}


def is_abjad(word: str) -> bool:
    """Tell whether a word is in a script that leaves short vowels unwritten (Arabic, Persian, Kurdish, Hebrew)."""
    return any(first <= letter <= last for letter in word for first, last in _ABJADS)


@lru_cache(maxsize=1 << 18)
def _word(text: str) -> _Word:
    table = letter_table.letter_table()
    text = text[:MOST_LETTERS]
    units = np.array(table.units(text), dtype=np.int16)
    size = int(table.drop[0][units[0]].sum())
    groups = (*nickname_groups().get(text, ())[:3], 0, 0, 0)
    return _Word(
        units=units,
        size=size,
        weight=_weight(text, size),
        initial=tokens.kind_of(text) == "initial",
        nicknames=groups[:3],
        consonants=_consonants(text),
        known=_known_names().get(house_key(text), (0, 0)),
        abjad=is_abjad(text),
    )


def _consonants(text: str) -> int:
    """Return the set of consonants of a word, one bit for each key of the skeleton."""
    return sum(1 << (ord(key) - ord("A")) for key in set(word_key(text)))


def _weight(text: str, size: int) -> int:
    return min(size, 600) * _common().get(word_key(text), 100) // 100


def _plain_or_parsed(text: str, folded: str) -> tuple[tuple[tokens.Form, ...], int]:
    said = folded.split()
    if tokens.is_plain(text, said):
        return ((tuple(said),) if said else ()), 0
    name = tokens.parse(text)
    return name.forms, name.suffix


def _form(form: Iterable[str]) -> list[_Word]:
    """Return the words of a form, cut to the letters and words that are compared."""
    said: list[_Word] = []
    room = MOST_LETTERS
    for text in form:
        if room <= 0 or len(said) == MOST_WORDS:
            break
        said.append(_word(text[:room]))
        room -= len(text)
    return said


def _offsets(counts: Iterable[int]) -> Ints:
    return np.concatenate(([0], np.cumsum(list(counts), dtype=np.int64))).astype(np.int32)


def _numbers(said: Sequence[_Word]) -> Ints:
    """Return one number for each distinct word, the same in every name, and -1 for all above what can be remembered."""
    seen: dict[int, int] = {}
    numbers = np.array([seen.setdefault(id(word), len(seen)) for word in said], dtype=np.int32)
    return np.where(numbers < MOST_REMEMBERED, numbers, -1).astype(np.int32)


def _laid_out(forms: Sequence[Sequence[_Word]]) -> tuple[list[Shorts], Ints, Ints]:
    """Lay the letters of forms side by side, those of the first word also after the last; say where each word lies."""
    runs = [np.zeros((letter_table.LONGEST_UNIT, 0), np.int16)]
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    for form in forms:
        for word in form:
            starts.append(end)
            end += word.units.shape[1]
            ends.append(end)
        around = form[:1] if len(form) > 2 else form[:0]
        end += sum(word.units.shape[1] for word in around)
        runs += [word.units for word in (*form, *around)]
    return runs, np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32)


def prepare(names: Sequence[str]) -> NameTable:
    """Make names ready for `similarity`; pass distinct names, and keep the index of each."""
    parsed = [_plain_or_parsed(text, folded) for text, folded in zip(names, fold_all(names), strict=True)]
    forms = [_form(form) for forms, _ in parsed for form in forms]
    said = [word for form in forms for word in form]
    runs, starts, ends = _laid_out(forms)
    units = np.concatenate(runs, axis=1)
    return NameTable(
        names=tuple(names),
        forms=_offsets(len(forms) for forms, _ in parsed),
        words=_offsets(map(len, forms)),
        starts=starts,
        ends=ends,
        units=units,
        longer=np.any(units[1:] >= 0, axis=0),
        sizes=np.array([word.size for word in said], dtype=np.int32),
        weights=np.array([word.weight for word in said], dtype=np.int32),
        initials=np.array([word.initial for word in said], dtype=np.int32),
        nicknames=np.array([word.nicknames for word in said], dtype=np.int32).reshape(-1, 3),
        consonants=np.array([word.consonants for word in said], dtype=np.int32),
        distinct=_numbers(said),
        known=np.array([word.known for word in said], dtype=np.int32).reshape(-1, 2),
        abjad=np.array([any(word.abjad for word in form) for form in forms], dtype=np.int32),
        suffixes=np.array([suffix for _, suffix in parsed], dtype=np.int32),
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

    costs = letter_table.letter_table()
    pairs = (np.ascontiguousarray(side, dtype=np.int32) for side in (left, right))
    scores: Floats = name_scoring.score_pairs(
        (table.forms, table.words, table.abjad, table.suffixes),
        (table.units, table.longer),
        (
            table.starts,
            table.sizes,
            table.weights,
            table.initials,
            table.nicknames,
            table.consonants,
            table.distinct,
            table.known,
            table.ends,
        ),
        (costs.cost, costs.drop),
        *pairs,
    )
    return scores
