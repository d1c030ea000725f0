"""Names as bad copies have them: surname first, a title, initials, a word lost, one letter misread. Seeded."""

from __future__ import annotations

import random
from collections.abc import Callable

Pair = tuple[str, str]
SEED = 1988

_PERSIAN_TITLES = ("سید", "حاج", "دکتر", "مهندس", "شیخ", "آقای", "حاجی")
_LATIN_TITLES = ("Dr.", "Seyyed", "Haj", "Mr.", "Sayyid", "Sheikh", "Eng.")
_PERSIAN_SHAPES = ("بپتثن", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ")
_LATIN_SHAPES = {
    "a": "oe",
    "b": "h",
    "c": "eo",
    "d": "cl",
    "e": "co",
    "f": "t",
    "g": "q",
    "h": "nb",
    "i": "lj",
    "k": "x",
    "l": "it1",
    "m": "nr",
    "n": "hru",
    "o": "ca0",
    "q": "g",
    "r": "n",
    "s": "5",
    "t": "fl",
    "u": "nv",
    "v": "uy",
    "y": "v",
    "z": "2",
}


def _surname_first(pair: Pair, _: random.Random) -> Pair:
    words = pair[1].split()
    return pair[0], " ".join([words[-1], *words[:-1]])


def _title(pair: Pair, chance: random.Random) -> Pair:
    if chance.random() < 0.5:
        return f"{chance.choice(_PERSIAN_TITLES)} {pair[0]}", pair[1]
    return pair[0], f"{chance.choice(_LATIN_TITLES)} {pair[1]}"


def _initials(pair: Pair, _: random.Random) -> Pair:
    words = pair[1].split()
    return pair[0], " ".join([*(f"{word[0]}." for word in words[:-1]), words[-1]])


def _dropped(pair: Pair, chance: random.Random) -> Pair:
    words = pair[1].split()
    words.pop(chance.randrange(len(words)))
    return pair[0], " ".join(words)


def _misread(text: str, confused: Callable[[str], str], chance: random.Random) -> str:
    places = [at for at, letter in enumerate(text) if confused(letter)]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(confused(text[at])) + text[at + 1 :]


def _persian_letter(pair: Pair, chance: random.Random) -> Pair:
    def alike(letter: str) -> str:
        return "".join(shape.replace(letter, "") for shape in _PERSIAN_SHAPES if letter in shape)

    return _misread(pair[0], alike, chance), pair[1]


def _latin_letter(pair: Pair, chance: random.Random) -> Pair:
    return pair[0], _misread(pair[1], lambda letter: _LATIN_SHAPES.get(letter, ""), chance)


def _any_persian_letter(pair: Pair, chance: random.Random) -> Pair:
    return _misread(pair[0], lambda letter: "ابتجحخدرزسشفقکلمنوهی" if letter != " " else "", chance), pair[1]


def _any_latin_letter(pair: Pair, chance: random.Random) -> Pair:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return pair[0], _misread(pair[1], lambda letter: letters if letter.isalpha() else "", chance)


def _without_spaces(pair: Pair, _: random.Random) -> Pair:
    return "".join(pair[0].split()), pair[1]


MANGLES: dict[str, Callable[[Pair, random.Random], Pair]] = {
    "surname first": _surname_first,
    "title added": _title,
    "initials": _initials,
    "one word dropped": _dropped,
    "one Persian letter misread": _persian_letter,
    "one Latin letter misread": _latin_letter,
    "any Persian letter changed": _any_persian_letter,
    "any Latin letter changed": _any_latin_letter,
    "Persian without spaces": _without_spaces,
}


def mangled(pairs: list[Pair], kind: str) -> list[Pair]:
    """Return the pairs of names of two words or more, one side of each spoiled in one way."""
    chance = random.Random(f"{SEED} {kind}")
    return [MANGLES[kind](pair, chance) for pair in pairs if len(pair[1].split()) > 1]
