"""The register as one JSON-LD graph: schema.org, with Wikidata's properties where schema.org has none that fits.

Invariant: the context stands in the file, so that nothing has to be fetched to read it; a date that is no full day is
EDTF and never gains a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cenotaph.publishing.data.jsonld import CONTEXT, node
from cenotaph.publishing.public import PublicCase, PublicCode, PublicDate, PublicPerson, PublicValue
from cenotaph.publishing.safe import tag

WIKIDATA: dict[str, str] = {
    "birth.date": "P569",
    "death.date": "P570",
    "birth.place": "P19",
    "death.place": "P20",
    "death.cause": "P509",
    "death.manner": "P1196",
    "burial.place": "P119",
    "sex": "P21",
    "occupation": "P106",
}
_SEXES = {"male": "Q6581097", "female": "Q6581072"}
_TERMS: dict[str, Any] = {
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wd": "http://www.wikidata.org/entity/",
    "Dataset": "https://schema.org/Dataset",
}


def graph(case: PublicCase, people: Iterable[PublicPerson]) -> dict[str, Any]:
    """Return the graph: the register itself as a dataset, then its persons.

    Parameters
    ----------
    case
        What it is called and who publishes it.
    people
        Its persons, as the guard made them.
    """
    whole = {
        "@type": "Dataset",
        "@id": "urn:cenotaph:register",
        "name": case.title,
        "description": case.include,
        "temporalCoverage": case.period,
        "publisher": {"@type": "Organization", "name": case.publisher.name},
        "version": case.head,
    }
    return {"@context": {**CONTEXT, **_TERMS}, "@graph": [whole, *map(_person, people)]}


def _person(person: PublicPerson) -> dict[str, Any]:
    found = node(person)
    for value in person.values:
        if value.property in WIKIDATA and value.index == 1 and (said := _said(value)) is not None:
            found[f"wdt:{WIKIDATA[value.property]}"] = said
    found["isPartOf"] = {"@id": "urn:cenotaph:register"}
    return found


def _said(value: PublicValue) -> dict[str, str] | None:
    reading = value.chosen.reading
    if value.kind == "date":
        return {"@type": "edtf", "@value": reading.edtf} if isinstance(reading, PublicDate) and reading.edtf else None
    if value.property == "sex":
        known = isinstance(reading, PublicCode) and reading.code in _SEXES
        return {"@id": f"wd:{_SEXES[reading.code]}"} if known and isinstance(reading, PublicCode) else None
    return {"@language": tag(value.chosen.language, value.chosen.script), "@value": value.chosen.text}
