"""The invented dead: who they were and what happened to them, before anybody wrote a list.

Nobody here existed. Everything a list later says about a person, right or wrong, is drawn from one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cenotaph.demo.dice import Dice
from cenotaph.demo.world import FIRST_DAY, LAST_DAY, City, Word, World, world
from cenotaph.values import calendars

TWINS, BROTHERS, SAYYIDS, WOMEN = 0.012, 0.02, 0.06, 0.14
KILLED_IN_PRISON, ON_A_WAVE_DAY, WAVES = 0.65, 0.7, 4
CITY_SHARE_OF_KNOWN, ELSEWHERE_SHARE_OF_KNOWN = 0.62, 0.36
IDENTITY = "SPN-77"  # every invented identity number starts with this

_WORD_OF: dict[str, Callable[[Word], str]] = {
    "fa": lambda word: word.fa,
    "press": lambda word: word.press,
    "scholar": lambda word: word.scholar,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person. Days are Julian day numbers; ``known`` is the latent group (see ``lists``)."""

    id: str
    given: Word
    stem: Word
    suffix: Word
    father: Word
    sayyid: bool
    sex: str
    born: int
    arrested: int
    died: int
    home: City
    city: City
    prison: Word | None
    cemetery: Word
    occupation: Word
    years: int
    known: bool
    fate: str = "killed"

    @property
    def age(self) -> int:
        """Whole years lived."""
        return (self.died - self.born) * 4 // 1461


def identity_number(person: Person) -> str:
    """Return a person's invented identity number, the same on whatever list it stands."""
    return f"{IDENTITY}-{Dice(0, 'identity', person.id).between(10000, 99999)}"


def spelled(word: Word, style: str) -> str:
    """Write a word in Persian script (``fa``) or one of two house styles (``press``, ``scholar``)."""
    return _WORD_OF[style](word)


def surname(stem: Word, suffix: Word, style: str) -> str:
    """Join a made-up stem and an ending; in Persian long endings stand after a zero-width non-joiner."""
    joiner = "\u200c" if style == "fa" and len(suffix.fa) > 2 else ""
    return spelled(stem, style) + joiner + spelled(suffix, style)


def period() -> tuple[int, int]:
    """Return the first and last day of the invented event as Julian day numbers."""
    return calendars.to_jdn("persian", *FIRST_DAY), calendars.to_jdn("persian", *LAST_DAY)


def the_dead(seed: int, size: int) -> list[Person]:
    """Make ``size`` people killed in the invented event, with brothers and namesakes among them."""
    return list(_people(seed, size))


def others(seed: int, size: int, label: str) -> list[Person]:
    """Make people who are none of the event's dead (``label`` names them): a list may name them all the same."""
    made = the_dead(Dice(seed, label).bits(), size)
    return [replace(person, id=f"{label}{number:04d}") for number, person in enumerate(made, start=1)]


def _people(seed: int, size: int) -> Iterator[Person]:
    waves = _waves(Dice(seed, "waves"))
    earlier: list[Person] = []
    for number in range(1, size + 1):
        dice = Dice(seed, "person", number)
        person = _person(dice, f"P{number:04d}", waves)
        if earlier and dice.chance(TWINS):
            person = _namesake(person, dice.pick(earlier), dice)
        elif earlier and dice.chance(BROTHERS):
            person = _sibling(person, dice.pick(earlier))
        earlier.append(person)
        yield person


def _waves(dice: Dice) -> dict[str, list[int]]:
    """Choose for each province the days of its killings."""
    first, last = period()
    provinces = dict.fromkeys(city.province.press for city in world().cities)
    return {province: [dice.between(first, last) for _ in range(WAVES)] for province in provinces}


def _person(dice: Dice, identity: str, waves: dict[str, list[int]]) -> Person:
    land = world()
    sex = "female" if dice.chance(WOMEN) else "male"
    home = dice.weighed(land.cities, [city.weight for city in land.cities])
    died = _day_of_death(dice, waves[home.province.press])
    in_prison = dice.chance(KILLED_IN_PRISON)
    share = CITY_SHARE_OF_KNOWN if home.capital else ELSEWHERE_SHARE_OF_KNOWN
    return Person(
        id=identity,
        given=_given(dice, land.women if sex == "female" else land.men),
        stem=_given(dice, land.stems),
        suffix=_given(dice, land.suffixes),
        father=_given(dice, land.men),
        sayyid=dice.chance(SAYYIDS),
        sex=sex,
        born=died - 365 * _age(dice) - dice.below(365),
        arrested=died - dice.between(40, 3200),
        died=died,
        home=home,
        city=_capital(land, home) if in_prison else home,
        prison=dice.pick(land.prisons[home.province.press]) if in_prison else None,
        cemetery=dice.pick(land.cemeteries[home.province.press]),
        occupation=_given(dice, land.occupations),
        years=dice.pick((2, 3, 5, 5, 8, 10, 15)),
        known=dice.chance(share),
    )


def _given(dice: Dice, words: tuple[Word, ...]) -> Word:
    return dice.weighed(words, [word.weight for word in words])


def _age(dice: Dice) -> int:
    """Draw an age: mostly 18 to 35, a few children and old people."""
    return 15 + dice.below(12) + dice.below(12) + (dice.below(35) if dice.chance(0.2) else 0)


def _day_of_death(dice: Dice, waves: list[int]) -> int:
    first, last = period()
    if dice.chance(ON_A_WAVE_DAY):
        return min(last, max(first, dice.weighed(waves, (4, 3, 2, 1)) + dice.between(-2, 2)))
    return dice.between(first, last)


def _capital(land: World, home: City) -> City:
    return next(city for city in land.cities if city.capital and city.province == home.province)


def _namesake(person: Person, model: Person, dice: Dice) -> Person:
    """Give a person the full name, sex and city of another, who was at least eight years older or younger."""
    apart = 365 * dice.between(8, 18) * (1 if model.age > 40 else -1)
    return replace(
        person,
        given=model.given, stem=model.stem, suffix=model.suffix, sex=model.sex, sayyid=model.sayyid,
        home=model.home, city=model.city, prison=model.prison, cemetery=model.cemetery,
        born=person.died - (model.died - model.born) + apart,
    )  # fmt: skip


def _sibling(person: Person, model: Person) -> Person:
    """Give a person the family name, father and home of another."""
    return replace(
        person,
        stem=model.stem, suffix=model.suffix, father=model.father, sayyid=model.sayyid, home=model.home,
        city=model.city, prison=model.prison, cemetery=model.cemetery,
    )  # fmt: skip
