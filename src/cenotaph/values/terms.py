"""The length of a prison sentence as written: months, at least and at most, or a life term, or a death sentence.

Invariant: what the table does not say is unread, never guessed; a range keeps both of its ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from cenotaph.values import tables

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-–—]")
_RANGE = re.compile(r"(\S+)\s*(?:[-–—]|\bto\b|تا)\s*(\S.*)")
_LETTERS = str.maketrans("يىكأإآ", "ییکااا")
_PRISON = re.compile(r"\b(?:in prison|of prison|imprisonment|prison|jail|حبس|زندان)\b")


class TermKind(StrEnum):
    """What sort of sentence a text states."""

    FIXED = "fixed"
    LIFE = "life"
    DEATH = "death"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A sentence as written; ``low`` and ``high`` are months, and 0 unless the kind is ``fixed``."""

    raw: str
    kind: TermKind
    low: int = 0
    high: int = 0


@lru_cache(maxsize=4096)
def term(raw: str) -> Term:
    """Return what a sentence says, "10 years", "۵ سال و ۶ ماه", "حبس ابد"; unread where it says no length."""
    text = _plain(raw)
    for kind in (TermKind.LIFE, TermKind.DEATH):
        if text in _forms(kind):
            return Term(raw=raw, kind=kind)
    bounds = _bounds(_PRISON.sub(" ", text).strip())
    if bounds is None or not 0 < bounds[0] <= bounds[1]:
        return Term(raw=raw, kind=TermKind.UNREAD)
    return Term(raw=raw, kind=TermKind.FIXED, low=bounds[0], high=bounds[1])


def _bounds(text: str) -> tuple[int, int] | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        months = _months(text)
        return None if months is None else (months, months)
    unit = _units(found.group(2))
    low, high = _months(f"{found.group(1)} {unit}"), _months(found.group(2))
    return None if low is None or high is None else (low, high)


def _units(text: str) -> str:
    """Return the last word of a range, which is the unit of both of its ends."""
    return text.split()[-1]


def _months(text: str) -> int | None:
    """Add up pairs of number and unit; None where anything else stands in the text."""
    words = [word for word in _TOKEN.findall(text) if word not in _forms("and")]
    if not words or len(words) % 2:
        return None
    pairs = [(_number(words[at]), _unit(words[at + 1])) for at in range(0, len(words), 2)]
    return None if any(n is None or unit is None for n, unit in pairs) else sum((n or 0) * (u or 0) for n, u in pairs)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _forms("number").get(word)


def _unit(word: str) -> int | None:
    return _forms("year").get(word) or _forms("month").get(word)


@cache
def _forms(kind: str) -> Mapping[str, int]:
    return {
        _plain(form): int(row["value"] or 0)
        for row in tables.rows("term_words")
        if row["kind"] == kind
        for form in row["forms"].split("|")
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS).replace("\u200c", " ").split())
