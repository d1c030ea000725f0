"""Whether one person answers a term, and the values that say so. Pure: a person and a term in, grounds out.

Invariant: a person of whom no source says anything that bears on a term has no ground for it, and is never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cenotaph.registry.asking.fitting import Fit, fit
from cenotaph.registry.asking.terms import DEATH, Kind, Term
from cenotaph.registry.flags import flags_of
from cenotaph.registry.persons import Naming, Person, Value
from cenotaph.registry.spans import Certainty, Span, agree, believed, some


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """How far a person answers one term, and what that rests on.

    Attributes
    ----------
    term : Term
        The term.
    certainty : Certainty
        Certain, possible or contradicted.
    name : str
        Of a flag: which of those asked for.
    values : tuple of Value
        The values it rests on, with every claim and its source.
    namings : tuple of Naming
        The lists it rests on, where standing on a list is what says it.
    spans : Mapping
        The days a flag was worked out from.
    """

    term: Term
    certainty: Certainty
    name: str = ""
    values: tuple[Value, ...] = ()
    namings: tuple[Naming, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


def weigh(term: Term, person: Person) -> Ground | None:
    """Return how far a person answers a term; None where no source says anything about it."""
    if term.kind is Kind.FLAG:
        return _by_flag(term, person)
    if term.kind is Kind.FATE:
        return _by_fate(term, person)
    if term.kind is Kind.STATUS:
        return Ground(term=term, certainty=_yes(person.status in term.codes))
    if term.kind is Kind.LIST:
        named = tuple(each for each in person.namings if each.list in term.codes)
        return Ground(term=term, certainty=_yes(bool(named)), namings=named)
    return _by_values(term, person)


def _yes(holds: bool) -> Certainty:  # noqa: FBT001  one answer in, its certainty out
    return Certainty.CERTAIN if holds else Certainty.CONTRADICTED


def _by_flag(term: Term, person: Person) -> Ground | None:
    found = [each for each in flags_of(person) if each.name in term.codes]
    if not found:
        return None
    best = some(each.certainty for each in found)
    first = next(each for each in found if each.certainty is best)
    return Ground(term=term, certainty=best, name=first.name, values=first.grounds, spans=first.spans)


def _by_fate(term: Term, person: Person) -> Ground | None:
    """Killed, died or disappeared as sources state it; only possible where another source states another fate."""
    if not person.fates:
        return None
    is_alone = set(person.fates) <= {*term.codes, *_IMPLIED.get(person.fate, ())}
    certainty = Certainty.CONTRADICTED
    if person.fate in term.codes:
        certainty = Certainty.CERTAIN if is_alone else Certainty.POSSIBLE
    lists = {name for code in term.codes for name in person.fates.get(code, ())}
    named = tuple(each for each in person.namings if each.list in lists)
    stated = tuple(each for each in person.values if each.property == "fate")
    return Ground(term=term, certainty=certainty, values=stated, namings=named)


_IMPLIED: Mapping[str, tuple[str, ...]] = {"killed": ("died",)}  # a source that only says dead does not contradict it


def _by_values(term: Term, person: Person) -> Ground | None:
    said = [
        (value, certainty) for value in asked(term, person.values) if (certainty := _value(term, value)) is not None
    ]
    if not said:
        return None
    best = some(certainty for _, certainty in said)
    shown = tuple(value for value, certainty in said if certainty is best or certainty is not Certainty.CONTRADICTED)
    return Ground(term=term, certainty=best, values=shown)


def asked(term: Term, found: Iterable[Value]) -> tuple[Value, ...]:
    """Return the values a term looks at; a date of disappearance only where there is none of death."""
    looked_at = tuple(value for value in found if value.property in term.properties)
    if term.kind is Kind.PERIOD and not term.act:
        return tuple(value for value in looked_at if value.property == DEATH) or looked_at
    return looked_at


def _value(term: Term, value: Value) -> Fit:
    fits = [fit(term, claim.claim.key, claim.claim.raw, claim.reading) for claim in believed(value)]
    said = [each for each in fits if each is not None]
    return agree(said) if said else None
