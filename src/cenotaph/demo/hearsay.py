"""What a compiler came to know of a person: parts missing, parts vague, parts wrong, at rates written down here.

Invariant: hearing draws from the person alone, never from another list, so lists are independent given the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.demo import spelling
from cenotaph.demo.dice import Dice
from cenotaph.demo.people import Person
from cenotaph.demo.spelling import Hand
from cenotaph.demo.world import City, Word, world

DAY, MONTH, SEASON, YEAR = "day", "month", "season", "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The rates at which one compiler hears rightly, vaguely, wrongly or nothing."""

    hand: Hand
    father: float = 0.7
    sex: float = 0.95
    age: float = 0.75
    age_off: float = 0.18
    age_as_birth_year: float = 0.08
    day: float = 0.6
    month: float = 0.2
    season: float = 0.0
    year: float = 0.15  # the rest has no date at all
    day_off: float = 0.08
    month_off: float = 0.03
    year_off: float = 0.01
    place: float = 0.93
    place_wrong: float = 0.03
    prison: float = 0.6
    occupation: float = 0.35


@dataclass(frozen=True, slots=True)
class When:
    """A day as far as it is known: a Julian day number and how much of it was said."""

    jdn: int
    precision: str = DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one compiler can write about one person; None is what nobody said."""

    given: str
    family: str
    father: str | None
    sex: str | None
    age: int | None
    born: int | None  # Julian day number; only its year is ever written
    died: When | None
    city: Word | None
    province: Word | None
    prison: Word | None
    occupation: Word | None

    @property
    def name(self) -> str:
        """Given name and surname, or the one that is known."""
        return f"{self.given} {self.family}".strip()


def hear(person: Person, habits: Habits, dice: Dice) -> Heard:
    """Draw what a compiler of these habits knows of a person."""
    age, born = _age(person, habits, dice)
    city = _city(person, habits, dice)
    return Heard(
        given=spelling.given_name(person, habits.hand, dice),
        family=spelling.family_name(person, habits.hand, dice),
        father=spelling.father_name(person, habits.hand, dice) if dice.chance(habits.father) else None,
        sex=person.sex if dice.chance(habits.sex) else None,
        age=age,
        born=born,
        died=_died(person, habits, dice),
        city=city.name if city else None,
        province=city.province if city else None,
        prison=person.prison if dice.chance(habits.prison) else None,
        occupation=person.occupation if dice.chance(habits.occupation) else None,
    )


def _age(person: Person, habits: Habits, dice: Dice) -> tuple[int | None, int | None]:
    if not dice.chance(habits.age):
        return None, None
    off = dice.pick((-1, -1, 1, 1, -2, 3)) if dice.chance(habits.age_off) else 0
    if dice.chance(habits.age_as_birth_year):
        return None, person.born - 365 * off
    return person.age + off, None


def _died(person: Person, habits: Habits, dice: Dice) -> When | None:
    shares = (habits.day, habits.month, habits.season, habits.year)
    precision = dice.weighed((DAY, MONTH, SEASON, YEAR, ""), (*shares, max(0.0, 1 - sum(shares))))
    return When(person.died + _error(habits, dice), precision) if precision else None


def _error(habits: Habits, dice: Dice) -> int:
    """Draw by how many days a date is wrong; nearly always by none."""
    if dice.chance(habits.day_off):
        return dice.pick((-10, -3, -2, -1, 1, 1, 2, 4, 7))
    if dice.chance(habits.month_off):
        return dice.pick((-61, -30, 30, 92))
    return dice.pick((-365, 365)) if dice.chance(habits.year_off) else 0


def _city(person: Person, habits: Habits, dice: Dice) -> City | None:
    if not dice.chance(habits.place):
        return None
    return dice.pick(world().cities) if dice.chance(habits.place_wrong) else person.city
