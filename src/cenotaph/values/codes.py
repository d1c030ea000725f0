"""Code words of many languages to one code. The table is ``data/codes.csv``: what it does not say has no code.

Invariant: a word is looked up, never guessed from its beginning; two codes never share a word of one kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cenotaph.errors import NotFound
from cenotaph.values import tables

_LETTERS = str.maketrans("يىكةأإآٱؤەۆێڕڵ", "ییکهااااوهویرل")
_EDGES = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a code word folded: case, marks, Arabic and Kurdish letter variants, punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(each for each in letters if not unicodedata.combining(each) and each != "ـ")
    return _EDGES.sub(" ", kept.translate(_LETTERS)).strip()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    for row in tables.rows("codes"):
        words = kinds.setdefault(row["kind"], {})
        words.update(dict.fromkeys((plain(word) for word in row["words"].split("|")), row["code"]))
        words[plain(row["code"])] = row["code"]
    return MappingProxyType(kinds)


def kinds() -> tuple[str, ...]:
    """Return the kinds of code there are: sex, fate, whereabouts, answer."""
    return tuple(_table())


def codes(kind: str) -> tuple[str, ...]:
    """Return the codes of a kind, in the order of the table."""
    return tuple(dict.fromkeys(_words(kind).values()))


def code(kind: str, raw: str) -> str | None:
    """Return the code of a word, or None where the word states nothing (unknown, empty, unheard of).

    Parameters
    ----------
    kind : str
        ``sex`` (male, female, other), ``fate``, ``whereabouts`` or ``answer`` (yes, no).
    raw : str
        The word as written, in any of the languages of the table.

    Raises
    ------
    NotFound
        There is no such kind of code.
    """
    return _words(kind).get(plain(raw))


def _words(kind: str) -> Mapping[str, str]:
    table = _table()
    if kind not in table:
        raise NotFound(f"code kind `{kind}` does not exist; there are {', '.join(table)}")
    return table[kind]
