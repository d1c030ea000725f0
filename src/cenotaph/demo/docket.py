"""The invented lawyers' docket: what was done to some of the dead from arrest to burial, so that everything occurs.

Invariant: a line depends on its person and its own named stream; no other list is read or changed. The docket is no
capture list: it chooses its people so that each flag is certain, possible and contradicted, and says so in two
calendars. People of the first part stand on no other list; those of the second part do, and agree or differ there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.demo import dating
from cenotaph.demo.dice import Dice
from cenotaph.demo.hearsay import When
from cenotaph.demo.lists import DOCKET, Cell, Sheet, informant
from cenotaph.demo.people import Person, others, spelled, surname
from cenotaph.demo.world import world

Row = Mapping[str, Cell]
Said = Mapping[str, str]
_DAYS_A_YEAR = 365.2425
_COLUMNS = (
    "no", "name", "father", "sex", "born", "age", "affiliation", "arrested", "arrested_at", "with_relatives",
    "missing_since", "missing_from", "held_at", "held_from", "held_until", "then_held_at", "then_from",
    "interrogated", "treatment", "tried", "court", "charge", "trial", "tried_again", "charge_again", "again",
    "sentence", "length", "passed", "counts_from", "time_counted", "moved", "moved_to", "session", "session_at",
    "question", "answer", "ground", "new_trial", "freed", "freed_how", "died", "manner", "fate", "prison",
    "town", "province", "buried", "grave", "burial", "remains", "family_told", "told_how", "body_withheld",
    "certificate_withheld", "refused_on", "protest", "protest_how", "violence", "document", "told_by", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """What the docket tells of one person, and of whom it may be told; a number is a day, in years before the death."""

    name: str
    cells: Mapping[str, object]
    fits: Callable[[Person], bool] = lambda _: True
    copies: int = 1


def before(years: float) -> float:
    """Stand for the day so many years before the death."""
    return float(years)


def _woman(person: Person) -> bool:
    return person.sex == "female" and person.prison is not None


def _in_prison(person: Person) -> bool:
    return person.prison is not None


def _sentenced(length: str, since: float, **more: object) -> dict[str, object]:
    """Return the cells of a sentence passed a quarter after an arrest so many years before the death."""
    return {"arrested": before(since), "sentence": "imprisonment", "length": length, "passed": before(since - 0.25),
            "counts_from": before(since), "trial": "yes", **more}  # fmt: skip


_KILLED, _DIED = {"fate": "killed"}, {"fate": "died in custody"}
_NO_DEATH = {"died": "", "prison": "", "town": "", "province": "", "born": "day", "age": "age"}
_MISSING = {"fate": "disappeared", **_NO_DEATH}
_TERM = {"certain": ("5 years", 9.0), "possible": ("8 to 10 years", 9.0), "contradicted": ("15 years", 9.0)}
_SESSION = {"certain": {"new_trial": "no"}, "possible": {}, "contradicted": {"new_trial": "yes"}}


def _of_death(fate: Mapping[str, object], word: str) -> Iterator[Story]:
    """Yield the flags of a killing, or of a death no source calls a killing."""
    for certainty, (length, since) in _TERM.items():
        yield Story(f"{word}_after_term {certainty}", _sentenced(length, since, **fate), _woman, copies=2)
        yield Story(f"{word}_after_term {certainty}", _sentenced(length, since, **fate), _in_prison)
    for certainty, cells in _SESSION.items():
        session = {"session": before(0.004), "session_at": "prison", "question": "Do you repent?", "answer": "No.",
                   "ground": "loyalty to the old cause", **cells, **fate}  # fmt: skip
        yield Story(f"{word}_after_commission {certainty}", session, _in_prison)


STORIES: Sequence[Story] = (
    *_of_death(_KILLED, "killed"),
    *_of_death(_DIED, "died"),
    Story("tried_again certain", {**_KILLED, "tried": before(6), "charge": "leaflets", "trial": "yes",
          "tried_again": before(2), "charge_again": "leaflets", "again": "yes"}),
    Story("tried_again possible", {**_KILLED, "tried": before(6), "charge": "leaflets", "tried_again": before(2),
          "again": "yes"}),
    Story("tried_again contradicted", {**_KILLED, "tried": before(6), "charge": "leaflets", "tried_again": before(2),
          "charge_again": "escape", "again": "no"}),
    Story("minor certain", {**_KILLED, "born": "day", "age": "age", "arrested": before(0.3)}, lambda who: who.age < 17),
    Story("minor possible", {**_KILLED, "born": "year", "arrested": before(0.1)}, lambda who: who.age in (17, 18)),
    Story("minor contradicted", {**_KILLED, "born": "day", "arrested": before(1)}, lambda who: who.age > 30),
    Story("held_without_trial certain", {**_KILLED, "arrested": before(2), "trial": "no"}),
    Story("held_without_trial possible", {**_KILLED, "arrested": before(2), "trial": "no", "tried": before(1)}),
    Story("held_without_trial contradicted", {**_KILLED, "arrested": before(2), "trial": "yes"}),
    Story("arrested_with_relatives certain", {**_KILLED, "arrested": before(1), "with_relatives": "yes"}),
    Story("arrested_with_relatives possible", {**_KILLED, "arrested": before(1), "with_relatives": "perhaps"}),
    Story("arrested_with_relatives contradicted", {**_KILLED, "arrested": before(1), "with_relatives": "no"}),
    Story("continuing_disappearance possible", {**_MISSING, "missing_since": before(0), "missing_from": "town",
          "held_at": "prison", "remains": "concealed"}, _in_prison),
    Story("continuing_disappearance contradicted", {**_KILLED, "held_at": "prison", "burial": "buried by family"},
          _in_prison),
)  # fmt: skip
LIFE: Mapping[str, object] = {
    **_KILLED, "born": "day", "affiliation": "Circle of the Lamp", "arrested": before(3.5), "arrested_at": "town",
    "with_relatives": "no", "held_at": "prison", "held_from": before(3.5), "held_until": before(2),
    "then_held_at": "other", "then_from": before(2), "interrogated": before(3.4), "treatment": "torture",
    "tried": before(3), "court": "Special bench of the province", "charge": "membership", "trial": "yes",
    "sentence": "imprisonment", "length": "10 years", "passed": before(2.9), "counts_from": before(3.5),
    "time_counted": "yes", "moved": before(2), "moved_to": "other", "session": before(0.01), "session_at": "prison",
    "question": "Do you repent?", "answer": "No.", "ground": "loyalty to the old cause",
    "manner": "executed by shooting", "buried": before(0),
    "grave": "grave", "burial": "secret burial", "family_told": before(-0.2), "told_how": "by telephone",
    "body_withheld": "yes", "certificate_withheld": "yes", "refused_on": before(-0.3), "protest": before(-0.5),
    "protest_how": "sat before the gate", "violence": "not asked", "document": "letter of the prison, 4 Dey 1371",
}  # fmt: skip
_LIVES: Sequence[Mapping[str, object]] = (
    LIFE,
    {**LIFE, "affiliation": "League of Weavers", "violence": "asked, not told", "treatment": "solitary confinement"},
    {**LIFE, "freed": before(1), "freed_how": "end of term", "length": "2 years", "affiliation": "no party",
     "violence": "told"},
    {"fate": "abroad", **_NO_DEATH, "freed": before(0.1), "freed_how": "pardon"},
)  # fmt: skip


def docket(people: Sequence[Person], listed: Sequence[frozenset[str]], seed: int) -> list[Sheet]:
    """Write the docket: stories of people on no list, lives of people on exactly one.

    The first edition names one person more, who was found alive; the second leaves that one out.

    Parameters
    ----------
    people
        The dead.
    listed
        Ids of those on each other list.
    seed
        Of the demo.
    """
    times = {who.id: sum(who.id in names for names in listed) for who in people}
    unlisted = [who for who in people if not times[who.id]]
    known = [who for who in people if times[who.id] == 1 and who.prison is not None]
    alive = others(seed, 1, "R-")[0]
    told = [*_assigned(unlisted), *zip(known, _LIVES, strict=False), (alive, {**_KILLED, "born": "day"})]
    rows = tuple(_row(number, who, cells, Dice(seed, DOCKET, number)) for number, (who, cells) in enumerate(told, 1))
    truth = tuple((str(row["no"]), who.id) for row, (who, _) in zip(rows, told, strict=True))
    return [Sheet(DOCKET, "docket-2021.csv", rows, truth), Sheet(DOCKET, "docket-2023.csv", rows[:-1], truth[:-1])]


def _assigned(people: Sequence[Person]) -> Iterator[tuple[Person, Mapping[str, object]]]:
    """Give each story the first person it fits who has none yet."""
    free = list(people)
    for story in STORIES:
        for _ in range(story.copies):
            who = next((each for each in free if story.fits(each)), None)
            if who is not None:  # a small demo has not everybody
                free.remove(who)
                yield who, story.cells


def _row(number: int, who: Person, cells: Mapping[str, object], dice: Dice) -> Row:
    name = f"{spelled(who.given, 'press')} {surname(who.stem, who.suffix, 'press')}"
    said: dict[str, object] = {
        "no": f"D{number:03d}", "name": name, "father": spelled(who.father, "press"), "sex": who.sex,
        "died": before(0), "prison": "prison", "town": "town", "province": "province",
        "told_by": informant(DOCKET, number), **cells,
    }  # fmt: skip
    return {column: _cell(column, said.get(column, ""), who, dice) for column in _COLUMNS}


def _cell(column: str, what: object, who: Person, dice: Dice) -> str:
    if isinstance(what, float):
        return dating.by_families(When(who.died - int(what * _DAYS_A_YEAR)), dice)
    text = str(what)
    if column == "born":
        return {"day": dating.iso(who.born), "year": str(dating.western(who.born)[0])}.get(text, text)
    return _PLACES[text](who) if text in _PLACES else text


def _other_prison(who: Person) -> str:
    return next(prison.press for prisons in world().prisons.values() for prison in prisons if prison != who.prison)


_PLACES: Mapping[str, Callable[[Person], str]] = {
    "prison": lambda who: who.prison.press if who.prison else "",
    "other": _other_prison,
    "town": lambda who: who.city.name.press,
    "province": lambda who: who.city.province.press,
    "grave": lambda who: who.cemetery.press,
    "age": lambda who: str(who.age),
}
