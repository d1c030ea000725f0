"""How different hands write one name: house styles, variants, and slips of the pen.

Invariant: a spelling depends only on the person, the habits and the dice; nothing is looked up in another list.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.demo.dice import Dice
from cenotaph.demo.people import Person, spelled, surname
from cenotaph.demo.world import Word

ZWNJ = "\u200c"
_SAYYID = {"fa": ("سید", "سيد"), "press": ("Seyed", "Seyyed"), "scholar": ("Sayyid", "Sayed")}
_NEAR_LATIN = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o", "s": "z", "z": "s", "k": "q", "v": "w", "t": "d"}
_NEAR_PERSIAN = {"س": "ص", "ص": "س", "ز": "ذ", "ذ": "ز", "ت": "ط", "ط": "ت", "ق": "غ", "غ": "ق", "ه": "ح", "ح": "ه"}
_ARABIC_KEYS = str.maketrans({"ی": "ي", "ک": "ك"})


@dataclass(frozen=True, slots=True)
class Hand:
    """How one compiler writes names: the house style and the rates at which it strays from it."""

    style: str
    variant: float = 0.12  # a word in another spelling than the house's (Latin), or another orthography (Persian)
    slip: float = 0.03  # a letter lost, doubled, exchanged or mistaken, a name
    drops_sayyid: float = 0.4
    shortens: float = 0.03  # Gholamreza becomes Reza, a compound loses its first part


def write(word: Word, hand: Hand, dice: Dice) -> str:
    """Write one word by one hand."""
    if hand.style == "fa":
        return word.fa
    if dice.chance(hand.variant):
        return dice.pick((word.press, word.scholar, *word.others))
    return spelled(word, hand.style)


def given_name(person: Person, hand: Hand, dice: Dice) -> str:
    """Write a given name, with or without the title of descent."""
    text = _shortened(write(person.given, hand, dice), hand, dice)
    if person.sayyid and not dice.chance(hand.drops_sayyid):
        text = f"{dice.pick(_SAYYID[hand.style])} {text}"
    return _slipped(text, hand, dice)


def family_name(person: Person, hand: Hand, dice: Dice) -> str:
    """Write a surname."""
    if hand.style == "fa":
        text = surname(person.stem, person.suffix, "fa")
    else:
        text = write(person.stem, hand, dice) + write(person.suffix, hand, dice)
    return _slipped(text, hand, dice)


def father_name(person: Person, hand: Hand, dice: Dice) -> str:
    """Write the father's given name."""
    return _slipped(write(person.father, hand, dice), hand, dice)


def full_name(person: Person, hand: Hand, dice: Dice) -> str:
    """Write given name and surname."""
    return f"{given_name(person, hand, dice)} {family_name(person, hand, dice)}"


def slip(text: str, dice: Dice) -> str:
    """Make one slip of the pen inside a word: a letter lost, doubled, exchanged with the next or mistaken."""
    if len(text) < 4:
        return text
    at = dice.between(1, len(text) - 2)
    letter, after = text[at], text[at + 1]
    if not (letter.isalpha() and after.isalpha()):
        return text
    mistaken = _NEAR_PERSIAN.get(letter) or _NEAR_LATIN.get(letter) or letter * 2
    pair = dice.pick((after, letter * 2 + after, after + letter, mistaken + after))
    return text[:at] + pair + text[at + 2 :]


def orthography(text: str, hand: Hand, dice: Dice) -> str:
    """Write Persian as keyboards do: Arabic yeh and kaf, a space or nothing for the zero-width non-joiner."""
    if hand.style != "fa" or not dice.chance(hand.variant):
        return text
    return dice.pick((text.translate(_ARABIC_KEYS), text.replace(ZWNJ, ""), text.replace(ZWNJ, " ")))


def _shortened(text: str, hand: Hand, dice: Dice) -> str:
    for first in ("Gholam", "Mohammad", "غلام", "محمد"):
        rest = text.removeprefix(first).lstrip("- ")
        if rest and rest != text and dice.chance(hand.shortens):
            return rest[0].upper() + rest[1:]
    return text


def _slipped(text: str, hand: Hand, dice: Dice) -> str:
    text = orthography(text, hand, dice)
    return slip(text, dice) if dice.chance(hand.slip / 2) else text
