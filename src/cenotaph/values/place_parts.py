"""The parts of a place text: what stands between commas, and the words that only say what kind of place it is.

Invariant: a word is taken off a name only where the table knows it and something is left of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cenotaph.values import tables
from cenotaph.values.gazetteer import words

MOST_WORDS = 4  # in one form of the table
_PARTS = re.compile(r"[,،;/\\()\[\]|–—]+|\s-\s|\s-|-\s")
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_SLASHED = re.compile(r"\s*/\s*")
_COMPOUND = re.compile(r"^([^\W\d_]{3,})-([^\W\d_]{4,})$")  # Evin-fengselet
_ELISION = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)  # prison d'Evin
_CANONICAL = {"prison": ("زندان {}", "{} prison"), "cemetery": ("گورستان {}", "{} cemetery")}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a place text between commas: what is left of it without words such as "province", and those words."""

    text: str
    hint: str = ""  # region, city or ""
    whole: str = ""  # with those words: Kansas City


def _vocabulary(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words(form) for row in tables.rows("place_words") if row["kind"] == kind
                     for form in row["forms"].split("|"))  # fmt: skip


_UNKNOWN, _REGION, _CITY = _vocabulary("unknown"), _vocabulary("region"), _vocabulary("city")
_STREET = frozenset(each for form in _vocabulary("street") for each in form)
_BEFORE, _ELSEWHERE, _OR = _vocabulary("before"), _vocabulary("elsewhere"), _vocabulary("or")
_BETWEEN, _JOINT, _WARD = _vocabulary("between"), _vocabulary("joint"), _vocabulary("ward")
_SITES = {kind: _vocabulary(kind) for kind in _CANONICAL}


@cache
def _firsts(vocabulary: frozenset[tuple[str, ...]]) -> frozenset[str]:
    """Return the words with which forms begin."""
    return frozenset(form[0] for form in vocabulary if form)


def _strip_front(tokens: list[str], vocabulary: frozenset[tuple[str, ...]]) -> list[str] | None:
    if not tokens or tokens[0] not in _firsts(vocabulary):  # nearly always
        return None
    for length in range(MOST_WORDS, 0, -1):
        if len(tokens) > length and tuple(tokens[:length]) in vocabulary:
            return tokens[length:]
    return None


def _strip_back(tokens: list[str], vocabulary: frozenset[tuple[str, ...]]) -> list[str] | None:
    for length in range(2, 0, -1):
        if len(tokens) > length and tuple(tokens[-length:]) in vocabulary:
            return tokens[:-length]
    return None


def _without_ward(tokens: list[str]) -> list[str]:
    """Take off the ward, hall or plot with its number, in front: ``ward 209 Evin``."""
    rest = _strip_front(tokens, _WARD)
    return rest[1:] if rest and len(rest) > 1 and rest[0].isdecimal() else tokens


def part_of(text: str) -> Part:
    """Read one part: the words for province, city, near … taken off the name."""
    tokens, hint = _without_ward(list(words(text))), ""
    while (rest := _strip_front(tokens, _BEFORE)) is not None:
        tokens = rest
    for name, vocabulary in (("region", _REGION), ("city", _CITY)):
        rest = _strip_back(tokens, vocabulary) or _strip_front(tokens, vocabulary)
        if rest is not None:
            tokens, hint = rest, hint or name
    return Part(" ".join(tokens), hint, " ".join(words(text)))


def parts_of(text: str) -> list[Part]:
    """Cut a text at commas, slashes, brackets and dashes; where somebody came from is left out."""
    text = _BRACKETED.sub(lambda found: "" if _strip_front(list(words(found[1])), _ELSEWHERE) else found[0], text)
    text = _ELISION.sub(r"\1 ", text)
    text = _COMPOUND.sub(lambda found: " ".join(found.groups()) if _is_site_word(found[2]) else found[0], text.strip())
    return [each for each in (part_of(piece) for piece in _PARTS.split(text)) if each.text]


def _is_site_word(text: str) -> bool:
    return any(words(text) in vocabulary for vocabulary in _SITES.values())


def alternatives(text: str) -> list[str]:
    """Split ``Rasht or Bandar Anzali`` and ``between Sanandaj and Marivan``."""
    rest = _strip_front(list(words(text)), _BETWEEN)
    return _cut(text, _OR) if rest is None else _cut(" ".join(rest), _OR | _JOINT)


def joined(text: str) -> list[str]:
    """Split ``Tehran and Karaj``; a province of two names has "and" in its own."""
    return _cut(text, _JOINT)


@cache
def _joints(joints: frozenset[tuple[str, ...]]) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(re.escape(' '.join(each)) for each in sorted(joints, reverse=True))})\s")


def _cut(text: str, joints: frozenset[tuple[str, ...]]) -> list[str]:
    return [each for each in _joints(joints).split(text) if each.strip()]


def slashed(text: str) -> list[str]:
    """Split ``Saqqez/Baneh``; whether these are two places or a place and where it lies is not yet said."""
    return [each for each in _SLASHED.split(text) if each.strip()]


def site_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names under which the sites may hold a prison or a cemetery named in another language, and its own."""
    tokens = list(words(text))
    for kind, vocabulary in _SITES.items():
        rest = _strip_front(tokens, vocabulary) or _strip_back(tokens, vocabulary)
        if rest:
            yield from ((kind, form.format(" ".join(rest))) for form in (*_CANONICAL[kind], "{}"))


def is_unknown(spoken: tuple[str, ...]) -> bool:
    """Say whether a text states that the place is not known, or names nothing but a kind of place."""
    bare = any(spoken in vocabulary for vocabulary in _SITES.values())
    return bare or spoken in _UNKNOWN or ("".join(spoken),) in _UNKNOWN


def names_street(tokens: Sequence[str]) -> bool:
    """Say whether a street or a square is named: those of a city's name lie elsewhere."""
    return bool(set(tokens) & _STREET)
