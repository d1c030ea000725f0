"""A person as JSON-LD: schema.org where it can say what is known, our own terms where it cannot.

Invariant: ``birthDate`` and ``deathDate`` hold full days only, since schema.org takes a calendar date; every less exact
date stands as EDTF in our own property, and never gains a day.
"""

from __future__ import annotations

from typing import Any

from cenotaph.publishing.public import PublicClaim, PublicCode, PublicDate, PublicPerson, PublicValue
from cenotaph.publishing.safe import script_json, tag

OWN = "urn:cenotaph:term:"
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "cenotaph": OWN,
    "edtf": "http://id.loc.gov/datatypes/edtf/EDTF",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TEXTS = {
    "birth.place": "birthPlace",
    "death.place": "deathPlace",
    "nationality": "nationality",
    "occupation": "hasOccupation",
}
_OPENING = f'{{"@context":{script_json(CONTEXT)},'
_DATES = {"birth.date": "birthDate", "death.date": "deathDate"}


def linked(person: PublicPerson) -> dict[str, Any]:
    """Return a person as a JSON-LD object with its context."""
    return {"@context": CONTEXT, **node(person)}


def linked_text(person: PublicPerson) -> str:
    """Return the same as text that can stand inside a page."""
    return _OPENING + script_json(node(person))[1:]


def node(person: PublicPerson) -> dict[str, Any]:
    """Return a person as a JSON-LD object for a graph whose context is given once."""
    found: dict[str, Any] = {
        "@type": "Person",
        "@id": f"urn:cenotaph:person:{person.id}",
        "identifier": person.id,
        "name": [_text(claim) for claim in person.names.values()],
        "cenotaph:fate": person.fate,
        "cenotaph:verification": person.status,
        "cenotaph:independentLists": person.independent,
        "cenotaph:namedBy": sorted({naming.list for naming in person.namings}),
    }
    for value in person.values:
        found |= _terms(value)
    return found


def _terms(value: PublicValue) -> dict[str, Any]:
    if value.index != 1:
        return {}
    if value.property in _TEXTS:
        return {_TEXTS[value.property]: _text(value.chosen)}
    if value.property == "sex" and isinstance(value.chosen.reading, PublicCode):
        return {"gender": value.chosen.reading.code}
    if value.property == "name.alias":
        return {"alternateName": [_text(claim) for claim in value.claims]}
    return _date(value) if value.kind == "date" else {}


def _date(value: PublicValue) -> dict[str, Any]:
    reading = value.chosen.reading
    if not isinstance(reading, PublicDate) or reading.edtf is None:
        return {}
    name = _DATES.get(value.property)
    stem = name or _own(value.property)
    found: dict[str, Any] = {f"cenotaph:{stem}": {"@type": "edtf", "@value": reading.edtf}}
    if name and reading.earliest is not None and reading.earliest == reading.latest and not reading.flags:
        found[name] = reading.earliest.isoformat()
    return found


def _own(key: str) -> str:
    """``arrest.date`` is ``arrestDate`` among our own terms."""
    head, *rest = key.split(".")
    return head + "".join(part.capitalize() for part in rest)


def _text(claim: PublicClaim) -> dict[str, str]:
    return {"@language": tag(claim.language, claim.script), "@value": claim.text}
