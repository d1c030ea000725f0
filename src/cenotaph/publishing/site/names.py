"""All names in alphabetical order, split by first letter and into pages, for readers without JavaScript.

Invariant: every public person stands in the index of every language exactly once; who is written in another script
only stands after the others, under the letters of that script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cenotaph.publishing.public import Card
from cenotaph.publishing.safe import tag
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import reading
from cenotaph.publishing.site.runs import run
from cenotaph.publishing.site.words import Words

A_PAGE = 400
_PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ORDER = {letter: chr(0xE000 + place) for place, letter in enumerate(_PERSIAN)}
_SAME = str.maketrans("كيىةؤئأإٱە", "کییهویاااه")
_NONE = "#"


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in the index of one language."""

    script: str
    letter: str
    order: str
    name: str
    card: Card


def entries(cards: Iterable[Card], script: str) -> list[Entry]:
    """Return all persons in the order a reader of the script looks for them."""
    found = [_entry(card, script) for card in cards]
    return sorted(found, key=lambda e: (e.script != script, e.script == "Zyyy", e.script, _rank(e), e.order, e.card.id))


def pages(found: Sequence[Entry], words: Words, layout: Layout) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield address and parts of each index page: the overview, then each letter in pages of ``A_PAGE`` names."""
    letters = [(key, list(group)) for key, group in groupby(found, key=lambda e: (e.script, e.letter))]
    yield (
        "names/index.html",
        {"title": words.say("Names"), "groups": _groups(letters, None, words), "people": [], "pages": []},
    )
    for key, people in letters:
        groups = _groups(letters, key, words)
        last = (len(people) - 1) // A_PAGE + 1
        for number in range(1, last + 1):
            part = people[(number - 1) * A_PAGE : number * A_PAGE]
            yield (
                f"names/{_file(key, number)}",
                {
                    "title": _title(key, words),
                    "groups": groups,
                    "people": [_line(entry, words, layout) for entry in part],
                    "pages": _numbers(key, number, last, words),
                },
            )


def sort_key(name: str) -> str:
    """Return a key that orders Persian by the Persian alphabet and Latin without regard to case and marks."""
    bare = name.translate(_SAME) if _arabic(name) else unicodedata.normalize("NFKD", name.casefold())
    return "".join(_ORDER.get(sign, sign) for sign in bare if not unicodedata.combining(sign) and sign != "\u200c")


def _rank(entry: Entry) -> tuple[str, str]:
    """Names of one letter stand together, also those that begin with a sign that is no letter."""
    return sort_key(entry.letter), entry.letter


def _arabic(name: str) -> bool:
    return any("\u0600" <= sign <= "\u06ff" for sign in name)


def _entry(card: Card, script: str) -> Entry:
    if not card.names:
        return Entry("Zyyy", _NONE, "", "", card)
    code = min(card.names, key=lambda c: (c != script, c != "Latn", c))
    name = card.names[code]
    return Entry(code, _letter(name), sort_key(name), name, card)


def _letter(name: str) -> str:
    first = next((sign for sign in name if sign.isalpha()), _NONE)
    if _arabic(first):
        first = first.translate(_SAME)
        return "ا" if first == "آ" else first
    return unicodedata.normalize("NFKD", first)[0].upper()[0]


def _file(key: tuple[str, str], number: int) -> str:
    script, letter = key
    stem = letter.lower() if letter.isascii() and letter.isalpha() else f"u{ord(letter):04x}"
    return f"{script.lower()}-{stem}-{number}.html"


def _title(key: tuple[str, str], words: Words) -> str:
    return words.say("Names: {letter}", letter=key[1]) if key[1] != _NONE else words.say("Name not known")


def _groups(
    letters: Sequence[tuple[tuple[str, str], list[Entry]]], current: tuple[str, str] | None, words: Words
) -> list[dict[str, Any]]:
    groups = groupby(letters, key=lambda pair: pair[0][0])
    found = [(code, [(key, len(people)) for key, people in group]) for code, group in groups]
    return [
        {
            "title": codes.said(codes.SCRIPT, code, words) if len(found) > 1 else "",
            "letters": [
                {
                    "file": _file(key, 1),
                    "text": run(key[1], tag("", code)) if key[1] != _NONE else words.say("Name not known"),
                    "current": key == current,
                    "count": words.count("{n} name", "{n} names", count),
                }
                for key, count in keys
            ],
        }
        for code, keys in found
    ]


def _numbers(key: tuple[str, str], current: int, last: int, words: Words) -> list[dict[str, Any]]:
    if last == 1:
        return []
    return [
        {"file": _file(key, number), "text": words.number(number), "current": number == current}
        for number in range(1, last + 1)
    ]


def _line(entry: Entry, words: Words, layout: Layout) -> dict[str, Any]:
    others = [run(name, tag("", code)) for code, name in entry.card.names.items() if code != entry.script]
    died = entry.card.died
    return {
        "file": layout.person(entry.card.id),
        "name": run(entry.name, tag("", entry.script)) if entry.name else words.say("Name not known"),
        "other": others[0] if others else "",
        "died": reading(died, words) if died else "",
    }
