"""The father's name: among the best discriminators a list has, and written in ways of its own.

Invariant: what was written is kept; words for *son of* and *the late* are taken off for comparing only, and never when
nothing would be left. A given name is compared with the given name of a full one and never counts as the whole of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from cenotaph.values.folding import fold
from cenotaph.values.name_table import NameTable, prepare, similarity
from cenotaph.values.names import compare
from cenotaph.values.skeleton import word_key
from cenotaph.values.tables import rows
from cenotaph.values.tokens import is_unknown_name, kind_of

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

MENTION = 0.96  # a given name against a full one: as good as the given name, never the same name
_LONGEST = 3  # words of the longest form in the table
_JOINING = frozenset({"servant", "kunya", "article", "particle"})  # they belong to the word behind them


@dataclass(frozen=True, slots=True)
class Father:
    """A father's name as written: the name without *son of*, its given name, and a grandfather where one is named.

    ``name`` is folded, a key and not a spelling to show; empty where the text names nobody.
    """

    raw: str
    name: str = ""
    given: str = ""
    grandfather: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def is_given_only(self) -> bool:
        """Whether nothing but a given name was written."""
        return self.name == self.given


@dataclass(frozen=True, slots=True)
class FatherComparison:
    """How alike two fathers' names are, from 0 to 1, and why."""

    a: Father
    b: Father
    score: float

    @property
    def words(self) -> str:
        """Say what was left out, what was compared with what, and which letters had to be read."""
        if not (self.a.name and self.b.name):
            return "nothing to compare"
        said = [f"{', '.join(each.left_out)} left out" for each in (self.a, self.b) if each.left_out]
        by_given = self.a.is_given_only != self.b.is_given_only and self.score > compare(self.a.name, self.b.name).score
        one, two = (self.a.given, self.b.given) if by_given else (self.a.name, self.b.name)
        return "; ".join([*said, *(["given name against full name"] if by_given else []), compare(one, two).alignment])


@dataclass(frozen=True, slots=True)
class FatherTable:
    """Distinct fathers' names made ready for comparing by the million: whole names, then given names."""

    fathers: tuple[Father, ...]
    names: NameTable
    given_only: npt.NDArray[np.bool_]


@cache
def _leading() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(form.split()) for kind in ("son-of", "noise") for form in _forms(kind))


@cache
def _forms(kind: str) -> frozenset[str]:
    forms = (row["forms"].split("|") for row in rows("father_words") if row["kind"] == kind)
    return frozenset(fold(each) for some in forms for each in some)


@cache
def _bones(kind: str) -> frozenset[str]:
    return frozenset(word_key(form) for form in _forms(kind))


@cache
def _inner() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(form.split()) for form in _forms("son-of"))


def _at(words: Sequence[str], at: int, forms: frozenset[tuple[str, ...]]) -> int:
    """Return how many words the longest form takes that stands here and leaves something behind it."""
    sizes = range(min(_LONGEST, len(words) - at - 1), 0, -1)
    return next((size for size in sizes if tuple(words[at : at + size]) in forms), 0)


def _given(words: Sequence[str]) -> int:
    """Return how many words the given name has: two for Mohammad Reza, else one, titles in front not counted."""
    at = next((at for at, word in enumerate(words) if kind_of(word) not in {"title", "honorific"}), 0)
    while at < len(words) - 1 and kind_of(words[at]) in _JOINING:
        at += 1
    pair = words[at : at + 2]
    is_compound = len(pair) == 2 and word_key(pair[0]) in _bones("first") and word_key(pair[1]) in _bones("second")
    return min(len(words), at + (2 if is_compound else 1))


@lru_cache(maxsize=65_536)
def father(text: str) -> Father:
    """Read a father's name as written; never raises, whatever the text.

    Examples
    --------
    >>> father("فرزند علی بن حسین").name, father("son of Ali Namdar").given
    ('علی', 'ali')
    """
    words = fold(text).split()
    start = 0
    while size := _at(words, start, _leading()):
        start += size
    end = next((at for at in range(start + 1, len(words)) if _at(words, at, _inner())), len(words))
    name = words[start:end]
    if not name or is_unknown_name(" ".join(name)):
        return Father(raw=text)
    behind = words[end + _at(words, end, _inner()) :] if end < len(words) else []
    left = (" ".join(words[:start]),) if start else ()
    return Father(text, " ".join(name), " ".join(name[: _given(name)]), " ".join(behind), left)


def prepare_fathers(texts: Sequence[str]) -> FatherTable:
    """Make distinct fathers' names ready for `father_similarity`."""
    read = tuple(father(text) for text in texts)
    table = prepare([*(each.name for each in read), *(each.given for each in read)])
    return FatherTable(read, table, np.array([each.is_given_only for each in read], dtype=bool))


def father_similarity(table: FatherTable, a: Sequence[int] | Numbers, b: Sequence[int] | Numbers) -> Floats:
    """Return how alike pairs of fathers' names are: whole names, or a given name with that of a full one."""
    left, right = np.asarray(a, dtype=np.int32), np.asarray(b, dtype=np.int32)
    found: Floats = np.array(similarity(table.names, left, right), dtype=np.float32)
    mention = np.flatnonzero(table.given_only[left] != table.given_only[right])
    given = np.int32(len(table.fathers))
    said = similarity(table.names, left[mention] + given, right[mention] + given) * np.float32(MENTION)
    found[mention] = np.maximum(found[mention], said)
    return found


def compare_fathers(a: str, b: str) -> FatherComparison:
    """Compare two fathers' names in any scripts; `prepare_fathers` and `father_similarity` do it for millions.

    Examples
    --------
    >>> round(compare_fathers("فرزند علی", "Ali").score, 2), round(compare_fathers("Ali", "علی نامدار").score, 2)
    (1.0, 0.96)
    """
    return FatherComparison(father(a), father(b), float(father_similarity(prepare_fathers([a, b]), [0], [1])[0]))
