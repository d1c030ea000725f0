"""The register as FollowTheMoney entities: a Person each, an Event each act, the publisher an Organization.

Invariant: a date property holds a day, a month or a year only where the interval is exactly that; what sources wrote
stands in ``notes`` as ``death.date: text``. With the extension an act is a Detention, Killing or Burial, whose schemata
stand in ``ftm_schema``; *Killing* is the word, whatever the means, unless a source says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from cenotaph.interchange.days import prefix
from cenotaph.publishing.public import PublicCase, PublicCode, PublicDate, PublicPerson, PublicValue
from cenotaph.values import properties

_EXTENDED = {"arrest": "Detention", "detention": "Detention", "death": "Killing", "burial": "Burial"}
_DATES = {"birth.date": "birthDate", "death.date": "deathDate"}
_TEXTS = {"name.given": "firstName", "name.family": "lastName", "birth.place": "birthPlace", "occupation": "position"}
_OWN = {"death.manner": "manner", "death.cause": "cause", "death.site": "site"}  # of a Killing
_PREFIX = "cenotaph-"


def entities(case: PublicCase, people: Iterable[PublicPerson], *, extended: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the entities of a register.

    Parameters
    ----------
    case
        Who publishes it.
    people
        Its persons, as the guard made them.
    extended
        Use the schemata of the extension for acts that it has one for; a reader then needs them.
    """
    yield _entity(f"{_PREFIX}publisher", "Organization", name=[case.publisher.name], notes=[case.publisher.affiliation])
    for person in people:
        yield _person(case, person)
        yield from _acts(person, extended=extended)


def schemata() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the extension: their names and bytes."""
    folder = resources.files("cenotaph.interchange").joinpath("ftm_schema")
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".yaml"):
            yield path.name, path.read_bytes()


def _entity(key: str, schema: str, **said: Iterable[str]) -> dict[str, Any]:
    filled = {name: list(dict.fromkeys(text for text in texts if text)) for name, texts in said.items()}
    return {"id": key, "schema": schema, "properties": {name: texts for name, texts in filled.items() if texts}}


def _person(case: PublicCase, person: PublicPerson) -> dict[str, Any]:
    said: dict[str, list[str]] = {
        "name": [claim.text for claim in person.names.values()],
        "publisher": [case.publisher.name],
        "summary": [_sources(person)],
        "notes": [],
    }
    for value in person.values:
        if not properties.property_of(value.property).act or value.property in _DATES:
            _say(said, value)
    return _entity(_PREFIX + person.id, "Person", **said)


def _say(said: dict[str, list[str]], value: PublicValue) -> None:
    texts = [claim.text for claim in value.claims]
    reading = value.chosen.reading
    if value.property == "name.alias":
        said["alias"] = texts
    elif value.property == "name":
        said["name"] += texts
    elif value.property in _TEXTS:
        said[_TEXTS[value.property]] = texts
    elif value.property in _DATES:
        said[_DATES[value.property]] = [prefix(reading if isinstance(reading, PublicDate) else None)]
    elif value.property == "sex" and isinstance(reading, PublicCode) and reading.code in ("male", "female"):
        said["gender"] = [reading.code]
    else:
        said["notes"] += [f"{_key(value)}: {text}" for text in texts]


def _acts(person: PublicPerson, *, extended: bool) -> Iterator[dict[str, Any]]:
    acts: dict[tuple[str, int], list[PublicValue]] = {}
    for value in person.values:
        if act := properties.property_of(value.property).act:
            acts.setdefault((act, value.index), []).append(value)
    for (act, index), values in sorted(acts.items()):
        schema = _EXTENDED.get(act, "Event") if extended else "Event"
        own = {_OWN[value.property]: [claim.text for claim in value.claims]
               for value in values if schema == "Killing" and value.property in _OWN}  # fmt: skip
        day, place = _chosen(values, f"{act}.date"), _chosen(values, f"{act}.place")
        yield _entity(
            f"{_PREFIX}{person.id}-{act}-{index}",
            schema,
            name=[act],
            involved=[_PREFIX + person.id],
            date=[prefix(day.chosen.reading if day and isinstance(day.chosen.reading, PublicDate) else None)],
            location=[claim.text for claim in place.claims] if place else [],
            notes=[f"{_key(value)}: {claim.text}" for value in values for claim in value.claims],
            summary=[f"{claim.list}, {claim.locator}" for value in values for claim in value.claims],
            **own,
        )


def _chosen(values: Iterable[PublicValue], name: str) -> PublicValue | None:
    return next((value for value in values if value.property == name), None)


def _key(value: PublicValue) -> str:
    head, dot, rest = value.property.partition(".")
    return value.property if value.index == 1 else f"{head}[{value.index}]{dot}{rest}"


def _sources(person: PublicPerson) -> str:
    return "; ".join(dict.fromkeys(f"{naming.list}, {naming.locator}" for naming in person.namings))
