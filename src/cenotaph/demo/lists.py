"""Who is on which list: the rates of capture, the habits of the compilers, and what a finished list is.

The dead fall into two latent groups that no list names. Some were *known*: city people with comrades and friends
abroad, whom former prisoners and rights monitors heard of. Others were not, and rather their families and the grave
registers tell of them. Given the group, each list finds a person independently of the other lists; over both groups
together lists are dependent, so a two-list estimate is biased and the spread of capture must be modelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cenotaph.demo.dice import Dice
from cenotaph.demo.hearsay import Habits
from cenotaph.demo.people import Person
from cenotaph.demo.spelling import Hand

Cell = str | int  # a whole number is a day (Julian day number) that a spreadsheet holds as a date

PRISONERS, WATCH, VOICE, FAMILIES, CEMETERY, DOCKET = "prisoners", "watch", "voice", "families", "cemetery", "docket"
CANARY = "inkwellcanary"  # in every internal value: found in an output, it is a leak
PHONE = "+999 55"  # no country has this code

CAPTURE: Mapping[str, tuple[float, float]] = {  # chance to be on the list: known people, the others
    PRISONERS: (0.45, 0.16),
    WATCH: (0.50, 0.13),
    FAMILIES: (0.20, 0.34),
    CEMETERY: (0.15, 0.30),
}
VOICE_OWN = 0.012  # people the copying list adds from its own readers
COPIED, COPY_SLIP, COPY_FLATTENED = 0.75, 0.02, 0.85
DUPLICATES: Mapping[str, float] = {WATCH: 0.02, FAMILIES: 0.025}  # of their people are named twice
EARLY, CORRECTED = 0.85, 0.06  # of the second edition: rows the first had; of those, rows written anew
FOUND_ALIVE, NOT_STATED_DEAD = 0.004, 0.007  # of the true number: first edition only; families' list
OUT_OF_PERIOD: Mapping[str, float] = {PRISONERS: 0.002, WATCH: 0.0025, CEMETERY: 0.008}

HABITS: Mapping[str, Habits] = {
    PRISONERS: Habits(
        hand=Hand("fa", variant=0.12, slip=0.03), father=0.6, age=0.7, age_as_birth_year=0.0,
        day=0.5, month=0.2, season=0.06, year=0.18, day_off=0.1, prison=0.9,
    ),
    WATCH: Habits(
        hand=Hand("press", variant=0.1, slip=0.05), father=0.25, age=0.8, age_as_birth_year=0.0,
        day=0.65, month=0.15, year=0.16, prison=0.5,
    ),
    FAMILIES: Habits(
        hand=Hand("scholar", variant=0.2, slip=0.05), father=0.9, age=0.85, age_off=0.08, age_as_birth_year=0.4,
        day=0.6, month=0.22, year=0.12, day_off=0.05, prison=0.4, occupation=0.5,
    ),
    CEMETERY: Habits(
        hand=Hand("fa", variant=0.15, slip=0.04), father=0.75, sex=0.0, age=0.8, age_off=0.1, age_as_birth_year=1.0,
        day=0.55, month=0.1, year=0.1, day_off=0.05, place=1.0, place_wrong=0.0, prison=0.0, occupation=0.0,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished list: its rows as the compiler wrote them, and apart from them who each row truly is."""

    list: str
    file: str
    rows: tuple[Mapping[str, Cell], ...]
    truth: tuple[tuple[str, str], ...]  # record key, true person


Writer = Callable[[Person, Dice], Mapping[str, Cell]]


def captured(people: list[Person], name: str, seed: int) -> list[Person]:
    """Return the people a list found, in the order it numbered them."""
    found = [person for person in people if Dice(seed, "capture", name, person.id).chance(_rate(person, name))]
    return Dice(seed, "order", name).shuffled(found)


def with_duplicates(people: list[Person], name: str, seed: int) -> list[Person]:
    """Name some people twice, the second time at the end, as lists do that nobody cleaned."""
    return people + Dice(seed, "twice", name).some(people, DUPLICATES.get(name, 0.0))


def share(size: int, rate: float) -> int:
    """Return how many of ``size`` a rate makes, at least two."""
    return max(2, int(size * rate + 0.5))


def informant(name: str, number: int) -> str:
    """Return an invented informant, who must never be published."""
    return f"{CANARY}-{name}-{number:04d}"


def phone(name: str, number: int) -> str:
    """Return an invented telephone number under a country code that does not exist."""
    return f"{PHONE}{len(name)} {number:04d}"


def _rate(person: Person, name: str) -> float:
    known, unknown = CAPTURE[name]
    return known if person.known else unknown
