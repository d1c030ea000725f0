"""What acts are called, of what kind and by what means, in one table: ``data/vocabularies.csv``.

Invariant: a word is looked up, never guessed; a word that is in no vocabulary stays what was written. An id of the
HURIDOCS micro-thesauri stands only where its list has been seen to hold the term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cenotaph.errors import NotFound
from cenotaph.values import tables
from cenotaph.values.codes import plain

_MEANS = "means"  # terms under it say by what, and contradict no term that says how


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term of a vocabulary, its words, and its id in the HURIDOCS micro-thesauri, empty where there is none."""

    vocabulary: str
    code: str
    broader: str
    huridocs: str
    labels: Mapping[str, str]
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the term in a language, in English where the language has none."""
        return self.labels.get(language) or self.labels["en"]


def vocabularies() -> tuple[str, ...]:
    """Return the names of the vocabularies."""
    return tuple(_table())


def entries(vocabulary: str) -> tuple[Entry, ...]:
    """Return the terms of a vocabulary, in the order of the table.

    Raises
    ------
    NotFound
        There is no such vocabulary.
    """
    table = _table()
    if vocabulary not in table:
        raise NotFound(f"vocabulary `{vocabulary}` does not exist; there are {', '.join(table)}")
    return table[vocabulary]


def entry(vocabulary: str, raw: str) -> Entry | None:
    """Return the term a word stands for, in any of the languages of the table; None where no vocabulary has it."""
    return _words(vocabulary).get(plain(raw))


def is_under(vocabulary: str, raw: str, code: str) -> bool:
    """Say whether a word stands for a term or for one of the narrower ones under it."""
    found = entry(vocabulary, raw)
    return found is not None and code in _upwards(found)


def agree(vocabulary: str, one: str, other: str) -> bool:
    """Say whether two words can both be true: the same, wider and narrower, or a means beside what is none."""
    left, right = entry(vocabulary, one), entry(vocabulary, other)
    if left is None or right is None:
        return plain(one) == plain(other)
    up, across = set(_upwards(left)), set(_upwards(right))
    return left.code in across or right.code in up or (_MEANS in up) != (_MEANS in across)


def _upwards(start: Entry) -> Iterator[str]:
    """Yield the code of a term and those of all wider ones."""
    known = {each.code: each for each in entries(start.vocabulary)}
    step: Entry | None = start
    while step is not None:
        yield step.code
        step = known.get(step.broader)


@cache
def _table() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for row in tables.rows("vocabularies"):
        found[row["vocabulary"]] = (*found.get(row["vocabulary"], ()), _from_row(row))
    return MappingProxyType(found)


def _from_row(row: Mapping[str, str]) -> Entry:
    labels = {language: row[f"label_{language}"] for language in ("en", "fa")}
    words = (row["code"], *labels.values(), *(row["words"] or "").split("|"))
    return Entry(
        vocabulary=row["vocabulary"],
        code=row["code"],
        broader=row["broader"],
        huridocs=row["huridocs"],
        labels=MappingProxyType(labels),
        words=tuple(dict.fromkeys(word for word in words if word)),
    )


@cache
def _words(vocabulary: str) -> Mapping[str, Entry]:
    return {plain(word): each for each in entries(vocabulary) for word in each.words}
