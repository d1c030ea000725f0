"""What the exhibition remembers of the people who passed the guard: a plate each, and counts over them.

Invariant: a plate holds the name and nothing else that could follow a person home; affiliation is on no plate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cenotaph.publishing import guard as guards
from cenotaph.publishing.public import Card, PublicClaim, PublicCode, PublicPerson, PublicPlace
from cenotaph.publishing.site.names import entries
from cenotaph.publishing.site.words import Words
from cenotaph.values import compare, gazetteer

_PLACES = ("death.site", "death.place", "death.region")
UNPLACED = ""
_PERSIAN = frozenset("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی \u200c")
_SOUNDS_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Plate:
    """A person on the wall: the name in the script of the wall, and in the other script where a list gives one."""

    first: str
    first_script: str
    second: str = ""
    second_script: str = ""


@dataclass(slots=True)
class Gathered:
    """The people of an exhibition."""

    cards: list[Card] = field(default_factory=list)
    women: set[str] = field(default_factory=set)  # ids of those whom a source states female
    places: Counter[str] = field(default_factory=Counter)  # as a source names them; "" where none does
    cited: Counter[str] = field(default_factory=Counter)
    _spelled: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def add(self, people: Iterable[PublicPerson]) -> None:
        """Remember some persons."""
        for person in people:
            self.cards.append(guards.card(person))
            self.cited.update({naming.list for naming in person.namings if naming.cited_by})
            if _is_woman(person):
                self.women.add(person.id)
            self.places[self._place(person)] += 1

    def place_in(self, place: str, words: Words) -> str:
        """Return a place as the sources write it most often in a script, else as the gazetteer does, else as known."""
        spelled = [(n, text) for (code, text), n in self._spelled.get(place, Counter()).items() if code == words.script]
        if spelled:
            return max(spelled, key=lambda pair: (pair[0], pair[1]))[1]
        return persian(place) if words.language == "fa" else place

    def _place(self, person: PublicPerson) -> str:
        value = next((found for key in _PLACES if (found := person.value(key))), None)
        if value is None:
            return UNPLACED
        place = _known(value.chosen)
        spelled = self._spelled.setdefault(place, Counter())
        spelled.update((claim.script, claim.text) for claim in value.claims if _known(claim) == place)
        return place


def persian(place: str) -> str:
    """Return the Persian spelling of a place whose sound is that of its name, else the name itself.

    A gazetteer also holds older names and names in other languages of the Arabic script; one that does not sound like
    the name that a source used would say what no source said.
    """
    spellings = [name for entry in gazetteer.called(place) for name in entry.names if _is_persian(name)]
    return next((name for name in spellings if compare(place, name).score >= _SOUNDS_ALIKE), place)


def _is_persian(name: str) -> bool:
    return any(sign.isalpha() for sign in name) and set(name) <= _PERSIAN


def plates(cards: Iterable[Card], script: str, unknown: str) -> list[Plate]:
    """Return a plate a person in the alphabetical order of a script; ``unknown`` stands where no name is known."""
    return [_plate(entry.script, entry.name, entry.card.names, unknown) for entry in entries(cards, script)]


def _plate(script: str, name: str, names: Mapping[str, str], unknown: str) -> Plate:
    others = sorted((code, text) for code, text in names.items() if code != script)
    second = others[0] if others else ("", "")
    return Plate(name or unknown, script, second[1], second[0])


def _is_woman(person: PublicPerson) -> bool:
    sex = person.value("sex")
    if sex is None or sex.disputed:
        return False
    reading = sex.chosen.reading
    return isinstance(reading, PublicCode) and reading.code == "female"


def _known(claim: PublicClaim) -> str:
    return (claim.reading.name if isinstance(claim.reading, PublicPlace) else "") or claim.text
