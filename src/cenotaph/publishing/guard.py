"""The only door from the register to the public: deny by default.

Invariant: nothing leaves unless a rule here lets it through. A person leaves when a source states them dead or
disappeared, no decision about them is contested, and consent makes them public; a claim leaves when the policy lets
its property leave. What comes out holds public ids only, and every text is free of controls that reorder a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from cenotaph.errors import Refused
from cenotaph.publishing.ground_guard import GroundGuard, Held, Rules
from cenotaph.publishing.policy import ADULT, ADULTS_ONLY, Policy
from cenotaph.publishing.public import (
    Card,
    PublicAct,
    PublicAge,
    PublicClaim,
    PublicCode,
    PublicDate,
    PublicFlag,
    PublicNaming,
    PublicPerson,
    PublicPlace,
    PublicReading,
    PublicValue,
)
from cenotaph.publishing.public_ground import PublicGround
from cenotaph.publishing.safe import clean, script
from cenotaph.registry.flags import Flag, flags_of
from cenotaph.registry.persons import Act, Fate, Naming, Person, ReadClaim, Reading, Value
from cenotaph.registry.spans import Certainty
from cenotaph.registry.surroundings import Surroundings
from cenotaph.registry.whereabouts import whereabouts
from cenotaph.values import Age, PartialDate, Place, properties
from cenotaph.values.tokens import is_unknown_name

_ID = re.compile(r"[0-9a-z][0-9a-z_-]{3,63}")  # lower case: some disks know no other
_STATED = (Fate.KILLED, Fate.DIED, Fate.DISAPPEARED)
_LOCATOR = 120  # characters: a place in a source is short; anything longer is text that strayed into it
_NAMES = ("name", "name.given", "name.family", "name.alias")
_SHOWN = ("public", "name-only")  # consents under which a page may stand


class Withheld(StrEnum):
    """Why a person is not published."""

    EXCLUDED = "excluded"
    NOT_STATED = "no source states the person dead or disappeared"
    CONTESTED = "contested"
    HIDDEN = "hidden"


@dataclass(slots=True)
class Guard:
    """Lets people and claims through.

    Parameters
    ----------
    policy
        Which properties may leave.
    lists
        Language of each list of the case; a claim of a list that is not here does not leave.
    withheld
        Counts of persons kept back, by reason.
    """

    policy: Policy
    lists: Mapping[str, str]
    withheld: Counter[Withheld] = field(default_factory=Counter)
    held: Counter[Held] = field(default_factory=Counter)  # allegations kept back, by reason
    _known: dict[str, bool] = field(default_factory=dict)  # what the policy says of a key, asked once

    def people(self, persons: Iterable[Person]) -> Iterator[PublicPerson]:
        """Yield what the public may see of each person it may see, in the order given."""
        for person in persons:
            reason = refusal(person)
            if reason is not None:
                self.withheld[reason] += 1
                continue
            yield self.person(person)

    def person(self, person: Person) -> PublicPerson:
        """Return what the public may see of a person.

        Raises
        ------
        Refused
            The person may not be published, or has no id fit for an address.
        """
        reason = refusal(person)
        if reason is not None:
            raise Refused(f"person {person.public_id}: not published ({reason}); see the methodology for the criteria")
        if not all(_ID.fullmatch(name) for name in (person.public_id, *person.aliases)):
            raise Refused("a public id is not fit for an address; ids are made by the case, see `Case.public_id`")
        found = tuple(value for value in map(self.value, self._open(person)) if value is not None)
        return PublicPerson(
            id=person.public_id,
            aliases=tuple(sorted(set(person.aliases) - {person.public_id})),
            names=self._names(person),
            values=found,
            namings=self._namings(person.namings),
            independent=person.independent,
            fate=str(person.fate),
            fates=self._by_list(person.fates),
            whereabouts=self._by_list(whereabouts(value for value in person.values if self._is_open(value, found))),
            acts=tuple(_act(act) for act in person.acts if any(self._is_open(value, found) for value in act.values)),
            follows=tuple(_flag(flag) for flag in flags_of(person) if self._follows_openly(flag, found)),
            status=person.status,
            flags=tuple(sorted({flag for value in found for claim in value.claims for flag in _flags(claim)})),
        )

    def _by_list(self, stated: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        kept = {str(what): tuple(name for name in names if name in self.lists) for what, names in stated.items()}
        return {what: names for what, names in sorted(kept.items()) if names}

    def _is_open(self, value: Value, found: Sequence[PublicValue]) -> bool:
        """Say whether something of a value leaves."""
        return any((each.property, each.index) == (value.property, value.index) for each in found)

    def _follows_openly(self, flag: Flag, found: Sequence[PublicValue]) -> bool:
        """Say whether a flag leaves: it is not excluded, and every claim it rests on leaves too."""
        said = {(each.property, each.index): len(each.claims) for each in found}
        return flag.certainty is not Certainty.CONTRADICTED and all(
            said.get((ground.property, ground.index)) == len(ground.claims) for ground in flag.grounds
        )

    def ground(self, around: Surroundings, shown: Iterable[str], closed: Mapping[str, str]) -> PublicGround:
        """Return what the public may see of sites and actors, beside the persons that passed.

        Parameters
        ----------
        around
            Sites and actors as the register holds them.
        shown
            Public ids of the persons that passed.
        closed
            Full names of persons whom consent keeps closed, folded; no text with one of them leaves.
        """
        door = GroundGuard(around, self._opens, frozenset(shown), Rules(around.register.case, closed))
        found = door.all()
        self.held = door.held
        return found

    def value(self, value: Value) -> PublicValue | None:
        """Return what the public may see of a value, or None when nothing of it may leave."""
        if not self._opens(value.property):
            return None
        claims = tuple(self._claim(claim) for claim in value.claims if self._may(claim))
        if not claims:
            return None
        chosen = self._claim(value.chosen) if self._may(value.chosen) else claims[0]
        return PublicValue(
            property=value.property,
            index=value.index,
            kind=_kind(value.property),
            claims=claims,
            chosen=chosen,
            rule=str(value.rule),
            disputed=value.disputed and len(claims) > 1,
        )

    def _open(self, person: Person) -> Iterator[Value]:
        """Yield the values that consent and age let be looked at.

        Photographs leave only where every age a source gives is an adult's, and one is given.
        """
        if person.visibility == "name-only":
            yield from (value for value in person.values if value.property in _NAMES)
            return
        adult = _adult(person)
        yield from (value for value in person.values if adult or value.property not in ADULTS_ONLY)

    def _may(self, claim: ReadClaim) -> bool:
        key = claim.claim.key
        return claim.claim.list in self.lists and self._opens(key) and bool(clean(claim.claim.raw))

    def _opens(self, key: str) -> bool:
        if key not in self._known:
            self._known[key] = self.policy.is_public(key)
        return self._known[key]

    def _names(self, person: Person) -> dict[str, PublicClaim]:
        shown: dict[str, PublicClaim] = {}
        for _, value in sorted(person.names.items()):
            if self._may(value.chosen) and not is_unknown_name(value.chosen.claim.raw):
                claim = self._claim(value.chosen)
                shown.setdefault(claim.script, claim)
        return shown

    def _claim(self, read: ReadClaim) -> PublicClaim:
        claim = read.claim
        if not claim.source or not claim.locator.strip():
            raise Refused(
                f"{claim.record}, {claim.key}: the claim has no source, or no place in it, and nothing is published "
                "without; read the list again, or enter the record anew with its source"
            )
        text = clean(claim.raw)
        return PublicClaim(
            text=text,
            list=claim.list,
            locator=clean(claim.locator)[:_LOCATOR],
            language=self.lists[claim.list],
            script=script(text),
            reading=_reading(read.reading, code=_kind(claim.key) == "code"),
            compatible=read.compatible,
        )

    def _namings(self, namings: Iterable[Naming]) -> tuple[PublicNaming, ...]:
        shown = [
            PublicNaming(
                list=naming.list,
                locator=clean(naming.locator)[:_LOCATOR],
                cited_by=naming.cited_by,
                withdrawn=naming.withdrawn,
            )
            for naming in namings
            if naming.list in self.lists and (naming.cited_by is None or naming.cited_by in self.lists)
        ]
        return tuple(dict.fromkeys(shown))


def refusal(person: Person) -> Withheld | None:
    """Return why a person may not be published, or None when they may."""
    if not any(person.fates.get(fate) for fate in _STATED):
        return Withheld.NOT_STATED
    if person.fate not in _STATED or not person.included:
        return Withheld.EXCLUDED
    if person.contested:
        return Withheld.CONTESTED
    return None if person.visibility in _SHOWN else Withheld.HIDDEN


def card(person: PublicPerson) -> Card:
    """Return the little of a public person that indexes and search need."""
    died = person.value("death.date") or person.value("disappearance.date")
    place = next((v for key in ("death.site", "death.place", "death.region") if (v := person.value(key))), None)
    said = [c.text for v in person.values if v.property in _NAMES for c in v.claims]
    spellings = [text for text in said if not is_unknown_name(text)]
    named = [claim.text for claim in person.names.values()]
    return Card(
        id=person.id,
        names={code: claim.text for code, claim in person.names.items()},
        spellings=tuple(dict.fromkeys([*named, *spellings])),
        died=died.chosen.reading if died and isinstance(died.chosen.reading, PublicDate) else None,
        place=place.chosen.text if place else "",
        lists=person.lists,
        status=person.status,
        fate=person.fate,
    )


def _act(act: Act) -> PublicAct:
    return PublicAct(kind=act.kind, index=act.index, doubt=str(act.doubt))


def _flag(flag: Flag) -> PublicFlag:
    grounds = tuple((ground.property, ground.index) for ground in flag.grounds)
    return PublicFlag(name=flag.name, certainty=str(flag.certainty), grounds=grounds)


@lru_cache(maxsize=4096)
def _kind(key: str) -> str:
    return properties.property_of(key).kind


def _adult(person: Person) -> bool:
    ages = [claim.reading for value in person.values if value.property == "age" for claim in value.claims]
    lows = [age.low for age in ages if isinstance(age, Age)]
    return bool(lows) and all(low is not None and low >= ADULT for low in lows)


def _flags(claim: PublicClaim) -> tuple[str, ...]:
    return claim.reading.flags if isinstance(claim.reading, PublicDate | PublicAge) else ()


def _reading(reading: Reading, *, code: bool) -> PublicReading:
    if isinstance(reading, PartialDate):
        return _date(reading)
    if isinstance(reading, Age):
        return PublicAge(low=reading.low, high=reading.high, flags=reading.flags)
    if isinstance(reading, Place):
        return None if reading.id is None else _place(reading)
    return PublicCode(code=reading) if code and reading else None


def _date(date: PartialDate) -> PublicDate | None:
    if date.earliest is None and date.latest is None:
        return None
    return PublicDate(
        earliest=date.earliest,
        latest=date.latest,
        calendar=date.calendar or "",
        edtf=date.edtf,
        flags=date.flags,
        alternatives=tuple((other.earliest, other.latest, other.calendar) for other in date.alternatives),
    )


def _place(place: Place) -> PublicPlace:
    return PublicPlace(
        name=clean(place.name or ""),
        province=clean(place.province or ""),
        country=clean(place.country or ""),
        precision=str(place.precision),
    )
