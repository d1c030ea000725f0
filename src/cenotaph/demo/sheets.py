"""The lists themselves, compiled from the dead: six lists, one of them in two editions, one a copy.

Invariant: ``truth`` of a sheet names each of its rows once, in the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cenotaph.demo import compilers, lists
from cenotaph.demo.dice import Dice
from cenotaph.demo.docket import docket
from cenotaph.demo.hearsay import When
from cenotaph.demo.lists import CEMETERY, FAMILIES, PRISONERS, VOICE, WATCH, Cell, Sheet
from cenotaph.demo.people import Person, others, the_dead

_YEAR = 365
_GRAVES_A_SECTION = 40


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row in the making: its key, its person, and the day as it was heard."""

    key: str
    person: Person
    row: Mapping[str, Cell]
    died: When | None = None


def all_sheets(seed: int, size: int) -> tuple[list[Person], list[Sheet]]:
    """Make the dead and every list of them: former prisoners, monitor (twice), copy, families, graves, docket."""
    people = the_dead(seed, size)
    first, second = _watch(people, seed)
    sheets = [
        _sheet(PRISONERS, "prisoners.xlsx", _prisoners(people, seed)),
        _sheet(WATCH, "watch-2019.csv", first),
        _sheet(WATCH, "watch-2022.csv", second),
        _sheet(VOICE, "voice.csv", _voice(people, first, seed)),
        _sheet(FAMILIES, "families.json", _families(people, seed)),
        _sheet(CEMETERY, "graves.html", _graves(people, seed)),
    ]
    listed = {sheet.list: frozenset(person for _, person in sheet.truth) for sheet in sheets}
    return people, [*sheets, *docket(people, list(listed.values()), seed)]


def _sheet(name: str, file: str, entries: Iterable[_Entry]) -> Sheet:
    made = list(entries)
    truth = tuple((entry.key, entry.person.id) for entry in made)
    return Sheet(name, file, tuple(entry.row for entry in made), truth)


def _long_before(people: list[Person], seed: int, name: str) -> list[Person]:
    """People a list names although they died six to twenty years before, or three years after, the event."""
    count = lists.share(len(people), lists.OUT_OF_PERIOD[name])
    dice = Dice(seed, "out of period", name)
    moved = [dice.pick((-20, -14, -9, -6, 3)) * _YEAR for _ in range(count)]
    made = others(seed, count, f"X-{name}-")
    return [
        replace(who, died=who.died + days, born=who.born + days, arrested=who.arrested + days)
        for who, days in zip(made, moved, strict=True)
    ]


def _named(people: list[Person], name: str, seed: int) -> list[tuple[Person, bool]]:
    """Who a list names, in its order; the flag says that the date must be whole (people out of the period)."""
    inside = [(person, False) for person in lists.with_duplicates(lists.captured(people, name, seed), name, seed)]
    outside = [(person, True) for person in _long_before(people, seed, name)] if name in lists.OUT_OF_PERIOD else []
    return Dice(seed, "rows", name).shuffled(inside + outside)


def _prisoners(people: list[Person], seed: int) -> Iterable[_Entry]:
    for number, (person, surely) in enumerate(_named(people, PRISONERS, seed), start=1):
        dice = Dice(seed, PRISONERS, number)
        said = compilers.heard(person, PRISONERS, dice, surely=surely)
        yield _Entry(str(number), person, compilers.prisoners_row(person, number, said, dice))


def _families(people: list[Person], seed: int) -> Iterable[_Entry]:
    living = others(seed, lists.share(len(people), lists.NOT_STATED_DEAD), "L-")
    named = [(person, True) for person, _ in _named(people, FAMILIES, seed)] + [(person, False) for person in living]
    for number, (person, dead) in enumerate(Dice(seed, "living").shuffled(named), start=1):
        dice = Dice(seed, FAMILIES, number)
        said = compilers.heard(person, FAMILIES, dice)
        row = compilers.families_row(person, number, said, dice, dead=dead)
        yield _Entry(str(row["file"]), person, row)


def _graves(people: list[Person], seed: int) -> Iterable[_Entry]:
    for number, (person, surely) in enumerate(_named(people, CEMETERY, seed)):
        dice = Dice(seed, CEMETERY, number)
        grave = (1 + number // _GRAVES_A_SECTION, 1 + number % _GRAVES_A_SECTION)
        said = compilers.heard(person, CEMETERY, dice, surely=surely)
        yield _Entry(f"{grave[0]}-{grave[1]}", person, compilers.cemetery_row(person, grave, said, dice))


def _watch(people: list[Person], seed: int) -> tuple[list[_Entry], list[_Entry]]:
    """Return the monitor's two editions: the second adds people, corrects rows, and drops those found alive."""
    named = _named(people, WATCH, seed)
    alive = others(seed, lists.share(len(people), lists.FOUND_ALIVE), "A-")
    early = named[: int(len(named) * lists.EARLY)]
    numbered = Dice(seed, "alive").shuffled(early + [(person, False) for person in alive]) + named[len(early) :]
    entries = [_watch_entry(seed, number, who, 1) for number, who in enumerate(numbered, start=1)]
    gone = {person.id for person in alive}
    first = entries[: len(early) + len(alive)]
    second = [_again(seed, number, numbered[number - 1], entry) for number, entry in enumerate(entries, start=1)]
    return first, [entry for entry in second if entry.person.id not in gone]


def _watch_entry(seed: int, number: int, who: tuple[Person, bool], edition: int) -> _Entry:
    dice = Dice(seed, WATCH, number, edition)
    said = compilers.heard(who[0], WATCH, dice, surely=who[1])
    row = compilers.watch_row(number, said, dice)
    return _Entry(str(row["id"]), who[0], row, said.died)


def _again(seed: int, number: int, who: tuple[Person, bool], entry: _Entry) -> _Entry:
    """Return a row of the first edition as the second has it: mostly unchanged, some asked about again."""
    corrected = Dice(seed, "corrected", number).chance(lists.CORRECTED)
    return _watch_entry(seed, number, who, 2) if corrected else entry


def _voice(people: list[Person], first: list[_Entry], seed: int) -> Iterable[_Entry]:
    """Copy most of the monitor's first edition, its errors included, and add a few of its own readers' people."""
    copied = Dice(seed, VOICE, "copied").some(first, lists.COPIED)
    own = Dice(seed, VOICE, "own").some(people, lists.VOICE_OWN)
    fresh = [_watch_entry(seed, 100_000 + number, (person, False), 1) for number, person in enumerate(own)]
    for number, entry in enumerate(Dice(seed, VOICE, "order").shuffled(copied + fresh), start=1):
        row = compilers.voice_row(number, entry.row, entry.died, Dice(seed, VOICE, number))
        yield _Entry(str(number), entry.person, row)
