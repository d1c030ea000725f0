"""The words a question is made of. The table is ``registry/data/question_words.csv``.

Invariant: a word is looked up whole, never by its beginning; one word may stand for several things, and then all of
them are returned.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from cenotaph.values.gazetteer import words as tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One row of the table: what it stands for, its published wording, and the other words for it."""

    kind: str
    code: str
    wording: Mapping[str, str]
    forms: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The names that the row stands for, any of which will do."""
        return tuple(self.code.split("+"))

    def said(self, language: str) -> str:
        """Return the published wording, in English where the language has none."""
        return self.wording.get(language) or self.wording["en"]


@cache
def table() -> tuple[Word, ...]:
    """Return every row."""
    text = (files("cenotaph.registry") / "data" / "question_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Word(
            kind=row["kind"],
            code=row["code"],
            wording=MappingProxyType({"en": row["en"], "fa": row["fa"]}),
            forms=tuple(dict.fromkeys((row["en"], row["fa"], *row["words"].split("|")))),
        )
        for row in rows
    )


@cache
def _by_form() -> Mapping[str, Mapping[tuple[str, ...], tuple[Word, ...]]]:
    found: dict[str, dict[tuple[str, ...], tuple[Word, ...]]] = {}
    for row in table():
        forms = found.setdefault(row.kind, {})
        for key in dict.fromkeys(tokens(form) for form in row.forms):
            forms[key] = (*forms.get(key, ()), row)
    return MappingProxyType(found)


def called(kind: str, text: str) -> tuple[Word, ...]:
    """Return the rows of a kind that bear a word, whatever its case, marks or letter variants."""
    return _by_form().get(kind, {}).get(tokens(text), ())


def split_front(kind: str, text: tuple[str, ...]) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """Yield each row of a kind that a text begins with, and the words that follow; the longest beginning first."""
    for length in range(len(text) - 1, 0, -1):
        for row in _by_form().get(kind, {}).get(text[:length], ()):
            yield row, text[length:]


def has_any(kind: str, text: tuple[str, ...]) -> bool:
    """Say whether some word of a kind stands anywhere in a text."""
    forms = _by_form().get(kind, {})
    return any(text[a:b] in forms for a in range(len(text)) for b in range(a + 1, len(text) + 1))


def of(kind: str) -> tuple[Word, ...]:
    """Return the rows of a kind, in the order of the table."""
    return tuple(row for row in table() if row.kind == kind)
