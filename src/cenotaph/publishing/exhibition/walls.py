"""The walls of names: everybody once, in the alphabetical order of one script, and empty plates for the unnamed.

Invariant: a wall holds no more names than can be read from a metre; every person who may be public has a plate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.messages import RIGHT_TO_LEFT
from cenotaph.publishing.exhibition.plates import Plate, plates
from cenotaph.publishing.exhibition.sheets import Sheet, side, text
from cenotaph.publishing.exhibition.showing import Exhibition
from cenotaph.publishing.safe import tag
from cenotaph.publishing.site.words import Words

A_PANEL = 300  # names on a panel: a name stands five millimetres high and is read from a metre
_COLUMNS = 5
_PLATES = {"columns": 5, "rows": 8}


def walls(show: Exhibition) -> list[Sheet]:
    """Return the panels with everybody's name, as even as can be; empty plates where there is nobody."""
    script, words = wall_script(show)
    everybody = plates(show.people.cards, script, words.say("Name not known"))
    if not everybody:
        return [empty(show, "names")]
    return several(show, "names", "Their names", everybody, words)


def several(show: Exhibition, key: str, title: str, everybody: Sequence[Plate], own: Words) -> list[Sheet]:
    """Return the walls of some people, as even as can be."""
    count = max(1, -(-len(everybody) // A_PANEL))
    size = max(1, -(-len(everybody) // count))
    parts = [everybody[at : at + size] for at in range(0, len(everybody), size)]
    return [
        wall(show, f"{key}-{at}", _wall_sides(show, title, at, len(parts)), part, own)
        for at, part in enumerate(parts, 1)
    ]


def _wall_sides(show: Exhibition, title: str, at: int, of: int) -> list[Mapping[str, Any]]:
    return [side(words, numbered(words, title, at, of), []) for words in show.printer.sides]


def wall_script(show: Exhibition) -> tuple[str, Words]:
    """Return the script of the wall: that of most names, among those the languages are read in."""
    sides = show.printer.sides
    held = {words.script: sum(words.script in card.names for card in show.people.cards) for words in sides}
    best = max(sides, key=lambda words: (held[words.script], words.script != "Latn"))
    return best.script, best


def wall(show: Exhibition, key: str, sides: Sequence[Mapping[str, Any]], part: Sequence[Plate], own: Words) -> Sheet:
    """Return one wall; its sides may carry words above the names."""
    shape = {"columns": _COLUMNS, "rows": -(-len(part) // _COLUMNS), "dir": own.direction}
    names = [named(plate, own) for plate in part]
    return show.printer.sheet(key, "wall", sides, "names/index.html", names=names, wall=shape)


def named(plate: Plate, own: Words) -> dict[str, Any]:
    """Return a name as the templates set it: each spelling with its language and direction."""
    found = {"first": _run(plate.first, plate.first_script, own)}
    if plate.second:
        found["second"] = _run(plate.second, plate.second_script, own)
    return found


def _run(name: str, script: str, own: Words) -> dict[str, str]:
    base = own.language if script == own.script else tag("", script)
    right = script in ("Arab", "Hebr") or (script == "Zyyy" and own.language in RIGHT_TO_LEFT)
    return {"text": name, "lang": base.split("-")[0], "dir": "rtl" if right else "ltr"}


def empty(show: Exhibition, key: str) -> Sheet:
    """Return a panel of empty plates: of the names where there are none yet, or of the unnamed."""
    sides = []
    for words in show.printer.sides:
        title = words.say("Those whose names we do not know") if key == "unnamed" else words.say("Their names")
        said = words.say("These plates are empty for those who are on no list. If you know a name, tell the people at "
                         "the stand. You need not say who you are.")  # fmt: skip
        sides.append(side(words, title, [text(words, said)]))
    return show.printer.sheet(key, "plates", sides, "index.html", plates=_PLATES)


def numbered(words: Words, title: str, at: int, of: int) -> str:
    """Return a title, with its number where it stands on several panels."""
    said = words.say(title)
    if of == 1:
        return said
    return words.say("{title}, {at} of {of}", title=said, at=words.number(at), of=words.number(of))
